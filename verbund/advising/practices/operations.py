"""What can be done with practices: describe, submit, ask back, answer, return, release, take up."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.models import Practice, PracticeMaterial, PracticeQuestion, PracticeUse, Venture
from verbund.advising.practices import notifications, queries
from verbund.advising.practices.lifecycle import PRACTICE, WRITTEN, PracticeStatus
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Centre, Municipality
from verbund.offers.models import Term


class AlreadyDescribed(DomainError):
    """The venture has been described as a practice."""


class ReasonMissing(DomainError):
    """Whoever asks, answers or returns says what about."""


class OwnPractice(DomainError):
    """A centre does not take up what it described itself."""


@dataclass(frozen=True)
class PracticeData:
    """The short form."""

    title: str
    problem: str
    target_group: str
    done: str
    partners: str
    effort_days: Decimal
    amount_effort: Decimal
    effect: str
    conditions: str
    failures: str
    contact_function: str
    field: Term | None = None
    stage: Term | None = None
    municipality: Municipality | None = None
    audiences: tuple[Term, ...] = ()

    @property
    def columns(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "audiences"}


def _locked(practice: Practice) -> Practice:
    return locking(Practice.objects).get(pk=practice.pk)


@transaction.atomic
def write_practice(
    centre: Centre, data: PracticeData, *, venture: Venture | None = None, on: date, actor: Actor
) -> Practice:
    """Describe a practice as a draft, from a venture or on its own. Raises AlreadyDescribed."""
    if venture is not None and Practice.objects.filter(venture=venture).exists():
        raise AlreadyDescribed(_("Dieses Vorhaben ist schon als gute Praxis beschrieben."))
    is_demo = bool(actor.user and actor.user.is_demo)
    practice = Practice.objects.create(centre=centre, venture=venture, status_since=on, is_demo=is_demo, **data.columns)
    practice.audiences.set(data.audiences)
    audit.record("write_practice", practice, actor=actor, after=data.columns)
    return practice


def _written(practice: Practice) -> Practice:
    stored = _locked(practice)
    if stored.status not in WRITTEN:
        raise NotAllowedNow(_("Die Beschreibung liegt bei der Koordinierungsstelle oder ist freigegeben."))
    return stored


@transaction.atomic
def edit_practice(practice: Practice, data: PracticeData, *, seen: int, actor: Actor) -> None:
    """Change the description. Raises NotAllowedNow once it is submitted, StaleVersion."""
    stored = _written(practice)
    claim_version(stored, seen)
    before = {name: getattr(stored, name) for name in data.columns}
    for name, value in data.columns.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(data.columns))
    stored.audiences.set(data.audiences)
    audit.record("edit_practice", stored, actor=actor, before=before, after=data.columns)


@transaction.atomic
def add_material(practice: Practice, *, name: str, address: str, licence: str, actor: Actor) -> PracticeMaterial:
    """Name something to use, with its licence. Raises NotAllowedNow."""
    stored = _written(practice)
    after = {"name": name, "address": address, "licence": licence}
    material = PracticeMaterial.objects.create(practice=stored, **after)
    audit.record("add_material", material, actor=actor, after=after)
    return material


@transaction.atomic
def remove_material(material: PracticeMaterial, *, actor: Actor) -> None:
    """Raises NotAllowedNow once it is submitted."""
    stored = _written(material.practice)
    audit.record("remove_material", stored, actor=actor, note=material.name)
    material.delete()


@transaction.atomic
def submit_practice(practice: Practice, *, on: date, actor: Actor) -> None:
    """Give it to the coordination unit. Raises NotAllowedNow."""
    PRACTICE.apply("submit_practice", practice, actor=actor, changes={"status_since": on, "return_reason": ""})
    notifications.tell_units_about_submission(practice, on=on)


@transaction.atomic
def ask_back(practice: Practice, *, text: str, on: date, actor: Actor) -> PracticeQuestion:
    """Ask the centre before releasing. Raises ReasonMissing, NotAllowedNow."""
    if not text.strip():
        raise ReasonMissing(_("Bitte schreiben Sie, was Sie wissen möchten."), field="text")
    PRACTICE.apply("ask_back", practice, actor=actor, changes={"status_since": on}, note=text[:200])
    question = PracticeQuestion.objects.create(practice=practice, text=text, asked_on=on)
    notifications.tell_centre_about_question(question)
    return question


@transaction.atomic
def answer_question(practice: Practice, *, answer: str, on: date, actor: Actor) -> None:
    """Answer what the unit asked. Raises ReasonMissing, NotAllowedNow."""
    if not answer.strip():
        raise ReasonMissing(_("Bitte schreiben Sie eine Antwort."), field="answer")
    PRACTICE.apply("answer_question", practice, actor=actor, changes={"status_since": on}, note=answer[:200])
    question = queries.open_question(practice)
    question.answer, question.answered_on = answer, on
    question.save(update_fields=["answer", "answered_on"])
    notifications.tell_units_about_submission(practice, on=on)


@transaction.atomic
def return_practice(practice: Practice, *, return_reason: str, on: date, actor: Actor) -> None:
    """Give it back to be revised. Raises ReasonMissing, NotAllowedNow."""
    if not return_reason.strip():
        raise ReasonMissing(_("Bitte schreiben Sie, was zu überarbeiten ist."), field="return_reason")
    changes = {"status_since": on, "return_reason": return_reason}
    PRACTICE.apply("return_practice", practice, actor=actor, changes=changes)
    practice.questions.filter(answered_on=None).update(answered_on=on)
    notifications.tell_centre_about_return(practice, on=on)


@transaction.atomic
def release_practice(practice: Practice, *, on: date, actor: Actor) -> None:
    """Let all centres and units read it. Raises NotAllowedNow."""
    PRACTICE.apply("release_practice", practice, actor=actor, changes={"status_since": on, "released_on": on})
    notifications.tell_centre_about_release(practice)


@transaction.atomic
def take_up(practice: Practice, centre: Centre, *, uptake: str, changes: str, on: date, actor: Actor) -> PracticeUse:
    """Say how far the own centre has come with it, and what it does otherwise. Raises OwnPractice, NotAllowedNow."""
    stored = _locked(practice)
    if stored.status != PracticeStatus.RELEASED:
        raise NotAllowedNow(_("Übernehmen lässt sich nur, was freigegeben ist."))
    if stored.centre_id == centre.pk:
        raise OwnPractice(_("Das ist die eigene Praxis Ihres Zentrums."))
    earlier = queries.use_of(stored, centre.pk)
    before = {"uptake": earlier.uptake, "changes": earlier.changes} if earlier else {}
    use, _is_new = PracticeUse.objects.update_or_create(
        practice=stored, centre=centre, defaults={"uptake": uptake, "changes": changes, "since": on}
    )
    audit.record("take_up", use, actor=actor, before=before, after={"uptake": uptake, "changes": changes})
    return use
