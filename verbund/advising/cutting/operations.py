"""Cutting a passage out of everything written about a piece of work, and out of what the audit trail kept of it."""

from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from verbund.advising.calculations import without
from verbund.advising.cutting.kinds import PARTS, Place, models_of, places_naming
from verbund.advising.models import (
    ConceptTemplate,
    InterculturalOpening,
    Meeting,
    Network,
    NetworkLink,
    Practice,
    Venture,
)
from verbund.core import audit, privacy
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.notifications import reword
from verbund.funding import operations as funding


class NotThere(DomainError):
    """The passage stands in no text of this piece of work."""


class SaysItAgain(DomainError):
    """The reason for cutting out names what is to be cut out."""


@dataclass(frozen=True)
class Reached:
    """In how many texts the passage was replaced, and where it may still be.

    Mails that have gone out, links by which members have read, entries of the trail kept in clear, other work that
    began with these texts.
    """

    texts: int
    sent_mails: int
    opened_links: int
    older_entries: int
    copies: int = 0


@transaction.atomic
def cut_passage(whole: Model, passage: str, *, reason: str, actor) -> Reached:
    """Replace a passage by "[entfernt]" wherever it stands in a whole, and make what the trail kept unreadable.

    The key under which the trail keeps the texts of the whole is destroyed; texts from which something was cut are
    recorded anew with the next one. The act is recorded without the passage. Raises NotThere, SaysItAgain.
    """
    passage = " ".join(passage.split())
    stored = locking(type(whole).objects).get(pk=whole.pk)
    places = places_naming(stored, passage) if passage else []
    if not places:
        raise NotThere(_("Diese Stelle steht in keinem der Texte. Kopieren Sie sie genau."), field="passage")
    if without(reason, passage) != reason:
        raise SaysItAgain(_("Der Grund nennt die Stelle selbst. Schreiben Sie ihn ohne sie."), field="reason")

    models = models_of(stored)
    older = audit.entries_naming(passage, organisation_id=stored.audit_organisation_id, models=models)
    _destroy_keys(stored)
    stored.key_number += 1
    stored.save(update_fields=["key_number"])
    changed = _write(stored, places)
    whole.refresh_from_db()
    _keep_in_step(stored)
    mails = reword(partial(without, passage=passage), path=stored.get_absolute_url(), keys=_keys_of_mails(stored))
    audit.record_many([_act(row, texts, reason if row is stored else "") for row, texts in changed], actor=actor)
    opened = _links_of(stored).filter(opened_at__isnull=False).count()
    copies = sum(bool(places_naming(one, passage)) for one in _begun_with(stored))
    return Reached(len(places), mails, opened, older, copies)


def _destroy_keys(whole: Model) -> None:
    """Destroy the key of the whole, and keys its parts had of their own before they lay under that of the whole."""
    audit.destroy_key(privacy.text_key_of(whole))
    parts = [part for part in PARTS[type(whole)] if not privacy.declaration_of(part.model).subjects]
    audit.destroy_keys(privacy.own_key_of(row) for part in parts for row in part.rows(whole))


def _write(whole: Model, places: list[Place]) -> list[tuple[Model, dict]]:
    """Save the cleaned texts; who has an older one on the screen is refused. Return what was changed, the whole last.

    The whole is among it in any case: the act stands on its record.
    """
    changed: dict[Model, dict] = {}
    for place in places:
        setattr(place.row, place.name, place.cleaned)
        texts = changed.setdefault(place.row, {})
        texts[place.name] = place.cleaned
    texts_of_whole = changed.pop(whole, {})
    for row, texts in [*changed.items(), (whole, texts_of_whole)]:
        counted = [name for name in ("version", "cuts") if hasattr(row, name)]
        for name in counted:
            setattr(row, name, getattr(row, name) + 1)
        row.save(update_fields=[*texts, *counted])
    return [*changed.items(), (whole, texts_of_whole)]


def _act(row: Model, texts: dict, note: str) -> audit.Act:
    """Return the act on one record with its cleaned texts; of a frozen version the version itself says them."""
    after = {name: text for name, text in texts.items() if isinstance(text, str)}
    return audit.Act("cut_out", row, after=after, note=note)


def _keep_in_step(whole: Model) -> None:
    """Let what pays for the work, or for the meetings of a network, say its name as it is now."""
    happenings = [whole, *whole.meetings.all()] if isinstance(whole, Network) else [whole]
    for one in happenings:
        if hasattr(one, "happening_key"):
            funding.keep_in_step(one)


def _begun_with(whole: Model) -> QuerySet:
    """Return the work that began with texts of this one: openings with a concept, a practice with a venture."""
    if isinstance(whole, ConceptTemplate):
        return InterculturalOpening.objects.filter(origin__template=whole)
    if isinstance(whole, Venture):
        return Practice.objects.filter(venture=whole)
    return Practice.objects.none()


def _keys_of_mails(whole: Model) -> list[str]:
    """Return the keys of the mails to members of a network: they do not lead to the page of the whole."""
    links = _links_of(whole).values_list("pk", flat=True)
    return [key for pk in links for key in (f"network-link:{pk}", f"network-change:{pk}")]


def _links_of(whole: Model) -> QuerySet[NetworkLink]:
    """Return the links sent about a meeting, or about a network and its meetings; there are none about other work."""
    if isinstance(whole, Meeting):
        return NetworkLink.objects.filter(meeting=whole)
    if isinstance(whole, Network):
        return NetworkLink.objects.filter(sending__network=whole)
    return NetworkLink.objects.none()
