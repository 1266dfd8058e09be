"""Hearings: opened by the authority, answered by the carrier, closed when the time has passed."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core import files
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.funding import operations, permissions, queries
from verbund.funding.forms.changes import HearingAnswerForm, HearingForm
from verbund.funding.views.acts import act_at_once, act_with_form


@gate(among=queries.notices_visible_to, may=permissions.can_propose_change)
def open_hearing(request, record):
    return act_with_form(
        request,
        HearingForm(request.POST or None, initial={"known_on": today()}),
        lambda typed: operations.open_hearing(record.application, **typed, on=today(), actor=request.actor),
        title=_("Anhören"),
        intro=_("Der Träger bekommt ein Schreiben und kann sich äußern, bevor Sie entscheiden (§ 28 VwVfG NRW)."),
        label=_("Anhörung senden"),
        back=record.get_absolute_url(),
        done=_("Die Anhörung ist beim Träger."),
        subject=record,
    )


@gate(among=queries.hearings_visible_to, may=permissions.can_answer_hearing)
def answer_hearing(request, record):
    return act_with_form(
        request,
        HearingAnswerForm(request.POST or None),
        lambda typed: operations.answer_hearing(record, **typed, on=today(), actor=request.actor),
        title=_("Stellung nehmen"),
        intro=record.text,
        label=_("Stellungnahme senden"),
        back=_back(record),
        done=_("Ihre Stellungnahme ist bei der Bewilligungsbehörde."),
        subject=record,
    )


@require_POST
@gate(among=queries.hearings_visible_to, may=permissions.can_close_hearing)
def close_hearing(request, record):
    return act_at_once(
        request,
        lambda: operations.close_hearing(record, on=today(), actor=request.actor),
        back=_back(record),
        done=_("Die Anhörung ist beendet."),
    )


@gate(among=queries.hearings_visible_to)
def document(request, record):
    return files.respond(record.document)


def _back(record) -> str:
    notice = queries.valid_notice(record.application)
    return notice.get_absolute_url() if notice else record.application.get_absolute_url()
