"""Who sees what of openings and advice: rows for the table of all records, and something to leak for each of them."""

from django.db.models import Q

from verbund.accounts.roles import Role
from verbund.advising.models import (
    AdviceRequest,
    CommonAnswer,
    ConceptTemplate,
    InterculturalOpening,
    NeedsSurvey,
    PlannedTraining,
    SurveyReturn,
)
from verbund.advising.openings import concept
from verbund.advising.openings import queries as openings
from verbund.advising.requests import queries as advice
from verbund.advising.requests import surveys
from verbund.core.dates import today
from verbund.directory.models import Centre, Organisation, Partner
from verbund.offers.models import Term

CENTRE = {Role.CENTRE_STAFF, Role.CENTRE_LEAD}
COORDINATOR = {Role.COORDINATOR}
UNITS = {Role.COORDINATOR, Role.CONTROLLER}


def of_own_centre(actor) -> Q:
    return Q(centre=actor.organisation_id)


def of_own_unit(actor) -> Q:
    return Q(unit=actor.organisation_id)


def asked_of_own_unit(actor) -> Q:
    return Q(unit=actor.organisation_id) & ~Q(status="DRAFT")


def sent_to_own_unit(actor) -> Q:
    return Q(survey__unit=actor.organisation_id, status="SENT")


def released(_actor) -> Q:
    return Q(status="RELEASED")


def opened(_actor) -> Q:
    return ~Q(status="DRAFT")


def in_programme(_actor) -> Q:
    return Q(status="PUBLISHED")


ROWS = {
    # what: (model, query, page, {what part of it: the functions that see that part})
    "intercultural openings": (
        InterculturalOpening,
        openings.openings_visible_to,
        "advising:opening",
        {of_own_centre: CENTRE},
    ),
    "concepts of the units": (
        ConceptTemplate,
        openings.templates_visible_to,
        "advising:template",
        {released: CENTRE | UNITS, of_own_unit: COORDINATOR},
    ),
    "questions to the units": (
        AdviceRequest,
        advice.requests_visible_to,
        "advising:request",
        {of_own_centre: CENTRE, asked_of_own_unit: COORDINATOR},
    ),
    "answers for all": (
        CommonAnswer,
        advice.answers_visible_to,
        "advising:answer",
        {released: CENTRE | UNITS, of_own_unit: COORDINATOR},
    ),
    "surveys of needs": (
        NeedsSurvey,
        surveys.surveys_visible_to,
        "advising:survey",
        {opened: CENTRE, of_own_unit: COORDINATOR},
    ),
    "answers to surveys": (
        SurveyReturn,
        surveys.returns_visible_to,
        None,
        {of_own_centre: CENTRE, sent_to_own_unit: COORDINATOR},
    ),
    "planned trainings": (
        PlannedTraining,
        surveys.trainings_visible_to,
        None,
        {in_programme: CENTRE | UNITS | {Role.TRAINING_MANAGER}, of_own_unit: COORDINATOR},
    ),
}


def make_hidden() -> None:
    """Make drafts of two centres and of both units."""
    on = today()
    field = Term.objects.get(kind=Term.Kind.FIELD, code="open-administration")
    units = list(Organisation.objects.filter(code__in=["KOORD", "LASI"]))
    for key in ("05122", "05978"):
        centre = Centre.objects.get(key=key)
        usual = {"centre": centre, "field": field, "status_since": on}
        partner = Partner.objects.filter(centre=centre).first()
        InterculturalOpening.objects.create(
            partner=partner, subject="geheim", responsible="Leitung", proposed_on=on, **usual
        )  # fmt: skip
        for unit in units:
            AdviceRequest.objects.create(unit=unit, title="Entwurf", question="geheim", **usual)
            AdviceRequest.objects.create(
                unit=unit, title="gefragt", question="geheim", status="ASKED", asked_on=on, **usual
            )  # fmt: skip
    for unit in units:
        usual = {"unit": unit, "status_since": on}
        draft = {"title": "Entwurf", "summary": "geheim", "field": field, "draft": concept.empty()}
        ConceptTemplate.objects.create(**draft, **usual)
        CommonAnswer.objects.create(title="Entwurf", question="geheim", answer="geheim", **usual)
        NeedsSurvey.objects.create(year=2099, intro="geheim", due_on=on, **usual)
        survey = NeedsSurvey.objects.create(year=2098, intro="offen", due_on=on, status="OPEN", opened_on=on, **usual)
        for key, status in (("05122", "DRAFT"), ("05978", "SENT")):
            centre = Centre.objects.get(key=key)
            SurveyReturn.objects.create(survey=survey, centre=centre, note="geheim", status=status, sent_on=on)
        PlannedTraining.objects.create(year=2099, quarter=1, title="Entwurf", audience="alle", **usual)
