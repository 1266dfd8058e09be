"""Payment lists and bulk runs: who sees them, and which calls for money still wait for a list."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from verbund.core.acting import Actor
from verbund.core.money import MoneyField
from verbund.funding import parties
from verbund.funding.lifecycle import AccountStatus, DrawdownStatus, OffsetStatus
from verbund.funding.models import BulkRun, Drawdown, Offset, PaymentLine, PaymentList, RecipientAccount

ON_THE_LIST = Q(lines__struck_on__isnull=True)


def payment_lists_visible_to(actor: Actor) -> QuerySet[PaymentList]:
    """Payment lists name bank accounts: the authority alone. Each has `count`, `amount` and `taken` (downloads)."""
    found = PaymentList.objects.all() if parties.is_of_authority(actor) else PaymentList.objects.none()
    amounts = PaymentLine.objects.filter(payment_list=OuterRef("pk"), struck_on=None).order_by().values("payment_list")
    return (
        found.select_related("made_by")
        .annotate(
            amount=Subquery(amounts.annotate(sum=Sum("amount")).values("sum")),
            count=Count("lines", filter=ON_THE_LIST, distinct=True),
            paid=Count(
                "lines", filter=ON_THE_LIST & Q(lines__drawdown__status=DrawdownStatus.DISBURSED), distinct=True
            ),
            taken=Count("downloads", distinct=True),
        )
        .order_by("-number")
    )


def payment_lines_visible_to(actor: Actor) -> QuerySet[PaymentLine]:
    """Lines of visible lists, with what their page prints of the call and its payment."""
    found = PaymentLine.objects.all() if parties.is_of_authority(actor) else PaymentLine.objects.none()
    return found.select_related(
        "payment_list",
        "drawdown__account",
        "drawdown__disbursement",
        "drawdown__notice__decision__application__call__programme",
        "drawdown__notice__decision__application__centre__organisation",
    )


def drawdowns_to_list(actor: Actor) -> QuerySet[Drawdown]:
    """Return the ordered calls that are on no list yet and that this person neither verified nor ordered.

    `amount_to_transfer` is what the account gets: without what a planned offset keeps. A call of which nothing is left
    needs no transfer and stands on no list.
    """
    kept = Offset.objects.filter(drawdown=OuterRef("pk"), status=OffsetStatus.PLANNED).values("amount")
    transfer = F("amount") - Coalesce(Subquery(kept), Decimal(0), output_field=MoneyField())
    listed = PaymentLine.objects.filter(drawdown=OuterRef("pk"), struck_on=None)
    own = Q()
    for act in ("verified", "ordered"):
        own |= Q(**{f"{act}_by_id__in": actor.persons}) | Q(**{f"{act}_for_id__in": actor.persons})
    found = Drawdown.objects.filter(~Exists(listed), status=DrawdownStatus.ORDERED).exclude(own)
    found = found.annotate(amount_to_transfer=ExpressionWrapper(transfer, output_field=MoneyField()))
    return (
        found.filter(amount_to_transfer__gt=0)
        .select_related(
            "account",
            "notice__decision__application__call__programme",
            "notice__decision__application__centre__organisation",
        )
        .order_by("notice__decision__application__centre__organisation__name", "pk")
    )


def accounts_in_force(carrier_ids: Iterable[int]) -> dict[int, RecipientAccount]:
    """Return the confirmed account of each carrier, by the id of the carrier."""
    found = RecipientAccount.objects.filter(carrier_id__in=carrier_ids, status=AccountStatus.CONFIRMED)
    return {account.carrier_id: account for account in found}


def account_of_payment(drawdown: Drawdown) -> RecipientAccount:
    """Return the account a payment goes to: the one in force; of a call on a list, the one that stands there."""
    if drawdown.payment_lines.filter(struck_on=None).exists():
        return drawdown.account
    return accounts_in_force([drawdown.account.carrier_id])[drawdown.account.carrier_id]


def lines_to_replaced_accounts(payment_list: PaymentList) -> QuerySet[PaymentLine]:
    """Return the payments of a list that are not made yet and whose account has been replaced since."""
    return payment_list.lines.filter(
        struck_on=None, drawdown__status=DrawdownStatus.ORDERED, drawdown__account__status=AccountStatus.REPLACED
    )


def bulk_runs_visible_to(actor: Actor) -> QuerySet[BulkRun]:
    """Return what this person started in their function; a run names records only they could choose then."""
    if not parties.is_of_authority(actor):
        return BulkRun.objects.none()
    return (
        BulkRun.objects.filter(started_by=actor.user, membership_id=actor.membership_id)
        .annotate(
            count=Count("items"),
            pending=Count("items", filter=Q(items__outcome="PENDING")),
            refused=Count("items", filter=Q(items__outcome="REFUSED")),
        )
        .order_by("-pk")
    )
