"""Noticing changes: the sign that says whether a page kept in memory, here or in a browser, is still right.

An act that changes what readers see calls `note_change_of` in its transaction, mostly through
`indexing.index_offers`; who wants to keep a page asks for the sign first and reads the content afterwards, so that what
is kept is at least as new as its sign.
"""

import secrets
from collections.abc import Iterable

from django.db import connection

from verbund.offers.models import Offer, ShownVersion

BITS = 52
"""Of a number: the sum over all centres fits into what the databases count with."""

NEWEST = "SELECT sum(number) FROM offers_shownversion"
NEWEST_OF_ONE = """
SELECT sum(number) FROM offers_shownversion WHERE scope = 0 OR scope = (
    SELECT centre_id FROM directory_partner WHERE organisation_id = (SELECT partner_id FROM offers_offer WHERE id = %s)
)
"""


def note_change_of(offer_ids: Iterable[int]) -> None:
    """Let pages with some entries be made anew, once the transaction is done; all pages where one is gone already.

    Who changes entries of one centre waits for others who do so until their transactions are done, for nobody else.
    """
    ids = set(offer_ids)
    centres = dict(Offer.objects.filter(pk__in=ids).values_list("pk", "partner__centre"))
    _draw(sorted(set(centres.values())) if ids and len(centres) == len(ids) else [ShownVersion.EVERYTHING])


def note_change_of_all() -> None:
    """Let all pages be made anew, once the transaction is done: what belongs to no centre has changed."""
    _draw([ShownVersion.EVERYTHING])


def _draw(scopes: list[int]) -> None:
    """Draw new numbers, in the order given: two who draw for the same centres must not lock each other out."""
    rows = [ShownVersion(scope=scope, number=secrets.randbits(BITS)) for scope in scopes]
    ShownVersion.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["scope"], update_fields=["number"], batch_size=500
    )


def newest_change() -> str:
    """Return the sign of the newest change to anything readers see; one light statement, without the ORM's work."""
    return _sign(NEWEST)


def newest_change_of(pk: int) -> str:
    """Return the sign of the newest change to anything the page of an entry shows; one light statement."""
    return _sign(NEWEST_OF_ONE, [pk])


def numbers() -> dict[int, int]:
    """Return the number of each scope that ever changed."""
    return dict(ShownVersion.objects.values_list("scope", "number"))


def _sign(statement: str, parameters: list | None = None) -> str:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return str(cursor.fetchone()[0] or 0)
