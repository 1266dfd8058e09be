"""What the public pages of the offers have in common: their language, and answering "unchanged" without making them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from io import BytesIO
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from verbund.core import unchanged
from verbund.core.dates import BERLIN, today
from verbund.offers import reading

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


@dataclass(frozen=True)
class Moment:
    """What an answer depends on besides its address: language, sign of the newest change, time in Berlin."""

    language: str
    sign: str
    now: datetime

    def mark_for(self, request) -> str:
        """Return the etag of the answer to a request. The address names the language."""
        return unchanged.etag(self.sign, request.get_full_path(), self.now.isoformat())


def of_ten_minutes(request) -> datetime:
    """Return the beginning of the ten minutes for which a page stays as it is."""
    moment = now()
    return moment.replace(minute=moment.minute // MINUTES_UNCHANGED * MINUTES_UNCHANGED, second=0, microsecond=0)


def copy() -> dict[str, str]:
    """Return the header that lets a device keep a page, with the moment as it names it: 29.11., 14:03."""
    return {COPY: f"{now():%d.%m., %H:%M}"}


def same_until_changed(
    sign_of: Callable[..., str], *, time_of: Callable = of_ten_minutes, says: dict[str, str] | None = None
):
    """Make a view of a function `make(request, moment, **captured)`; where nothing changed it answers with 304.

    `sign_of(**captured)` is the sign of the newest change to what the page shows, `time_of(request)` the time it
    speaks of, `says` the headers of every answer. The sign is read before the content. For people who signed in the
    page is made every time, and no device keeps it.
    """

    def headers() -> dict[str, str]:
        return {**copy(), **(says or {})}

    def moment_of(request, captured: dict) -> Moment:
        return Moment(language_of(request), sign_of(**captured), time_of(request))

    def decorate(make):
        @unchanged.same_for_all(
            lambda request, **captured: moment_of(request, captured).mark_for(request), says=headers
        )
        @wraps(make)
        def view(request, **captured):
            moment = moment_of(request, captured)
            mark = None if request.actor.is_signed_in else moment.mark_for(request)
            if mark and (same := get_conditional_response(request, etag=mark)):
                return unchanged.with_mark(same, mark, headers())
            with translation.override(reading.frame_of(moment.language)):
                response = make(request, moment, **captured)
            response.headers.setdefault("Content-Language", reading.tag_of(moment.language))
            for name, value in (says or {}).items():
                response[name] = value
            return unchanged.with_mark(response, mark, headers()) if mark and response.status_code == 200 else response

        return view

    return decorate


def query_of(language: str) -> str:
    """Return what the address of a page ends with so that it stays in a language: empty for German."""
    return f"?{PARAMETER}={language}" if language != "de" else ""


def whole_address_of(pk: int, language: str) -> str:
    """Return the whole address of an entry in a language, for paper, cameras, calendars and feeds."""
    return settings.BASE_URL + reverse("offers:offer", args=[pk]) + query_of(language)


def frame(request, language: str) -> dict:
    """Return what a public page beside the finder needs to stay in its language and to offer the others."""
    asked = {name: value for name, value in request.GET.items() if name != PARAMETER}
    return {"language": language, **around(request, language, asked)}


def around(request, language: str, asked: dict[str, str] | None = None) -> dict:
    """Return what every page of the finder says around its content: the languages, and how its links end."""
    return {
        "languages": languages(request, language, asked),
        "site_address": settings.BASE_URL,
        "shown_in": language,
        "frame": reading.frame_of(language),
        "query": query_of(language),
        "most": reading.MOST_SAVED,
    }


def languages(request, current: str, asked: dict[str, str] | None = None) -> list[dict]:
    """Return the choice of languages, by their own names, as links to the same page; `asked` is what its address says.

    Anything else in the address is left behind: what a page does not know, it does not repeat.
    """
    rest = urlencode(asked or {})
    ends = {code: f"{rest}&{PARAMETER}={code}" if rest else f"{PARAMETER}={code}" for code in reading.PAGE_LANGUAGES}
    ends["de"] = rest
    return [
        {
            "code": reading.tag_of(code),
            "name": name,
            "url": f"{request.path}?{ends[code]}" if ends[code] else request.path,
            "is_current": code == current,
        }
        for code, name in reading.PAGE_LANGUAGES.items()
    ]


def picture_of(address: str) -> bytes:
    """Return an address as a picture for the telephone's camera (SVG)."""
    import segno  # loads slowly, and most pages do without

    picture = BytesIO()
    segno.make(address, error="m").save(
        picture, kind="svg", scale=4, border=4, light="#fff", svgclass=None, lineclass=None, title=_("QR-Code")
    )
    return picture.getvalue()
