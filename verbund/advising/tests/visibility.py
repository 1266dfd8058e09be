"""Records of openings and advice that most people must not see, for the test of who sees what."""

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
from verbund.core.dates import today
from verbund.directory.models import Centre, Organisation, Partner
from verbund.offers.models import Term


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
