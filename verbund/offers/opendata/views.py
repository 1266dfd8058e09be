"""The addresses of the open data (HSDS 3.1, https://docs.openreferral.org), read only."""

from uuid import UUID

from django.urls import reverse

from verbund.offers.opendata import mapping, openapi, selection, vocabulary
from verbund.offers.opendata.answers import NotThere, endpoint, listed, page
from verbund.offers.opendata.parameters import Asked

PAGES = ("page", "per_page", "format")
WORDS = ("taxonomy_term_id", "taxonomy_id")
OFFERS = ("search", *PAGES, *WORDS, "organization_id", "modified_after", "full")
NOTHING_ASKED = Asked()
MOST_MINIMAL = 100_000


@endpoint()
def about(asked, scope):
    """What this is: version, profile, description of the addresses."""
    return {
        "version": openapi.VERSION,
        "profile": scope.base + reverse("offers:open-data"),
        "openapi_url": scope.base + reverse("hsds:openapi"),
        "language": "de",
    }


@endpoint()
def description(asked, scope):
    """The addresses and their parameters as OpenAPI 3.1."""
    return openapi.document(scope.base)


@endpoint(*OFFERS, "minimal")
def services(asked, scope):
    """The public entries."""
    found = selection.services(asked, on=scope.on, vocabulary=scope.vocabulary)
    if asked.get("minimal"):
        return _minimal(asked, found)
    full = asked.get("full", False)
    return listed(
        asked,
        found,
        lambda offer: mapping.service(offer, scope, full=full),
        prepare=lambda rows: selection.service_rows(rows, full=full),
    )


def _minimal(asked: Asked, found):
    """Return identifier and moment of change of all entries on one page, unless a page is asked for."""
    rows = found.values_list("uid", "changed_at")
    if {"page", "per_page", "format"} & asked.values.keys():
        return listed(asked, rows, _identified)
    contents = [_identified(row) for row in rows[:MOST_MINIMAL]]
    total = len(contents) if len(contents) < MOST_MINIMAL else rows.count()
    return page(1, MOST_MINIMAL, total, contents)


def _identified(row) -> dict:
    uid, changed_at = row
    return {"id": str(uid), "modified_date": mapping.moment(changed_at)}


@endpoint()
def service(asked, scope, uid: UUID):
    """One entry with all that belongs to it."""
    found = selection.services(NOTHING_ASKED, on=scope.on, vocabulary=scope.vocabulary).filter(uid=uid)
    return mapping.service(_only(selection.service_rows(found, full=True)), scope, full=True)


@endpoint("search", *PAGES, *WORDS, "full")
def organizations(asked, scope):
    """The organisations with a public entry."""
    full = asked.get("full", False)
    return listed(
        asked,
        selection.organizations(asked, on=scope.on, vocabulary=scope.vocabulary),
        lambda partner: _organization(partner, scope, full=full),
        prepare=lambda rows: selection.organization_rows(rows, on=scope.on, full=full),
    )


@endpoint()
def organization(asked, scope, uid: UUID):
    """One organisation with its entries."""
    found = selection.organizations(NOTHING_ASKED, on=scope.on, vocabulary=scope.vocabulary).filter(uid=uid)
    return _organization(_only(selection.organization_rows(found, on=scope.on, full=True)), scope, full=True)


def _organization(partner, scope, *, full: bool) -> dict:
    return mapping.organization(partner, scope, full=full, services=partner.public_offers if full else ())


@endpoint(*OFFERS, "postcode", "proximity")
def service_at_locations(asked, scope):
    """The public entries at their places."""
    full = asked.get("full", False)
    return listed(
        asked,
        selection.at_locations(asked, on=scope.on, vocabulary=scope.vocabulary),
        lambda at: mapping.service_at_location(at, scope, offer=at.offer, with_service=True, full=full),
        prepare=lambda rows: selection.at_location_rows(rows, full=full),
    )


@endpoint()
def service_at_location(asked, scope, uid: UUID):
    """One entry at one place."""
    found = selection.at_locations(NOTHING_ASKED, on=scope.on, vocabulary=scope.vocabulary).filter(uid=uid)
    at = _only(selection.at_location_rows(found, full=True))
    return mapping.service_at_location(at, scope, offer=at.offer, with_service=True)


@endpoint("search", *PAGES)
def taxonomies(asked, scope):
    """The lists of words."""
    return listed(asked, _with_words(asked, vocabulary.taxonomies()), dict)


@endpoint()
def taxonomy(asked, scope, uid: UUID):
    """One list of words."""
    return _of_uid(vocabulary.taxonomies(), uid)


@endpoint("search", *PAGES, "taxonomy_id")
def taxonomy_terms(asked, scope):
    """The words, those out of use, too: entries may still bear them."""
    found = [word.as_data() for word in scope.vocabulary.words]
    if uid := asked.get("taxonomy_id"):
        found = [row for row in found if row["taxonomy_id"] == str(uid)]
    return listed(asked, _with_words(asked, found), dict)


@endpoint()
def taxonomy_term(asked, scope, uid: UUID):
    """One word."""
    return _of_uid([word.as_data() for word in scope.vocabulary.words], uid)


@endpoint()
def nothing(asked, scope, rest: str):
    """Any other address below: as JSON, too."""
    raise NotThere


def _only(rows):
    """Return the one record there is."""
    for row in rows:
        return row
    raise NotThere


def _of_uid(rows: list[dict], uid: UUID) -> dict:
    return _only(row for row in rows if row["id"] == str(uid))


def _with_words(asked: Asked, rows: list[dict]) -> list[dict]:
    """Return the rows whose name or description holds all words asked for."""
    words = asked.get("search", "").casefold().split()
    return [row for row in rows if all(word in f"{row['name']} {row['description']}".casefold() for word in words)]
