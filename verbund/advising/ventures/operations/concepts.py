"""Write a concept together: sections, comments, frozen versions, and who agreed to which."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from verbund.advising.models import (
    Agreement,
    ConceptSection,
    ConceptVersion,
    SectionComment,
    Venture,
    VentureParty,
)
from verbund.advising.ventures import notifications, queries
from verbund.advising.ventures.calculations import snapshot
from verbund.advising.ventures.lifecycle import VENTURE, WRITTEN, VentureStatus
from verbund.advising.ventures.operations.ventures import WrongParty, locked, refuse_future
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.core.versions import claim_version


class NothingNew(DomainError):
    """A version without sections, or the same text as the version before."""


class OpenComments(DomainError):
    """A section with comments that nobody has answered."""


class AlreadyAgreed(DomainError):
    """The party has agreed to this version."""


def _writable(venture: Venture) -> Venture:
    """Return the locked venture; raises NotAllowedNow while what was agreed is tried, and after the end."""
    stored = locked(venture)
    if stored.status not in WRITTEN:
        raise NotAllowedNow(
            _("Das Konzept bleibt, wie es vereinbart ist. Ändern lässt es sich nach der Entscheidung zur Erprobung.")
        )
    return stored


def _now_in_work(venture: Venture, *, on: date, actor: Actor) -> None:
    """Whoever writes on what was agreed opens it again: every party is asked anew."""
    move = {VentureStatus.IDEA: "begin_concept", VentureStatus.CONCEPT: None}.get(venture.status, "reopen_concept")
    if move:
        VENTURE.apply(move, venture, actor=actor, changes={"status_since": on})


@transaction.atomic
def add_section(
    venture: Venture, *, heading: str, text: str, position: int | None = None, on: date, actor: Actor
) -> ConceptSection:
    """Write a further section, at the end unless a position is said. Raises NotAllowedNow."""
    stored = _writable(venture)
    last = stored.sections.aggregate(last=Max("position"))["last"] or 0
    after = {"heading": heading, "text": text, "position": position or last + 1}
    section = ConceptSection.objects.create(venture=stored, **after)
    audit.record("add_section", section, actor=actor, after=after)
    _now_in_work(stored, on=on, actor=actor)
    return section


@transaction.atomic
def edit_section(
    section: ConceptSection, *, heading: str, text: str, position: int, seen: int, on: date, actor: Actor
) -> None:
    """Change a section; `seen` is the version on the screen. Raises StaleVersion, NotAllowedNow.

    Nothing is recorded, and no agreement lost, where nothing changes.
    """
    venture = _writable(section.venture)
    current = ConceptSection.objects.get(pk=section.pk)
    before = {"heading": current.heading, "text": current.text, "position": current.position}
    after = {"heading": heading, "text": text, "position": position}
    if before == after:
        return
    claim_version(current, seen)
    for name, value in after.items():
        setattr(current, name, value)
    current.save(update_fields=list(after))
    audit.record("edit_section", current, actor=actor, before=before, after=after)
    _now_in_work(venture, on=on, actor=actor)


@transaction.atomic
def remove_section(section: ConceptSection, *, on: date, actor: Actor) -> None:
    """Take a section out; earlier versions keep it. Raises OpenComments, NotAllowedNow."""
    venture = _writable(section.venture)
    if section.comments.filter(resolved_on=None).exists():
        raise OpenComments(_("Zu diesem Abschnitt gibt es offene Kommentare. Erledigen Sie diese zuerst."))
    audit.record("remove_section", venture, actor=actor, note=section.heading)
    section.delete()
    _now_in_work(venture, on=on, actor=actor)


@transaction.atomic
def comment_section(section: ConceptSection, *, text: str, on: date, actor: Actor) -> SectionComment:
    """Remark on a section; the author is the function and the house. Raises NotAllowedNow."""
    _writable(section.venture)
    comment = SectionComment.objects.create(
        section=section, text=text, author=actor.label, made_on=on, **actor.signs("made")
    )
    audit.record("comment_section", comment, actor=actor, after={"text": text})
    notifications.tell_centre_about_comment(comment, actor=actor)
    return comment


@transaction.atomic
def resolve_comment(comment: SectionComment, *, answer: str, on: date, actor: Actor) -> None:
    """Say that a comment is dealt with, and how. Raises NotAllowedNow for one that was."""
    current = locking(SectionComment.objects).get(pk=comment.pk)
    if current.resolved_on is not None:
        raise NotAllowedNow(_("Dieser Kommentar ist schon erledigt."))
    comment.resolved_on, comment.answer = on, answer
    comment.save(update_fields=["resolved_on", "answer"])
    audit.record("resolve_comment", comment, actor=actor, after={"resolved_on": on, "answer": answer})


@transaction.atomic
def freeze_version(venture: Venture, *, note: str = "", on: date, actor: Actor) -> ConceptVersion:
    """Keep the sections as a numbered version, to which the parties then agree. Raises NothingNew, NotAllowedNow."""
    stored = _writable(venture)
    content = snapshot(stored.sections.all())
    newest = queries.newest_version(stored)
    if not content:
        raise NothingNew(_("Schreiben Sie zuerst einen Abschnitt."))
    if newest is not None and newest.content == content:
        raise NothingNew(_("Seit der letzten Fassung hat sich nichts geändert."))
    number = newest.number + 1 if newest else 1
    version = ConceptVersion.objects.create(venture=stored, number=number, made_on=on, note=note, content=content)
    audit.record("freeze_version", version, actor=actor, after={"number": number, "made_on": on}, note=note)
    notifications.ask_parties_to_agree(version)
    return version


@transaction.atomic
def agree_to_version(
    version: ConceptVersion, party: VentureParty, *, agreed_on: date, function: str, on: date, actor: Actor
) -> Agreement:
    """Record a party's consent to the newest version; with the last one the concept is agreed.

    Raises NotAllowedNow for an old version or a text that was written on since, WrongParty, AlreadyAgreed, WrongDay.
    """
    venture = _writable(version.venture)
    newest = queries.newest_version(venture)
    if version != newest or not queries.is_newest_text(venture, version):
        raise NotAllowedNow(_("Es gibt einen neueren Text. Zustimmen lässt sich nur der neuesten Fassung."))
    if party.venture_id != venture.pk or not party.is_active:
        raise WrongParty(_("Dieser Partner ist nicht dabei."), field="party")
    if Agreement.objects.filter(version=version, party=party).exists():
        raise AlreadyAgreed(_("Dieser Partner hat der Fassung schon zugestimmt."), field="party")
    refuse_future(agreed_on, on, field="agreed_on")
    is_own = party.partner_id is not None and party.partner_id == actor.organisation_id
    agreement = Agreement.objects.create(
        version=version,
        party=party,
        agreed_on=agreed_on,
        function=function,
        is_own=is_own,
        **actor.signs("recorded"),
    )
    after = {"party": str(party), "agreed_on": agreed_on, "function": function}
    audit.record("agree_to_version", agreement, actor=actor, after=after)
    settle(venture, on=on, actor=actor)
    return agreement


def settle(venture: Venture, *, on: date, actor: Actor) -> None:
    """Make a concept agreed once every active party has agreed to its newest text."""
    if venture.status != VentureStatus.CONCEPT or not is_settled(venture):
        return
    VENTURE.apply("settle_agreement", venture, actor=actor, changes={"status_since": on})
    notifications.tell_centre_about_agreement(venture, actor=actor)


def is_settled(venture: Venture) -> bool:
    """Whether there are parties, and all of them agreed to a version that says what the sections say now."""
    version = queries.newest_version(venture)
    if version is None or not queries.is_newest_text(venture, version):
        return False
    return venture.parties.filter(until=None).exists() and not queries.outstanding(venture, version)
