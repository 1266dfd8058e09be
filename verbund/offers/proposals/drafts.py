"""Drafts behind a signed link: what somebody has typed so far, kept in the names and lengths of the form."""

import re
from datetime import timedelta

from django.core import signing
from django.http import QueryDict
from django.utils.crypto import get_random_string

from verbund.core.public_forms import FIELD as FORM_FIELD
from verbund.offers.content import TEXT_FIELDS
from verbund.offers.proposals.entry import COUNT, MOST_PLACES
from verbund.offers.proposals.forms import HONEYPOT, HoursForm, NewPlaceForm, ProposalForm, WhereForm

SALT = "verbund.offers.proposal-draft"
TOWN, OFFER, HOUSE, DRAFT = "gemeinde", "eintrag", "haus", "entwurf"
"""The hidden fields that say what a form is about."""

LONGEST, MOST_CHOICES = 4_000, 40
KEPT_FOR = timedelta(days=30)
BLOCK = re.compile(rf"ort-[0-{MOST_PLACES - 1}]-(?:(neu|zeiten)-)?(\w+)")
SECRET_PARTS = ("street", "postcode", "directions")


def new_token() -> str:
    """Return a token nobody guesses and only we can have made."""
    return signing.Signer(sep=".", salt=SALT).sign(get_random_string(32))


def is_ours(token: str) -> bool:
    try:
        signing.Signer(sep=".", salt=SALT).unsign(token)
    except signing.BadSignature:
        return False
    return True


def typed_of(posted: QueryDict) -> dict[str, list[str]]:
    """Return what of a posted form is worth keeping. Of an address to be kept secret nothing but the town is."""
    found = {}
    for name, texts in posted.lists():
        if _is_field(name) and not _is_secret(name, posted):
            kept = [text.replace("\x00", "")[:LONGEST] for text in texts[:MOST_CHOICES] if text]
            if kept:
                found[name] = kept
    return found


def as_posted(typed: dict[str, list[str]]) -> QueryDict:
    """Return kept texts as a browser would send them."""
    data = QueryDict(mutable=True)
    for name, texts in typed.items():
        data.setlist(name, texts)
    return data


def _is_field(name: str) -> bool:
    if name in {TOWN, OFFER, COUNT, "version"}:
        return True
    if found := BLOCK.fullmatch(name):
        return found[2] in _names_of_block(found[1])
    return name in _names_of_entry() and name not in {HONEYPOT, FORM_FIELD}


def _is_secret(name: str, posted: QueryDict) -> bool:
    found = BLOCK.fullmatch(name)
    if not found or found[1] != "neu" or found[2] not in SECRET_PARTS:
        return False
    return bool(posted.get(name.removesuffix(found[2]) + "is_protected"))


def _names_of_entry() -> set[str]:
    return {*ProposalForm.base_fields, *TEXT_FIELDS, "terms_need", "terms_audience"}


def _names_of_block(part: str | None) -> set[str]:
    if part == "neu":
        return set(NewPlaceForm.base_fields)
    if part == "zeiten":
        return {*HoursForm.base_fields, *(f"tag{day}" for day in range(7))}
    return set(WhereForm.base_fields)
