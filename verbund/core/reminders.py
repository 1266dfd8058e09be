"""Few reminders: once a day everything that is due for a person in one mail; never twice; nothing for what is done.

Rules say how many days before (negative) or after the end whom to remind. Of the rules a deadline has passed only the
latest counts, and only those whose day came after the end became known: neither a fresh deadline nor a platform that
stood still for a week makes ten mails. Who is absent is not written to: their deputy is, with a mark, and where there
is none the reminder waits for their return.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from verbund.core import audit, deadlines
from verbund.core.acting import Actor
from verbund.core.deadlines import APPROVER, AUDIENCES, KINDS, RECIPIENT
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.models import Deadline, SentReminder
from verbund.core.notifications import address_of, tell
from verbund.core.worklist import LATER, OVERDUE, THIS_WEEK, stretch_of

PAGE = "/fristen/"
audit.describe("remind", gettext_lazy("von Hand erinnert"), Deadline)


class NotOverdue(DomainError):
    """Only what is overdue is recalled by hand; before that the rules do it."""


class RemindedToday(DomainError):
    """One reminder by hand a day is enough."""


class NobodyToRemind(DomainError):
    """Nobody holds the function any more, or everybody is absent without a deputy."""


@dataclass(frozen=True)
class StandIn:
    """Who stands in for an absent person, and in which organisations (the one of the function and its parent)."""

    user: object
    organisation_ids: frozenset


@dataclass(frozen=True)
class Item:
    """A deadline to be recalled to `told`, as the business of `person` (who may be absent)."""

    deadline: Deadline
    subject: object
    days: int | None
    audience: str
    person: object
    told: object

    @property
    def is_deputised(self) -> bool:
        return self.person.pk != self.told.pk

    def as_row(self, on: date) -> SentReminder:
        return SentReminder(
            deadline=self.deadline,
            ends_on=self.deadline.ends_on,
            days=self.days,
            audience=self.audience,
            person=self.person,
            told=self.told,
            sent_on=on,
        )


_ask_for_stand_ins: list[Callable] = []


def ask_for_stand_ins(question: Callable) -> None:
    """Register who knows about absences: `question(user_ids, on)` returns {id of an absent person: [StandIn, …]}."""
    _ask_for_stand_ins[:] = [question]


def send_due(*, on: date, rules: Iterable) -> int:
    """Send everybody what the rules recall to them on a day, one mail each; returns how many mails.

    A rule has `kind`, `days`, `audience` and `escalates`. Each person is a transaction of their own: after a crash the
    next run sends to those who have nothing yet. A second run on the same day sends nothing more to the same person.
    """
    by_person: dict = {}
    for item in _told(_due(on, rules), on):
        by_person.setdefault(item.told.pk, []).append(item)
    return sum(_send(items, on) for _pk, items in sorted(by_person.items()))


@dataclass(frozen=True)
class Planned:
    """A day on which the rules recall a deadline, and to whom (an audience's code and name)."""

    day: date
    audience: str

    @property
    def told(self) -> str:
        return str(AUDIENCES[self.audience])


def planned(deadline: Deadline, rules: Iterable, *, among: Iterable[str] = tuple(AUDIENCES)) -> list[Planned]:
    """Return when whom the rules recall a running deadline to, in the order of days; nothing once it has ended.

    `rules` as for `send_due`; `among` are the audiences asked for.
    """
    if not deadline.is_open or deadline.kind not in KINDS:
        return []
    found = set()
    for rule in rules:
        day = deadline.ends_on + timedelta(days=rule.days)
        is_over = KINDS[deadline.kind].lapses and rule.days > 0
        if rule.kind == deadline.kind and deadline.known_since < day and not is_over:
            found |= {
                Planned(day, told) for told in ((rule.audience, APPROVER) if rule.escalates else (rule.audience,))
            }
    order = list(AUDIENCES)
    return sorted(
        (one for one in found if one.audience in set(among)), key=lambda one: (one.day, order.index(one.audience))
    )


def _due(on: date, rules: Iterable) -> list[Item]:
    """Return what is to be recalled to whom, absent or not, without what was recalled already."""
    by_kind: dict[str, list] = {}
    for rule in rules:
        if rule.kind in KINDS:
            by_kind.setdefault(rule.kind, []).append(rule)
    earliest = min((rule.days for of_kind in by_kind.values() for rule in of_kind), default=0)
    running = deadlines.open_deadlines(by_kind).filter(ends_on__lte=on - timedelta(days=earliest))
    fired = {one.pk: (one, audiences) for one in running if (audiences := _audiences_on(one, by_kind[one.kind], on))}
    subjects = deadlines.subjects_of(one for one, _audiences in fired.values())
    known = set(
        SentReminder.objects.filter(deadline__in=fired, days__isnull=False).values_list(
            "deadline_id", "ends_on", "days", "person_id"
        )
    )
    items = [
        Item(one, subjects[pk], days, audience, person, person)
        for pk, (one, audiences) in fired.items()
        if pk in subjects
        for audience, days in audiences.items()
        for person in _audience(one, subjects[pk], audience)
        if (pk, one.ends_on, days, person.pk) not in known
    ]
    return list({(item.deadline.pk, item.person.pk): item for item in reversed(items)}.values())[::-1]


def _audiences_on(deadline: Deadline, rules: list, on: date) -> dict[str, int]:
    """Return for each audience the latest rule's days that have come for a deadline, after its end became known."""
    if KINDS[deadline.kind].lapses and deadline.ends_on < on:
        return {}
    found: dict[str, int] = {}
    for rule in sorted(rules, key=lambda rule: rule.days):
        if deadline.known_since < deadline.ends_on + timedelta(days=rule.days) <= on:
            found[rule.audience] = rule.days
            if rule.escalates:
                found[APPROVER] = rule.days
    return found


def _audience(deadline: Deadline, subject, audience: str) -> list:
    find = KINDS[deadline.kind].audiences.get(audience)
    return [person for person in find(subject) if person.is_active] if find else []


def _told(items: list[Item], on: date) -> list[Item]:
    """Replace absent people by those who stand in for them; without anybody the item waits."""
    absent = _absent({item.person.pk for item in items}, on)
    found = []
    for item in items:
        if item.person.pk not in absent:
            found.append(item)
        else:
            found += [
                Item(item.deadline, item.subject, item.days, item.audience, item.person, one.user)
                for one in absent[item.person.pk]
                if _is_for(one, item)
            ]
    return found


def _absent(user_ids: set[int], on: date) -> dict[int, list[StandIn]]:
    return _ask_for_stand_ins[0](user_ids, on) if _ask_for_stand_ins and user_ids else {}


def _is_for(stand_in: StandIn, item: Item) -> bool:
    """Whether a deputy stands in where the deadline belongs: for its recipient in that house, else not in it."""
    is_in_house = item.deadline.organisation_id in stand_in.organisation_ids
    return is_in_house if item.audience == RECIPIENT and item.deadline.organisation_id else not is_in_house


def _send(items: list[Item], on: date) -> bool:
    """Write one mail and one message to a person, or nothing where today's is written already."""
    told = items[0].told
    try:
        with transaction.atomic():
            locking(get_user_model()._default_manager).get(pk=told.pk)
            if SentReminder.objects.filter(told=told, sent_on=on, days__isnull=False).exists():
                return False
            SentReminder.objects.bulk_create([item.as_row(on) for item in items])
            lines = "\n\n".join(_line(item, on) for item in _once_each(items))
            tell(told, _headline(items, on), PAGE, key=f"deadlines:{on}", details=lines)
    except IntegrityError:  # another run was faster with one of them; what is left comes with the next run
        return False
    return True


def _once_each(items: list[Item]) -> list[Item]:
    """Return each deadline once, the earliest end first; what is one's own business goes before a deputyship."""
    by_deadline = {item.deadline.pk: item for item in sorted(items, key=lambda item: not item.is_deputised)}
    return sorted(by_deadline.values(), key=lambda item: (item.deadline.ends_on, item.deadline.pk))


def _headline(items: list[Item], on: date) -> str:
    counts = {OVERDUE: 0, THIS_WEEK: 0, LATER: 0}
    for item in _once_each(items):
        counts[stretch_of(item.deadline.ends_on, on)] += 1
    parts = [
        words % {"count": counts[stretch]}
        for stretch, words in (
            (OVERDUE, _("%(count)s überfällig")),
            (THIS_WEEK, _("%(count)s diese Woche")),
            (LATER, _("%(count)s später")),
        )
        if counts[stretch]
    ]
    return _("Ihre Fristen: %(parts)s") % {"parts": ", ".join(parts)}


def _line(item: Item, on: date) -> str:
    kind = KINDS[item.deadline.kind]
    line = f"{_when(item.deadline, on)}: {kind.label}\n{kind.title(item.subject)}"
    if item.is_deputised:
        line += "\n" + _("in Vertretung für %(person)s") % {"person": item.person}
    if item.audience == APPROVER:
        line += "\n" + _("an Sie als Vorgesetzte der zuständigen Stelle")
    return f"{line}\n{address_of(kind.url(item.subject))}"


def _when(deadline: Deadline, on: date) -> str:
    day = f"{deadline.ends_on:%d.%m.%Y}"
    late = (on - deadline.ends_on).days
    if late > 0:
        words = ngettext("überfällig seit %(day)s (%(count)s Tag)", "überfällig seit %(day)s (%(count)s Tage)", late)
        return words % {"day": day, "count": late}
    return _("bis %(day)s") % {"day": day} if late else _("heute, %(day)s") % {"day": day}


@transaction.atomic
def remind(deadline: Deadline, *, on: date, actor: Actor) -> int:
    """Remind the recipients of an overdue deadline now, by hand; returns how many people heard it.

    Raises NotOpen, ChangedMeanwhile, NotOverdue, RemindedToday or NobodyToRemind.
    """
    current = deadlines.locked_open(deadline)
    kind = KINDS[current.kind]
    if kind.lapses or not current.is_overdue(on):
        raise NotOverdue(_("Diese Frist ist nicht überfällig. Vorher erinnert die Plattform von selbst."))
    if current.reminders.filter(sent_on=on, days__isnull=True).exists():
        raise RemindedToday(_("An diese Frist wurde heute schon von Hand erinnert."))
    subject = deadlines.subjects_of([current])[current.pk]
    items = [Item(current, subject, None, RECIPIENT, one, one) for one in _audience(current, subject, RECIPIENT)]
    items = list({item.told.pk: item for item in _told(items, on)}.values())
    if not items:
        raise NobodyToRemind(
            _("Es gibt niemanden zu erinnern: Die Funktion ist nicht besetzt oder alle sind abwesend.")
        )
    SentReminder.objects.bulk_create([item.as_row(on) for item in items])
    for item in items:
        text = _("Erinnerung: %(what)s, fällig seit %(day)s.") % {
            "what": f"{kind.label}, {kind.title(subject)}",
            "day": f"{current.ends_on:%d.%m.%Y}",
        }
        details = _("in Vertretung für %(person)s") % {"person": item.person} if item.is_deputised else ""
        tell(item.told, text, kind.url(subject), key=f"remind:{current.pk}:{on}", details=details)
    audit.record("remind", current, actor=actor, after={"told": len(items)})
    return len(items)
