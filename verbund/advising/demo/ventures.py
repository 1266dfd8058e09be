"""A venture in Solingen from need to permanent offer, one in pilot in Kreis Unna, and a topic of three centres.

All made up but for the centres and the quotation with which the topic begins; everything carries `is_demo`.
"""

from datetime import date, timedelta
from decimal import Decimal

from verbund.accounts.roles import Role
from verbund.advising.models import Practice, Topic, Venture
from verbund.advising.practices import operations as practices
from verbund.advising.topics import operations as topics
from verbund.advising.ventures import operations, queries
from verbund.core import append_only
from verbund.core.acting import Actor
from verbund.core.dates import on_demo_day
from verbund.directory.demo import World
from verbund.directory.models import Centre, Partner
from verbund.offers.models import Language, Place, Term

SOLINGEN, UNNA = "05122", "05978"
SOUTH_EAST = ("05112", "05113", "05124")
SOURCE = (
    "Pressemitteilung der Landesregierung vom 25. April 2014: „In nur zwei Jahren eine vorbildliche Infrastruktur …“"
)
FIGURE_SOURCE = "erfundene Zahl für die Vorführung"


def load(world: World) -> None:
    """Make ventures, a practice and a topic, unless they are there already."""
    if Venture.objects.filter(is_demo=True).exists():
        return
    _practice_of(world, _permanent_in_solingen(world))
    _piloted_in_unna(world)
    _topic_of_three_centres(world)


def remove() -> None:
    """Remove what is made up, with all that hangs on it; the audit trail stays."""
    Topic.objects.filter(is_demo=True).delete()
    Practice.objects.filter(is_demo=True).delete()
    with append_only.unlocked(tables=("advising_conceptversion",)):
        Venture.objects.filter(is_demo=True).delete()


def _centre(key: str) -> Centre:
    return Centre.objects.select_related("carrier", "organisation").get(key=key)


def _terms(*codes: str) -> tuple[Term, ...]:
    return tuple(Term.objects.filter(code__in=codes))


def _data(title: str, need: str, field: str, *audiences: str, stage: str = "") -> operations.VentureData:
    [action] = _terms(field)
    return operations.VentureData(
        title=title,
        need=need,
        field=action,
        stage=_terms(stage)[0] if stage else None,
        audiences=_terms(*audiences),
    )


def _permanent_in_solingen(world: World) -> Venture:
    """From the need to the permanent offer, with an association that agrees for itself."""
    staff, lead = (world.actor(role, f"KI-{SOLINGEN}") for role in (Role.CENTRE_STAFF, Role.CENTRE_LEAD))
    begun = world.on - timedelta(days=420)
    need = (
        "Familien, die neu in der Stadt sind, erfahren spät, wie die Anmeldung in Kita und Grundschule geht. "
        "Die Beratung im Amt erreicht sie selten, der Verein schon."
    )
    data = _data("Elternlotsen am Nachmittag", need, "early-education", "families", "newcomers", stage="daycare")
    with on_demo_day(begun):
        venture = operations.start_venture(_centre(SOLINGEN), data, on=begun, actor=staff)
        _figure(venture, "Familien ohne Kitaplatz im dritten Jahr", 84, "Familien", begun, staff)
        partner = Partner.objects.get(organisation__code="VF-BRUECKE")
        joining = {"since": begun, "on": begun, "actor": staff}
        operations.join_venture(venture, partner=partner, function="stellt Lotsinnen und Räume", **joining)
        operations.join_venture(venture, body="Jugendamt", function="nennt freie Plätze, zahlt Material", **joining)
        sections = {
            "Ziel": "Neue Familien kennen den Weg in Kita und Grundschule und gehen ihn mit Begleitung.",
            "Ablauf": "Zwei Lotsinnen sind an zwei Nachmittagen in der Woche im Vereinshaus ansprechbar.",
            "Kosten": "Honorare und Material, zusammen 3.200 Euro im Halbjahr.",
        }
        for heading, text in sections.items():
            operations.add_section(venture, heading=heading, text=text, on=begun, actor=staff)
        operations.freeze_version(venture, on=begun, actor=staff)
    _talked_over(world, venture, begun + timedelta(days=20), staff)
    _tried(venture, begun + timedelta(days=60), lead)
    return venture


def _talked_over(world: World, venture: Venture, on: date, staff: Actor) -> None:
    """The association comments, the text changes, and all agree to the second version."""
    provider = world.actor(Role.PROVIDER_MEMBER, "VF-BRUECKE")
    with on_demo_day(on):
        section = venture.sections.get(heading="Ablauf")
        comment = operations.comment_section(
            section, text="Ein Termin sollte am Samstag sein, viele arbeiten.", on=on, actor=provider
        )
        text = "Zwei Lotsinnen sind dienstags und am ersten Samstag im Monat im Vereinshaus ansprechbar."
        operations.edit_section(
            section, heading="Ablauf", text=text, position=section.position, seen=section.version, on=on, actor=staff
        )
        operations.resolve_comment(comment, answer="Ein Samstag im Monat ist aufgenommen.", on=on, actor=staff)
        venture.refresh_from_db()
        version = operations.freeze_version(venture, note="mit Samstag", on=on, actor=staff)
        given = {"agreed_on": on, "on": on}
        club, office = queries.parties_of(venture)
        operations.agree_to_version(version, club, function="Vorstand", actor=provider, **given)
        operations.agree_to_version(version, office, function="Abteilungsleitung", actor=staff, **given)


def _tried(venture: Venture, on: date, lead: Actor) -> None:
    """Half a year of trial, found as a pilot; then evaluated and made permanent."""
    over = on + timedelta(days=180)
    place = Place.objects.filter(centre=venture.centre, is_demo=True).order_by("pk").first()
    with on_demo_day(on):
        venture.refresh_from_db()
        pilot = operations.plan_pilot(
            venture, first_day=on, last_day=over, place="Vereinshaus (Vorführung)", actor=lead
        )
        counted = operations.add_criterion(
            pilot, what="begleitete Familien", how_measured="Strichliste der Lotsinnen", target=Decimal(40),
            partly_from=Decimal(25), unit="Familien", actor=lead,
        )  # fmt: skip
        judged = operations.add_criterion(
            pilot, what="Kitas melden weniger Rückfragen", how_measured="Gespräch mit drei Kita-Leitungen", actor=lead
        )
        operations.start_pilot(pilot, on=on, actor=lead)
        venture.refresh_from_db()
        made = {"title": venture.title, "summary": "Begleitung zu Kita und Grundschule, ohne Termin"}
        partner = Partner.objects.get(organisation__code="VF-BRUECKE")
        operations.make_offer(venture, partner=partner, place=place, on=on, actor=lead, **made)
    with on_demo_day(over):
        measured = {"measured_on": over, "on": over, "actor": lead}
        operations.enter_value(counted, value=Decimal(46), **measured)
        said = "Alle drei Leitungen sagen es; Zahlen führen sie nicht."
        operations.enter_value(judged, judged="REACHED", explanation=said, **measured)
        findings = "Der Samstag wurde am meisten genutzt. Ein zweiter Ort blieb leer."
        operations.evaluate_pilot(pilot, findings=findings, recommendation="PERMANENT", on=over, actor=lead)
        venture.refresh_from_db()
        operations.decide(
            venture, verdict="PERMANENT", reason="Ziele erreicht, der Verein trägt es.", on=over, actor=lead
        )


def _figure(venture: Venture, what: str, value: int, unit: str, on: date, actor: Actor) -> None:
    operations.add_need_figure(
        venture, what=what, value=Decimal(value), unit=unit, counted_on=on, source=FIGURE_SOURCE, on=on, actor=actor
    )


def _practice_of(world: World, venture: Venture) -> None:
    """Described by Solingen, asked about and released by the unit, taken up by Herne."""
    lead = world.actor(Role.CENTRE_LEAD, f"KI-{SOLINGEN}")
    unit = world.actor(Role.COORDINATOR, "KOORD")
    on = world.on - timedelta(days=120)
    data = practices.PracticeData(
        title=venture.title,
        problem=venture.need,
        target_group="Familien mit Kindern zwischen zwei und sechs Jahren",
        done="Lotsinnen aus dem Verein begleiten zur Anmeldung und übersetzen Schreiben.",
        partners="ein Verein, das Jugendamt",
        effort_days=Decimal("34.0"),
        amount_effort=Decimal("3200.00"),
        effect="46 Familien begleitet; drei Kita-Leitungen melden weniger Rückfragen.",
        conditions="Räume in der Nähe der Kita, eine feste Ansprechstelle im Jugendamt.",
        failures="Ein zweiter Ort wurde nicht angenommen.",
        contact_function="Fachkraft Frühe Bildung",
        field=venture.field,
        stage=venture.stage,
        audiences=tuple(venture.audiences.all()),
    )
    with on_demo_day(on):
        practice = practices.write_practice(venture.centre, data, venture=venture, on=on, actor=lead)
        practices.add_material(
            practice, name="Ablaufplan der Lotsinnen", address="https://beispiel.invalid/ablaufplan",
            licence="CC BY 4.0", actor=lead,
        )  # fmt: skip
        practices.submit_practice(practice, on=on, actor=lead)
        practices.ask_back(practice, text="Wie wurden die Lotsinnen gefunden?", on=on, actor=unit)
        practices.answer_question(practice, answer="Über den Vorstand des Vereins.", on=on, actor=lead)
        practices.release_practice(practice, on=on, actor=unit)
        herne = world.actor(Role.CENTRE_LEAD, "KI-05916")
        changes = "In Herne kommen die Lotsinnen in das Familienzentrum."
        practices.take_up(practice, _centre("05916"), uptake="ADAPTING", changes=changes, on=on, actor=herne)


def _piloted_in_unna(world: World) -> None:
    """Under way, with a first value, and soon to be evaluated."""
    staff = world.actor(Role.CENTRE_STAFF, f"KI-{UNNA}")
    begun, started = world.on - timedelta(days=150), world.on - timedelta(days=80)
    need = "Ältere Menschen mit Einwanderungsgeschichte kennen die Pflegeberatung im Kreis kaum."
    with on_demo_day(begun):
        data = _data("Pflegeberatung im Kulturverein", need, "seniors", "older-people")
        venture = operations.start_venture(_centre(UNNA), data, on=begun, actor=staff)
        _figure(venture, "Anteil an den Beratungen der Pflegestützpunkte", 3, "%", begun, staff)
        partner = Partner.objects.get(organisation__code="VF-ANKER")
        operations.join_venture(
            venture, partner=partner, function="berät im Verein", since=begun, on=begun, actor=staff
        )
        text = "Die Beratung kommt an einem Nachmittag im Monat in den Verein, mit Sprachmittlung."
        operations.add_section(venture, heading="Ablauf", text=text, on=begun, actor=staff)
        venture.refresh_from_db()
        version = operations.freeze_version(venture, on=begun, actor=staff)
        [party] = queries.parties_of(venture)
        provider = world.actor(Role.PROVIDER_MEMBER, "VF-ANKER")
        operations.agree_to_version(
            version, party, agreed_on=begun, function="Bereichsleitung", on=begun, actor=provider
        )
    with on_demo_day(started):
        venture.refresh_from_db()
        last = world.on + timedelta(days=10)
        pilot = operations.plan_pilot(venture, first_day=started, last_day=last, place="Kulturverein", actor=staff)
        criterion = operations.add_criterion(
            pilot, what="Beratungen", how_measured="gezählt durch die Beratung", target=Decimal(30),
            partly_from=Decimal(15), unit="Gespräche", actor=staff,
        )  # fmt: skip
        operations.start_pilot(pilot, on=started, actor=staff)
    halfway = started + timedelta(days=40)
    with on_demo_day(halfway):
        operations.enter_value(criterion, measured_on=halfway, value=Decimal(14), on=halfway, actor=staff)


def _topic_of_three_centres(world: World) -> None:
    """The coordination of which the ministry spoke in 2014; what belongs to it is found among the made-up offers."""
    unit = world.actor(Role.COORDINATOR, "KOORD")
    data = topics.TopicData(
        title="Neuzuwanderung aus Südosteuropa",
        description="Die Kommunalen Integrationszentren in Duisburg, Essen und Wuppertal haben zentrale Funktionen bei "
        "der Koordinierung der städtischen Angebote und Strukturen im Zusammenhang mit der Neuzuwanderung aus "
        "Südosteuropa übernommen. Diese Seite zeigt, was es dort in den Sprachen der Familien gibt.",
        source=SOURCE,
        centres=tuple(Centre.objects.filter(key__in=SOUTH_EAST)),
        languages=tuple(Language.objects.filter(pk__in=["bg", "ro", "rom"])),
    )
    with on_demo_day(world.on):
        topic = topics.start_topic(world.organisation("KOORD"), data, on=world.on, actor=unit)
        topics.publish_topic(topic, on=world.on, actor=unit)
