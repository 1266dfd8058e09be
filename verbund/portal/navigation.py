"""Who finds what in the navigation: one table, at most seven entries for each role."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from verbund.accounts.roles import Role
from verbund.advising import permissions as advising
from verbund.core.acting import ANONYMOUS
from verbund.core.permissions import signed_in
from verbund.core.privacy.pages import can_read_record_of_processing
from verbund.directory.data_protection import permissions as data_protection
from verbund.directory.people import permissions as people
from verbund.directory.publishing import permissions as publishing
from verbund.funding import permissions as funding
from verbund.offers import permissions as offers
from verbund.offers.words import permissions as words
from verbund.staffing import permissions as staffing


def anybody(actor) -> bool:
    """Visitors, too."""
    return True


def applies_for_grants(actor) -> bool:
    return actor.carrier_id is not None and funding.reads_funding(actor)


def handles_grants(actor) -> bool:
    """Whoever checks, decides or pays at the granting authority."""
    return funding.decides_on_grants(actor) or actor.role == Role.CASHIER


def only_reads_funding(actor) -> bool:
    return funding.reads_funding(actor) and not applies_for_grants(actor) and not handles_grants(actor)


def is_visitor(actor) -> bool:
    """Nobody signed in: whoever works here finds the map from the list of centres, and has tasks instead."""
    return not actor.is_signed_in


def works_in_no_centre(actor) -> bool:
    """Staff of a centre find the programmes in their own menu: their row of entries is full."""
    return not advising.works_in_centre(actor)


@dataclass(frozen=True)
class Entry:
    """One entry: the label, the name of the page it leads to, the predicate of that page's own door.

    `is_dated` marks pages that are shown for a reference day: the day in the address goes along.
    """

    label: str
    page: str
    may: Callable = signed_in
    is_dated: bool = False


MAIN = (
    Entry(_("Aufgaben"), "portal:worklist"),
    Entry(_("Angebote"), "offers:finder", anybody),
    Entry(_("Angebote pflegen"), "offers:kept", offers.keeps_offers),
    Entry(_("Beratung"), "advising:home", advising.finds_this_part),
    Entry(_("Zentren"), "directory:centre-list", anybody, is_dated=True),
    Entry(_("Karte"), "directory:coverage", is_visitor, is_dated=True),
    Entry(_("Förderung"), "funding:home", funding.reads_funding),
    Entry(_("Meine Prüfungen"), "funding:audits", funding.is_auditor),
    Entry(_("Stellen"), "staffing:home", staffing.reads_numbers),
    Entry(_("Programme und Sätze"), "programmes:home", works_in_no_centre, is_dated=True),
    Entry(_("Rechtsbehelfe"), "funding:legal-remedies", funding.can_see_remedies),
    Entry(_("Personen"), "directory:people", people.is_operator),
    Entry(_("Auskunft und Löschung"), "directory:data-protection", data_protection.answers_requests),
)
PERSONAL = (
    Entry(_("Programme und Sätze"), "programmes:home", advising.works_in_centre, is_dated=True),
    Entry(_("Wörter und Übersetzungen"), "offers:words", words.reads_words),
    Entry(_("Übersetzungen prüfen"), "offers:texts", words.only_checks_texts),
    Entry(_("Vergeblich gesucht"), "offers:missed", words.only_reads_missed),
    Entry(_("Mein Konto"), "directory:account"),
    Entry(_("Mein Team"), "directory:team", people.can_see_team),
    Entry(_("Fristen"), "portal:deadlines", funding.reads_funding),
    Entry(_("Erinnerungen"), "funding:reminder-rules", funding.can_see_reminder_rules),
    Entry(_("Prüfungen"), "funding:audits", funding.sees_granted_audits),
    Entry(_("Aufbewahrung"), "funding:retention", funding.can_see_retention),
    Entry(_("Nachrichten"), "portal:inbox"),
    Entry(_("Impressum und Datenschutz"), "directory:publisher-pages", publishing.writes_pages),
    Entry(_("Verzeichnis der Verarbeitungen"), "core:processing", can_read_record_of_processing),
    Entry(_("Bausteine der Oberfläche"), "portal:components", people.is_operator),
)
FOOTER = (
    Entry(_("Rundgang"), "portal:tour", anybody),
    Entry(_("Impressum"), "directory:imprint", anybody),
    Entry(_("Datenschutz"), "directory:privacy", anybody),
    Entry(_("Barrierefreiheit"), "directory:accessibility", anybody),
    Entry(_("Bescheid prüfen"), "funding:verify", anybody),
)
FOR_ALL = (
    Entry(_("Angebote finden"), "offers:finder", anybody),
    Entry(_("Frage stellen"), "advising:enquiry-ask", anybody),
    Entry(_("Liste aller Zentren"), "directory:centre-list", anybody),
    Entry(_("Karte: wo es Zentren gibt"), "directory:coverage", anybody),
    Entry(_("Wer ist wer im Netz"), "directory:network", anybody),
    Entry(_("Themen mehrerer Zentren"), "advising:topics", anybody),
    Entry(_("Rundgang durch das Netz"), "portal:tour", anybody),
)
FOR_PARTNERS = (
    Entry(_("Programme und Sätze"), "programmes:home", anybody),
    Entry(_("Förderung berechnen"), "calculator:calculator", anybody),
    Entry(_("Bescheid prüfen"), "funding:verify", anybody),
    Entry(_("Offene Förderdaten"), "funding:open-data", anybody),
    Entry(_("Impressum"), "directory:imprint", anybody),
)
"""The ways behind the doors of the front page."""


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


def links(entries, *, actor, path: str, day_query: str = "") -> list[Link]:
    """Return the entries an actor finds, as links, with the one marked whose part of the site the path lies in.

    `day_query` ("?stichtag=2014-04-25") is added to pages that are shown for a reference day.
    """
    actor = actor or ANONYMOUS
    found = []
    for entry in entries:
        url = address(entry.page)
        if url and entry.may(actor):
            address_of_day = url + day_query if entry.is_dated else url
            found.append(Link(entry.label, address_of_day, path.startswith(url), path == url))
    return found


@dataclass(frozen=True)
class Door:
    """A way into a part of the site, with a sentence on what is behind it."""

    title: str
    text: str
    url: str


DOORS = (
    (
        Entry("", "offers:finder", anybody),
        _("Angebote"),
        _("Wer bietet was an, wo, wann, in welcher Sprache? Auch auf Arabisch und Englisch."),
    ),
    (
        Entry("", "directory:centre-list", anybody),
        _("Zentren und Gemeinden"),
        _("Welches Integrationszentrum ist zuständig, wer trägt es, seit wann arbeitet es?"),
    ),
    (
        Entry("", "directory:coverage", anybody),
        _("Karte der Zentren"),
        _("Wo es ein Zentrum gibt, und wie das Netz seit 2012 gewachsen ist."),
    ),
    (
        Entry("", "directory:network", anybody),
        _("Wer ist wer"),
        _("Ministerien, Bewilligungsbehörde und Koordinierungsstellen, heute und an jedem früheren Tag."),
    ),
    (
        Entry("", "offers:kept", offers.keeps_offers),
        _("Angebote pflegen"),
        _("Einträge schreiben, veröffentlichen, prüfen und beenden; Anbieter und Orte."),
    ),
    (
        Entry("", "advising:home", advising.works_in_centre),
        _("Beratung und Vernetzung"),
        _("Einrichtungen begleiten, die Verwaltung öffnen, Vorhaben erproben, Gremien und Netzwerke pflegen."),
    ),
    (
        Entry("", "funding:home", applies_for_grants),
        _("Grundförderung"),
        _("Antrag stellen, Rückfragen beantworten, Bescheid lesen, Mittel abrufen."),
    ),
    (
        Entry("", "funding:home", handles_grants),
        _("Anträge und Bescheide"),
        _("Anträge prüfen, entscheiden, Bescheide erlassen, Mittel auszahlen."),
    ),
    (
        Entry("", "funding:home", only_reads_funding),
        _("Förderung im Überblick"),
        _("Anträge, Bescheide und Haushaltstitel lesen."),
    ),
    (
        Entry("", "staffing:home", staffing.reads_numbers),
        _("Stellen"),
        _("Geförderte Stellen, Besetzung, abgeordnete Lehrkräfte."),
    ),
    (
        Entry("", "programmes:home", anybody),
        _("Programme und Sätze"),
        _("Förderrichtlinien, Sätze und Fristen der Jahre, jede Zahl mit ihrer Quelle."),
    ),
    (
        Entry("", "funding:verify", anybody),
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
