"""Forms that anybody may send, without account and without cookie.

Three things stand in for the cookie: the browser says where the form was sent from (Origin, Sec-Fetch-Site), the form
carries a signed token that ends after a day, and senders are counted in the database. Nobody's rights are used by such
a form, so a browser too old to say where it comes from is let through.
"""

from datetime import datetime
from functools import wraps
from ipaddress import ip_address
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.crypto import get_random_string, salted_hmac
from django.views.decorators.csrf import csrf_exempt

from verbund.core.error_pages import csrf_failure
from verbund.core.models import SentForms

FIELD = "_form"
SALT = "verbund.public-form"
LONGEST_OPEN_SECONDS = 24 * 60 * 60
EVERYBODY = "all"


def open_form(view):
    """Let a view take forms without a cookie: posts from other sites are refused."""

    @csrf_exempt
    @wraps(view)
    def guarded(request, *args, **captured):
        if request.method == "POST" and not is_from_here(request):
            return csrf_failure(request)
        response = view(request, *args, **captured)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


def is_from_here(request) -> bool:
    """Whether the browser says that the form was sent from a page of ours, or says nothing."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()


def new_token(purpose: str) -> str:
    """Return what the hidden field of a fresh form holds."""
    return signing.TimestampSigner(salt=SALT).sign(f"{purpose}.{get_random_string(8)}")


def is_fresh(request, purpose: str) -> bool:
    """Whether the form is one of ours for this purpose, made within the last day."""
    try:
        signed = signing.TimestampSigner(salt=SALT).unsign(request.POST.get(FIELD, ""), max_age=LONGEST_OPEN_SECONDS)
    except signing.BadSignature:
        return False
    return signed.startswith(f"{purpose}.")


@transaction.atomic
def may_send(request, purpose: str, *, of_one: int, of_all: int, now: datetime) -> bool:
    """Count a form and say whether it is within the limits of an hour: those of one sender and those of all.

    `of_one` is generous, since many people may share one address of the network.
    """
    return _count(purpose, EVERYBODY, now) <= of_all and _count(purpose, sender_of(request, now), now) <= of_one


def sender_of(request, now: datetime) -> str:
    """Return a keyed hash of the sender's network address that is another one every day; of IPv6, of the network."""
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""
    network = str(address) if address.version == 4 else address.exploded[:19]
    return salted_hmac(SALT, f"{now:%Y-%m-%d}|{network}", algorithm="sha256").hexdigest()


def may_write_to(address: str, purpose: str, *, of_one: int, now: datetime) -> bool:
    """Count a mail that a form causes and say whether it is within what one address gets in an hour."""
    recipient = salted_hmac(SALT, f"{now:%Y-%m-%d}|{address.casefold()}", algorithm="sha256").hexdigest()
    return _count(purpose, recipient, now) <= of_one


def _count(purpose: str, sender: str, now: datetime) -> int:
    hour = now.replace(minute=0, second=0, microsecond=0)
    row, is_new = SentForms.objects.get_or_create(purpose=purpose, sender=sender, hour=hour)
    if not is_new:
        SentForms.objects.filter(pk=row.pk).update(count=F("count") + 1)
        row.refresh_from_db(fields=["count"])
    return row.count
