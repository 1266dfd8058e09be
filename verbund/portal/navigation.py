"""Who finds what in the navigation: one table, at most seven entries for each role."""

from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from verbund.accounts.roles import Role

CARRIER_SIDE = {Role.CENTRE_STAFF, Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY}
AUTHORITY_SIDE = {Role.GRANT_OFFICER, Role.GRANT_APPROVER, Role.CASHIER}
STATE_SIDE = {Role.COORDINATOR, Role.CONTROLLER, Role.MINISTRY_READER, Role.MINISTRY_APPROVER, Role.AUDITOR}
EVERYBODY: set = set()


@dataclass(frozen=True)
class Entry:
    """One entry: the label, the name of the page it leads to, and for whom it is shown (empty: for everybody)."""

    label: str
    page: str
    roles: frozenset | set = frozenset()
    signed_in_only: bool = True


MAIN = (
    Entry(_("Aufgaben"), "portal:worklist"),
    Entry(_("Zentren"), "directory:centre-list", signed_in_only=False),
    Entry(_("Wer ist wer"), "directory:network", signed_in_only=False),
    Entry(_("Förderung"), "funding:home", CARRIER_SIDE | AUTHORITY_SIDE | STATE_SIDE),
    Entry(_("Stellen"), "staffing:home", CARRIER_SIDE | AUTHORITY_SIDE | STATE_SIDE),
    Entry(_("Programme und Sätze"), "programmes:home", signed_in_only=False),
    Entry(_("Personen"), "directory:people", {Role.OPERATOR}),
)
PERSONAL = (
    Entry(_("Mein Konto"), "directory:account"),
    Entry(_("Mein Team"), "directory:team"),
    Entry(_("Nachrichten"), "portal:inbox"),
    Entry(_("Bausteine der Oberfläche"), "portal:components", {Role.OPERATOR}),
)
FOOTER = (
    Entry(_("Impressum"), "portal:imprint", signed_in_only=False),
    Entry(_("Datenschutz"), "portal:privacy", signed_in_only=False),
    Entry(_("Barrierefreiheit"), "portal:accessibility", signed_in_only=False),
    Entry(_("Bescheid prüfen"), "funding:verify", signed_in_only=False),
)


@dataclass(frozen=True)
class Link:
    """An entry as it stands on a page."""

    label: str
    url: str
    is_current: bool
    is_exact: bool


@cache
def address(page: str) -> str:
    """Return the address of a page by its name; empty where the page does not exist."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def links(entries, *, actor, path: str) -> list[Link]:
    """Return the entries an actor finds, as links, with the one marked whose part of the site the path lies in."""
    signed_in = actor is not None and actor.is_signed_in
    role = actor.role if signed_in else ""
    found = []
    for entry in entries:
        url = address(entry.page)
        if not url or (entry.signed_in_only and not signed_in) or (entry.roles and role not in entry.roles):
            continue
        found.append(Link(entry.label, url, path.startswith(url), path == url))
    return found


@dataclass(frozen=True)
class Door:
    """A way into a part of the site, with a sentence on what is behind it."""

    title: str
    text: str
    url: str


DOORS = (
    (
        Entry("", "directory:centre-list", signed_in_only=False),
        _("Zentren und Gemeinden"),
        _("Welches Integrationszentrum ist zuständig, wer trägt es, seit wann arbeitet es?"),
    ),
    (
        Entry("", "directory:network", signed_in_only=False),
        _("Wer ist wer"),
        _("Ministerien, Bewilligungsbehörde und Koordinierungsstellen, heute und an jedem früheren Tag."),
    ),
    (
        Entry("", "funding:home", CARRIER_SIDE),
        _("Grundförderung"),
        _("Antrag stellen, Rückfragen beantworten, Bescheid lesen, Mittel abrufen."),
    ),
    (
        Entry("", "funding:home", AUTHORITY_SIDE),
        _("Anträge und Bescheide"),
        _("Anträge prüfen, entscheiden, Bescheide erlassen, Mittel auszahlen."),
    ),
    (
        Entry("", "funding:home", STATE_SIDE),
        _("Förderung im Überblick"),
        _("Anträge, Bescheide und Haushaltstitel lesen."),
    ),
    (
        Entry("", "staffing:home", CARRIER_SIDE),
        _("Stellen"),
        _("Geförderte Stellen, Besetzung, abgeordnete Lehrkräfte."),
    ),
    (
        Entry("", "programmes:home", signed_in_only=False),
        _("Programme und Sätze"),
        _("Förderrichtlinien, Sätze und Fristen der Jahre, jede Zahl mit ihrer Quelle."),
    ),
    (
        Entry("", "funding:verify", signed_in_only=False),
        _("Bescheid prüfen"),
        _("Mit dem Prüfcode eines Bescheids nachsehen, ob er echt und unverändert ist."),
    ),
)


def doors(actor) -> list[Door]:
    """Return the ways an actor can go; nothing that does not exist."""
    return [
        Door(title, text, links((entry,), actor=actor, path="")[0].url)
        for entry, title, text in DOORS
        if links((entry,), actor=actor, path="")
    ]
