"""Found a network and describe it; take members in, change them, let them go."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.models import Network, NetworkMember
from verbund.core import audit
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Centre
from verbund.funding import operations as funding

NETWORK_FIELDS = (
    "name", "kind", "body", "part", "purpose", "rhythm", "valid_from", "valid_until", "invite_days", "minutes_days",
    "link_days", "field", "stage", "municipality",
)  # fmt: skip
MEMBER_FIELDS = ("partner", "body", "body_text", "function", "email", "is_invited", "valid_from")


class WrongPeriod(DomainError):
    """An end before the beginning."""


class UnclearMember(DomainError):
    """A member is an institution, a body or another place: one of them."""


class ForeignPartner(DomainError):
    """An institution of another centre."""


@transaction.atomic
def found_network(centre: Centre, *, audiences=(), is_demo: bool = False, actor, **values) -> Network:
    """Record a network of a centre. Raises WrongPeriod."""
    _refuse_order(values["valid_from"], values.get("valid_until"))
    network = Network.objects.create(centre=centre, is_demo=is_demo, **values)
    network.audiences.set(audiences)
    after = {name: values[name] for name in NETWORK_FIELDS if name in values}
    audit.record("found_network", network, actor=actor, after=after)
    return network


@transaction.atomic
def describe_network(network: Network, *, audiences=(), seen: int, actor, **values) -> None:
    """Change what is said of a network; `seen` is the version on the screen. Raises WrongPeriod, StaleVersion."""
    _refuse_order(values["valid_from"], values["valid_until"])
    before = {name: getattr(network, name) for name in NETWORK_FIELDS}
    claim_version(network, seen)
    for name in NETWORK_FIELDS:
        setattr(network, name, values[name])
    network.save(update_fields=NETWORK_FIELDS)
    network.audiences.set(audiences)
    after = {name: values[name] for name in NETWORK_FIELDS}
    audit.record("describe_network", network, actor=actor, before=before, after=after)
    if before["name"] != network.name:
        for meeting in network.meetings.all():
            meeting.network = network
            funding.keep_in_step(meeting)


@transaction.atomic
def add_member(network: Network, *, actor, **values) -> NetworkMember:
    """Take a member in, by function: an institution of the centre, a body, or another place.

    Raises UnclearMember, ForeignPartner.
    """
    _refuse_unclear(values)
    _refuse_foreign(network, values.get("partner"))
    member = NetworkMember.objects.create(network=network, **values)
    audit.record(
        "add_member", member, actor=actor, after={name: values[name] for name in MEMBER_FIELDS if name in values}
    )
    return member


@transaction.atomic
def change_member(member: NetworkMember, *, seen: int, actor, **values) -> None:
    """Change what is said of a member. Raises UnclearMember, ForeignPartner, WrongPeriod, StaleVersion."""
    _refuse_unclear(values)
    _refuse_foreign(member.network, values["partner"])
    _refuse_order(values["valid_from"], member.valid_until)
    before = {name: getattr(member, name) for name in MEMBER_FIELDS}
    claim_version(member, seen)
    for name in MEMBER_FIELDS:
        setattr(member, name, values[name])
    member.save(update_fields=MEMBER_FIELDS)
    audit.record(
        "change_member", member, actor=actor, before=before, after={name: values[name] for name in MEMBER_FIELDS}
    )


@transaction.atomic
def end_member(member: NetworkMember, *, valid_until: date, actor) -> None:
    """Let a member go after a day; its links end with it, its open tasks need somebody. Raises WrongPeriod."""
    member = locking(NetworkMember.objects).select_related("network").get(pk=member.pk)
    _refuse_order(member.valid_from, valid_until)
    before = {"valid_until": member.valid_until}
    member.valid_until = valid_until
    member.version += 1
    member.save(update_fields=["valid_until", "version"])
    audit.record("end_member", member, actor=actor, before=before, after={"valid_until": valid_until})


def _refuse_order(first: date, last: date | None) -> None:
    if last is not None and last < first:
        raise WrongPeriod(_("Das Ende liegt vor dem Beginn."), field="valid_until")


def _refuse_unclear(values: dict) -> None:
    if sum(bool(values.get(name)) for name in ("partner", "body", "body_text")) != 1:
        raise UnclearMember(_("Nennen Sie genau eines: Einrichtung, Gremium oder andere Stelle."), field="partner")


def _refuse_foreign(network: Network, partner) -> None:
    if partner is not None and partner.centre_id != network.centre_id:
        raise ForeignPartner(_("Diese Einrichtung gehört zu einem anderen Zentrum."), field="partner")
