"""What can be done with topics: begin, change, take part, publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.models import Topic, TopicCentre
from verbund.advising.permissions import coordinates
from verbund.advising.topics.lifecycle import TOPIC
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Centre, Organisation
from verbund.offers.models import Language, Term


class NothingToFind(DomainError):
    """A topic without any word or language would list every offer."""


class NobodyTakesPart(DomainError):
    """A page of no centre is not shown."""


@dataclass(frozen=True)
class TopicData:
    """What a topic says, and by what its offers are found."""

    title: str
    description: str
    source: str = ""
    centres: Sequence[Centre] = ()
    terms: Sequence[Term] = ()
    languages: Sequence[Language] = ()

    @property
    def columns(self) -> dict[str, str]:
        return {"title": self.title, "description": self.description, "source": self.source}

    @property
    def said(self) -> dict[str, str]:
        """What the history keeps."""
        lists = {"centres": self.centres, "terms": self.terms, "languages": self.languages}
        return self.columns | {name: ", ".join(sorted(map(str, found))) for name, found in lists.items()}


def _check(data: TopicData) -> None:
    if not data.terms and not data.languages:
        raise NothingToFind(_("Wählen Sie mindestens ein Wort oder eine Sprache."), field="terms")


@transaction.atomic
def start_topic(keeper: Organisation, data: TopicData, *, on: date, actor: Actor) -> Topic:
    """Begin a page as a draft. Raises NothingToFind.

    The own centre takes part at once, others when they say so themselves; a coordination unit knows who does.
    """
    _check(data)
    is_demo = bool(actor.user and actor.user.is_demo)
    topic = Topic.objects.create(keeper=keeper, status_since=on, is_demo=is_demo, **data.columns)
    _save_lists(topic, data, on=on, actor=actor)
    audit.record("start_topic", topic, actor=actor, after=data.said)
    return topic


@transaction.atomic
def edit_topic(topic: Topic, data: TopicData, *, seen: int, on: date, actor: Actor) -> None:
    """Change a page. Centres no longer named leave it. Raises NothingToFind, StaleVersion."""
    _check(data)
    stored = locking(Topic.objects).get(pk=topic.pk)
    claim_version(stored, seen)
    before = said_by(stored)
    for name, value in data.columns.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(data.columns))
    _save_lists(stored, data, on=on, actor=actor)
    audit.record("edit_topic", stored, actor=actor, before=before, after=data.said)


def said_by(topic: Topic) -> dict[str, str]:
    """Return what a stored topic says, as the history keeps it."""
    lists = {"centres": topic.centres.all(), "terms": topic.terms.all(), "languages": topic.languages.all()}
    return TopicData(topic.title, topic.description, topic.source, **lists).said


def _save_lists(topic: Topic, data: TopicData, *, on: date, actor: Actor) -> None:
    topic.terms.set(data.terms)
    topic.languages.set(data.languages)
    named = {centre.pk for centre in data.centres}
    if Centre.objects.filter(pk=topic.keeper_id).exists():
        named.add(topic.keeper_id)
    known = set(topic.participations.values_list("centre", flat=True))
    topic.participations.exclude(centre__in=named).delete()
    knows_all = coordinates(actor)
    TopicCentre.objects.bulk_create(
        TopicCentre(topic=topic, centre_id=pk, joined_on=on if knows_all or pk == topic.keeper_id else None)
        for pk in sorted(named - known)
    )


@transaction.atomic
def join_topic(topic: Topic, centre: Centre, *, on: date, actor: Actor) -> None:
    """Take part as one of the centres that were asked. Raises NotAllowedNow."""
    found = locking(TopicCentre.objects).filter(topic=topic, centre=centre).first()
    if found is None or found.joined_on is not None:
        raise NotAllowedNow(_("Ihr Zentrum nimmt schon teil oder ist nicht gefragt."))
    found.joined_on = on
    found.save(update_fields=["joined_on"])
    audit.record("join_topic", found, actor=actor, after={"joined_on": on})


@transaction.atomic
def leave_topic(topic: Topic, centre: Centre, *, actor: Actor) -> None:
    """Take part no longer. Raises NotAllowedNow, also for the centre that looks after the page."""
    if centre.pk == topic.keeper_id:
        raise NotAllowedNow(_("Ihr Zentrum pflegt diese Seite und nimmt deshalb teil."))
    found = locking(TopicCentre.objects).filter(topic=topic, centre=centre).first()
    if found is None or found.joined_on is None:
        raise NotAllowedNow(_("Ihr Zentrum nimmt nicht teil."))
    audit.record("leave_topic", found, actor=actor, before={"joined_on": found.joined_on}, after={"joined_on": None})
    found.joined_on = None
    found.save(update_fields=["joined_on"])


@transaction.atomic
def publish_topic(topic: Topic, *, on: date, actor: Actor) -> None:
    """Show the public part to everybody. Raises NobodyTakesPart, NotAllowedNow."""
    if not topic.participations.filter(joined_on__isnull=False).exists():
        raise NobodyTakesPart(_("Noch nimmt kein Zentrum teil."))
    TOPIC.apply("publish_topic", topic, actor=actor, changes={"status_since": on})


@transaction.atomic
def withdraw_topic(topic: Topic, *, on: date, actor: Actor) -> None:
    """Raises NotAllowedNow."""
    TOPIC.apply("withdraw_topic", topic, actor=actor, changes={"status_since": on})
