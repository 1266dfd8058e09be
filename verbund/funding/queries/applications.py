"""Applications and what belongs to them: who sees what of an application until it is decided."""

from django.db.models import Q, QuerySet

from verbund.accounts.roles import Role
from verbund.core import deadlines
from verbund.core.acting import Actor
from verbund.funding import parties
from verbund.funding.clock_kinds import INFORMATION_ANSWER
from verbund.funding.lifecycle import EDITABLE, INSIDE, ApplicationStatus
from verbund.funding.models import (
    Attachment,
    Call,
    Decision,
    DraftComment,
    GrantApplication,
    Hearing,
    InformationRequest,
    Submission,
)
from verbund.funding.queries.audits import under_audit
from verbund.programmes import queries as programmes
from verbund.programmes.models import ChecklistItem


def of_visible_applications(actor: Actor, path: str) -> Q:
    """Return the condition on applications (reached by `path`, with trailing __) this person may see.

    Own carrier: all. Authority, ministries, coordination: what was submitted at least once. The coordination unit also
    drafts it was invited to comment on. Auditors: what was submitted and a mandate covers today. Others: none.
    """
    if actor.role in parties.CARRIER_SIDE and actor.carrier_id is not None:
        return Q(**{f"{path}carrier_id": actor.carrier_id})
    if parties.reads_from_outside(actor):
        seen = Q(**{f"{path}received_on__isnull": False})
        if actor.role == Role.COORDINATOR:
            seen |= Q(**{f"{path}comments_invited_at__isnull": False})
        return seen
    if parties.is_auditor(actor):
        return under_audit(actor, path)
    return Q(pk__in=[])


def applications_visible_to(actor: Actor) -> QuerySet[GrantApplication]:
    return GrantApplication.objects.filter(of_visible_applications(actor, "")).select_related(
        "call__programme",
        "call__guideline__programme",
        "call__budget_title",
        "carrier__organisation",
        "centre__organisation",
        "officer",
    )


def applications_to_submit(actor: Actor) -> QuerySet[GrantApplication]:
    """Return the visible applications with what a submission says of them, and no more: half the columns of a page."""
    found = GrantApplication.objects.filter(of_visible_applications(actor, ""))
    return found.select_related("call__programme", "carrier__organisation", "centre__organisation")


def submissions_visible_to(actor: Actor) -> QuerySet[Submission]:
    return Submission.objects.filter(of_visible_applications(actor, "application__")).select_related("receipt")


def attachments_visible_to(actor: Actor) -> QuerySet[Attachment]:
    """Attachments of visible applications; of a draft only for those who may see its content."""
    found = Attachment.objects.filter(of_visible_applications(actor, "application__"))
    if parties.reads_from_outside(actor) or parties.is_auditor(actor):
        hidden = Q(application__status__in=[*INSIDE, ApplicationStatus.RETURNED])
        if actor.role == Role.COORDINATOR:
            hidden &= Q(application__comments_invited_at=None) | ~Q(application__status__in=EDITABLE)
        found = found.exclude(hidden)
    return found.select_related("application", "file")


def comments_visible_to(actor: Actor) -> QuerySet[DraftComment]:
    """Comments on drafts are between the carrier and the coordination unit; the authority never sees them."""
    if actor.role not in parties.CARRIER_SIDE | {Role.COORDINATOR}:
        return DraftComment.objects.none()
    return DraftComment.objects.filter(of_visible_applications(actor, "application__")).select_related("application")


def information_requests_visible_to(actor: Actor) -> QuerySet[InformationRequest]:
    found = InformationRequest.objects.filter(of_visible_applications(actor, "application__"))
    found = found.annotate(ends_on=deadlines.due_day(INFORMATION_ANSWER, InformationRequest))
    return found.select_related("application__call", "application__centre__organisation", "document")


def hearings_visible_to(actor: Actor) -> QuerySet[Hearing]:
    """Hearings are between the carrier and the authority; the ministries and the coordination do not read them."""
    found = Hearing.objects.select_related("application__call__programme", "application__centre__organisation")
    if parties.is_of_authority(actor) or actor.role in parties.CARRIER_SIDE:
        return found.filter(of_visible_applications(actor, "application__"))
    return found.none()


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    """Proposals and their signatures are the authority's own business; everybody else sees the notice."""
    if not parties.is_of_authority(actor):
        return Decision.objects.none()
    return Decision.objects.select_related("application__call__programme", "application__centre__organisation")


def checklist_of(application: GrantApplication) -> list[ChecklistItem]:
    """Return the checklist items that count for an application, those for extras only with the extra."""
    call = application.call
    extras = [extra.item for extra in application.extras.all()]
    return programmes.checklist_for(call.guideline, call.budget_year, extras=extras)


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
