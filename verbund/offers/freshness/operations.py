"""What can be done to keep entries true: partners answer by link, readers report, the centre settles both."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit, privacy
from verbund.core.acting import ANONYMOUS, Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.offers import operations as offers
from verbund.offers import versions
from verbund.offers.bulk_operations import withdraw_check
from verbund.offers.freshness import queries
from verbund.offers.freshness.asking import advance_all, ask_all_due, ask_partner
from verbund.offers.freshness.lifecycle import REQUEST, RequestStatus
from verbund.offers.models import ConfirmationEntry, ConfirmationLink, ConfirmationRequest, Offer, ReaderReport

__all__ = [
    "advance_all",
    "answer_for_entries",
    "ask_all_due",
    "ask_partner",
    "forget_questions",
    "link_actor",
    "report_offer",
    "settle_answer",
    "settle_report",
]

Answer, Outcome = ConfirmationEntry.Answer, ConfirmationEntry.Outcome
LONGEST_NOTES = 2000
OPEN_TO_ANSWERS = frozenset(
    {RequestStatus.OPEN, RequestStatus.REMINDED, RequestStatus.HANDED_OVER, RequestStatus.ANSWERED}
)
OUTCOMES = {
    Answer.CHANGED: {Outcome.TAKEN_OVER, Outcome.NOT_TAKEN},
    Answer.GONE: {Outcome.ENDED, Outcome.GOES_ON},
    "": {Outcome.CONFIRMED},
}
"""What the centre can make of an answer; of none, that it asked by telephone."""

CHECKED_BY_CENTRE = {Outcome.TAKEN_OVER, Outcome.GOES_ON, Outcome.CONFIRMED}


class LinkOver(DomainError):
    """A link that has ended, or to a question that a newer one replaced."""


class ForeignEntry(DomainError):
    """An entry that this question does not ask about."""


class NothingSaid(DomainError):
    """A change without a word about what changed."""


class AlreadySettled(DomainError):
    """What came in is settled once."""


def link_actor(question: ConfirmationRequest) -> Actor:
    """Return who acts by a link: the partner as a house, for whoever opens its mail. No function, no rights."""
    label = _("Anbieter über Link: %(partner)s") % {"partner": question.partner}
    return Actor(user=None, label=label, organisation_id=question.partner_id)


@transaction.atomic
def answer_for_entries(link: ConfirmationLink, answers: Mapping[int, tuple[str, str]], *, on: date) -> int:
    """Take a partner's answers (entry id → answer, what changed) and return how many are new.

    All or nothing. The same answer again changes nothing; another one replaces the former. Entries that are no longer
    public stay as they are. Raises LinkOver, ForeignEntry, NothingSaid.
    """
    question = locking(ConfirmationRequest.objects).get(pk=link.request_id)
    check_link(link, question, on=on)
    entries = {entry.pk: entry for entry in question.entries.select_related("offer__partner", "request")}
    if foreign := answers.keys() - entries.keys():
        raise ForeignEntry(_("Diese Seite fragt nicht nach allen gesendeten Einträgen (%s).") % len(foreign))
    actor, new = link_actor(question), 0
    for pk in sorted(answers):
        answer, note = answers[pk]
        new += _answer(entries[pk], Answer(answer), note.strip()[:1000], on=on, actor=actor)
    if question.status != RequestStatus.ANSWERED:
        _complete(question, on=on, actor=actor)
    return new


def check_link(link: ConfirmationLink, question: ConfirmationRequest, *, on: date) -> None:
    """Raise LinkOver unless the link still takes answers."""
    if question.status not in OPEN_TO_ANSWERS:
        raise LinkOver(_("Zu diesem Link gibt es eine neuere Nachricht. Bitte nehmen Sie den Link aus dieser."))
    if link.valid_until < on:
        raise LinkOver(_("Dieser Link galt bis %s.") % f"{link.valid_until:%d.%m.%Y}")


def _answer(entry: ConfirmationEntry, answer: str, note: str, *, on: date, actor) -> bool:
    note = note if answer == Answer.CHANGED else ""
    if answer == Answer.CHANGED and not note:
        raise NothingSaid(_("Schreiben Sie kurz, was sich geändert hat."), field=f"note-{entry.pk}")
    if not entry.offer.is_public or (entry.answer, entry.note) == (answer, note):
        return False
    before = {"answer": entry.answer, "note": entry.note}
    was_correct, answered_on = entry.answer == Answer.CORRECT, entry.answered_on
    entry.answer, entry.note, entry.answered_on = answer, note, on
    entry.settled_on, entry.outcome = None, ""
    entry.save(update_fields=["answer", "note", "answered_on", "settled_on", "outcome"])
    audit.record("answer_for_offer", entry, actor=actor, before=before, after={"answer": answer, "note": note})
    if answer == Answer.CORRECT:
        offers.check_offer(entry.offer, on=on, how=Offer.Checked.PARTNER, actor=actor)
    elif was_correct and (entry.offer.checked_on, entry.offer.checked_how) == (answered_on, Offer.Checked.PARTNER):
        day, how = entry.checked_on_before, entry.checked_how_before
        withdraw_check(entry.offer, checked_on=day, how=how, actor=actor)
    versions.note_change_of([entry.offer_id])
    return True


def _complete(question: ConfirmationRequest, *, on: date, actor) -> None:
    """Close a question when nothing waits any more."""
    is_open = "complete_question" in REQUEST.open_for(question.status)
    if is_open and not queries.waiting_entries(on=on).filter(request=question).exists():
        REQUEST.apply("complete_question", question, actor=actor)


@transaction.atomic
def settle_answer(entry: ConfirmationEntry, outcome: str, *, note: str = "", on: date, actor) -> None:
    """Record what the centre made of an answer: worked in, ended, still there, confirmed by telephone.

    Raises AlreadySettled, also when the partner has meanwhile answered something else.
    """
    question = locking(ConfirmationRequest.objects).get(pk=entry.request_id)
    entry = ConfirmationEntry.objects.select_related("offer__partner", "request").get(pk=entry.pk)
    if entry.settled_on or outcome not in OUTCOMES.get(entry.answer, ()):
        raise AlreadySettled(_("Das ist schon erledigt, oder der Anbieter hat inzwischen anders geantwortet."))
    entry.settled_on, entry.outcome = on, outcome
    entry.save(update_fields=["settled_on", "outcome"])
    audit.record("settle_answer", entry, actor=actor, before={"outcome": ""}, after={"outcome": outcome}, note=note)
    if outcome == Outcome.ENDED:
        offers.end_offer(entry.offer, reason=_("laut Anbieter beendet"), on=on, actor=actor)
    elif outcome in CHECKED_BY_CENTRE and entry.offer.is_public:
        said = note or Outcome(outcome).label
        offers.check_offer(entry.offer, on=on, how=Offer.Checked.CENTRE, actor=actor, note=str(said))
    _complete(question, on=on, actor=actor)
    versions.note_change_of([entry.offer_id])


@transaction.atomic
def report_offer(offer: Offer, *, reason: str, note: str, on: date) -> ReaderReport:
    """Take what a reader says is wrong. The same reason on the same day counts up and adds its words, up to a bound."""
    note = note.strip()
    report, is_new = ReaderReport.objects.get_or_create(
        offer=offer, reason=reason, reported_on=on, settled_on=None, defaults={"note": note}
    )
    if is_new:
        audit.record("report_offer", report, actor=ANONYMOUS, after={"reason": reason})
        return report
    report = locking(ReaderReport.objects).get(pk=report.pk)
    report.count += 1
    if note and note not in report.note and len(report.note) + len(note) < LONGEST_NOTES:
        report.note = "\n".join(filter(None, [report.note, note]))
    report.save(update_fields=["count", "note"])
    return report


@transaction.atomic
def settle_report(report: ReaderReport, outcome: str, *, on: date, actor) -> None:
    """Record what came of a report; unless it was of no use, the entry counts as checked. Raises AlreadySettled."""
    report = locking(ReaderReport.objects).select_related("offer__partner").get(pk=report.pk)
    if report.settled_on:
        raise AlreadySettled(_("Dieser Hinweis ist schon erledigt."))
    report.settled_on, report.outcome = on, outcome
    report.save(update_fields=["settled_on", "outcome"])
    audit.record("settle_report", report, actor=actor, before={"outcome": ""}, after={"outcome": outcome})
    if outcome != ReaderReport.Outcome.NOT_USABLE and report.offer.is_public:
        said = _("nach einem Hinweis: %s") % ReaderReport.Outcome(outcome).label
        offers.check_offer(report.offer, on=on, how=Offer.Checked.CENTRE, actor=actor, note=said)


@transaction.atomic
def forget_questions(*, before: date) -> None:
    """Delete questions asked before a day with their answers; what the trail keeps of free words becomes unreadable."""
    old = ConfirmationRequest.objects.filter(asked_on__lt=before)
    declaration = privacy.declaration_of(ConfirmationEntry)
    for entry in ConfirmationEntry.objects.filter(request__in=old).exclude(answer=""):
        audit.destroy_key(privacy.subject_of(entry, declaration))
    old.delete()
