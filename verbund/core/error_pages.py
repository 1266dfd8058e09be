"""The pages that say what went wrong, what was kept and what to do.

Handlers in config/urls.py; `verbund.offers.views.errors` says some of them in the language of the finder's address.

400 and 500 are drawn without the database, the session or the signed-in person: they must work when these do not.
"""

import re

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

MOST_FIELDS = 60
SECRET_PARTS = ("csrf", "password", "passwort", "_once", "code", "token")
TECHNICAL = re.compile(r"version|.+-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS")


def bad_request(request, exception=None):
    """400: the request cannot be read. Touches neither form nor person: the form may be what is unreadable."""
    return HttpResponse(render_to_string("400.html"), status=400)


def server_error(request):
    """500: a fault of ours, drawn without the database."""
    return HttpResponse(render_to_string("500.html"), status=500)


def forbidden(request, exception=None):
    """403: signed in, but this is not for this function."""
    return render(request, "403.html", {"reason": _sentence(exception)}, status=403)


def not_found(request, exception=None):
    """404: not there, or not there for this person; the page does not tell which."""
    return render(request, "404.html", status=404)


def conflict(request, *, sentence: str = "", changes=(), back_href: str = ""):
    """409: somebody else was faster.

    `changes` (dicts with label, theirs, mine) names everything that differs, in both versions; without it, all that was
    typed stays on the page to be copied.
    """
    typed = [] if changes else typed_texts(request)
    context = {"sentence": sentence, "changes": changes, "back_href": back_href, "typed": typed}
    return render(request, "409.html", context, status=409)


def unprocessable(request, *, sentence: str, back_href: str = ""):
    """422: understood, but the rules of the trade refuse it; for acts that have no form to show the sentence on."""
    return render(request, "422.html", {"sentence": sentence, "back_href": back_href}, status=422)


def csrf_failure(request, reason=""):
    """403 for a form whose proof of origin is missing or too old; shows what was typed, so that nothing is lost."""
    if request.headers.get("X-Autosave"):
        return JsonResponse({"saved": False}, status=403)
    return render(request, "403_csrf.html", {"typed": typed_texts(request)}, status=403)


def typed_texts(request) -> list[dict]:
    """Return what was typed into the posted form, without secrets and technical fields, to be shown for copying."""
    if request.method != "POST":
        return []
    typed = [
        {"name": name.replace("_", " ").replace("-", " "), "text": text}
        for name, texts in list(request.POST.lists())[:MOST_FIELDS]
        for text in texts
        if text.strip() and not any(part in name.lower() for part in SECRET_PARTS) and not TECHNICAL.fullmatch(name)
    ]
    return typed[:MOST_FIELDS]


def _sentence(exception) -> str:
    """The sentence of a refusal, where one was given; never a technical one."""
    text = str(exception) if exception is not None else ""
    return text if text.endswith(".") else ""
