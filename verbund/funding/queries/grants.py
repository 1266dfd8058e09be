"""Grants: notices and their versions, and what they gave to whom."""

from datetime import date
from decimal import Decimal

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum

from verbund.core.acting import Actor
from verbund.funding import parties
from verbund.funding.amounts import years_in
from verbund.funding.calculations.references import plain_reference
from verbund.funding.lifecycle import OffsetStatus, ReclaimStatus, ReliefStatus
from verbund.funding.models import (
    BudgetEntry,
    ChangeRequest,
    Decision,
    GrantApplication,
    GrantedPost,
    GrantNotice,
    Instalment,
    Offset,
    Reclaim,
    ReclaimEntry,
    ReclaimNotice,
    ReclaimRelief,
    ReclaimReminder,
    Refund,
)
from verbund.funding.queries.applications import of_visible_applications


def notices_visible_to(actor: Actor) -> QuerySet[GrantNotice]:
    return GrantNotice.objects.filter(of_visible_applications(actor, "decision__application__")).select_related(
        "decision__application__call__programme",
        "decision__application__call__budget_title",
        "decision__application__carrier__organisation",
        "decision__application__centre__organisation",
        "document",
    )


def instalments_visible_to(actor: Actor) -> QuerySet[Instalment]:
    """Return the instalments of visible notices."""
    return Instalment.objects.filter(of_visible_applications(actor, "notice__decision__application__"))


def versions_of(application: GrantApplication) -> QuerySet[GrantNotice]:
    """Return the notices of an application, first version first; a refusal has one."""
    return GrantNotice.objects.filter(decision__application=application).order_by("version")


def valid_notice(application: GrantApplication) -> GrantNotice | None:
    """Return the newest version of a grant; None if nothing was granted."""
    found = versions_of(application).exclude(decision__kind=Decision.Kind.REFUSAL)
    return found.filter(successor=None).select_related("decision__application__call").last()


def version_on(application: GrantApplication, *, valid_on: date, known_on: date) -> GrantNotice | None:
    """Return the version that counts for a day as the files stood on another: the newest issued by `known_on` that
    was effective by `valid_on`.

    A version without `effective_from` (the first) counts from the beginning of the grant period, whenever issued.
    """
    known = versions_of(application).exclude(decision__kind=Decision.Kind.REFUSAL).filter(issued_on__lte=known_on)
    return known.filter(Q(effective_from=None) | Q(effective_from__lte=valid_on)).last()


def reclaims_visible_to(actor: Actor) -> QuerySet[Reclaim]:
    """Reclaims of visible applications; until the carrier was told of one it is the authority's own business."""
    found = Reclaim.objects.filter(of_visible_applications(actor, "application__"))
    if not parties.is_of_authority(actor):
        found = found.exclude(told_on=None)
    return found.select_related(
        "application__call__programme",
        "application__call__budget_title",
        "application__centre__organisation",
        "application__carrier__organisation",
        "notice",
        "hearing",
    )


def named_as(text: str) -> Q:
    """Return the condition on reclaims that a text names: reference, file reference or centre."""
    by_reference = Q(reference__icontains=plain_reference(text) or "-")
    by_name = Q(application__centre__organisation__name__icontains=text)
    return by_reference | by_name | Q(application__file_reference__icontains=text)


def reclaim_notices_visible_to(actor: Actor) -> QuerySet[ReclaimNotice]:
    """Notices that claim money back, of visible applications."""
    return ReclaimNotice.objects.filter(of_visible_applications(actor, "reclaim__application__")).select_related(
        "document"
    )


def reliefs_visible_to(actor: Actor) -> QuerySet[ReclaimRelief]:
    """Deferrals and waivers of visible applications; while they wait for a second person only the authority's."""
    found = ReclaimRelief.objects.filter(of_visible_applications(actor, "reclaim__application__"))
    found = found.select_related("reclaim__application")
    return found if parties.is_of_authority(actor) else found.filter(status=ReliefStatus.GRANTED)


def refunds_visible_to(actor: Actor) -> QuerySet[Refund]:
    """Refunds of visible reclaims, to the authority; what was ordered stands in the account for everybody else."""
    found = Refund.objects.filter(of_visible_applications(actor, "reclaim__application__"))
    return found.select_related("reclaim__application") if parties.is_of_authority(actor) else found.none()


def reclaim_reminders_visible_to(actor: Actor) -> QuerySet[ReclaimReminder]:
    """Letters that remind of visible reclaims."""
    found = ReclaimReminder.objects.filter(reclaim__in=reclaims_visible_to(actor).values("pk"))
    return found.select_related("document")


def offsets_visible_to(actor: Actor) -> QuerySet[Offset]:
    """Offsets of visible reclaims; until the payment is ordered and made they are plans of the authority."""
    found = Offset.objects.filter(reclaim__in=reclaims_visible_to(actor).values("pk")).select_related("drawdown")
    return found if parties.is_of_authority(actor) else found.filter(status=OffsetStatus.BOOKED)


def reclaim_entries_visible_to(actor: Actor) -> QuerySet[ReclaimEntry]:
    """Entries of visible reclaims."""
    found = ReclaimEntry.objects.filter(reclaim__in=reclaims_visible_to(actor).values("pk"))
    return found.select_related("reclaim__application", "receipt")


def other_grants(application: GrantApplication) -> QuerySet[GrantNotice]:
    """Return grants the centre already has under the same programme and year: a hint at double funding."""
    return GrantNotice.objects.filter(
        decision__kind=Decision.Kind.GRANT,
        decision__application__centre_id=application.centre_id,
        decision__application__call__programme_id=application.call.programme_id,
        decision__application__call__budget_year=application.call.budget_year,
    ).exclude(decision__application=application)


def cost_items_of(notice: GrantNotice) -> list[str]:
    """Return what a notice pays for, as its stored parameters name it: posts, then lump sums, each once."""
    found = []
    for year in years_in(notice.parameters):
        caps = {extra["item"]: extra["label"] for extra in year["rules"]["extras"]}
        found += [post["label"] for post in year["posts"]]
        found += [caps.get(extra["item"], extra["item"]) for extra in year["extras"]]
    return list(dict.fromkeys(found))


def posts_granted(centre_id: int, *, on: date, known_on: date) -> list[dict]:
    """Return the posts a centre has granted for a day, as known on another: shares by function; public numbers.

    A grant counts from the day its first notice was issued; its posts are those of the version that counts for the
    day, so that what was withdrawn for the past counts no more on any of its days, and what was withdrawn from a day on
    counts before it. Deleting the file changes nothing. Each row: `rate_class`, `function`, `posts` (in full posts; 0
    where they were withdrawn), `is_demo`.
    """
    versions = GrantNotice.objects.exclude(decision__kind=Decision.Kind.REFUSAL).filter(
        Q(effective_from=None) | Q(effective_from__lte=on),
        decision__application=OuterRef("notice__decision__application"),
        issued_on__lte=known_on,
    )
    granted = GrantedPost.objects.filter(
        notice__decision__application__centre_id=centre_id,
        notice__decision__application__decisions__kind=Decision.Kind.GRANT,
        notice__decision__application__decisions__notice__issued_on__lte=on,
        notice=Subquery(versions.order_by("-version").values("pk")[:1]),
        valid_from__lte=on,
        valid_until__gte=on,
    )
    call = "notice__decision__application__call"
    rows = granted.order_by("function").values("rate_class", "function", is_demo=F(f"{call}__is_demo"))
    return list(rows.annotate(posts=Sum("full_time_share")))


def grants_of_centre(actor: Actor, centre_id: int, *, on: date) -> list[dict]:
    """Return the grants of a centre by notices issued by a day, newest first, with what was paid by then (euros).

    Each row: `pk`, `year`, `programme`, `issued_on`, `amount_granted`, `amount_paid`, `is_demo`; none for whoever may
    not read the centre's notices.
    """
    payments = "decision__application__decisions__notice__drawdowns__disbursement"
    paid = Sum(f"{payments}__amount", filter=Q(**{f"{payments}__paid_on__lte": on}))
    replaced = Q(successor__isnull=False, successor__issued_on__lte=on)
    rows = notices_visible_to(actor).filter(decision__application__centre_id=centre_id, issued_on__lte=on)
    rows = rows.exclude(decision__kind=Decision.Kind.REFUSAL).exclude(replaced)
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


RECALLABLE = frozenset(set(Reclaim.Occasion) - {Reclaim.Occasion.PROOF, Reclaim.Occasion.LATE_USE})
"""Why money came back that is there again when a grant still grants it or is raised again: the grant was lowered, or
the money was not needed. What was claimed for how it was used stays away."""


def repayments_to_call_again(application: GrantApplication | OuterRef) -> QuerySet[BudgetEntry]:
    """Return what came back of a grant, without interest, and may be called again as far as the grant allows.

    Of many grants at once with a reference to the application of an outer query.
    """
    return BudgetEntry.objects.filter(
        kind=BudgetEntry.Kind.REPAYMENT, reclaim__application=application, reclaim__occasion__in=RECALLABLE
    )


def amount_claimed(application: GrantApplication) -> Decimal:
    """Return the euros of principal claimed back from a carrier so far, settled or not; dropped claims do not count."""
    claims = Reclaim.objects.filter(application=application).exclude(status=ReclaimStatus.DROPPED)
    return claims.aggregate(sum=Sum("principal"))["sum"] or Decimal("0.00")


def change_requests_visible_to(actor: Actor) -> QuerySet[ChangeRequest]:
    """Requests for changes of visible applications."""
    found = ChangeRequest.objects.filter(of_visible_applications(actor, "application__"))
    return found.select_related("application__call__programme", "application__centre__organisation")
