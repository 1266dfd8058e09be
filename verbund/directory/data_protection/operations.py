"""What is done with requests about personal data: read, hand out, erase; each leaves its trace."""

from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.accounts.models import User
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.privacy import erase_subject, information_about
from verbund.directory.data_protection.queries import open_memberships

PLATFORM = 0

audit.describe("read_information", gettext_lazy("gespeicherte Daten angesehen"))
audit.describe("hand_out_information", gettext_lazy("gespeicherte Daten als Datei entnommen"))
audit.describe("order_erasure", gettext_lazy("Löschung veranlasst"))


class Ground(models.TextChoices):
    """Why a person is erased (GDPR art. 17 (1)). No free text: the trail stays when the person is gone."""

    REQUESTED = "REQUESTED", gettext_lazy("auf Antrag der Person")
    NO_LONGER_NEEDED = "NO_LONGER_NEEDED", gettext_lazy("für den Zweck nicht mehr gebraucht")
    RETENTION_ENDED = "RETENTION_ENDED", gettext_lazy("Aufbewahrungsfrist abgelaufen")
    UNLAWFUL = "UNLAWFUL", gettext_lazy("hätte nicht gespeichert werden dürfen")


class OwnAccount(DomainError):
    """Nobody erases themselves: the trace of who did it must lead to somebody."""


class StillInFunction(DomainError):
    """A person who has a function, now or later, is not erased; the function is ended first."""


class AlreadyErased(DomainError):
    """Of this person only the pseudonym is left."""


@transaction.atomic
def read_information(person: User, *, actor: Actor) -> dict:
    """Return everything the platform holds about a person, and record the look."""
    information = information_about(person)
    audit.record("read_information", person, actor=actor, organisation_id=PLATFORM)
    return information


@transaction.atomic
def hand_out_information(person: User, *, file_format: str, actor: Actor) -> dict:
    """Return everything the platform holds about a person for a file, and record in which format it was taken."""
    information = information_about(person)
    audit.record("hand_out_information", person, actor=actor, organisation_id=PLATFORM, note=file_format)
    return information


@transaction.atomic
def erase_person(person: User, *, ground: Ground, on: date, actor: Actor) -> None:
    """Erase a person on a day: what is declared goes or becomes a pseudonym, signed acts and the trail stay.

    Raises OwnAccount, StillInFunction, AlreadyErased. Whether a retention period still runs is for the actor to check.
    """
    locked = locking(User.objects).get(pk=person.pk)
    if locked.pk in actor.persons:
        raise OwnAccount(_("Das eigene Konto löschen kann nur eine andere Person."))
    if is_erased(locked):
        raise AlreadyErased(_("Diese Person ist schon gelöscht."))
    if open_memberships(locked, on=on).exists():
        raise StillInFunction(
            _("Diese Person hat noch eine Funktion. Beenden Sie sie unter „Personen“; danach können Sie löschen.")
        )
    audit.record("order_erasure", locked, actor=actor, organisation_id=PLATFORM, note=str(ground.label))
    erase_subject(locked, actor=actor)


def is_erased(person: User) -> bool:
    """Whether only the pseudonym is left of a person."""
    return person.email == f"geloescht-{person.pk}@geloescht.invalid"
