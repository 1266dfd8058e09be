"""What the acting person can do next at a notice, and whom it waits for otherwise."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core.acting import persons_of
from verbund.core.money import format_euro
from verbund.funding import parties, permissions
from verbund.funding.lifecycle import AccountStatus, DrawdownStatus, NoticeStatus
from verbund.funding.models import Drawdown, GrantNotice, RecipientAccount
from verbund.funding.next_step import NextStep
from verbund.funding.payout import Balance


def is_same_person(actor, drawdown: Drawdown, *acts: str) -> bool:
    """Whether the actor, or whom they stand in for, already did one of the acts on a call for money."""
    return any(actor.persons & persons_of(drawdown, act) for act in acts)


def next_step(notice: GrantNotice, balance: Balance, drawdowns: list[Drawdown], actor, *, on: date) -> NextStep:
    """Return the next step for the acting person at a notice. A page shows it as its one primary action."""
    if notice.is_replaced:
        return NextStep(done=_("Eine neuere Fassung gilt."))
    if parties.is_of_authority(actor):
        return _of_authority(notice, balance, drawdowns, actor)
    if permissions.works_for_carrier(actor, notice.audit_organisation_id):
        return _of_carrier(notice, balance, drawdowns, actor, on)
    return _waiting(notice, balance, drawdowns)


def _of_authority(notice, balance, drawdowns, actor) -> NextStep:
    if notice.status == NoticeStatus.ISSUED and permissions.can_record_notification(actor, notice):
        return NextStep(_("Festhalten, wie und wann der Bescheid bekannt gegeben wurde."))
    for drawdown in drawdowns:
        if step := _at_drawdown(drawdown, actor):
            return step
    return _waiting(notice, balance, drawdowns)


def _at_drawdown(drawdown, actor) -> NextStep | None:
    amount = {"amount": format_euro(drawdown.amount)}
    if drawdown.status == DrawdownStatus.SUBMITTED and permissions.can_verify_drawdown(actor, drawdown):
        url = reverse("funding:drawdown-verify", args=[drawdown.pk])
        return NextStep(_("Den Mittelabruf über %(amount)s prüfen.") % amount, _("Feststellen"), url, by_post=True)
    if drawdown.status == DrawdownStatus.VERIFIED and permissions.can_order_drawdown(actor, drawdown):
        url = reverse("funding:drawdown-order", args=[drawdown.pk])
        why_not = _("Anordnen kann nur eine zweite Person.") if is_same_person(actor, drawdown, "verified") else ""
        return NextStep(_("Die Auszahlung von %(amount)s anordnen.") % amount, _("Anordnen"), url, True, why_not)
    if drawdown.status == DrawdownStatus.ORDERED and permissions.can_disburse(actor, drawdown):
        url = reverse("funding:drawdown-disburse", args=[drawdown.pk])
        same = is_same_person(actor, drawdown, "verified", "ordered")
        why_not = _("Auszahlen kann nur, wer weder festgestellt noch angeordnet hat.") if same else ""
        return NextStep(_("%(amount)s sind angeordnet.") % amount, _("Auszahlung festhalten"), url, False, why_not)
    return None


def _of_carrier(notice, balance, drawdowns, actor, on) -> NextStep:
    if notice.status == NoticeStatus.NOTIFIED and permissions.can_waive_remedy(actor, notice):
        return _waiver(notice, on)
    if balance.due > 0 and permissions.can_request_drawdown(actor, notice):
        return _call(notice, balance)
    return _waiting(notice, balance, drawdowns)


def _waiver(notice, on) -> NextStep:
    why_not = ""
    if notice.notified_on and on < notice.notified_on:
        why_not = _("Der Bescheid gilt erst am %(day)s als bekannt gegeben.") % {
            "day": f"{notice.notified_on:%d.%m.%Y}"
        }
    title = _("Auf eine Klage verzichten; dann ist der Bescheid sofort bestandskräftig.")
    url = reverse("funding:notice-waive", args=[notice.pk])
    return NextStep(title, _("Auf Rechtsbehelfe verzichten"), url, by_post=True, why_not=why_not)


def _call(notice, balance) -> NextStep:
    accounts = RecipientAccount.objects.filter(carrier_id=notice.audit_organisation_id)
    if not accounts.filter(status=AccountStatus.CONFIRMED).exists():
        title = _("Ein Konto hinterlegen und von einer zweiten Person bestätigen lassen.")
        return NextStep(title, _("Zu den Konten"), reverse("funding:accounts"))
    title = _("Heute können Sie %(amount)s abrufen.") % {"amount": format_euro(balance.due)}
    url = reverse("funding:drawdown-request", args=[notice.pk])
    return NextStep(title, _("Mittel abrufen"), url, due_on=balance.last_day)


def _waiting(notice, balance, drawdowns) -> NextStep:
    waiting_for = _waited_for(notice, balance, drawdowns)
    if waiting_for:
        return NextStep(waiting_for=waiting_for)
    if notice.is_grant and balance.left:
        values = {"day": f"{balance.last_day:%d.%m.%Y}", "left": format_euro(balance.left)}
        return NextStep(done=_("Mittelabrufe waren bis zum %(day)s möglich; %(left)s sind verfallen.") % values)
    return NextStep(done=_("Alles ist erledigt."))


def _waited_for(notice, balance, drawdowns) -> str:
    """Return whom a notice waits for, by function; empty when it waits for nobody any more."""
    if notice.status == NoticeStatus.ISSUED:
        return _("die Bewilligungsbehörde, die den Bescheid bekannt gibt")
    if notice.status == NoticeStatus.NOTIFIED:
        values = {"day": f"{notice.appeal_until:%d.%m.%Y}"}
        return _("das Ende der Klagefrist am %(day)s oder den Verzicht der Zeichnungsberechtigten") % values
    if notice.status == NoticeStatus.CONTESTED:
        return _("das Ende des Klageverfahrens")
    return _waited_for_with_money(notice, balance, drawdowns)


def _waited_for_with_money(notice, balance, drawdowns) -> str:
    waits = {
        DrawdownStatus.SUBMITTED: _("die Bewilligungsbehörde, die den Mittelabruf feststellt"),
        DrawdownStatus.VERIFIED: _("eine zweite Person der Bewilligungsbehörde, die anordnet"),
        DrawdownStatus.ORDERED: _("die Kasse, die auszahlt"),
    }
    for drawdown in drawdowns:
        if drawdown.status in waits:
            return waits[drawdown.status]
    if not notice.is_grant or balance.left == 0 or balance.is_over:
        return ""
    return _("den Mittelabruf des Trägers") if balance.due > 0 else _("die nächste Rate")


def steps_of(notice: GrantNotice, drawdowns: list[Drawdown]) -> list[dict]:
    """Return the course of a notice for the quiet line of steps; a refusal ends when it is final."""
    is_paid = bool(drawdowns) and sum(one.amount for one in drawdowns if one.status == DrawdownStatus.DISBURSED) >= (
        notice.amount_granted
    )
    stages = [
        (_("erlassen"), notice.issued_on, True),
        (_("bekannt gegeben"), notice.notified_on, notice.notified_on is not None),
        (_("bestandskräftig"), notice.final_on, notice.is_final),
    ]
    if notice.is_grant:
        stages.append((_("ausgezahlt"), None, is_paid))
    steps, current = [], False
    for label, day, is_done in stages:
        state = "done" if is_done else "todo" if current else "current"
        current = current or not is_done
        steps.append({"label": label, "state": state, "note": f"{day:%d.%m.%Y}" if day and is_done else ""})
    return steps
