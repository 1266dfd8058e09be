"""Forms that were sent when the session had ended: signed, carried through the sign-in, offered again afterwards."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.shortcuts import render, resolve_url

SALT = "verbund.accounts.kept_forms"
SESSION_KEY = "kept_form"
LARGEST = 200_000
KEPT_FOR_SECONDS = 8 * 60 * 60
NOT_KEPT = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword"}


def sign_in_and_continue(request):
    """Answer a form that came without a session: the sign-in form with the typed fields inside, signed."""
    from verbund.accounts.forms import SignInForm

    kept = wrap(request)
    form = SignInForm(request=request, initial={"kept": kept})
    context = {"form": form, "next": _page_before(request), "session_ended": True, "is_kept": bool(kept)}
    return render(request, "account/login.html", context, status=403)


def _page_before(request) -> str:
    """Return the address of the page the form stood on, if it is one of ours."""
    before = urlsplit(request.headers.get("Referer", ""))
    is_ours = before.netloc == request.get_host() and before.path != resolve_url(settings.LOGIN_URL)
    return before._replace(scheme="", netloc="", fragment="").geturl() if is_ours else ""


def wrap(request) -> str:
    """Return path and fields of a posted form as a signed text; empty if there is too much to keep."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in NOT_KEPT]
    if sum(len(name) + len(value) for name, value in fields) > LARGEST:
        return ""
    return signing.dumps({"path": request.get_full_path(), "fields": fields}, salt=SALT, compress=True)


def unwrap(kept: str) -> dict | None:
    """Return path and fields, or None if the text was changed or is too old."""
    try:
        return signing.loads(kept, salt=SALT, max_age=KEPT_FOR_SECONDS)
    except signing.BadSignature:
        return None
