"""What can be asked about attributions: what pays for a happening, what a grant has paid for, what could pay."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from verbund.core.acting import Actor
from verbund.funding.models import Attribution, Decision, GrantNotice
from verbund.funding.queries.grants import cost_items_of, notices_visible_to


def attributions_of(happening) -> QuerySet[Attribution]:
    """Return what pays for a happening, in the order it was written down."""
    return Attribution.objects.filter(happening=happening.happening_key).order_by("pk").select_related("notice")


def notices_that_can_pay(actor: Actor, centre_id: int, *, on: date, named: Iterable[int] = ()) -> QuerySet[GrantNotice]:
    """Return the notices of a centre this person may read whose grant period holds a day, newest first.

    Of each grant the version that counts, and those `named` already.
    """
    found = notices_visible_to(actor).filter(decision__application__centre=centre_id)
    call = "decision__application__call__"
    in_time = Q(**{f"{call}period_from__lte": on, f"{call}period_until__gte": on}, successor=None)
    return found.exclude(decision__kind=Decision.Kind.REFUSAL).filter(in_time | Q(pk__in=list(named)))


def payable_items(notices: Iterable[GrantNotice]) -> list[tuple[GrantNotice, list[str]]]:
    """Return notices with the cost items each of them names."""
    return [(notice, cost_items_of(notice)) for notice in notices]


def attributed_to(notice: GrantNotice) -> QuerySet[Attribution]:
    """Return everything a grant has paid for, whichever version of its notice is named; newest first."""
    grant = Attribution.objects.filter(notice__decision__application=notice.decision.application_id)
    return grant.order_by("-happened_on", "pk")


def attributed_sums(notice: GrantNotice) -> list[dict]:
    """Return for each cost item of a grant how many happenings name it, and the sum of their shares."""
    found = attributed_to(notice).order_by("item").values("item")
    return list(found.annotate(happenings=Count("happening", distinct=True), shares=Sum("share")))
