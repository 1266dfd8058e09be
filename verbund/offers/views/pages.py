"""What the public pages of the offers have in common: their language, and answering "unchanged" without making them."""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from verbund.core.dates import BERLIN, today
from verbund.offers import indexing, reading

PARAMETER = "sprache"
COPY = "Offline-Copy"
"""The header by which a page says that a device may keep it for the time without network, and as of when it is."""

MINUTES_UNCHANGED = 10
"""How long a page may say "heute 15:00" after the hours are over."""


def language_of(request) -> str:
    """Return the language asked for in the address; German where there is none or an unknown one."""
    asked = request.GET.get(PARAMETER, "")
    return asked if asked in reading.PAGE_LANGUAGES else "de"


def now() -> datetime:
    """Return the time in Berlin, on the day of the demonstration where one is chosen."""
    moment = timezone.now().astimezone(BERLIN)
    return datetime.combine(today(), moment.timetz())


def answer(request, make: Callable[[str, str, datetime], HttpResponse]) -> HttpResponse:
    """Answer with the page `make(language, sign, now)` returns, in that language; with 304 where nothing changed.

    What a page says depends on its address, its language, the sign of the newest change and the time; for people who
    signed in it is made every time, and no device keeps it. One statement where nothing changed.
    """
    sign, moment, language = indexing.newest_change(), now(), language_of(request)
    is_same_for_all = not request.actor.is_signed_in
    etag = etag_of(request, sign, without_minutes(moment)) if is_same_for_all else None
    if etag and (unchanged := get_conditional_response(request, etag=etag)):
        unchanged[COPY] = as_of(moment)
        return unchanged
    with translation.override(reading.frame_of(language)):
        response = make(language, sign, moment)
    response.headers.setdefault("Content-Language", reading.tag_of(language))
    if etag and response.status_code == 200:
        response["ETag"] = etag
        response["Cache-Control"] = "no-cache"
        response[COPY] = as_of(moment)
    return response


def as_of(moment: datetime) -> str:
    """Return a moment as the pages kept on a device name it: 29.11., 14:03."""
    return f"{moment:%d.%m., %H:%M}"


def without_minutes(moment: datetime) -> datetime:
    """Return the beginning of the ten minutes for which a page stays as it is."""
    return moment.replace(minute=moment.minute // MINUTES_UNCHANGED * MINUTES_UNCHANGED, second=0, microsecond=0)


def etag_of(request, sign: str, moment: datetime) -> str:
    """Return the mark of an answer that is the same for all until the sign of the newest change or the moment changes.

    The address names the language.
    """
    said = "\n".join([sign, request.get_full_path(), moment.isoformat()])
    return f'"{sha256(said.encode()).hexdigest()[:32]}"'


def query_of(language: str) -> str:
    """Return what the address of a page ends with so that it stays in a language: empty for German."""
    return f"?{PARAMETER}={language}" if language != "de" else ""


def whole_address_of(pk: int, language: str) -> str:
    """Return the whole address of an entry in a language, for paper, cameras, calendars and feeds."""
    return settings.BASE_URL + reverse("offers:offer", args=[pk]) + query_of(language)


def frame(request, language: str) -> dict:
    """Return what a public page beside the finder needs to stay in its language and to offer the others."""
    return {"language": language, **around(request, language)}


def around(request, language: str) -> dict:
    """Return what every page of the finder says around its content: the languages, and how its links end."""
    return {
        "languages": languages(request, language),
        "shown_in": language,
        "frame": reading.frame_of(language),
        "query": query_of(language),
        "most": reading.MOST_SAVED,
    }


def languages(request, current: str) -> list[dict]:
    """Return the choice of languages, by their own names, as links to the same page."""
    kept = request.GET.copy()
    found = []
    for code, name in reading.PAGE_LANGUAGES.items():
        kept[PARAMETER] = code
        url = request.path + "?" + kept.urlencode()
        if code == "de":
            rest = kept.copy()
            del rest[PARAMETER]
            url = request.path + ("?" + rest.urlencode() if rest else "")
        found.append({"code": reading.tag_of(code), "name": name, "url": url, "is_current": code == current})
    return found


def picture_of(address: str) -> bytes:
    """Return an address as a picture for the telephone's camera (SVG)."""
    import segno  # loads slowly, and most pages do without

    picture = BytesIO()
    segno.make(address, error="m").save(
        picture, kind="svg", scale=4, border=4, light="#fff", svgclass=None, lineclass=None, title=_("QR-Code")
    )
    return picture.getvalue()
