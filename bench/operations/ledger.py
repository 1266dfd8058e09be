"""What the money of ten years asks for: the balance of a title, notices computed again, the officer's work list."""

from datetime import date
from decimal import Decimal
from itertools import cycle, islice

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import funding_world
from bench.harness import Figures, cpu_of
from bench.registry import operation
from bench.world import say
from tests.support import cast
from verbund.accounts.roles import Role
from verbund.directory.models import Centre
from verbund.funding import amounts, ledger, queries
from verbund.funding.lifecycle import ApplicationStatus as S
from verbund.funding.lifecycle import DecisionStatus
from verbund.funding.models import BudgetEntry, BudgetTitle, Call, Decision, GrantApplication, GrantNotice
from verbund.funding.tests import story

ENTRIES = 100_000
NOTICES = 10_000
YEARS = range(2014, 2024)
RAW_SUM = "SELECT kind, SUM(amount) FROM funding_budgetentry WHERE budget_title_id = %s GROUP BY kind"


@operation("title_balance", limit="raw SQL sum", goal="≥ 80 % of the raw SQL sum, 1 SQL")
def title_balance() -> Figures:
    """What a title committed, paid and got back, summed from 100,000 entries, beside the same sum in plain SQL."""
    funding_world.prepare()
    notice = _notice()
    with transaction.atomic():
        say("100.000 Buchungen werden angelegt …")
        title = BudgetTitle.objects.create(
            chapter="07 080", title_number="633 98", budget_year=2023, purpose="Messung", amount_planned=1,
            source="Messung",
        )  # fmt: skip
        kinds, day = cycle(BudgetEntry.Kind.values), date(2023, 1, 9)
        BudgetEntry.objects.bulk_create(
            (
                BudgetEntry(budget_title=title, kind=next(kinds), amount=1, day=day, entered_on=day, notice=notice)
                for _number in range(ENTRIES)
            ),
            batch_size=5_000,
        )
        with CaptureQueriesContext(connection) as statements:
            found = ledger.sums(title.entries)
        assert set(found.values()) == {Decimal(ENTRIES // len(BudgetEntry.Kind.values))}
        raw_ms = cpu_of(lambda: _raw_sum(title.pk), times=10)
        ours_ms = cpu_of(lambda: ledger.sums(title.entries), times=10)
        transaction.set_rollback(True)
    return Figures(ours_ms, sql=len(statements), rows=ENTRIES, limit_ms=raw_ms)


def _raw_sum(pk: int) -> list:
    with connection.cursor() as cursor:
        cursor.execute(RAW_SUM, [pk])
        return cursor.fetchall()


def _notice() -> GrantNotice:
    application = funding_world.granted_application()
    return GrantNotice.objects.filter(decision__application=application).latest("pk")


@operation("recompute_notices", limit="engine alone", goal="≥ 70 % of the engine alone, 1 SQL")
def recompute_notices() -> Figures:
    """Compute 10,000 stored notices again, each read with its parameters, beside the engine on one of them."""
    funding_world.prepare()
    template = _notice()
    with transaction.atomic():
        say("10.000 Bescheide werden angelegt …")
        _make_notices(template)
        stored = GrantNotice.objects.exclude(pk=template.pk)
        with CaptureQueriesContext(connection) as statements:
            assert _recomputed(stored[:100]) == 100
        count = len(statements)
        engine_ms = cpu_of(lambda: amounts.recompute(template.parameters), times=1_000, rounds=3)
        all_ms = cpu_of(lambda: _recomputed(stored), times=1, rounds=2)
        rows = stored.count()
        transaction.set_rollback(True)
    return Figures(all_ms / rows, sql=count, rows=rows, limit_ms=engine_ms)


def _make_notices(template: GrantNotice) -> None:
    applications = GrantApplication.objects.filter(decisions=None).exclude(pk=template.application.pk)[:NOTICES]
    decisions = Decision.objects.bulk_create(
        Decision(
            application=application,
            kind=Decision.Kind.GRANT,
            status=DecisionStatus.SIGNED,
            amount=template.amount_granted,
            parameters=template.parameters,
        )
        for application in applications
    )
    GrantNotice.objects.bulk_create(
        GrantNotice(
            decision=decision,
            file_reference=template.file_reference,
            issued_on=template.issued_on,
            amount_granted=template.amount_granted,
            parameters=template.parameters,
            document=template.document,
        )
        for decision in decisions
    )


def _recomputed(notices) -> int:
    """Return how many notices come to the sum they granted."""
    rows = notices.values_list("parameters", "amount_granted").iterator()
    return sum(amounts.recompute(parameters).total == amount for parameters, amount in rows)


@operation("worklist", limit="orm page", goal="≤ 10 SQL, ratio ≥ 0.05 with 540 applications of ten years")
def worklist() -> Figures:
    """The tasks of an officer who is responsible for ten years of 54 centres, without the page around them."""
    funding_world.prepare()
    with transaction.atomic():
        officer = cast.acting(cast.member(Role.GRANT_OFFICER))
        statuses = cycle((S.SUBMITTED, S.UNDER_REVIEW, S.INFORMATION_REQUESTED, *[S.GRANTED] * 6))
        centres = list(Centre.objects.select_related("carrier")[:54])
        calls = [_call(year) for year in YEARS]
        GrantApplication.objects.bulk_create(
            funding_world.application_row(call, centre, next(statuses), officer.user)
            for call in calls
            for centre in islice(centres, 54)
        )
        with CaptureQueriesContext(connection) as statements:
            tasks = queries.tasks_for(officer, date(2023, 5, 3))
        count = len(statements)
        ours_ms = cpu_of(lambda: queries.tasks_for(officer, date(2023, 5, 3)), times=10)
        transaction.set_rollback(True)
    return Figures(ours_ms, sql=count, rows=len(YEARS) * len(centres), more={"tasks": len(tasks)})


def _call(year: int) -> Call:
    return story.call_for(year, opens_on=date(year - 1, 6, 1))
