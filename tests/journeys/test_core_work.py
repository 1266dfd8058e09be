"""The core work of a centre: from the question of a day-care centre to a permanent offer, and an office that opens."""

from dataclasses import replace
from datetime import date, time

from tests.journeys import stages
from verbund.accounts.roles import Role
from verbund.advising.models import Accompaniment, InterculturalOpening, Venture
from verbund.advising.requests import survey_operations
from verbund.directory.models import Centre, Partner
from verbund.directory.operations import create_partner
from verbund.offers import operations as offers
from verbund.offers.content import At, Hours, OfferContent
from verbund.offers.models import Term
from verbund.offers.tests.story import place

STAFF, LEAD = "Fachkraft KI Solingen", "Leitung KI Solingen"
VISITS = (date(2025, 3, 4), date(2025, 3, 18), date(2025, 4, 1))
MAY, AUTUMN = date(2025, 5, 6), date(2025, 10, 14)
AGREED, ONE_YEAR, TWO_YEARS = date(2024, 3, 5), date(2025, 3, 6), date(2026, 3, 6)


def test_a_day_care_centre_asks_and_in_the_end_everybody_finds_an_offer(world, desk):
    survey, club = prepared(world)
    bench = desk()
    bench.on(MAY)
    accompany_the_day_care_centre(bench)
    wish_for_a_training(bench, survey)
    venture = try_with_a_migrant_organisation(bench, club)

    bench.on(AUTUMN)
    bench.become(STAFF, venture.get_absolute_url())
    evaluate(bench)
    publish(world, bench, venture)
    visitor = bench.another("/angebote/?was=Elterncaf%C3%A9&ort=42651")
    visitor.sees("Elterncafé am Markt")

    bench.become(LEAD, "/beratung/zahlen/?jahr=2025")
    bench.sees("dauerhaft gewordene Vorhaben 1")
    bench.inspect("zahlen-der-arbeit")
    assert bench.download("Bericht für den Rat").startswith(b"%PDF-")


def prepared(world):
    """Return the open survey of needs of the coordination unit, and an association of immigrants in Solingen."""
    with stages.played_on(MAY) as day:
        general = world.actor(Role.COORDINATOR, "KOORD")
        unit = world.organisation("KOORD")
        survey = survey_operations.prepare_survey(
            unit, year=2026, intro="Was brauchen Sie?", due_on=date(2025, 9, 30), on=day, actor=general
        )
        field = Term.objects.get(kind=Term.Kind.FIELD, code="early-education")
        survey_operations.add_topic(survey, title="Einfache Sprache", field=field, actor=general)
        survey_operations.open_survey(survey, on=day, actor=general)
        values = {"kind": Partner.Kind.MIGRANT_ORGANISATION}
        staff = world.actor(Role.CENTRE_STAFF, "KI-05122")
        club = create_partner(Centre.objects.get(key="05122"), "Elternverein Regenbogen", values, actor=staff)
    return survey, club


def accompany_the_day_care_centre(bench) -> None:
    """Write down the question and three visits; the second entry on adds to what runs."""
    bench.become(STAFF, "/beratung/begleitung/neu/")
    bench.inspect("schnell-erfassen")
    bench.send(
        "Festhalten", institution="Kita Sonnenweg", what="Die Kita fragt, wie sie alle Eltern erreicht.",
        done_on=f"{VISITS[0]}", kind="Telefonat", occasion="Eltern verstehen die Briefe nicht", field="Frühe Bildung",
        new_kind="Kita oder Familienzentrum", duration="längerfristig",
    )  # fmt: skip
    for day in VISITS:
        bench.open("/beratung/begleitung/neu/")
        bench.send("Festhalten", institution="Kita Sonnenweg", what="Besuch im Team", done_on=f"{day}", minutes="90")
    kita = Accompaniment.objects.get(partner__organisation__name="Kita Sonnenweg")
    assert [step.kind for step in kita.steps.order_by("pk")] == ["PHONE", "VISIT", "VISIT", "VISIT"]
    bench.sees("Eltern verstehen die Briefe nicht")
    bench.inspect("begleitung")


def wish_for_a_training(bench, survey) -> None:
    """Say in the survey of needs what the team asked for; the lead sends it."""
    bench.become(STAFF, survey.get_absolute_url())
    bench.follow("Bedarf angeben")
    topic = survey.topics.get().pk
    bench.send("Entwurf speichern", **{f"priority-{topic}": "3", f"comment-{topic}": "Für Briefe an Eltern"})
    bench.become(LEAD, survey.get_absolute_url())
    bench.press("Absenden")
    bench.sees("Ihre Antwort ist abgesandt.")


def try_with_a_migrant_organisation(bench, club) -> Venture:
    """Begin a venture, write its concept, let the association agree, and begin the pilot."""
    bench.become(STAFF, "/beratung/vorhaben/neu/")
    bench.send(
        "Vorhaben beginnen", title="Elterncafé am Markt", need="Eltern erfahren spät, was die Kita anbietet.",
        field="Frühe Bildung",
    )  # fmt: skip
    bench.follow("Partner aufnehmen")
    bench.send("Aufnehmen", partner=str(club), function="stellt Räume und Gastgeberinnen")
    bench.follow("Abschnitt schreiben")
    bench.send("Speichern", heading="Ziel", text="Eltern kennen die Kita und einander.")
    bench.follow("Fassung festhalten")
    bench.send("Festhalten", note="erste Fassung")
    bench.follow("Zustimmung festhalten")
    bench.send("Festhalten", party=str(club), agreed_on=f"{MAY}", function="Vorstand")
    bench.follow("Erprobung planen")
    bench.send("Planen", first_day=f"{MAY}", last_day="2025-09-30", place="Kita Sonnenweg")
    bench.follow("Kriterium festlegen")
    bench.send("Festlegen", what="Familien je Treffen", how_measured="gezählt", target="20", unit="Familien")
    bench.press("Erprobung beginnen")
    bench.inspect("vorhaben-in-erprobung")
    return Venture.objects.get(title="Elterncafé am Markt")


def evaluate(bench) -> None:
    """Measure, evaluate against what was set before, decide, and put it into the finder."""
    bench.follow("Messwert eintragen")
    bench.send("Eintragen", measured_on="2025-09-30", value="23")
    bench.sees("erreicht")
    bench.follow("Auswerten")
    bench.send("Auswerten", findings="Das Café wird angenommen.", recommendation="PERMANENT")
    bench.follow("Entscheiden")
    bench.send("Entscheiden", verdict="PERMANENT", reason="Das Ziel ist erreicht, der Verein macht weiter.")
    bench.follow("In den Finder")
    bench.send("Entwurf anlegen", summary="Kaffee, Rat und Begegnung für Eltern")


def publish(world, bench, venture: Venture) -> None:
    """Add when and where it takes place, and publish the entry."""
    venture.refresh_from_db()
    with stages.played_on(AUTUMN) as day:
        content = OfferContent.of(venture.offer)
        at = At(place=place().pk, hours=(Hours(weekday=1, opens=time(15), closes=time(17)),))
        need = ("NEED", "learn-german")
        content = replace(content, terms=(*content.terms, need), at=(at,))
        seen, staff = venture.offer.version, world.actor(Role.CENTRE_STAFF, "KI-05122")
        offers.edit_offer(venture.offer, content, seen=seen, on=day, actor=staff)
    bench.open(f"/angebote/pflege/{venture.offer_id}/")
    bench.press("Veröffentlichen")
    bench.sees("Elterncafé am Markt")


def test_an_office_opens_over_two_years_and_the_council_sees_where_it_stands(world, desk):
    bench = desk()
    bench.on(AGREED)
    bench.become(STAFF, "/beratung/oeffnung/neu/")
    bench.send(
        "Vorschlagen", new_partner="Bürgeramt", new_kind="Amt oder Behörde", responsible="Amtsleitung",
        subject="Wartezone, Formulare und Beschwerdeweg", field="Öffnung der Verwaltung",
    )  # fmt: skip
    opening = InterculturalOpening.objects.get(partner__organisation__name="Bürgeramt")
    bench.follow("Ziel ergänzen")
    bench.send("Ergänzen", text="Formulare verstehen alle", indicator="Zahl der Formulare", target="10 von 10")
    for kind, what in (("Formulare und Wege", "Formulare neu schreiben"), ("Fortbildung", "Schulung am Schalter")):
        bench.open(opening.get_absolute_url())
        bench.follow("Maßnahme ergänzen")
        bench.send("Ergänzen", kind=kind, text=what, responsible="Sachgebietsleitung", due_on="2025-12-31")
    bench.open(opening.get_absolute_url())
    bench.follow("Vereinbarung festhalten")
    bench.send("Vereinbarung festhalten", agreement="Wir schreiben die Formulare neu.", agreed_on=f"{AGREED}")
    bench.press("Beginnen")

    bench.on(ONE_YEAR)
    bench.become(STAFF, "/aufgaben/")
    bench.sees("Jahresprüfung")
    review(bench, opening, "PARTLY", "Vier Formulare fehlen noch.", due_on="2026-03-05")
    bench.press("Erledigt")
    bench.press("Beginnen")
    bench.press("Erledigt")

    bench.on(TWO_YEARS)
    bench.become(STAFF)
    review(bench, opening, "REACHED", "", due_on="2027-03-05")
    bench.press("Öffnung abschließen")
    bench.sees("abgeschlossen")
    bench.inspect("oeffnung-abgeschlossen")
    bench.become(LEAD, "/beratung/oeffnung/stand/")
    bench.sees("Bürgeramt")
    bench.inspect("stand-fuer-den-rat")


def review(bench, opening, result: str, reason: str, *, due_on: str) -> None:
    """Write down the yearly review of an opening with one goal."""
    goal = opening.goals.get().pk
    bench.open(f"/beratung/oeffnung/{opening.pk}/")
    bench.follow("Jahresprüfung")
    bench.send(
        "Prüfung festhalten", next_steps="Weiter wie vereinbart.", review_due_on=due_on,
        **{f"result-{goal}": result, f"reason-{goal}": reason},
    )  # fmt: skip
