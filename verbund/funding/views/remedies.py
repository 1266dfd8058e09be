"""What is recorded at any notice: how it reached the carrier, waiver, action and its end. Views gate, then call."""

from django.utils.translation import gettext as _

from verbund.core.dates import today
from verbund.funding import operations
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.forms.money import ContestForm, NotificationForm
from verbund.funding.views.acts import act_at_once, act_with_form


def _recorded(request, notice, form, act, *, title: str, done: str, intro: str = ""):
    return act_with_form(
        request,
        form,
        act,
        title=title,
        intro=intro,
        label=_("Festhalten"),
        back=notice.get_absolute_url(),
        done=done,
        subject=notice,
    )


def notify(request, notice):
    return _recorded(
        request,
        notice,
        NotificationForm(request.POST),
        lambda typed: operations.record_notification(notice, **typed, on=today(), actor=request.actor),
        title=_("Bekanntgabe festhalten"),
        done=_("Die Bekanntgabe ist festgehalten; die Klagefrist läuft."),
    )


def waive(request, notice):
    return act_at_once(
        request,
        lambda: operations.waive_remedy(notice, on=today(), actor=request.actor),
        back=notice.get_absolute_url(),
        done=_("Auf Rechtsbehelfe ist verzichtet; der Bescheid ist bestandskräftig."),
    )


def mark_remedy(request, notice):
    return _recorded(
        request,
        notice,
        ReasonForm(request.POST or None),
        lambda typed: operations.mark_remedy_as_wrong(notice, **typed, actor=request.actor),
        title=_("Rechtsbehelfsbelehrung war falsch"),
        intro=_("Die Klagefrist beträgt dann ein Jahr (§ 58 Absatz 2 VwGO)."),
        done=_("Festgehalten; die Klagefrist ist jetzt ein Jahr."),
    )


def contest(request, notice):
    return _recorded(
        request,
        notice,
        ContestForm(request.POST or None),
        lambda typed: operations.contest(notice, **typed, actor=request.actor),
        title=_("Klage festhalten"),
        done=_("Die Klage ist festgehalten; der Bescheid wird nicht von selbst bestandskräftig."),
    )


def settle_contest(request, notice):
    return _recorded(
        request,
        notice,
        ReasonForm(request.POST or None),
        lambda typed: operations.settle_contest(notice, **typed, on=today(), actor=request.actor),
        title=_("Ende des Klageverfahrens festhalten"),
        intro=_("Der Bescheid hat Bestand."),
        done=_("Der Bescheid ist bestandskräftig."),
    )
