"""What can be asked of funding, and what a person may see of it. What is not visible does not exist for them."""

from datetime import date

from django.db.models import F, Q, QuerySet, Sum

from verbund.accounts.roles import Role
from verbund.core import deadlines
from verbund.core.acting import Actor
from verbund.funding import parties
from verbund.funding.clock_kinds import INFORMATION_ANSWER
from verbund.funding.lifecycle import EDITABLE, INSIDE, ApplicationStatus, CallStatus
from verbund.funding.models import (
    Attachment,
    BudgetTitle,
    Call,
    Decision,
    DraftComment,
    Drawdown,
    GrantApplication,
    GrantNotice,
    InformationRequest,
    Instalment,
    PlannedPost,
    RecipientAccount,
    Submission,
)
from verbund.funding.worklist import tasks_for  # noqa: F401 - the work list of the portal asks for it here
from verbund.programmes import queries as programmes
from verbund.programmes.models import ChecklistItem


def _of_visible_applications(actor: Actor, path: str) -> Q:
    """Return the condition on applications (reached by `path`, with trailing __) this person may see.

    Own carrier: all. Authority, ministries, coordination: what was submitted at least once. The coordination unit also
    drafts it was invited to comment on. Others: none.
    """
    if actor.role in parties.CARRIER_SIDE and actor.carrier_id is not None:
        return Q(**{f"{path}carrier_id": actor.carrier_id})
    if parties.reads_from_outside(actor):
        seen = Q(**{f"{path}received_on__isnull": False})
        if actor.role == Role.COORDINATOR:
            seen |= Q(**{f"{path}comments_invited_at__isnull": False})
        return seen
    return Q(pk__in=[])


def applications_visible_to(actor: Actor) -> QuerySet[GrantApplication]:
    return GrantApplication.objects.filter(_of_visible_applications(actor, "")).select_related(
        "call__programme",
        "call__guideline__programme",
        "call__budget_title",
        "carrier__organisation",
        "centre__organisation",
        "officer",
    )


def submissions_visible_to(actor: Actor) -> QuerySet[Submission]:
    return Submission.objects.filter(_of_visible_applications(actor, "application__")).select_related("receipt")


def attachments_visible_to(actor: Actor) -> QuerySet[Attachment]:
    """Attachments of visible applications; of a draft only for those who may see its content."""
    found = Attachment.objects.filter(_of_visible_applications(actor, "application__"))
    if parties.reads_from_outside(actor):
        hidden = Q(application__status__in=[*INSIDE, ApplicationStatus.RETURNED])
        if actor.role == Role.COORDINATOR:
            hidden &= Q(application__comments_invited_at=None) | ~Q(application__status__in=EDITABLE)
        found = found.exclude(hidden)
    return found.select_related("application", "file")


def comments_visible_to(actor: Actor) -> QuerySet[DraftComment]:
    """Comments on drafts are between the carrier and the coordination unit; the authority never sees them."""
    if actor.role not in parties.CARRIER_SIDE | {Role.COORDINATOR}:
        return DraftComment.objects.none()
    return DraftComment.objects.filter(_of_visible_applications(actor, "application__")).select_related("application")


def information_requests_visible_to(actor: Actor) -> QuerySet[InformationRequest]:
    found = InformationRequest.objects.filter(_of_visible_applications(actor, "application__"))
    found = found.annotate(ends_on=deadlines.due_day(INFORMATION_ANSWER, InformationRequest))
    return found.select_related("application__call", "application__centre__organisation", "document")


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    """Proposals and their signatures are the authority's own business; everybody else sees the notice."""
    if not parties.is_of_authority(actor):
        return Decision.objects.none()
    return Decision.objects.select_related("application__call__programme", "application__centre__organisation")


def notices_visible_to(actor: Actor) -> QuerySet[GrantNotice]:
    return GrantNotice.objects.filter(_of_visible_applications(actor, "decision__application__")).select_related(
        "decision__application__call__programme",
        "decision__application__call__budget_title",
        "decision__application__carrier__organisation",
        "decision__application__centre__organisation",
        "document",
    )


def instalments_visible_to(actor: Actor) -> QuerySet[Instalment]:
    """Return the instalments of visible notices."""
    return Instalment.objects.filter(_of_visible_applications(actor, "notice__decision__application__"))


def drawdowns_visible_to(actor: Actor) -> QuerySet[Drawdown]:
    return Drawdown.objects.filter(_of_visible_applications(actor, "notice__decision__application__")).select_related(
        "notice__decision__application__call__budget_title",
        "notice__decision__application__centre__organisation",
        "account",
    )


def accounts_visible_to(actor: Actor) -> QuerySet[RecipientAccount]:
    """Bank accounts: the carrier's treasury and signatory, and the authority."""
    found = RecipientAccount.objects.select_related("carrier__organisation")
    if parties.is_of_authority(actor):
        return found
    if actor.role in {Role.TREASURY, Role.SIGNATORY} and actor.carrier_id is not None:
        return found.filter(carrier_id=actor.carrier_id)
    return found.none()


def titles_visible_to(actor: Actor) -> QuerySet[BudgetTitle]:
    return BudgetTitle.objects.all() if parties.reads_budget(actor) else BudgetTitle.objects.none()


def calls_visible_to(actor: Actor) -> QuerySet[Call]:
    """Open and closed calls for everybody in funding; drafts only for those who prepare them."""
    found = Call.objects.select_related("programme", "guideline__programme", "budget_title")
    if not parties.reads_funding(actor):
        return found.none()
    return found if parties.decides_on_grants(actor) else found.exclude(status=CallStatus.DRAFT)


def calls_open_for(actor: Actor, *, on: date) -> QuerySet[Call]:
    """Return the calls under which the actor's centres could apply today."""
    return calls_visible_to(actor).filter(status=CallStatus.OPEN, opens_on__lte=on)


def checklist_of(application: GrantApplication) -> list[ChecklistItem]:
    """Return the checklist items that count for an application, those for extras only with the extra."""
    call = application.call
    extras = [extra.item for extra in application.extras.all()]
    return programmes.checklist_for(call.guideline, call.budget_year, extras=extras)


def other_grants(application: GrantApplication) -> QuerySet[GrantNotice]:
    """Return grants the centre already has under the same programme and year: a hint at double funding."""
    return GrantNotice.objects.filter(
        decision__kind=Decision.Kind.GRANT,
        decision__application__centre_id=application.centre_id,
        decision__application__call__programme_id=application.call.programme_id,
        decision__application__call__budget_year=application.call.budget_year,
    ).exclude(decision__application=application)


def posts_granted(centre_id: int, *, on: date) -> list[dict]:
    """Return the posts of a centre that notices issued by a day grant for that day: shares by function; public numbers.

    Each row: `rate_class`, `function`, `posts` (in full posts), `is_demo`.
    """
    granted = PlannedPost.objects.filter(
        application__centre_id=centre_id,
        application__decisions__kind=Decision.Kind.GRANT,
        application__decisions__notice__issued_on__lte=on,
        occupied_from__lte=on,
        occupied_until__gte=on,
    )
    rows = granted.order_by("function").values("rate_class", "function", is_demo=F("application__call__is_demo"))
    return list(rows.annotate(posts=Sum("full_time_share")))


def grants_of_centre(actor: Actor, centre_id: int, *, on: date) -> list[dict]:
    """Return the grants of a centre by notices issued by a day, newest first, with what was paid by then (euros).

    Each row: `pk`, `year`, `programme`, `issued_on`, `amount_granted`, `amount_paid`, `is_demo`; none for whoever may
    not read the centre's notices.
    """
    paid = Sum("drawdowns__disbursement__amount", filter=Q(drawdowns__disbursement__paid_on__lte=on))
    rows = notices_visible_to(actor).filter(
        decision__kind=Decision.Kind.GRANT, decision__application__centre_id=centre_id, issued_on__lte=on
    )
    return list(
        rows.order_by("-issued_on", "-pk").values(
            "pk",
            "issued_on",
            "amount_granted",
            year=F("decision__application__call__budget_year"),
            programme=F("decision__application__call__programme__name"),
            is_demo=F("decision__application__call__is_demo"),
            amount_paid=paid,
        )
    )


def earlier_application(application_call: Call, centre) -> GrantApplication | None:
    """Return the newest application of the centre under an earlier call of the programme, to carry over."""
    return (
        GrantApplication.objects.filter(
            centre=centre,
            call__programme=application_call.programme,
            call__budget_year__lt=application_call.budget_year,
        )
        .exclude(status="WITHDRAWN")
        .select_related("call")
        .order_by("-call__budget_year", "-pk")
        .first()
    )
