"""What can be done with answers for all: write, release as a version, withdraw."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.demonstration import is_made_up
from verbund.advising.models import AdviceRequest, CommonAnswer, CommonAnswerVersion
from verbund.advising.requests.lifecycle import ANSWER, AnswerStatus
from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Organisation

TEXTS = ("title", "question", "answer")
HEAD = (*TEXTS, "field")


class NothingNew(DomainError):
    """A version that says the same as the last one."""


class NamesTheCentre(DomainError):
    """An answer for all that names the centre which asked."""


@transaction.atomic
def write_answer(
    unit: Organisation,
    *,
    values: dict,
    origin: AdviceRequest | None = None,
    on: date,
    actor: Actor,
) -> CommonAnswer:
    """Begin an answer for all, perhaps from a request; nobody but the unit sees which. Raises NamesTheCentre."""
    _refuse_centre(origin, values)
    answer = CommonAnswer.objects.create(
        unit=unit, origin=origin, status_since=on, is_demo=is_made_up(actor), **{name: values[name] for name in HEAD}
    )
    audit.record("write_answer", answer, actor=actor, after={"title": values["title"]})
    return answer


@transaction.atomic
def edit_answer(answer: CommonAnswer, *, values: dict, seen: int, actor: Actor) -> None:
    """Change what is written now; centres see it with the next release. Raises StaleVersion, NamesTheCentre."""
    _refuse_centre(answer.origin, values)
    claim_version(answer, seen)
    before = {name: getattr(answer, name) for name in TEXTS}
    for name in HEAD:
        setattr(answer, name, values[name])
    answer.save(update_fields=list(HEAD))
    audit.record("edit_answer", answer, actor=actor, before=before, after={name: values[name] for name in TEXTS})


def _refuse_centre(origin: AdviceRequest | None, values: dict) -> None:
    """Refuse texts that name the centre or the place it sits in: others must not learn who asked."""
    if origin is None:
        return
    for name in TEXTS:
        text = values[name].casefold()
        if str(origin.centre).casefold() in text or origin.centre.seat.casefold() in text:
            said = _("Hier steht noch das fragende Zentrum oder sein Ort. Schreiben Sie neutral.")
            raise NamesTheCentre(said, field=name)


@transaction.atomic
def release_answer(answer: CommonAnswer, *, on: date, actor: Actor) -> CommonAnswerVersion:
    """Make what is written the next version, for all centres. Raises NotAllowedNow, NothingNew."""
    locked = locking(CommonAnswer.objects).get(pk=answer.pk)
    newest = locked.versions.first()
    said = [getattr(locked, name) for name in TEXTS]
    is_same = newest is not None and [getattr(newest, name) for name in TEXTS] == said
    if is_same and locked.status == AnswerStatus.RELEASED:
        raise NothingNew(_("Seit der letzten Fassung hat sich nichts geändert."))
    ANSWER.apply("release_answer", answer, actor=actor, changes={"status_since": on, "withdraw_reason": ""})
    if is_same:
        return newest
    return CommonAnswerVersion.objects.create(
        common=answer,
        number=newest.number + 1 if newest else 1,
        released_on=on,
        **dict(zip(TEXTS, said, strict=True)),
        **actor.signs("released"),
    )


@transaction.atomic
def withdraw_answer(answer: CommonAnswer, *, reason: str, on: date, actor: Actor) -> None:
    """Take an answer away from the centres, and say why. Raises NotAllowedNow."""
    changes = {"status_since": on, "withdraw_reason": reason}
    ANSWER.apply("withdraw_answer", answer, actor=actor, changes=changes)
