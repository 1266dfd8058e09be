"""Who acts, in which membership, and for whom: the one answer to "who counts as having done this?"."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from verbund.core.errors import DomainError


@dataclass(frozen=True)
class Actor:
    """A person acting within one membership; with `on_behalf_of` as the named deputy of another person.

    `field_of_work` is the organisation's field of responsibility where it has one (coordination units, ministries).
    `label` names function and organisation, never the person. `user` is None for the clock (SYSTEM) and for
    visitors without an account (ANONYMOUS).
    """

    user: object | None
    label: str
    role: str = ""
    membership_id: int | None = None
    organisation_id: int | None = None
    carrier_id: int | None = None
    field_of_work: str = ""
    on_behalf_of: object | None = field(default=None)

    @property
    def persons(self) -> frozenset:
        """The user ids that count as having done what this actor does: the own one and the deputised one."""
        return frozenset(person.pk for person in (self.user, self.on_behalf_of) if person is not None)

    @property
    def is_signed_in(self) -> bool:
        return self.user is not None

    def signs(self, act: str) -> dict:
        """Return the field values `<act>_by` and `<act>_for` with which a record remembers who did it."""
        return {f"{act}_by": self.user, f"{act}_for": self.on_behalf_of}


SYSTEM = Actor(user=None, label="System (Uhr)", role="SYSTEM")
ANONYMOUS = Actor(user=None, label="ohne Anmeldung")


class SamePerson(DomainError):
    """The second signature must come from another person, deputies included (four eyes, KorruptionsbG NRW § 11)."""


def persons_of(record, act: str) -> frozenset:
    """Return the user ids that count as having done `act` on the record (`<act>_by_id` and `<act>_for_id`)."""
    ids = (getattr(record, f"{act}_by_id"), getattr(record, f"{act}_for_id"))
    return frozenset(pk for pk in ids if pk is not None)


def refuse_same_person(actor: Actor, *earlier: frozenset) -> None:
    """Raise SamePerson if the actor counts as one of the persons of the earlier acts."""
    if any(actor.persons & persons for persons in earlier):
        raise SamePerson(_("Die zweite Unterschrift muss eine andere Person leisten."))
