"""Applications to measure with: ten thousand in a list, one that went all the way, some that wait to be submitted."""

from datetime import date
from decimal import Decimal
from itertools import cycle

from django.db import transaction

from bench.world import say
from tests.support import cast
from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.core.models import StoredFile
from verbund.directory.models import Centre, Membership
from verbund.funding import amounts, operations
from verbund.funding.completeness import REQUIRED_ATTACHMENTS
from verbund.funding.lifecycle import ApplicationStatus, CallStatus
from verbund.funding.models import Attachment, BudgetTitle, Call, GrantApplication, PlannedPost, Submission
from verbund.funding.tests import story
from verbund.programmes import queries as programmes
from verbund.programmes.models import Programme

OWN = "05122"
CALLS_A_YEAR = 14
YEARS = range(2012, 2026)
TITLE = "633 99"
S = ApplicationStatus
STATUSES = (S.SUBMITTED, S.UNDER_REVIEW, S.INFORMATION_REQUESTED, S.READY_FOR_DECISION, *[S.GRANTED] * 12, S.REFUSED)


def member(role: str) -> Membership:
    """Return the one person with this function in the world of the measurements."""
    home = cast.home_of(role, at=OWN)
    found = Membership.objects.filter(role=role, organisation=home).select_related("user", "organisation").first()
    return found or cast.member(role, home)


@transaction.atomic
def prepare() -> None:
    """Make the applications unless they are there."""
    if BudgetTitle.objects.filter(title_number=TITLE).exists():
        return
    say("10.000 Anträge werden angelegt …")
    calls = [call for year in YEARS for call in make_calls(year)]
    officer, statuses = member(Role.GRANT_OFFICER).user, cycle(STATUSES)
    centres = list(Centre.objects.select_related("carrier"))
    applications = GrantApplication.objects.bulk_create(
        application_row(call, centre, next(statuses), officer) for call in calls for centre in centres
    )
    PlannedPost.objects.bulk_create(post for application in applications for post in post_rows(application))
    file = StoredFile.objects.filter(kind="bench").first()
    Attachment.objects.bulk_create(
        Attachment(application=application, kind=kind, file=file, added_by=officer)
        for application in applications
        for kind in REQUIRED_ATTACHMENTS
    )


def make_calls(year: int) -> list[Call]:
    title = BudgetTitle.objects.create(
        chapter="07 080",
        title_number=TITLE,
        budget_year=year,
        purpose="Messung",
        amount_planned=Decimal("9000000000"),
        source="Messung",
    )
    return Call.objects.bulk_create(
        Call(
            programme=Programme.objects.get(code="KI_BASE"),
            guideline=programmes.guideline_for("KI_BASE", year),
            budget_title=title,
            budget_year=year,
            period_from=date(year, 1, 1),
            period_until=date(year, 12, 31),
            opens_on=date(year - 1, 6, 1),
            drawdowns_until=date(year, 12, 31),
            status=CallStatus.OPEN,
        )
        for _number in range(CALLS_A_YEAR)
    )


def application_row(call: Call, centre: Centre, status: str, officer: User) -> GrantApplication:
    return GrantApplication(
        call=call,
        carrier=centre.carrier,
        centre=centre,
        status=status,
        status_since=call.opens_on,
        file_reference=f"36-KI.BASE-{call.budget_year}-{centre.key}",
        purpose="Aufbau des Kommunalen Integrationszentrums",
        concept_adopted_on=date(2012, 7, 5),
        resolution_on=date(2012, 7, 5),
        provides_rooms=True,
        provides_equipment=True,
        provides_running_costs=True,
        amount_requested=Decimal("170000"),
        received_on=call.opens_on,
        officer=officer,
        offered_by=officer,
    )


def post_rows(application: GrantApplication) -> list[PlannedPost]:
    plans = story.full_staff(application.call.budget_year)
    return [PlannedPost(application=application, **vars(plan)) for plan in plans]


def signed_applications() -> list[GrantApplication]:
    """Return the applications of our own centre, countersigned and ready to be submitted (again, in every run)."""
    own = GrantApplication.objects.filter(centre__key=OWN, call__budget_title__title_number=TITLE)
    Submission.objects.filter(application__in=own).delete()
    own.update(status=S.SIGNED, received_on=None, file_reference="", is_late=False)
    return list(own.order_by("pk"))


def granted_application() -> GrantApplication:
    """Return an application with its whole history, up to the notice."""
    found = GrantApplication.objects.filter(centre__key=OWN, purpose="Messung: ganzer Weg").first()
    return found or make_granted_application()


@transaction.atomic
def make_granted_application() -> GrantApplication:
    people = story.people(OWN)
    call = story.call_for(2023, actor=people.officer)
    application = story.reviewed(call, people)
    total = amounts.compute(application).total
    decision = operations.propose_decision(
        application, kind="GRANT", amount=total, on=call.opens_on, actor=people.officer
    )
    operations.countersign_decision(decision, issued_on=call.opens_on, actor=people.approver)
    GrantApplication.objects.filter(pk=application.pk).update(purpose="Messung: ganzer Weg")
    return GrantApplication.objects.get(pk=application.pk)
