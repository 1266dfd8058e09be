"""Where the demonstration world is allowed: on this machine only, never in production."""

import ipaddress

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from verbund.core.errors import DomainError

LOOPBACK_NAMES = {"localhost", "127.0.0.1", "[::1]", "::1"}
NAME_IN_TESTS = "testserver"  # added by Django's test runner, no name of a network
FORWARDING = ("HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


class DemoInProduction(DomainError):
    """A production start on a database that holds the accounts of the demonstration."""


def demo_world_is_loaded() -> bool:
    """Whether accounts of the demonstration exist."""
    table = connection.ops.quote_name(get_user_model()._meta.db_table)
    with connection.cursor() as cursor:  # asked with every page on this machine: without the ORM's work
        cursor.execute(f"SELECT 1 FROM {table} WHERE is_demo LIMIT 1")  # noqa: S608 - a name of our own
        return cursor.fetchone() is not None


def is_demo_request(request) -> bool:
    """Whether demonstration accounts may sign in on this request without a second factor.

    Only when no operator set a key (no production), the server is bound to loopback and answers to loopback names only,
    the request comes from this machine and was not forwarded by a proxy, and the demonstration world is loaded.
    """
    return server_is_for_this_machine() and _comes_from_this_machine(request) and demo_world_is_loaded()


def server_is_for_this_machine() -> bool:
    """Whether the settings let nobody in but this machine."""
    return (
        not settings.IS_PRODUCTION
        and is_loopback(settings.BIND_ADDRESS)
        and bool(settings.ALLOWED_HOSTS)
        and set(settings.ALLOWED_HOSTS) <= LOOPBACK_NAMES | {NAME_IN_TESTS}
    )


def is_loopback(address: str) -> bool:
    """Whether an address or name means this machine."""
    if address in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False


def refuse_demo_in_production() -> None:
    """Raise DemoInProduction when an operator set a key and the demonstration's accounts are in the database."""
    if not settings.IS_PRODUCTION:
        return
    try:
        is_loaded = demo_world_is_loaded()
    except DatabaseError:  # not migrated yet: no accounts at all
        return
    if is_loaded:
        raise DemoInProduction(
            _(
                "VERBUND_SECRET_KEY ist gesetzt (Echtbetrieb), aber die Vorführkonten sind in der Datenbank. "
                "Bitte zuerst: verbund demo remove"
            )
        )


def _comes_from_this_machine(request) -> bool:
    forwarded = any(name in FORWARDING or name.startswith("HTTP_X_FORWARDED") for name in request.META)
    return not forwarded and is_loopback(request.META.get("REMOTE_ADDR", ""))
