"""What the page of a claim says: account, working, next step, what can be done; and the list of claims."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core.acting import Actor, persons_of
from verbund.core.money import format_euro
from verbund.funding import parties, permissions, queries, reclaim_account, reclaim_reading, remedy_page
from verbund.funding.lifecycle import (
    OPEN_RECLAIMS,
    PAYABLE_RECLAIMS,
    PROOF_DECIDED,
    NoticeStatus,
    ReclaimStatus,
    RefundStatus,
    ReliefStatus,
)
from verbund.funding.models import Reclaim, ReclaimEntry, ReclaimNotice, Refund
from verbund.funding.next_step import NextStep
from verbund.funding.reclaim_account import Standing

S = ReclaimStatus
PAGE_SIZE = 50


def about(reclaim: Reclaim, actor: Actor, *, on: date) -> dict:
    """Return the context of the page of a claim."""
    hidden = reclaim_reading.is_undecided_for(actor, reclaim.status)
    standing, missing = reclaim_account.standing_or_reason(reclaim, on=on, as_told=hidden)
    entries = list(reclaim.entries.select_related("receipt", "reversal"))
    refund = reclaim.refunds.filter(status=RefundStatus.PROPOSED).first()
    workings = {} if hidden else reclaim_account.workings_of_interest(reclaim, entries)
    officer, approver = permissions.can_work_on_reclaim(actor, reclaim), permissions.can_sign_reclaim(actor, reclaim)
    payable = reclaim.status in PAYABLE_RECLAIMS
    notice = getattr(reclaim, "issued_notice", None)
    return {
        "reclaim": reclaim,
        "application": reclaim.application,
        "shown": reclaim_reading.shown(actor, reclaim.status, reclaim.status_since),
        "is_undecided": hidden,
        "hearing": queries.hearings_visible_to(actor).filter(pk=reclaim.hearing_id).first(),
        "standing": standing,
        "working_lines": _steps(standing.account.lines if standing else ()),
        "missing_rate": missing,
        "booked": reclaim_account.booked(reclaim),
        "entries": [{**_entry_row(entry, actor), "working": _steps(workings.get(entry.pk, ()))} for entry in entries],
        "claimed_by": _claimed_by(reclaim, actor),
        **(_of_notice(notice, actor, on) if notice else {}),
        "reliefs": queries.reliefs_visible_to(actor).filter(reclaim=reclaim),
        "open_relief": _open_relief(reclaim, actor),
        "reminders": queries.reclaim_reminders_visible_to(actor).filter(reclaim=reclaim),
        "offsets": queries.offsets_visible_to(actor).filter(reclaim=reclaim),
        "step": _step_of_too_much(reclaim, actor, standing, refund) or next_step(reclaim, actor, on=on),
        "can_act": officer and payable,
        "can_reject": approver and reclaim.status == S.PROPOSED,
        "can_drop": permissions.can_drop_reclaim(actor, reclaim)
        and reclaim.status in {S.ANNOUNCED, S.SUSPECTED, S.HEARING},
        "can_hear": officer and reclaim.status == S.SUSPECTED,
        "can_propose": officer and reclaim.status == S.SUSPECTED,
        "can_end": officer and reclaim.status in {S.SUSPECTED, S.HEARING} and bool(standing) and not standing.open,
        "can_refund": permissions.can_propose_refund(actor, reclaim)
        and bool(standing)
        and standing.too_much > 0
        and refund is None,
        "open_refund": _open_refund(refund, actor),
    }


def _steps(lines) -> list[dict]:
    """Return lines of interest as the piece "wie?" shows them."""
    return [
        {"label": line.label, "value": line.amount, "note": f"{line.formula}; {line.source}".rstrip("; ")}
        for line in lines
    ]


def _claimed_by(reclaim: Reclaim, actor: Actor) -> str:
    """Return the address of what says why so much is claimed: the proof, the version of the notice, the payment."""
    if reclaim.occasion == Reclaim.Occasion.PROOF:
        decided = queries.proofs_visible_to(actor).filter(kind="FINAL", status__in=PROOF_DECIDED)
        proof = decided.filter(application=reclaim.application_id).first()
        if proof:
            return f"{proof.get_absolute_url()}#ergebnis"
    if reclaim.disbursement_id:
        return reverse("funding:use-of-funds", args=[reclaim.disbursement_id])
    return f"{reclaim.notice.get_absolute_url()}#fassungen" if reclaim.notice_id else ""


def _of_notice(notice: ReclaimNotice, actor: Actor, on: date) -> dict:
    """Return where the notice stands on its way to being final, and what can be recorded about it."""
    is_notified = notice.status == NoticeStatus.NOTIFIED and notice.notified_on <= on
    return {
        "issued_notice": notice,
        "notice_tone": remedy_page.TONES[notice.status],
        "notice_since": remedy_page.since(notice, on),
        "can_waive_remedy": is_notified and permissions.can_waive_remedy(actor, notice),
        **remedy_page.about(notice, actor, on=on),
    }


def _entry_row(entry: ReclaimEntry, actor: Actor) -> dict:
    is_reversed = hasattr(entry, "reversal")
    is_payment = entry.kind == ReclaimEntry.Kind.PAYMENT and entry.receipt_id is not None
    return {
        "entry": entry,
        "is_reversed": is_reversed,
        "can_take_back": is_payment and not is_reversed and permissions.can_take_back_assignment(actor, entry),
        "sees_receipt": is_payment and permissions.can_see_receipts(actor),
    }


def _open_relief(reclaim: Reclaim, actor: Actor) -> dict | None:
    relief = reclaim.reliefs.filter(status=ReliefStatus.PROPOSED).first()
    if relief is None or not parties.is_of_authority(actor):
        return None
    is_own = bool(actor.persons & persons_of(relief, "proposed"))
    return {
        "relief": relief,
        "can_sign": permissions.can_sign_relief(actor, relief),
        "why_not": _("Zeichnen kann nur eine zweite Person.") if is_own else "",
    }


def _open_refund(refund: Refund | None, actor: Actor) -> dict | None:
    """Return a refund that waits, to whoever may order it."""
    if refund is None or not permissions.can_sign_relief(actor, refund):
        return None
    is_own = bool(actor.persons & persons_of(refund, "proposed"))
    return {"refund": refund, "why_not": _("Zeichnen kann nur eine zweite Person.") if is_own else ""}


def _step_of_too_much(
    reclaim: Reclaim, actor: Actor, standing: Standing | None, refund: Refund | None
) -> NextStep | None:
    """Return that what came beyond a settled claim goes back: to the cashier as the next step, to others as awaited."""
    if reclaim.status in OPEN_RECLAIMS or standing is None or standing.too_much <= 0:
        return None
    if refund is not None:
        return NextStep(waiting_for=_("eine zweite Person, die die Rückgabe der Überzahlung anordnet"))
    if permissions.can_propose_refund(actor, reclaim):
        title = _("%(amount)s kamen zu viel und gehen an den Träger zurück.")
        url = reverse("funding:reclaim-refund", args=[reclaim.pk])
        return NextStep(title % {"amount": format_euro(standing.too_much)}, _("Überzahlung zurückgeben"), url)
    return NextStep(waiting_for=_("die Kasse, die zurückgibt, was zu viel kam"))


def next_step(reclaim: Reclaim, actor: Actor, *, on: date) -> NextStep:
    """Return the next step for the acting person at a claim."""
    if reclaim.status not in OPEN_RECLAIMS:
        return NextStep(done=_("Die Forderung ist erledigt: %(status)s.") % {"status": reclaim.get_status_display()})
    if parties.is_of_authority(actor) and (step := _of_authority(reclaim, actor, on)):
        return step
    if permissions.works_for_carrier(actor, reclaim.audit_organisation_id):
        return _of_carrier(reclaim, actor)
    return NextStep(waiting_for=_waited_for(reclaim, actor))


def _of_authority(reclaim: Reclaim, actor: Actor, on: date) -> NextStep | None:
    def address(name: str) -> str:
        return reverse(f"funding:{name}", args=[reclaim.pk])

    if permissions.can_work_on_reclaim(actor, reclaim):
        if (
            reclaim.status == S.SUSPECTED
            and not reclaim.application.hearings.filter(occasion=reclaim.occasion).exists()
        ):
            return NextStep(_("Den Träger anhören, bevor Sie fordern."), _("Anhören"), address("reclaim-hear"))
        if reclaim.status == S.SUSPECTED or (reclaim.status == S.HEARING and reclaim.hearing.is_heard):
            return NextStep(_("Die Erstattung mit Zinsen vorschlagen."), _("Vorschlagen"), address("reclaim-propose"))
        if _is_to_be_reminded(reclaim, on):
            return _reminder(reclaim, address("reclaim-remind"))
    if permissions.can_sign_reclaim(actor, reclaim) and reclaim.status == S.PROPOSED:
        is_own = bool(actor.persons & persons_of(reclaim, "proposed"))
        why_not = _("Zeichnen kann nur eine zweite Person.") if is_own else ""
        return NextStep(
            _("Den Erstattungsbescheid zeichnen."), _("Mitzeichnen"), address("reclaim-sign"), True, why_not
        )
    return None


def _is_to_be_reminded(reclaim: Reclaim, on: date) -> bool:
    if reclaim.status != S.ISSUED or not reclaim.issued_notice.is_binding:
        return False
    return reclaim_account.owed_until(reclaim) < on


def _reminder(reclaim: Reclaim, url: str) -> NextStep:
    day = {"day": f"{reclaim_account.owed_until(reclaim):%d.%m.%Y}"}
    if reclaim.reminders.exists():
        return NextStep(_("Die Zahlung mahnen; sie war zuletzt bis zum %(day)s erbeten.") % day, _("Mahnen"), url)
    return NextStep(_("An die Zahlung erinnern; sie war bis zum %(day)s fällig.") % day, _("Erinnern"), url)


def _of_carrier(reclaim: Reclaim, actor: Actor) -> NextStep:
    if reclaim.status in {S.ANNOUNCED, S.ISSUED, S.DEFERRED}:
        title = _("Überweisen mit dem Verwendungszweck %(reference)s.") % {"reference": reclaim.reference_in_groups}
        is_owed = reclaim.status in PAYABLE_RECLAIMS
        return NextStep(title, due_on=reclaim_account.owed_until(reclaim) if is_owed else None)
    if reclaim.status == S.HEARING and not reclaim.hearing.is_heard:
        url = reverse("funding:hearing-answer", args=[reclaim.hearing_id])
        return NextStep(_("Zur Anhörung Stellung nehmen."), _("Stellung nehmen"), url, due_on=reclaim.hearing.due_on)
    return NextStep(waiting_for=_waited_for(reclaim, actor))


def _waited_for(reclaim: Reclaim, actor: Actor) -> str:
    if reclaim_reading.is_undecided_for(actor, reclaim.status):
        return _("die Bewilligungsbehörde, die entscheidet")
    waits = {
        S.ANNOUNCED: _("den Träger, der zahlt"),
        S.SUSPECTED: _("die Bewilligungsbehörde, die anhört und vorschlägt"),
        S.HEARING: _("die Stellungnahme des Trägers oder das Ende der Anhörung"),
        S.PROPOSED: _("eine zweite Person der Bewilligungsbehörde, die zeichnet"),
        S.ISSUED: _("den Träger, der zahlt"),
        S.DEFERRED: _("das Ende der Stundung"),
    }
    return waits[S(reclaim.status)]


# the list

COLUMNS = (
    "pk", "reference", "occasion", "status", "status_since", "principal", "payable_until", "is_announced",
    "application__centre__organisation__name", "application__carrier__organisation__name",
    "application__call__budget_year", "application__file_reference", "booked",
)  # fmt: skip


def filtered(filters, actor: Actor) -> QuerySet[Reclaim]:
    """Return the claims this person may see that match the filters of the address; nonsense filters nothing."""
    found = queries.reclaims_visible_to(actor)
    if filters.get("stand") == "offen":
        found = found.filter(status__in=OPEN_RECLAIMS)
    elif filters.get("stand") == reclaim_reading.OPEN_QUESTION:
        found = found.filter(status__in=reclaim_reading.UNDECIDED)
    elif filters.get("stand") in dict(reclaim_reading.statuses_for(actor)):
        found = found.filter(status=filters["stand"])
    if filters.get("anlass") in Reclaim.Occasion.values:
        found = found.filter(occasion=filters["anlass"])
    if (year := filters.get("jahr", "")).isdecimal() and len(year) == 4:
        found = found.filter(application__call__budget_year=int(year))
    if text := filters.get("suche", "").replace("\0", "").strip()[:80]:
        found = found.filter(queries.named_as(text))
    return found


def values_of(found: QuerySet[Reclaim]) -> QuerySet:
    """Return claims as plain values with what is booked as open."""
    return found.annotate(booked=Sum("entries__amount")).values(*COLUMNS)


def list_of(filters, actor: Actor) -> dict:
    """Return the context of the list of claims."""
    page = Paginator(filtered(filters, actor), PAGE_SIZE).get_page(filters.get("seite"))
    occasions = dict(Reclaim.Occasion.choices)
    ids = [one.pk for one in page.object_list]
    rows = [
        {
            **row,
            **reclaim_reading.shown(actor, row["status"], row["status_since"]),
            "because": occasions[row["occasion"]],
            "url": reverse("funding:reclaim", args=[row["pk"]]),
        }
        for row in values_of(Reclaim.objects.filter(pk__in=ids))
    ]
    return {
        "page": page,
        "rows": rows,
        "filters": {name: filters.get(name, "")[:80] for name in ("stand", "anlass", "jahr", "suche")},
        "statuses": reclaim_reading.statuses_for(actor),
        "occasions": Reclaim.Occasion.choices,
    }
