"""The posts of a notice become posts of the centre: staffing keeps them, funding says which there are."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from verbund.core.acting import Actor
from verbund.funding import amounts, payout
from verbund.funding.models import Decision, GrantedPost, GrantNotice
from verbund.funding.vacancies import source_key
from verbund.programmes.rules import SPECIALIST
from verbund.staffing import operations as staffing

WITHDRAWALS = frozenset({Decision.Kind.RESCISSION, Decision.Kind.REVOCATION})


def provide_posts_of(notice: GrantNotice, *, on: date, actor: Actor) -> None:
    """Provide the posts a granting notice was computed with; a later version of the notice comes through here, too.

    Rows with the same label are one post: its share is the most of any day, its days from the first to the last.
    Call within the transaction that issues the notice. Raises OccupancyOutside of staffing.
    """
    application = notice.application
    _keep_granted(notice)
    staffing.provide_posts(
        application.centre,
        source_key=source_key(application),
        source_reference=notice.file_reference,
        valid_from=application.call.period_from,
        valid_until=application.call.period_until,
        posts=_plans(row for year in amounts.years_in(notice.parameters) for row in year.get("posts", ())),
        on=on,
        actor=actor,
        is_demo=application.call.is_demo,
    )


def _keep_granted(notice: GrantNotice) -> None:
    """Keep how many posts a version grants, by function and days; none of them where it ends the grant."""
    ends = _ends_the_grant(notice)
    GrantedPost.objects.bulk_create(
        GrantedPost(
            notice=notice,
            function=row["function"],
            rate_class=row["kind"],
            full_time_share=Decimal(0 if ends else row["full_time_share"]),
            valid_from=date.fromisoformat(span["from"]),
            valid_until=date.fromisoformat(span["to"]),
        )
        for year in amounts.years_in(notice.parameters)
        for row in year.get("posts", ())
        for span in row["occupied"]
    )


def _ends_the_grant(notice: GrantNotice) -> bool:
    """Whether a version leaves nothing, or of what counts only for the future nothing but what was paid.

    A sum that is cut in part leaves the posts as planned: which of them is meant nobody decided.
    """
    decision = notice.decision
    if decision.kind not in WITHDRAWALS or decision.reaches_back:
        return notice.amount_granted == 0
    return notice.amount_granted == payout.amount_kept(notice.application)


def _plans(rows: Iterable[dict]) -> list[staffing.PostPlan]:
    by_label: dict[str, list[dict]] = {}
    for row in rows:
        by_label.setdefault(row["post"], []).append(row)
    return [_plan(label, same) for label, same in by_label.items()]


def _plan(label: str, rows: list[dict]) -> staffing.PostPlan:
    spans = [
        (date.fromisoformat(span["from"]), date.fromisoformat(span["to"]), Decimal(row["full_time_share"]))
        for row in rows
        for span in row["occupied"]
    ]
    beginnings = {first for first, _last, _share in spans}
    sums = [sum(share for first, last, share in spans if first <= day <= last) for day in beginnings]
    return staffing.PostPlan(
        label,
        function=rows[0]["function"],
        rate_class=rows[0]["kind"],
        full_time_share=max(sums),
        needs_qualification=rows[0]["kind"] == SPECIALIST,
        valid_from=min(first for first, _last, _share in spans),
        valid_until=max(last for _first, last, _share in spans),
    )
