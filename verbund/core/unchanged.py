"""Answering "unchanged" before anything is made: pages that are the same for everybody until something changes.

    @same_for_all(etag_of)
    @public
    @require_safe
    def centre(request, pk): ...

`etag_of(request, **captured)` returns the mark of what the page would say now, or None where there is none; it must
name all the page depends on (address, language, newest change, time) and be cheap. Who comes without a cookie and has
the page already gets 304 from the middleware, before sessions, policies and templates; whoever comes with one is
somebody for whom the page may differ, and takes the whole way.
"""

import hashlib
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.cache import get_conditional_response

PATHS_KEPT = 2_000
KINDS = {".py", ".html", ".mo", ".css", ".js", ".svg"}
VARIES_BY = "Accept-Language, Cookie"


def same_for_all(etag_of, *, says=dict):
    """Mark a view as one whose answer is the same for all visitors without a cookie as long as the etag is.

    `says()` returns further headers for "unchanged".
    """

    def mark(view):
        view.etag_of, view.says_unchanged = etag_of, says
        return view

    return mark


def etag(*said) -> str:
    """Return the mark of an answer that depends on what is said here, and on this version of the program."""
    return f'"{hashlib.sha256("\n".join([program(), *map(str, said)]).encode()).hexdigest()[:32]}"'


class UnchangedMiddleware:
    """Answers 304 to whoever has the page of a view marked `same_for_all` already."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        asks = request.META.get("HTTP_IF_NONE_MATCH") and request.method in {"GET", "HEAD"}
        if asks and not request.META.get("HTTP_COOKIE") and (match := _view_of(request.path_info)):
            mark = match.func.etag_of(request, **match.kwargs)
            if mark and (response := get_conditional_response(request, etag=mark)):
                request.resolver_match = match  # for the log
                return with_mark(response, mark, match.func.says_unchanged())
        return self.get_response(request)


def with_mark(response, mark: str, headers: dict[str, str] | None = None):
    """Return the answer with its mark; browsers may keep it, and ask each time whether it is still right."""
    for name, value in (headers or {}).items():
        response.headers[name] = value
    response["ETag"], response["Cache-Control"], response["Vary"] = mark, "no-cache", VARIES_BY
    return response


@lru_cache(maxsize=PATHS_KEPT)
def _view_of(path: str) -> ResolverMatch | None:
    """Return the marked view an address leads to; None for all others."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    return match if hasattr(match.func, "etag_of") else None


@cache
def program() -> str:
    """Return a sign of this version of the program: another template or translation makes another page."""
    folders = (settings.BASE_DIR / "verbund", *map(Path, settings.LOCALE_PATHS))
    files = (path for folder in folders for path in folder.rglob("*") if path.suffix in KINDS)
    states = sorted((str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    return hashlib.sha256(repr(states).encode()).hexdigest()[:16]
