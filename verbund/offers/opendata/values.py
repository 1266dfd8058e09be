"""Values as open data want them: stable identifiers, clean texts, web addresses that can be called, nothing empty."""

import re
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.utils.encoding import iri_to_uri

HOUSE = UUID("6f0c3f0e-5a6a-5c44-9d0a-2b8d3d1e7a51")
"""The namespace of derived identifiers. Never changed: the same thing keeps its identifier in every export."""

ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?([/?#][A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*)?")
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
HALF_ESCAPED = re.compile(r"%(?![0-9A-Fa-f]{2})")


def derived(*parts) -> str:
    """Return the identifier of something without one of its own, from what makes it what it is (UUIDv5)."""
    return str(uuid5(HOUSE, "/".join(str(part) for part in parts)))


def present(**values) -> dict:
    """Return an object without what is not known: the schemas know no null, and an empty text says nothing."""
    return {name: value for name, value in values.items() if value is not None and value != "" and value != []}


def text(value) -> str:
    """Return a text without signs nobody sees; line breaks stay."""
    return HIDDEN.sub("", str(value or "")).strip()


def uri(value: str) -> str:
    """Return a web address in ASCII (names with umlauts as browsers send them); "" where it is none."""
    try:
        parts = urlsplit(text(value))
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    if not host or parts.username:
        return ""
    rest = parts._replace(scheme="", netloc="").geturl()
    address = iri_to_uri(f"{parts.scheme.lower()}://{host}{port}{rest}")
    found = ADDRESS.fullmatch(HALF_ESCAPED.sub("%25", address))
    return found.group().replace("[", "%5B").replace("]", "%5D") if found else ""


def joined(*sentences, between: str = " ") -> str:
    """Return what is there of several texts as one."""
    return between.join(part for one in sentences if (part := text(one)))
