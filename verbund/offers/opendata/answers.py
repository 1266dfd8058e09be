"""How the open data answer: JSON for everybody, a page of a list, errors that say what is wrong."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import wraps

from django.http import HttpResponse, JsonResponse, StreamingHttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from verbund.core.dates import today
from verbund.core.permissions import public
from verbund.offers.opendata.mapping import Scope
from verbund.offers.opendata.parameters import PER_PAGE, Asked, WrongParameter
from verbund.offers.opendata.vocabulary import Vocabulary

AT_ONCE = 200
"""How many records are read at a time where an answer streams."""

SAFE = ("GET", "HEAD")
ALLOWED = "GET, HEAD, OPTIONS"
MAY_BE_ASKED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ", ".join(SAFE),
    "Access-Control-Allow-Headers": "*",
    "Access-Control-Max-Age": "86400",
}
"""What a browser is told that asks before a page of another house reads here."""

LANGUAGE = "de"


class NotThere(Exception):
    """No such record, or none that is public."""


def endpoint(*parameters: str):
    """Make an address of the open data of a view `view(asked, scope, …)` that returns an object or an answer.

    Only GET, and OPTIONS for browsers that ask before; `parameters` are those it takes. Wrong ones are refused with
    400, unknown records with 404, as JSON.
    """

    def decorate(view):
        @wraps(view)
        def answer(request, **captured):
            with translation.override(LANGUAGE):
                return _answer(request, view, parameters, captured)

        answer.parameters = parameters
        answer.csrf_exempt = True  # nothing is ever changed here; a POST is answered with 405, not with a form error
        return public(answer)

    return decorate


def _answer(request, view: Callable, parameters: tuple[str, ...], captured: dict) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=MAY_BE_ASKED | {"Allow": ALLOWED})
    if request.method not in SAFE:
        refused = error(405, _("Diese Adresse beantwortet nur GET."))
        refused["Allow"] = ALLOWED
        return refused
    scope = Scope(base=request.build_absolute_uri("/")[:-1], on=today(), vocabulary=Vocabulary.read())
    try:
        found = view(Asked.read(request.GET, parameters), scope, **captured)
    except WrongParameter as refusal:
        response = error(400, str(refusal), parameter=refusal.field)
    except NotThere:
        response = error(404, _("Unter dieser Kennung gibt es keinen öffentlichen Eintrag."))
    else:
        response = found if isinstance(found, HttpResponse | StreamingHttpResponse) else JsonResponse(found)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def error(status: int, sentence: str, **more) -> JsonResponse:
    """Return an error as JSON."""
    return JsonResponse({"error": sentence, **more}, status=status)


def listed(asked: Asked, rows, mapped: Callable, *, total: int | None = None, prepare: Callable = lambda rows: rows):
    """Return a page of a list (queryset or list), or all of it line by line.

    `mapped` makes an object of a record; `prepare` adds to a queryset what that reads.
    """
    if asked.get("format") == "ndjson":
        return _lines(_all(rows, prepare), mapped)
    count = total if total is not None else len(rows) if isinstance(rows, list) else rows.count()
    number, size = asked.get("page", 1), asked.get("per_page", PER_PAGE)
    first = (number - 1) * size
    found = prepare(rows[first : first + size]) if first < count else []
    return page(number, size, count, [mapped(row) for row in found])


def page(number: int, size: int, total: int, contents: list) -> dict:
    """Return the object of a page; one beyond the last is empty."""
    pages = -(-total // size) if size else 0
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _all(rows, prepare: Callable) -> Iterable:
    return rows if isinstance(rows, list) else prepare(rows).iterator(chunk_size=AT_ONCE)


def _lines(rows: Iterable, mapped: Callable) -> StreamingHttpResponse:
    def lines() -> Iterator[str]:
        with translation.override(LANGUAGE):
            for row in rows:
                yield json.dumps(mapped(row), ensure_ascii=False) + "\n"

    return StreamingHttpResponse(lines(), content_type="application/x-ndjson; charset=utf-8")
