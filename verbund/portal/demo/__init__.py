"""The demonstration world: loaded in the order of the layers, removed in the reverse order, in one transaction each.

An app takes part with a module `demo` that has `load(world)` and `remove()` (see `directory.demo.World`).
"""

import json
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core.dates import today
from verbund.core.demo_guard import demo_world_is_loaded
from verbund.core.errors import DomainError
from verbund.directory import demo as people
from verbund.directory.models import Membership
from verbund.directory.operations import mark_all_as_changed
from verbund.portal.demo import canaries as words

APPS = [
    "verbund.directory.demo",
    "verbund.programmes.demo",
    "verbund.staffing.demo",
    "verbund.funding.demo",
    "verbund.staffing.demo_occupancies",
    "verbund.offers.demo",
    "verbund.advising.demo",
]


class NotHere(DomainError):
    """The demonstration world has no place in production."""


class AlreadyLoaded(DomainError):
    """Words for isolation tests can only be put into a world that is made anew."""


class NothingLoaded(DomainError):
    """There is no demonstration world."""


def _modules():
    return [import_module(name) for name in APPS if find_spec(name)]


def load(*, canaries: Path | None = None) -> None:
    """Load the demonstration world; what is there already stays. Raises NotHere or AlreadyLoaded.

    With `canaries`, a distinct word per organisation and kind of data goes into every text field of the records made,
    and the list of words is written to that file.
    """
    if settings.IS_PRODUCTION:
        raise NotHere(_("VERBUND_SECRET_KEY ist gesetzt (Echtbetrieb): Hier wird keine Vorführwelt geladen."))
    if canaries and demo_world_is_loaded():
        raise AlreadyLoaded(_("Die Vorführwelt ist schon geladen. Bitte zuerst: verbund demo remove"))
    with transaction.atomic():
        people.reference.load()
        before = words.present_rows() if canaries else {}
        world = people.World(on=today())
        for module in _modules():
            module.load(world)
        if canaries:
            written = words.put_into_new_rows(before)
            canaries.write_text(json.dumps(written, ensure_ascii=False, indent=2), encoding="utf-8")


def remove() -> None:
    """Remove everything made up; the audit trail stays and keeps verifying. Raises NothingLoaded."""
    if not demo_world_is_loaded():
        raise NothingLoaded(_("Es ist keine Vorführwelt geladen."))
    with transaction.atomic():
        for module in reversed(_modules()):
            module.remove()
        mark_all_as_changed()


def accounts() -> list[dict]:
    """Return the accounts of the loaded demonstration as scripts use them: role, organisation, username, password."""
    order = {account.email: position for position, account in enumerate(people.accounts())}
    memberships = Membership.objects.filter(user__is_demo=True, user__is_active=True)
    found = sorted(
        memberships.select_related("user", "organisation"),
        key=lambda one: (order.get(one.user.email, len(order)), one.pk),
    )
    return [
        {
            "role": one.role,
            "organisation": one.organisation.name,
            "username": one.user.email,
            "password": people.PASSWORD,
            "function": str(one.get_role_display()),
        }
        for one in found
    ]
