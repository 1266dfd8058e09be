"""Deadlines as objects: set, moved to a working day, extended for one recipient, fulfilled, lifted.

An app registers its kinds and sets deadlines in its operations, in the transaction of the act:

    deadlines.register_kind("HEARING_ANSWER", _("Anhörung beantworten"), audiences={"RECIPIENT": …}, url=…, title=…)
    deadlines.set_deadline("HEARING_ANSWER", hearing, nominal_on=day, actor=actor)
    deadlines.fulfil("HEARING_ANSWER", hearing, on=on, actor=actor)

Rule for the move: § 31 (3) VwVfG NRW; a calendar date the authority fixed and announced as such stays where it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Model, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import audit, dates
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.models import Deadline

RECIPIENT, AUTHORITY, APPROVER = "RECIPIENT", "AUTHORITY", "APPROVER"
AUDIENCES = {
    RECIPIENT: gettext_lazy("wer die Frist einhalten muss"),
    AUTHORITY: gettext_lazy("zuständige Stelle"),
    APPROVER: gettext_lazy("Vorgesetzte der zuständigen Stelle"),
}
OPEN = Q(fulfilled_on__isnull=True, lifted_on__isnull=True)

for verb, sentence in {
    "set_deadline": gettext_lazy("Frist gesetzt"),
    "move_deadline": gettext_lazy("Frist neu gesetzt"),
    "extend_deadline": gettext_lazy("Frist verlängert"),
    "fulfil_deadline": gettext_lazy("Frist eingehalten oder erledigt"),
    "lift_deadline": gettext_lazy("Frist aufgehoben"),
}.items():
    audit.describe(verb, sentence, Deadline)


class NotOpen(DomainError):
    """The deadline is fulfilled or lifted: nothing runs any more."""


class NotExtendable(DomainError):
    """The law or the budget sets this period; the authority cannot extend it."""


class NotForward(DomainError):
    """An extension ends after the present end, in the future, on a working day."""


class ReasonMissing(DomainError):
    """An extension and a lifting need a reason."""


class ChangedMeanwhile(DomainError):
    """Somebody moved, extended or ended the deadline since the page was opened."""

    status = 409


@dataclass(frozen=True)
class Kind:
    """A kind of deadline: whom it concerns, where its page is, who may see and extend it.

    `audiences` maps RECIPIENT, AUTHORITY and APPROVER to functions of the subject that return users; `url` and `title`
    are functions of the subject. `may_extend` and `may_remind` decide with the actor and the subject. A period that
    `lapses` ends by itself: it is never overdue.
    """

    code: str
    label: str
    audiences: Mapping[str, Callable]
    url: Callable
    title: Callable
    may_extend: Callable[[Actor, Model], bool] = field(default=lambda actor, subject: False)
    may_remind: Callable[[Actor, Model], bool] = field(default=lambda actor, subject: False)
    is_extendable: bool = True
    lapses: bool = False


@dataclass(frozen=True)
class Subjects:
    """The records of one model on which deadlines run: `records()` joins what titles read, `visible_to(actor)` says
    whose deadlines somebody may see.
    """

    model: type[Model]
    records: Callable[[], QuerySet]
    visible_to: Callable[[Actor], QuerySet]


KINDS: dict[str, Kind] = {}
SUBJECTS: dict[str, Subjects] = {}


def register_kind(
    code: str, label: str, *, audiences: Mapping[str, Callable], url: Callable, title: Callable, **more
) -> Kind:
    """Register a kind of deadline under its code; `more` are the other fields of `Kind`."""
    unknown = audiences.keys() - AUDIENCES.keys()
    if unknown:
        raise ValueError(f"{code}: unknown audiences {sorted(unknown)}")
    KINDS[code] = Kind(code, label, audiences, url, title, **more)
    return KINDS[code]


def register_subject(model: type[Model], *, records: Callable, visible_to: Callable) -> None:
    """Register a model on whose records deadlines run; without it nobody sees them in lists."""
    SUBJECTS[model._meta.label] = Subjects(model, records, visible_to)


def label_of(code: str) -> str:
    """Return what a kind is called on the screen; the code itself for one no app registers any more."""
    return str(KINDS[code].label) if code in KINDS else code


@transaction.atomic
def set_deadline(
    kind: str, subject: Model, *, nominal_on: date, is_fixed_date: bool = False, actor: Actor, on: date | None = None
) -> Deadline:
    """Let a period run on a record, or move the one that runs; the same days again change nothing.

    Moved to the next working day unless it is a fixed calendar date. An extension stays while it reaches further.
    `on` is the day of the act (default: today).
    """
    if kind not in KINDS:
        raise ValueError(f"{kind}: no such kind of deadline")
    due_on, because = (nominal_on, []) if is_fixed_date else dates.shift(nominal_on)
    days = {"nominal_on": nominal_on, "due_on": due_on, "because": because, "is_fixed_date": is_fixed_date}
    known_since = on or dates.today()
    audit.hold([_organisation_of(subject)])
    current = _locked(kind, subject) or _created(kind, subject, days, known_since, actor)
    if all(getattr(current, name) == value for name, value in days.items()):
        return current
    return _moved(current, days, known_since, actor)


def _organisation_of(subject: Model) -> int:
    return getattr(subject, "audit_organisation_id", None) or audit.PLATFORM


def _locked(kind: str, subject: Model) -> Deadline | None:
    return locking(_of(kind, subject).filter(OPEN)).first()


def _of(kind: str, subject: Model) -> QuerySet[Deadline]:
    return Deadline.objects.filter(kind=kind, subject_type=subject._meta.label, subject_id=subject.pk)


def _created(kind: str, subject: Model, days: dict, known_since: date, actor: Actor) -> Deadline:
    deadline = Deadline.objects.create(
        kind=kind,
        subject_type=subject._meta.label,
        subject_id=subject.pk,
        organisation_id=_organisation_of(subject),
        ends_on=days["due_on"],
        known_since=known_since,
        **days,
    )
    after = {"kind": label_of(kind), "nominal_on": days["nominal_on"], "due_on": days["due_on"]}
    audit.record("set_deadline", deadline, actor=actor, after=after, note=", ".join(days["because"]))
    return deadline


def _moved(current: Deadline, days: dict, known_since: date, actor: Actor) -> Deadline:
    changes = dict(days)
    if current.extended_until is not None and current.extended_until <= days["due_on"]:
        changes |= {"extended_until": None, "extension_reason": "", "extended_on": None}
        changes |= {"extended_by": None, "extended_for": None}
    extended_until = changes.get("extended_until", current.extended_until)
    changes["ends_on"] = extended_until or days["due_on"]
    if changes["ends_on"] != current.ends_on:
        changes["known_since"] = known_since
    _save(current, changes, verb="move_deadline", actor=actor, note=", ".join(days["because"]))
    return current


def _save(deadline: Deadline, changes: dict, *, verb: str, actor: Actor, note: str = "") -> None:
    before = {name: getattr(deadline, name) for name in changes}
    for name, value in changes.items():
        setattr(deadline, name, value)
    deadline.save(update_fields=list(changes))
    shown = [name for name in changes if name not in {"because", "known_since", "extended_by", "extended_for"}]
    audit.record(
        verb,
        deadline,
        actor=actor,
        before={name: before[name] for name in shown},
        after={name: changes[name] for name in shown},
        note=note,
    )


@transaction.atomic
def extend(deadline: Deadline, *, until: date, reason: str, on: date, actor: Actor) -> None:
    """Give this one recipient more time, to a working day after the present end.

    Raises NotExtendable, ReasonMissing, NotForward, NotOpen, or ChangedMeanwhile when the end is no longer the one
    that `deadline` carries.
    """
    kind = KINDS[deadline.kind]
    if not kind.is_extendable:
        raise NotExtendable(_("Diese Frist steht fest; sie kann für einzelne Empfänger nicht verlängert werden."))
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund der Verlängerung."), field="reason")
    current = locked_open(deadline)
    _refuse_backward(current, until, on)
    changes = {
        "extended_until": until,
        "ends_on": until,
        "extension_reason": reason.strip(),
        "extended_on": on,
        "known_since": on,
        **actor.signs("extended"),
    }
    _save(current, changes, verb="extend_deadline", actor=actor, note=reason.strip())
    for name, value in changes.items():
        setattr(deadline, name, value)


def locked_open(deadline: Deadline) -> Deadline:
    """Return the row, locked; raises NotOpen or ChangedMeanwhile."""
    audit.hold([deadline.organisation_id])
    current = locking(Deadline.objects).get(pk=deadline.pk)
    if not current.is_open:
        raise NotOpen(_("Diese Frist ist erledigt oder aufgehoben."))
    if current.ends_on != deadline.ends_on:
        raise ChangedMeanwhile(
            _("Die Frist wurde inzwischen geändert; sie endet jetzt am %(day)s. Bitte sehen Sie noch einmal nach.")
            % {"day": f"{current.ends_on:%d.%m.%Y}"}
        )
    return current


def _refuse_backward(current: Deadline, until: date, on: date) -> None:
    if until <= current.ends_on:
        raise NotForward(
            _("Die Frist endet schon am %(day)s; verlängern geht nur auf einen späteren Tag.")
            % {"day": f"{current.ends_on:%d.%m.%Y}"},
            field="until",
        )
    if until <= on:
        raise NotForward(_("Der neue Tag muss nach heute liegen."), field="until")
    working_day, because = dates.shift(until)
    if because:
        raise NotForward(
            _("An diesem Tag wird nicht gearbeitet (%(why)s). Der nächste Werktag ist der %(day)s.")
            % {"why": ", ".join(because), "day": f"{working_day:%d.%m.%Y}"},
            field="until",
        )


@transaction.atomic
def fulfil(kind: str, subject: Model, *, on: date, actor: Actor) -> Deadline | None:
    """Say that what was due is done; reminders stop. Returns the deadline, or None where none was open."""
    return _ended(kind, subject, {"fulfilled_on": on}, verb="fulfil_deadline", actor=actor)


@transaction.atomic
def lift(kind: str, subject: Model, *, reason: str, on: date, actor: Actor) -> Deadline | None:
    """End a period that no longer matters, with the reason. Returns the deadline, or None where none was open."""
    if not reason.strip():
        raise ReasonMissing(_("Nennen Sie den Grund, aus dem die Frist entfällt."), field="reason")
    changes = {"lifted_on": on, "lift_reason": reason.strip()}
    return _ended(kind, subject, changes, verb="lift_deadline", actor=actor, note=reason.strip())


def _ended(kind: str, subject: Model, changes: dict, *, verb: str, actor: Actor, note: str = "") -> Deadline | None:
    audit.hold([_organisation_of(subject)])
    current = _locked(kind, subject)
    if current is not None:
        _save(current, changes, verb=verb, actor=actor, note=note)
    return current


def deadlines_of(subject: Model) -> QuerySet[Deadline]:
    """Return all deadlines of a record, open and ended, the newest end first."""
    return Deadline.objects.filter(subject_type=subject._meta.label, subject_id=subject.pk).order_by("-ends_on", "-pk")


def open_deadlines(kinds: Iterable[str] | None = None) -> QuerySet[Deadline]:
    """Return what is neither fulfilled nor lifted, the earliest end first; of some kinds or of all."""
    found = Deadline.objects.filter(OPEN)
    return found if kinds is None else found.filter(kind__in=list(kinds))


def due_of(kind: str, subject: Model) -> date | None:
    """Return the day that counts for the open deadline of a kind on a record (the extended one, if it was)."""
    return _of(kind, subject).filter(OPEN).values_list("ends_on", flat=True).first()


def due_day(kind: str, model: type[Model], *, path: str = "pk") -> Subquery:
    """Return `due_of` as an expression for lists: the record is found by `path` from the row that is annotated."""
    return Subquery(_running(kind, model, path).values("ends_on")[:1])


def due_number(kind: str, model: type[Model], *, path: str = "pk") -> Subquery:
    """Return the id of the open deadline as an expression for lists, for the way to its page."""
    return Subquery(_running(kind, model, path).values("pk")[:1])


def _running(kind: str, model: type[Model], path: str) -> QuerySet[Deadline]:
    found = Deadline.objects.filter(OPEN, kind=kind, subject_type=model._meta.label, subject_id=OuterRef(path))
    return found.order_by()


def forget(records: QuerySet) -> None:
    """Delete the deadlines of records that are about to be deleted (those of a demonstration); the trail stays."""
    of_model = Deadline.objects.filter(subject_type=records.model._meta.label)
    of_model.filter(subject_id__in=list(records.order_by().values_list("pk", flat=True))).delete()


def visible_to(actor: Actor) -> QuerySet[Deadline]:
    """Return the deadlines on records this person may see; those of models nobody registered are nobody's."""
    seen = Q(pk__in=[])
    for label, subjects in SUBJECTS.items():
        seen |= Q(subject_type=label, subject_id__in=subjects.visible_to(actor).order_by().values("pk"))
    return Deadline.objects.filter(seen)


def subjects_of(found: Iterable[Deadline]) -> dict[int, Model]:
    """Return the record each deadline runs on, by the deadline's id: one statement per model; without lost ones."""
    found = list(found)
    ids: dict[str, set[int]] = {}
    for deadline in found:
        ids.setdefault(deadline.subject_type, set()).add(deadline.subject_id)
    records = {
        label: SUBJECTS[label].records().in_bulk(of_model) for label, of_model in ids.items() if label in SUBJECTS
    }
    by_deadline = {one.pk: records.get(one.subject_type, {}).get(one.subject_id) for one in found}
    return {pk: record for pk, record in by_deadline.items() if record is not None}


def may_extend(actor: Actor, deadline: Deadline) -> bool:
    """Whether somebody may extend this deadline for its recipient."""
    kind, subject = KINDS.get(deadline.kind), subjects_of([deadline]).get(deadline.pk)
    return kind is not None and kind.is_extendable and subject is not None and kind.may_extend(actor, subject)


def may_remind(actor: Actor, deadline: Deadline) -> bool:
    """Whether somebody may recall this deadline by hand."""
    kind, subject = KINDS.get(deadline.kind), subjects_of([deadline]).get(deadline.pk)
    return kind is not None and not kind.lapses and subject is not None and kind.may_remind(actor, subject)
