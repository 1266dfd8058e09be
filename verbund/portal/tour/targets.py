"""The screens a fact can lead to, by the names the tables in `data/` use: `zentrum:05122:2012-12-15:weg`.

A screen that needs an account leads to the record of the demonstration where that is shown, else to its part of the
site; `role` says as whom it is opened there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.accounts.roles import Role
from verbund.advising import permissions as advising
from verbund.directory.models import Centre, Membership, PublishedFigure
from verbund.directory.reference_day import PARAMETER
from verbund.funding import permissions as funding
from verbund.funding.models import GrantNotice
from verbund.portal.navigation import anybody
from verbund.programmes import queries as programmes
from verbund.programmes.queries import NoRulesForYear, UnknownProgramme
from verbund.programmes.rules import ASSISTANT, CITY, SPECIALIST
from verbund.staffing import permissions as staffing
from verbund.staffing.models import TeacherRequest

SOLINGEN, YEAR = "05122", 2012
LEAD = (Role.CENTRE_LEAD, f"KI-{SOLINGEN}")
OFFICER = (Role.GRANT_OFFICER, "BRA-36")
PARTS = {
    "weg": gettext_lazy("Weg des Zentrums"),
    "angaben": gettext_lazy("Leitgedanke, Ziele, Themen"),
    "kontakt": gettext_lazy("Kontakt"),
    "veroeffentlicht": gettext_lazy("Veröffentlichte Zahlen"),
    "stellen": gettext_lazy("Stellen"),
    "anlagen": gettext_lazy("Konzept und Beschluss"),
    "geld": gettext_lazy("Geld"),
    "abrufe": gettext_lazy("Mittelabrufe und Auszahlung"),
    "saetze": gettext_lazy("Sätze"),
    "hoechstzahlen": gettext_lazy("Höchstzahlen der Stellen"),
    "checkliste": gettext_lazy("was der Träger stellt"),
}
"""The parts of pages that can be named at the end; each is the id of a section there, too."""

DATED = {
    "liste": ("directory:centre-list", gettext_lazy("Alle Zentren")),
    "netz": ("directory:network", gettext_lazy("Wer ist wer")),
    "karte": ("directory:coverage", gettext_lazy("Karte")),
    "programme": ("programmes:home", gettext_lazy("Programme und Sätze")),
}
"""Pages that are shown for a day: name of the page, label."""


WORK = {
    "begleitungen": ("advising:accompaniments", gettext_lazy("Begleitungen")),
    "oeffnung": ("advising:openings", gettext_lazy("Interkulturelle Öffnung")),
    "vorhaben": ("advising:ventures", gettext_lazy("Vorhaben")),
    "gute-praxis": ("advising:practices", gettext_lazy("Gute Praxis")),
    "netzwerke": ("advising:network-list", gettext_lazy("Netzwerke")),
    "musterkonzepte": ("advising:templates", gettext_lazy("Musterkonzepte")),
    "fachberatung": ("advising:requests", gettext_lazy("Beratung durch die Koordinierungsstellen")),
    "fortbildungsbedarf": ("advising:surveys", gettext_lazy("Bedarfsabfragen")),
    "arbeitszahlen": ("advising:figures", gettext_lazy("Zahlen der Arbeit")),
}
"""The daily work of a centre, as its lead finds it: name of the page, label."""


class UnknownScreen(ValueError):
    """A table names a screen that is not known here."""


@dataclass(frozen=True)
class Target:
    """A screen as it stands on the tour: label, address, and who opens it: function and organisation (None: all)."""

    label: str
    url: str
    role: tuple[str, str] | None = None
    may: Callable = anybody


@dataclass(frozen=True)
class Protected:
    """A record of Solingen's first grant: its page, the part of the site it belongs to, and who comes in there."""

    page: str
    part_of_site: str
    label: Promise
    may: Callable
    role: tuple[str, str]


PROTECTED = {
    "antrag": Protected(
        "funding:application", "funding:home", gettext_lazy("Antrag Solingen 2012"), funding.reads_funding, LEAD
    ),
    "bescheid": Protected(
        "funding:notice", "funding:home", gettext_lazy("Bescheid Solingen 2012"), funding.reads_funding, LEAD
    ),
    "titel": Protected(
        "funding:title", "funding:titles", gettext_lazy("Haushaltstitel 2012"), funding.can_see_titles, OFFICER
    ),
    "lehrkraefte": Protected(
        "staffing:request", "staffing:home", gettext_lazy("Lehrkräfte für Solingen 2012"), staffing.reads_numbers, LEAD
    ),
}


@dataclass
class Screens:
    """Turns names into targets. Loaded once for a page: four statements, three more in the demonstration."""

    places: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    guideline: int | None = None

    @classmethod
    def load(cls, names: Iterable[str], *, is_demo: bool) -> "Screens":
        """Look up what the targets of some screens need."""
        named = [name.split(":") for name in names]
        keys = {parts[1] for parts in named if parts[0] == "zentrum"}
        codes = {parts[1] for parts in named if parts[0] == "zahlen"}
        places = Centre.objects.filter(key__in=keys).values_list("key", "carrier__organisation__name")
        figures = PublishedFigure.objects.filter(code__in=codes).values_list("code", "label")
        records = records_of_solingen() if is_demo else {}
        return cls(dict(places), dict(figures), records, guideline_of_solingen())

    def target(self, name: str) -> Target:
        """Return the target of a screen. Raises UnknownScreen."""
        kind, *rest = name.split(":")
        if kind == "zentrum":
            return self._centre(*rest)
        if kind in DATED:
            return self._dated(kind, *rest)
        if kind in self._open:
            return self._open[kind](*rest)
        if kind in WORK:
            page, label = WORK[kind]
            return Target(str(label), reverse(page), LEAD, advising.works_in_centre)
        if kind in PROTECTED:
            return self._of_solingen(kind, *rest)
        raise UnknownScreen(name)

    def _centre(self, key: str, day: str, part: str = "") -> Target:
        shown = {"place": self.places.get(key, key), "day": _german(day)}
        label = _("%(place)s am %(day)s") % shown
        return Target(_with_part(label, part), _on(reverse("portal:centre", args=[key]), day, part))

    def _dated(self, kind: str, day: str, anchor: str = "") -> Target:
        page, label = DATED[kind]
        shown = {"page": label, "day": _german(day)}
        return Target(_("%(page)s am %(day)s") % shown, _on(reverse(page), day, anchor))

    @property
    def _open(self) -> dict:
        return {
            "zahlen": self._figures,
            "vergleich": self._comparison,
            "rechner": self._calculator,
            "richtlinie": self._guideline,
            "angebote": self._offers,
            "themen": self._topics,
            "buergerfrage": self._ask,
        }

    def _figures(self, code: str) -> Target:
        label = _("Veröffentlicht: %(figure)s") % {"figure": self.figures.get(code, code)}
        return Target(label, f"{reverse('directory:figures')}#{code}")

    def _comparison(self, first: str, last: str) -> Target:
        shown = {"first": _german(first), "last": _german(last)}
        label = _("Was sich vom %(first)s bis zum %(last)s änderte") % shown
        return Target(label, f"{reverse('directory:comparison')}?{urlencode({'von': first, 'bis': last})}")

    def _calculator(self, period: str) -> Target:
        first, label = {
            "dezember": (12, _("Rechner: Solingen im Dezember 2012")),
            "jahr": (1, _("Rechner: ein ganzes Jahr")),
        }[period]
        return Target(label, f"{reverse('calculator:calculator')}?{urlencode(_filled_in(first))}#ergebnis")

    def _offers(self, words: str = "") -> Target:
        page = reverse("offers:finder")
        if not words:
            return Target(_("Angebote finden"), page)
        return Target(_("Angebote: %(words)s") % {"words": words}, f"{page}?{urlencode({'was': words})}")

    def _topics(self) -> Target:
        return Target(_("Themen, an denen Zentren gemeinsam arbeiten"), reverse("advising:topics"))

    def _ask(self) -> Target:
        return Target(_("Frage stellen"), reverse("advising:enquiry-ask"))

    def _guideline(self, part: str) -> Target:
        if self.guideline is None:
            return Target(_("Programme und Sätze"), reverse("programmes:home"))
        page = reverse("programmes:guideline", args=[self.guideline])
        return Target(_with_part(_("Richtlinie von 2012"), part), f"{page}#{part}")

    def _of_solingen(self, kind: str, part: str = "") -> Target:
        one = PROTECTED[kind]
        if kind not in self.records:
            return Target(str(one.label), reverse(one.part_of_site), one.role, one.may)
        page = reverse(one.page, args=[self.records[kind]])
        return Target(_with_part(one.label, part), f"{page}#{part}" if part else page, one.role, one.may)


def records_of_solingen() -> dict[str, int]:
    """Return the demonstration's records of the first grant of Solingen by the names of their screens."""
    path = "decision__application"
    notices = GrantNotice.objects.filter(
        **{f"{path}__call__is_demo": True, f"{path}__call__budget_year": YEAR, f"{path}__centre__key": SOLINGEN}
    )
    found = notices.order_by("pk").values_list(f"{path}_id", "pk", f"{path}__call__budget_title_id").first()
    records = dict(zip(("antrag", "bescheid", "titel"), found or (), strict=False))
    requests = TeacherRequest.objects.filter(is_demo=True, year=YEAR, centre__key=SOLINGEN)
    request = requests.order_by("pk").values_list("pk", flat=True).first()
    return records if request is None else records | {"lehrkraefte": request}


def guideline_of_solingen() -> int | None:
    """Return the guideline of the first year; None where no programme is loaded."""
    try:
        return programmes.guideline_for("KI_BASE", YEAR).pk
    except (NoRulesForYear, UnknownProgramme):
        return None


def accounts_for(roles: Iterable[tuple[str, str]]) -> dict[tuple[str, str], dict]:
    """Return the first account of the demonstration for each function and organisation, as value and label."""
    wanted = set(roles)
    found = Membership.objects.filter(
        user__is_demo=True, user__is_active=True, organisation__code__in={code for _role, code in wanted}
    ).order_by("user_id")
    accounts: dict[tuple[str, str], dict] = {}
    rows = found.values_list("role", "organisation__code", "user_id", "user__display_name")
    for role, code, user_id, name in rows:
        if (role, code) in wanted:
            accounts.setdefault((role, code), {"value": user_id, "label": name})
    return accounts


def _filled_in(first_month: int) -> dict[str, str | int]:
    """Return what is typed into the calculator for a centre as it began: three specialists, half a support post."""
    typed: dict[str, str | int] = {"year": YEAR, "carrier_kind": CITY}
    for row, (count, kind, share) in enumerate(((3, SPECIALIST, "1"), (1, ASSISTANT, "0,5"))):
        values: dict[str, str | int] = {
            "count": count,
            "kind": kind,
            "share": share,
            "first_month": first_month,
            "last_month": 12,
        }
        typed |= {f"p{row}-{name}": value for name, value in values.items()}
    return typed


def _german(day: str) -> str:
    return f"{date.fromisoformat(day):%d.%m.%Y}"


def _on(url: str, day: str, anchor: str) -> str:
    return f"{url}?{PARAMETER}={day}" + (f"#{anchor}" if anchor else "")


def _with_part(label: str | Promise, part: str) -> str:
    return f"{label}: {PARTS[part]}" if part else str(label)
