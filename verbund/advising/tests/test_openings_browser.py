"""Openings, concepts, advice and the survey in a real browser: a way played through, accessible on screen and phone."""

import pytest

from tests.support import browser as browsers
from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.advising.models import (
    AdviceRequest,
    CommonAnswer,
    ConceptTemplate,
    InterculturalOpening,
    NeedsSurvey,
)
from verbund.advising.openings import operations
from verbund.advising.requests import survey_operations
from verbund.advising.tests import opening_story as story
from verbund.core.dates import add_months, today
from verbund.directory.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)


def world():
    """Make one record of each kind, as the two sides would."""
    cast, on = story.people(), today()
    made = story.released(cast)
    opening = story.agreed(cast)
    story.measure(opening, cast, kind="LANGUAGE", text="Dolmetschdienst am Telefon")
    operations.start_measure(story.measure(opening, cast, kind="TRAINING", text="Schulung"), on=on, actor=cast.staff)
    operations.finish_measure(opening.measures.first(), on=on, actor=cast.staff)
    result = {opening.goals.get().pk: ("PARTLY", "Zwei Formulare fehlen noch.")}
    operations.review_opening(
        opening, year=on.year, results=result, next_steps="Weiter", review_due_on=add_months(on, 12), on=on,
        actor=cast.staff,
    )  # fmt: skip
    story.office(cast, "Ordnungsamt")
    taken = story.taken_over(made, cast, name="Jugendamt")
    goal = taken.goals.get()
    operations.edit_part(goal, values={"target": "8 von 10"}, seen=goal.version, actor=cast.staff)
    survey = survey_operations.prepare_survey(
        cast.units["KOORD"], year=on.year + 1, intro="Was fehlt?", due_on=on, on=on, actor=cast.general
    )
    topics = [
        survey_operations.add_topic(survey, title=title, field=story.field(), actor=cast.general)
        for title in ("Einfache Sprache", "Beschwerdewege im Amt")
    ]
    survey_operations.open_survey(survey, on=on, actor=cast.general)
    wishes = {topic.pk: (3, "Für den Schalter") for topic in topics}
    answer = survey_operations.save_return(survey, cast.centre, wishes=wishes, note="", seen=0, actor=cast.staff)
    survey_operations.send_return(answer, on=on, actor=cast.lead)
    return taken, survey


def played(site) -> AdviceRequest:
    """A centre asks, the unit answers and shares the answer, all on screen."""
    staff, unit = cast_of.member(Role.CENTRE_STAFF), coordinator()
    page = site.open("/beratung/anfragen/neu/", member=staff)
    page.get_by_label("Worum es geht").fill("Wie beginnen wir?")
    page.get_by_label("Frage", exact=True).fill("Ein Amt zögert noch.")
    page.get_by_label("Handlungsfeld").select_option(label="Öffnung der Verwaltung")
    page.get_by_role("button", name="Entwurf speichern").click()
    page.get_by_role("button", name="Absenden").click()
    request = AdviceRequest.objects.get()
    page = site.open(request.get_absolute_url(), member=unit)
    page.get_by_role("link", name="Antworten", exact=True).click()
    page.get_by_label("Text").fill("Mit der Wartezone.")
    page.get_by_role("button", name="Absenden").click()
    page.get_by_role("link", name="Gemeinsame Antwort schreiben").click()
    page.get_by_label("Antwort").fill("Mit einem kleinen, sichtbaren Schritt.")
    page.get_by_role("button", name="Entwurf speichern").click()
    page.get_by_role("button", name="Freigeben").click()
    return request


def coordinator():
    return cast_of.member(Role.COORDINATOR, Organisation.objects.get(code="KOORD"))


def test_the_way_of_a_question_and_every_page_is_accessible(site, reference):
    taken, survey = world()
    request = played(site)
    assert request.messages.get().text == "Mit der Wartezone."
    assert CommonAnswer.objects.get().status == "RELEASED"
    lead, other, unit = cast_of.member(Role.CENTRE_LEAD), cast_of.member(Role.CENTRE_LEAD, at="05978"), coordinator()
    agreed = InterculturalOpening.objects.exclude(pk=taken.pk).get()
    pages = [
        ("/beratung/oeffnung/", lead, "oeffnung-liste"),
        (agreed.get_absolute_url(), lead, "oeffnung-vereinbart"),
        (f"{agreed.get_absolute_url()}jahrespruefung/", lead, "oeffnung-jahrespruefung"),
        (taken.get_absolute_url(), lead, "oeffnung-uebernommen"),
        ("/beratung/oeffnung/stand/", lead, "oeffnung-stand"),
        ("/beratung/oeffnung/neu/", lead, "oeffnung-neu"),
        (ConceptTemplate.objects.get().get_absolute_url(), unit, "musterkonzept"),
        (request.get_absolute_url(), lead, "anfrage"),
        ("/beratung/anfragen/", unit, "anfragen-stelle"),
        (CommonAnswer.objects.get().get_absolute_url(), lead, "antwort"),
        (survey.get_absolute_url(), unit, "bedarf-ergebnis"),
        (f"{survey.get_absolute_url()}antwort/", other, "bedarf-angeben"),
        ("/beratung/fortbildungen/", unit, "fortbildungen"),
    ]
    assert NeedsSurvey.objects.get() == survey
    for path, member, name in pages:
        site.look_at(path, name, member=member)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_for_the_council_reads_in_both_schemes_and_in_print(site, reference, scheme):
    world()
    page = site.open("/beratung/oeffnung/stand/", member=cast_of.member(Role.CENTRE_LEAD), dark=scheme == "dark")
    browsers.assert_accessible(page)
    browsers.picture(page, f"oeffnung-stand-{scheme}")
    page.emulate_media(media="print")
    assert page.get_by_text("Drucken Sie diese Seite").is_hidden()
    assert page.get_by_role("table").first.is_visible()
