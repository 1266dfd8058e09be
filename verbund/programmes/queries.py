"""What can be asked of the programmes: what is in force on a day, the rules of a year, what waits for somebody."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.accounts.roles import Role
from verbund.core.acting import Actor, persons_of
from verbund.core.stored import has_table
from verbund.core.worklist import Task
from verbund.programmes import dated_rows, rules, shipped
from verbund.programmes.dated_rows import DatedRows
from verbund.programmes.lifecycle import DatedRowStatus, GuidelineStatus
from verbund.programmes.memory import rows_of
from verbund.programmes.models import (
    DATED_ROWS,
    ROW_KINDS,
    BaseRate,
    ChecklistItem,
    DatedRow,
    DeadlineRule,
    FundingGuideline,
    GuidelineRow,
    LegalValue,
    LumpSum,
    PayoutDate,
    PolicyValue,
    Programme,
)
from verbund.programmes.models.rows import RateClass
from verbund.programmes.rules import NoRulesForYear, Rules, UnknownProgramme


def guidelines_visible_to(actor: Actor) -> QuerySet[FundingGuideline]:
    """Return the versions a person may read: adopted ones everybody, drafts and proposals the operators."""
    found = FundingGuideline.objects.select_related("programme")
    return found if actor.role == Role.OPERATOR else found.filter(status=GuidelineStatus.ADOPTED)


def adopted_guidelines(programme_code: str) -> QuerySet[FundingGuideline]:
    """Return the adopted versions of a programme, newest first."""
    return (
        FundingGuideline.objects.filter(programme__code=programme_code, status=GuidelineStatus.ADOPTED)
        .select_related("programme")
        .order_by("-version")
    )


def guideline_for(programme_code: str, year: int) -> FundingGuideline:
    """Return the newest adopted version whose period covers the year. Raises UnknownProgramme or NoRulesForYear."""
    found = next((guideline for guideline in adopted_guidelines(programme_code) if guideline.covers(year)), None)
    if found:
        return found
    if not Programme.objects.filter(code=programme_code).exists():
        raise UnknownProgramme(programme_code)
    raise NoRulesForYear(programme_code, year)


def rules_for(programme_code: str, year: int) -> Rules:
    """Return the rules by which grants of the year are computed. Raises UnknownProgramme or NoRulesForYear."""
    return rules_of(guideline_for(programme_code, year), year)


def rules_of(guideline: FundingGuideline, year: int) -> Rules:
    """Return the rules of one version (also of a draft) for a year."""
    return Rules(
        programme=guideline.programme.code,
        code=guideline.code,
        version=guideline.version,
        title=guideline.title,
        source=guideline.source,
        mark=guideline.mark,
        financing_type=guideline.financing_type,
        financing_type_mark=guideline.financing_type_mark,
        pro_rata=guideline.pro_rata,
        rounding=guideline.rounding,
        counting_mark=guideline.counting_mark,
        rates=tuple(
            rules.Rate(row.rate_class, row.label, row.amount, row.full_time_share, row.mark, row.source)
            for row in in_year(rows_of(guideline, "rates"), year)
        ),
        limits=tuple(
            rules.PostLimit(row.carrier_kind, row.rate_class, row.posts, row.mark, row.source)
            for row in in_year(rows_of(guideline, "limits"), year)
        ),
        extras=tuple(
            rules.ExtraCap(row.item, row.label, row.amount, row.mark, row.source)
            for row in in_year(rows_of(guideline, "extras"), year)
        ),
    )


def rules_in_force(programme_code: str, year: int) -> Rules:
    """Return the rules of a year from the database if it holds guidelines, else those that come with the program.

    Creates nothing: a database file that is not there yet stays away.
    """
    return (
        rules_for(programme_code, year) if _database_has_guidelines() else shipped.shipped_rules(programme_code, year)
    )


def _database_has_guidelines() -> bool:
    if not has_table(FundingGuideline):
        return False
    return FundingGuideline.objects.filter(status=GuidelineStatus.ADOPTED).exists()


def base_rates() -> tuple[rules.BaseRate, ...]:
    """Return the adopted base rates (§ 247 BGB) as plain values, one per half-year, oldest first."""
    return dated_rows.base_rates_of(_adopted(BaseRate))


def base_rate_gaps(first: date, last: date) -> list[str]:
    """Return the half-years from `first` to `last` without a base rate, by name ("1. Halbjahr 2026")."""
    return dated_rows.gaps_of(base_rates(), first, last)


def interest_rules_on(day: date) -> rules.InterestRules:
    """Return all interest surcharges (§ 49a VwVfG NRW) by day, and the day count in force on a day. Raises NoValue."""
    return dated_rows.interest_rules_of(_adopted(LegalValue), day)


def legal_value(key: str, day: date) -> LegalValue | None:
    """Return the adopted value in force on a day by its key, such as RECLAIM_PAYMENT_DAYS, or None without a row."""
    known = _adopted(LegalValue).filter(key=key, valid_from__lte=day)
    return known.filter(Q(valid_until=None) | Q(valid_until__gte=day)).order_by("valid_from").last()


def adopted_rows() -> DatedRows:
    """Return the adopted base rates, values and lump sums."""
    return DatedRows(*(tuple(_adopted(model)) for model in (BaseRate, LegalValue, LumpSum)))


def rows_in_force() -> DatedRows:
    """Return the adopted rows if the database holds guidelines, else those that come with the program."""
    return adopted_rows() if _database_has_guidelines() else shipped.dated_rows()


def _adopted[Row: DatedRow](model: type[Row]) -> QuerySet[Row]:
    return model._default_manager.filter(status=DatedRowStatus.ADOPTED)


def in_year[Row: GuidelineRow](rows: Iterable[Row], year: int) -> list[Row]:
    """Return the rows that hold in a grant year."""
    return [row for row in rows if row.covers(year)]


def checklist_for(guideline: FundingGuideline, year: int, *, extras: Iterable[str] = ()) -> list[ChecklistItem]:
    """Return what an application of the year must show; items tied to an extra (language pool) only with it."""
    asked = set(extras)
    items = in_year(rows_of(guideline, "checklist"), year)
    return [item for item in items if not item.only_with or item.only_with in asked]


def payout_plan_for(guideline: FundingGuideline, year: int) -> list[PayoutDate]:
    """Return the payout dates of a grant year; one without a day is payable as soon as the notice is final."""
    return in_year(rows_of(guideline, "payout_dates"), year)


def deadline_rule(guideline: FundingGuideline, kind: str, year: int) -> DeadlineRule | None:
    """Return the rule for a kind of deadline (`DeadlineRule.Kind`) in a grant year, or None without a row."""
    found = (row for row in in_year(rows_of(guideline, "deadlines"), year) if row.kind == kind)
    return next(found, None)


def policy_value(guideline: FundingGuideline, key: str, year: int) -> PolicyValue | None:
    """Return a threshold or period by its key, such as COURT_OF_AUDIT_COPY_ABOVE, or None without a row."""
    found = (row for row in in_year(rows_of(guideline, "policy_values"), year) if row.key == key)
    return next(found, None)


def with_rows(guidelines: QuerySet[FundingGuideline]) -> QuerySet[FundingGuideline]:
    """Return the versions with all their rows, in a constant number of queries."""
    return guidelines.prefetch_related(*ROW_KINDS)


def programmes_with_versions() -> QuerySet[Programme]:
    """Return the programmes, oldest first, each with parts and adopted `versions` (with rates, limits, caps)."""
    versions = FundingGuideline.objects.filter(status=GuidelineStatus.ADOPTED).order_by("version")
    return (
        Programme.objects.select_related("predecessor", "within")
        .prefetch_related(
            "parts", Prefetch("guidelines", versions.prefetch_related("rates", "limits", "extras"), to_attr="versions")
        )
        .order_by(F("valid_from").asc(nulls_last=True), "name")
    )


def programmes_visible_to(actor: Actor) -> QuerySet[Programme]:
    """Return the programmes a person may read: everybody all of them."""
    return Programme.objects.all()


def computed_programmes() -> QuerySet[Programme]:
    """Return the programmes with an adopted guideline: those the platform computes and that can have a call."""
    return Programme.objects.filter(guidelines__status=GuidelineStatus.ADOPTED).distinct()


def programmes_in_force(on: date) -> QuerySet[Programme]:
    """Return the programmes in force on a day (first and last day included), oldest first.

    A programme whose beginning no source names is never among them (`Programme.state_on` says UNKNOWN).
    """
    has_not_ended = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return Programme.objects.filter(has_not_ended, valid_from__lte=on).order_by("valid_from", "name")


@dataclass(frozen=True)
class RatesOnDay:
    """The rules for grants of the year in which `day` lies, and the guideline version they come from."""

    day: date
    guideline: FundingGuideline
    rules: Rules

    @property
    def specialist(self) -> rules.Rate | None:
        """What a specialist's post is paid in the year: `amount` euros for `full_time_share`, with mark and source."""
        return self.rules.rate(rules.SPECIALIST)

    @property
    def limits(self) -> list[dict]:
        """Return per kind of post how many are funded in a district and in a city."""
        return limits_of(self.rules)

    @property
    def is_retroactive(self) -> bool:
        """Whether the guideline was decreed after the day and reaches back to it."""
        return self.guideline.decreed_on is not None and self.guideline.decreed_on > self.day


def rates_on(on: date, programme_code: str = "KI_BASE") -> RatesOnDay | None:
    """Return what a programme pays on a day; None where it is not in force or no adopted guideline covers the year.

    Rates hold for grants of a calendar year, so the whole year has those of its guideline, also where the directive
    came later and reached back. `.specialist` is the rate of a specialist's post.
    """
    if not programmes_in_force(on).filter(code=programme_code).exists():
        return None
    try:
        return rates_of(on, guideline_for(programme_code, on.year))
    except NoRulesForYear:
        return None


def rates_of(on: date, guideline: FundingGuideline) -> RatesOnDay:
    """Return the rates of one version for grants of the day's year."""
    return RatesOnDay(on, guideline, rules_of(guideline, on.year))


def limits_of(of_year: Rules) -> list[dict]:
    """Return per kind of post how many are funded in a district and in a city, with the weaker mark and its source."""
    weakest = {}
    for row in of_year.limits:
        weakest[row.rate_class] = max(weakest.get(row.rate_class, row), row, key=lambda one: one.mark)
    return [
        {
            "label": RateClass(kind).label,
            "county": of_year.most_posts(rules.COUNTY, kind),
            "city": of_year.most_posts(rules.CITY, kind),
            "mark": row.mark,
            "source": row.source,
        }
        for kind, row in weakest.items()
    ]


@dataclass(frozen=True)
class Span:
    """Grant years in a row that follow the same rules; `last_year` is None while they go on."""

    first_year: int
    last_year: int | None
    guideline: FundingGuideline
    rules: Rules

    @property
    def years(self) -> str:
        """Return "2018–2019", "2017" or "ab 2025" (with a no-break space)."""
        if self.last_year is None:
            return _("ab\u00a0%(year)s") % {"year": self.first_year}
        return str(self.first_year) if self.first_year == self.last_year else f"{self.first_year}–{self.last_year}"

    @property
    def limits(self) -> list[dict]:
        """Return per kind of post how many are funded in a district and in a city."""
        return limits_of(self.rules)

    def covers(self, year: int) -> bool:
        """Whether grants of the year follow these rules."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


def spans_of(programme: Programme) -> list[Span]:
    """Return the course of a programme's rules over the years, newest first (from `programmes_with_versions`)."""
    spans: list[Span] = []
    for year in _turning_years(programme.versions):
        guideline = version_for(programme, year)
        if spans and spans[-1].last_year is None:
            spans[-1] = replace(spans[-1], last_year=year - 1)
        if guideline:
            spans.append(Span(year, None, guideline, rules_of(guideline, year)))
    return spans[::-1]


def version_for(programme: Programme, year: int) -> FundingGuideline | None:
    """Return the newest of the programme's fetched `versions` that covers the year."""
    return next((version for version in reversed(programme.versions) if version.covers(year)), None)


def _turning_years(versions: Iterable[FundingGuideline]) -> list[int]:
    """Return the years in which any rule begins, or ends the year before."""
    years = set()
    for version in versions:
        rows = [version.rates.all(), version.limits.all(), version.extras.all()]
        periods = [(version.applies_from, version.applies_until)]
        periods += [(row.valid_from, row.valid_until) for of_kind in rows for row in of_kind]
        years |= {first.year for first, _last in periods} | {last.year + 1 for _first, last in periods if last}
    return sorted(years)


def open_versions() -> QuerySet[FundingGuideline]:
    """Return drafts and proposals."""
    return FundingGuideline.objects.filter(
        Q(status=GuidelineStatus.DRAFT) | Q(status=GuidelineStatus.PROPOSED)
    ).select_related("programme")


def tasks_for(actor: Actor, on: date) -> list[Task]:
    """Return the proposed versions and rows that wait for this operator as the second person."""
    if actor.role != Role.OPERATOR:
        return []
    versions = (
        (version, _("Fassung annehmen oder zurückgeben"), reverse("programmes:guideline", args=[version.pk]))
        for version in open_versions().filter(status=GuidelineStatus.PROPOSED)
    )
    rows = (
        (row, _("Zeile prüfen und annehmen"), reverse("programmes:values"))
        for model in DATED_ROWS
        for row in model._default_manager.filter(status=DatedRowStatus.PROPOSED)
    )
    return [
        Task(
            title=title,
            subject=str(proposal),
            url=url,
            reason=_("Eine zweite Person muss den Vorschlag prüfen."),
            deputised=actor.on_behalf_of is not None,
        )
        for proposal, title, url in (*versions, *rows)
        if not actor.persons & persons_of(proposal, "proposed")
    ]
