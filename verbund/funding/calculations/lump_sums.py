"""Lump sums (Pauschalen) of KOMM-AN II: units times rate within their limits, trainers to their share, a ceiling.

Rule: directive of 10 March 2023 (MBl. NRW. S. 225); rates and limits are rows of the year (`programmes`). Items are
judged in their order; a refused one counts nothing and uses up nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from django.utils.translation import gettext as _

from verbund.core.money import format_euro, to_cents
from verbund.funding.calculations.refusals import InputRefused
from verbund.programmes.rules import LumpSumRate, LumpSumRules

MOST_ITEMS = 5_000
TRAINER = "D_TRAINER"


@dataclass(frozen=True)
class LumpSumItem:
    """One line of a request; which values it has depends on `item` (see contracts: compute lump-sums)."""

    item: str
    building: str | None = None
    room: str | None = None
    target_group_use: Fraction | None = None
    months: int = 0
    applicant: str | None = None
    volunteer: str | None = None
    measure: str | None = None
    month: str | None = None
    count: int = 0
    participants: int = 0
    volunteers: int = 0
    justification: str = ""
    pages: int = 0
    on: date | None = None
    hours: Fraction = Fraction(0)
    trainer: str | None = None


@dataclass(frozen=True)
class LumpSumLine:
    """One line of the working, in cents; `refused` says why a line counts nothing."""

    label: str
    formula: str
    amount: Decimal
    refused: str | None = None
    source: str = ""
    mark: str = ""


@dataclass(frozen=True)
class LumpSums:
    """What was asked for (units × rate before any limit) and what is recognised; the lines sum to the total."""

    requested: Decimal
    total: Decimal
    lines: tuple[LumpSumLine, ...]
    programme: str
    version: int


@dataclass(frozen=True)
class _Judged:
    """How many units were asked for and how many euros count, exactly, with the reason of a cut or a refusal."""

    units: Fraction
    amount: Fraction
    detail: str = ""
    limit: str = ""
    refused: str | None = None


def lump_sums(rules: LumpSumRules, items: Sequence[LumpSumItem], *, ceiling: Decimal | None = None) -> LumpSums:
    """Return the recognised lump sums of a year in euros, with their working; `ceiling` is the most there is.

    Trainers together get at most their share of the total (30 %: 3/7 of the other lines, rounded down to the cent;
    where the ceiling binds, 30 % of the ceiling). That cut and the cut to the ceiling are negative lines.
    Raises InputRefused with the path of the value (`items[3].item`, `ceiling`).
    """
    if len(items) > MOST_ITEMS:
        raise InputRefused(_("Es sind höchstens %(most)s Zeilen möglich.") % {"most": MOST_ITEMS}, "items")
    if ceiling is not None and ceiling < 0:
        raise InputRefused(_("Der Betrag darf nicht negativ sein."), "ceiling")
    bench = _Bench(rules)
    lines, requested = [], Fraction(0)
    sums = {True: Fraction(0), False: Fraction(0)}
    for index, item in enumerate(items):
        rate = rules.rate(item.item)
        if rate is None:
            raise InputRefused(_("Für diesen Posten gibt es in dem Jahr keine Pauschale."), f"items[{index}].item")
        judged = bench.judge(item, rate)
        requested += judged.units * Fraction(rate.amount)
        sums[item.item == TRAINER] += judged.amount
        lines.append(_line(rate, judged))
    trainers = _trainers_within_share(rules, sums[False], sums[True], ceiling)
    if trainers < sums[True]:
        lines.append(_cut_of_trainers(rules, trainers - sums[True]))
    exact = sums[False] + trainers
    if ceiling is not None and exact > ceiling:
        formula = f"höchstens {format_euro(ceiling)}"
        lines.append(LumpSumLine("Kürzung auf die Obergrenze", formula, to_cents(Fraction(ceiling) - exact)))
        exact = Fraction(ceiling)
    total = to_cents(exact)
    difference = total - sum((line.amount for line in lines), Decimal(0))
    if difference:
        lines.append(LumpSumLine("Rundung", "Gesamtbetrag kaufmännisch auf volle Cent gerundet", difference))
    return LumpSums(to_cents(requested), total, tuple(lines), rules.programme, rules.version)


def _trainers_within_share(
    rules: LumpSumRules, others: Fraction, trainers: Fraction, ceiling: Decimal | None
) -> Fraction:
    if not trainers:
        return trainers
    share = _limit(rules, "TRAINER_SHARE")
    within = min(trainers, _down_to_cents(others * share / (1 - share)))
    if ceiling is not None and others + within > ceiling:
        return min(trainers, _down_to_cents(Fraction(ceiling) * share))
    return within


def _cut_of_trainers(rules: LumpSumRules, cut: Fraction) -> LumpSumLine:
    percent = _plain(_limit(rules, "TRAINER_SHARE") * 100)
    return LumpSumLine("Kürzung der Qualifizierung", f"höchstens {percent} % der Summe", to_cents(cut))


def _line(rate: LumpSumRate, judged: _Judged) -> LumpSumLine:
    label = f"{rate.label} ({judged.detail})" if judged.detail else rate.label
    formula = f"{_plain(judged.units)} × {format_euro(rate.amount)} je {rate.unit}"
    if judged.limit:
        formula = f"{formula}, {judged.limit}"
    return LumpSumLine(label, formula, to_cents(judged.amount), judged.refused, rate.source, rate.mark)


class _Bench:
    """Judges items one after another and remembers what is used up."""

    def __init__(self, rules: LumpSumRules) -> None:
        self.rules = rules
        self.room_lines: Counter[str | None] = Counter()
        self.rooms: set[Hashable] = set()
        self.operated: Counter[str | None] = Counter()
        self.accompanied: Counter[Hashable] = Counter()
        self.gathered: set[Hashable] = set()
        self.once: set[Hashable] = set()
        self.trained: defaultdict[Hashable, Fraction] = defaultdict(Fraction)

    def judge(self, item: LumpSumItem, rate: LumpSumRate) -> _Judged:
        return JUDGES[item.item](self, item, Fraction(rate.amount))

    def limit(self, key: str) -> Fraction:
        return _limit(self.rules, key)

    def room(self, item: LumpSumItem, euros: Fraction) -> _Judged:
        detail, most = _said(item.building, item.room), self.limit("ROOMS_PER_BUILDING")
        refused = self._too_little_use(item)
        if not refused and (item.building, item.room) in self.rooms:
            refused = _("Für diesen Raum gibt es im Jahr nur eine Pauschale: Renovierung oder Ausstattung.")
        if not refused and self.room_lines[item.building] >= most:
            refused = _("Für dieses Gebäude gibt es im Jahr höchstens %(most)s Pauschalen.") % {"most": _plain(most)}
        if refused:
            return _Judged(Fraction(1), Fraction(0), detail, refused=refused)
        self.rooms.add((item.building, item.room))
        self.room_lines[item.building] += 1
        return _Judged(Fraction(1), euros, detail)

    def operation(self, item: LumpSumItem, euros: Fraction) -> _Judged:
        detail = _said(item.building)
        if refused := self._too_little_use(item):
            return _Judged(Fraction(item.months), Fraction(0), detail, refused=refused)
        text = _("höchstens %(most)s Monate je Gebäude, gezählt: %(counted)s")
        return self._counted(item.months, self.operated, item.building, "OPERATION_MONTHS", euros, detail, text)

    def accompaniment(self, item: LumpSumItem, euros: Fraction) -> _Judged:
        detail, key = _said(item.volunteer, _month(item)), (item.volunteer, item.month)
        text = _("höchstens %(most)s je Person und Monat, gezählt: %(counted)s")
        return self._counted(item.count, self.accompanied, key, "ACCOMPANIMENTS_PER_MONTH", euros, detail, text)

    def gathering(self, item: LumpSumItem, euros: Fraction) -> _Judged:
        detail, key = _said(item.measure, _month(item)), (item.measure, item.month)
        people, volunteers = self.limit("GATHERING_PARTICIPANTS"), self.limit("GATHERING_VOLUNTEERS")
        refused = None
        too_few = item.participants < people or item.volunteers < volunteers
        if too_few and not item.justification.strip():
            refused = _("Nötig sind %(people)s Teilnehmende und %(volunteers)s Ehrenamtliche oder eine Begründung.") % {
                "people": _plain(people),
                "volunteers": _plain(volunteers),
            }
        elif key in self.gathered:
            refused = _("Diese Maßnahme steht für den Monat schon da.")
        if refused:
            return _Judged(Fraction(1), Fraction(0), detail, refused=refused)
        self.gathered.add(key)
        return _Judged(Fraction(1), euros, detail)

    def once_per_applicant(self, item: LumpSumItem, euros: Fraction) -> _Judged:
        key = (item.item, item.applicant)
        if key in self.once:
            refused = _("Diese Pauschale gibt es im Jahr nur einmal je Antragsteller.")
            return _Judged(Fraction(1), Fraction(0), _said(item.applicant), refused=refused)
        self.once.add(key)
        return _Judged(Fraction(1), euros, _said(item.applicant))

    def translation(self, item: LumpSumItem, euros: Fraction) -> _Judged:
        return _Judged(Fraction(item.pages), item.pages * euros, _said(item.applicant))

    def exchange(self, item: LumpSumItem, euros: Fraction) -> _Judged:
        return _Judged(Fraction(item.months), item.months * euros)

    def trainer(self, item: LumpSumItem, euros: Fraction) -> _Judged:
        most, key = self.limit("TRAINER_PER_DAY"), (item.on, item.trainer)
        amount = min(item.hours * euros, most - self.trained[key])
        self.trained[key] += amount
        limit = f"höchstens {format_euro(most)} am Tag" if amount < item.hours * euros else ""
        return _Judged(item.hours, amount, _said(f"{item.on:%d.%m.%Y}", item.trainer), limit)

    def _too_little_use(self, item: LumpSumItem) -> str | None:
        least = self.limit("LEAST_USE")
        if item.target_group_use is not None and item.target_group_use >= least:
            return None
        return _("Die Zielgruppe nutzt den Raum zu weniger als %(least)s %% der Zeit.") % {"least": _plain(least * 100)}

    def _counted(
        self, units: int, used: Counter, key: Hashable, limit: str, euros: Fraction, detail: str, text: str
    ) -> _Judged:
        """Count units up to a limit over all lines with the same key; the rest is not counted."""
        most = self.limit(limit)
        counted = min(units, int(most) - used[key])
        used[key] += counted
        cut = text % {"most": _plain(most), "counted": counted} if counted < units else ""
        return _Judged(Fraction(units), counted * euros, detail, cut)


JUDGES: dict[str, Callable[[_Bench, LumpSumItem, Fraction], _Judged]] = {
    "A_RENOVATION": _Bench.room,
    "A_EQUIPMENT": _Bench.room,
    "A_OPERATION": _Bench.operation,
    "A_DIGITAL": _Bench.once_per_applicant,
    "B_ACCOMPANIMENT": _Bench.accompaniment,
    "B_GATHERING": _Bench.gathering,
    "C_MATERIAL": _Bench.once_per_applicant,
    "C_WEBSITE": _Bench.once_per_applicant,
    "C_TRANSLATION": _Bench.translation,
    "D_TRAINER": _Bench.trainer,
    "D_EXCHANGE": _Bench.exchange,
}


def _limit(rules: LumpSumRules, key: str) -> Fraction:
    if key not in rules.limits:
        raise InputRefused(_("Für dieses Jahr fehlt ein Grenzwert der Pauschalen (%(key)s).") % {"key": key}, "year")
    return rules.limits[key]


def _down_to_cents(amount: Fraction) -> Fraction:
    return Fraction(floor(amount * 100), 100)


def _month(item: LumpSumItem) -> str:
    """Return the month in German: "03/2023"."""
    return "/".join(reversed((item.month or "").split("-")))


def _said(*parts: str | None) -> str:
    return ", ".join(part if len(part) <= 60 else part[:59] + "…" for part in parts if part)


def _plain(number: Fraction | int) -> str:
    """Return a number in German notation without needless places: 12, 0,5."""
    exact = Fraction(number)
    text = f"{Decimal(exact.numerator) / Decimal(exact.denominator):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
