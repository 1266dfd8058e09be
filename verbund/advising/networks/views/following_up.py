"""After an invitation: remind, write down an answer given elsewhere, note a mail that came back."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.advising.networks import forms, operations, queries, reading
from verbund.advising.networks.permissions import keeps_networks
from verbund.advising.networks.views.networks import act
from verbund.core.acts import act_at_once
from verbund.core.dates import today
from verbund.core.permissions import gate


@gate(among=queries.meetings_visible_to, may=keeps_networks)
def remind(request, record):
    """Remind members who have not answered and got no mail today."""
    on = today()
    among = queries.to_remind(record, on=on)
    return act(
        request,
        forms.RemindForm(request.POST or None, among=among, names=reading.Names(), on=record.day),
        lambda typed: operations.remind(record, typed["members"], on=on, actor=request.actor),
        title=_("An die Antwort erinnern"),
        label=_("Erinnerung verschicken"),
        intro=_("Jedes gewählte Mitglied bekommt eine Mail mit einem neuen Link; der erste gilt dann nicht mehr."),
        back=record.get_absolute_url(),
        done=_("Die Erinnerungen gehen hinaus."),
        subject=record,
    )


@gate(among=queries.meetings_visible_to, may=keeps_networks)
def enter_answer(request, record):
    """Write down what a member said on the telephone."""
    on = today()
    among = queries.members_of(record.network, on=on)
    return act(
        request,
        forms.EnterAnswerForm(request.POST or None, among=among, names=reading.Names(), on=record.day),
        lambda typed: operations.enter_answer(record, **typed, on=on, actor=request.actor),
        title=_("Antwort eintragen"),
        label=_("Eintragen"),
        intro=_("Für Antworten am Telefon oder im Gespräch. Eine spätere Antwort über den Link ersetzt sie."),
        back=record.get_absolute_url(),
        done=_("Eingetragen."),
        subject=record,
    )


@require_POST
@gate(among=queries.links_visible_to, may=keeps_networks)
def note_bounce(request, record):
    """Note that the mail with a link came back."""
    return act_at_once(
        request,
        lambda: operations.note_bounce(record, on=today(), actor=request.actor),
        back=record.sending.get_absolute_url(),
        done=_("Vermerkt. Berichtigen Sie das Postfach, und verschicken Sie den Link noch einmal."),
    )
