"""The list one keeps entries from: filters in the address, counts, what is to be done first."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from types import SimpleNamespace

from django.core.paginator import Paginator
from django.db.models import Case, Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.offers.calculations import age_in_days
from verbund.offers.lifecycle import PUBLIC, OfferStatus, Stage
from verbund.offers.models import Occurrence, Offer, Term

PAGE_SIZE = 50
MOST_AT_ONCE = 200
"""How many entries can be changed together."""

LONGEST_TEXT = 100
CHECK_AFTER_DAYS = 365
"""After a year without a check an entry counts as not checked for long."""

TONES = {
    OfferStatus.DRAFT: "info",
    OfferStatus.PUBLISHED: "success",
    OfferStatus.PAUSED: "warning",
    OfferStatus.ENDED: "neutral",
}
COLUMNS = (
    "pk", "title", "status", "stage", "tried_until", "checked_on", "valid_until", "paused_until", "contact_function",
    "phone", "email", "website",
)  # fmt: skip
SORTS = {
    "": gettext_lazy("Was zu tun ist"),
    "titel": gettext_lazy("Titel"),
    "anbieter": gettext_lazy("Anbieter"),
    "geprueft": gettext_lazy("am längsten nicht geprüft"),
    "geaendert": gettext_lazy("zuletzt geändert"),
}
ORDERS = {
    "titel": ["title", "pk"],
    "anbieter": ["partner__organisation__name", "title", "pk"],
    "geprueft": [F("checked_on").asc(nulls_first=True), "title", "pk"],
    "geaendert": ["-changed_at", "-pk"],
}


@dataclass
class Wanted:
    """What the address asks for; anything that makes no sense is left out."""

    text: str = ""
    partner: int | None = None
    status: str = ""
    need: str = ""
    stage: str = ""
    is_unchecked: bool = False
    is_without_dates: bool = False
    is_undecided: bool = False
    sort: str = ""
    chosen: dict = field(default_factory=dict)

    @classmethod
    def from_address(cls, given) -> "Wanted":
        partner = given.get("anbieter", "")
        return cls(
            text=given.get("q", "").replace("\x00", "").strip()[:LONGEST_TEXT],
            partner=int(partner) if partner.isascii() and partner.isdecimal() and len(partner) < 10 else None,
            status=_one_of(given.get("status", ""), OfferStatus.values),
            need=given.get("anliegen", "").replace("\x00", "")[:40],
            stage=_one_of(given.get("stufe", ""), Stage.values),
            is_unchecked=given.get("ungeprueft") == "1",
            is_without_dates=given.get("ohne-termine") == "1",
            is_undecided=given.get("unentschieden") == "1",
            sort=_one_of(given.get("sortierung", ""), SORTS),
        )

    @property
    def is_filtered(self) -> bool:
        said = (self.text, self.partner, self.status, self.need, self.stage, self.is_unchecked, self.is_without_dates)
        return any((*said, self.is_undecided))


def _one_of(text: str, known) -> str:
    return text if text in known else ""


def unchecked(on: date) -> Q:
    """Published or paused entries that nobody has checked for a year, or ever."""
    return Q(status__in=PUBLIC) & _unchecked(on)


def undecided(on: date) -> Q:
    """Published or paused entries whose trial is over and of which nobody has said whether they stay."""
    return Q(status__in=PUBLIC) & _undecided(on)


def _unchecked(on: date) -> Q:
    return Q(checked_on=None) | Q(checked_on__lt=on - timedelta(days=CHECK_AFTER_DAYS))


def _undecided(on: date) -> Q:
    return Q(tried_until__lt=on)


def _overdue(on: date) -> Q:
    """Public entries that nobody has opened again after their pause, or ended after their last day."""
    return Q(valid_until__lt=on) | Q(paused_until__lt=on, status=OfferStatus.PAUSED)


def is_undecided(offer, *, on: date) -> bool:
    """The same of one entry (or a row of it)."""
    return offer.status in PUBLIC and offer.tried_until is not None and offer.tried_until < on


def found(kept: QuerySet[Offer], wanted: Wanted, *, on: date, with_status: bool = True) -> QuerySet[Offer]:
    """Return the entries that are asked for, in no order; without the status where the tabs are counted."""
    if wanted.text:
        kept = kept.filter(_says(wanted.text))
    if wanted.partner is not None:
        kept = kept.filter(partner=wanted.partner)
    if wanted.need:
        bears = Offer.terms.through.objects.filter(term__kind=Term.Kind.NEED, term__code=wanted.need)
        kept = kept.filter(pk__in=bears.values("offer_id"))
    if wanted.stage:
        kept = kept.filter(stage=wanted.stage)
    if wanted.is_unchecked:
        kept = kept.filter(unchecked(on))
    if wanted.is_undecided:
        kept = kept.filter(undecided(on))
    if wanted.is_without_dates:
        coming = Occurrence.objects.filter(at__offer=OuterRef("pk"), day__gte=on)
        kept = kept.filter(~Exists(coming), status__in=PUBLIC)
    if wanted.status and with_status:
        kept = kept.filter(status=wanted.status)
    return kept


def _says(text: str) -> Q:
    """Whether title, sentence or partner hold a text; also with a capital, which SQLite only knows of ASCII."""
    says = Q()
    for word in text.split()[:6]:
        spelled = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
        fields = ("title", "summary", "partner__organisation__name")
        says &= Q(*[(f"{name}__icontains", one) for name in fields for one in spelled], _connector=Q.OR)
    return says


def ordered(offers: QuerySet[Offer], wanted: Wanted, *, on: date) -> QuerySet[Offer]:
    """Return entries in the order asked for; else what is to be done first."""
    if wanted.sort:
        return offers.order_by(*ORDERS[wanted.sort])
    rank = Case(  # the status first: what is asked after it is asked of public entries
        When(status=OfferStatus.DRAFT, then=Value(1)),
        When(status=OfferStatus.ENDED, then=Value(4)),
        When(_overdue(on) | _undecided(on), then=Value(0)),
        When(_unchecked(on), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return offers.order_by(rank, "title", "pk")


def counts(offers: QuerySet[Offer], *, on: date) -> dict[str, int]:
    """Return how many entries there are by status, and how many of them want checking or are overdue; one statement.

    It counts by partner and status, which is the order of the index; that is twice as fast as by status alone.
    """
    rows = (
        offers.order_by()
        .values_list("partner", "status")
        .annotate(
            all=Count("pk"),
            unchecked=Count("pk", filter=_unchecked(on)),
            overdue=Count("pk", filter=_overdue(on)),
            undecided=Count("pk", filter=_undecided(on)),
        )
    )
    found = dict.fromkeys([*OfferStatus.values, "all", "unchecked", "overdue", "undecided"], 0)
    for _partner, status, count, unchecked_count, overdue_count, undecided_count in rows:
        found[status] += count
        found["all"] += count
        if status in PUBLIC:
            found["unchecked"] += unchecked_count
            found["overdue"] += overdue_count
            found["undecided"] += undecided_count
    return found


class CountedPaginator(Paginator):
    """Pages of a list whose length is known already."""

    def __init__(self, *args, total: int, **options):
        super().__init__(*args, **options)
        self.count = total


def page_of(ids: QuerySet, *, total: int, number, on: date):
    """Return the page asked for, of rows ready to print; four statements."""
    page = CountedPaginator(ids.values_list("pk", flat=True), PAGE_SIZE, total=total).get_page(number)
    page.object_list = rows_of(list(page.object_list), on=on)
    return page


def rows_of(ids: list[int], *, on: date) -> list[dict]:
    """Return entries by id, in the order of the ids, with their next date and what is to be done; single columns."""
    chosen = Offer.objects.filter(pk__in=ids).values(*COLUMNS, partner_name=F("partner__organisation__name"))
    offers = {row["pk"]: row for row in chosen}
    coming = Occurrence.objects.filter(at__offer__in=ids, day__gte=on).order_by().values("at__offer")
    next_days = dict(coming.annotate(day=Min("day")).values_list("at__offer", "day"))
    statuses = {status.value: str(status.label) for status in OfferStatus}
    return [_row(offers[pk], next_days.get(pk), statuses, on) for pk in ids if pk in offers]


def _row(said: dict, next_day: date | None, statuses: dict[str, str], on: date) -> dict:
    offer = SimpleNamespace(**said)
    return {
        **said,
        "number": str(offer.pk),
        "status_label": statuses[offer.status],
        "tone": TONES[offer.status],
        "next_day": next_day,
        "next_text": _day(next_day),
        "checked_text": _day(offer.checked_on),
        "to_do": (what := to_do(offer, on=on)),
        "to_do_text": what or "–",
        "is_old": is_old(offer, on=on),
    }


def _day(day: date | None) -> str:
    return f"{day:%d.%m.%Y}" if day else "–"


def is_old(offer, *, on: date) -> bool:
    """Whether an entry (or a row of it) was not checked for too long."""
    age = age_in_days(offer.checked_on, on)
    return offer.status in PUBLIC and (age is None or age > CHECK_AFTER_DAYS)


def to_do(offer, *, on: date) -> str:
    """Return the next step of an entry (or a row of it) in a few words; empty where there is none."""
    if offer.status == OfferStatus.DRAFT:
        return _("prüfen und veröffentlichen")
    if offer.status == OfferStatus.PAUSED and offer.paused_until and offer.paused_until < on:
        return _("Schließung ist vorbei: öffnen oder verlängern")
    if offer.status in PUBLIC and offer.valid_until and offer.valid_until < on:
        return _("Laufzeit ist vorbei: verlängern oder beenden")
    if is_undecided(offer, on=on):
        ended = {"day": f"{offer.tried_until:%d.%m.%Y}"}
        return _("Erprobung endete am %(day)s, noch nicht entschieden") % ended
    return _("Angaben prüfen") if is_old(offer, on=on) else ""
