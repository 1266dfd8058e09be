"""More time to apply, for one centre: a later last day with a reason, as long as the call's deadline allows any."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core.acting import Actor
from verbund.core.deadlines import NotExtendable
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.directory.models import Centre
from verbund.funding import clocks, notifications, queries
from verbund.funding.lifecycle import INSIDE, ApplicationStatus, CallStatus
from verbund.funding.models import Call, CentreWindow, ConflictDeclaration, GrantApplication
from verbund.funding.operations.reviews import ConflictOfInterest


class AlreadySubmitted(DomainError):
    """The centre has submitted its application: it needs no more time."""


class BeyondPeriod(DomainError):
    """Nobody applies after the grant period is over."""


@transaction.atomic
def extend_window(call: Call, *, centre: Centre, until: date, reason: str, on: date, actor: Actor) -> CentreWindow:
    """Let one centre apply under a call until a later working day. What it submits until then is in time.

    Raises NotAllowedNow for a call that was never opened, NotExtendable for a strict deadline or where none is known,
    AlreadySubmitted, ConflictOfInterest, BeyondPeriod, and NotForward or ReasonMissing of `core.deadlines`.
    """
    current = locking(Call.objects).get(pk=call.pk)
    _refuse_unless_extendable(current)
    if until > current.period_until:
        raise BeyondPeriod(
            _("Der Bewilligungszeitraum endet am %(day)s; danach kann niemand mehr beantragen.")
            % {"day": f"{current.period_until:%d.%m.%Y}"},
            field="until",
        )
    _refuse_for_application(current, centre, actor)
    window, _is_new = CentreWindow.objects.get_or_create(call=current, centre=centre)
    clocks.window_is_longer(window, until=until, reason=reason, on=on, actor=actor)
    notifications.tell_centre_about_window(queries.window_of(current, centre.pk))
    return window


def _refuse_unless_extendable(call: Call) -> None:
    if call.status == CallStatus.DRAFT:
        raise NotAllowedNow(_("Das Programmjahr ist noch nicht geöffnet; berichtigen Sie die Frist für alle."))
    if call.closes_on is None:
        raise NotExtendable(_("Für dieses Programmjahr ist keine Antragsfrist bekannt; es gibt nichts zu verlängern."))
    if call.is_strict:
        sentence = _(
            "Die Antragsfrist ist eine Ausschlussfrist; sie kann auch für ein Zentrum nicht verlängert werden."
        )
        raise NotExtendable(sentence)


def _refuse_for_application(call: Call, centre: Centre, actor: Actor) -> None:
    """Refuse when the centre has submitted, or the person declared a conflict of interest about its application."""
    done = {ApplicationStatus.WITHDRAWN, ApplicationStatus.REFUSED}
    of_centre = GrantApplication.objects.filter(call=call, centre=centre).exclude(status__in=done)
    if of_centre.exclude(status__in=INSIDE).exists():
        raise AlreadySubmitted(_("Dieses Zentrum hat seinen Antrag schon eingereicht."), field="centre")
    declared = ConflictDeclaration.objects.filter(
        application__call=call, application__centre=centre, person_id__in=actor.persons, has_conflict=True
    )
    if declared.exists():
        raise ConflictOfInterest(_("Sie haben einen Interessenkonflikt erklärt; jemand anderes muss übernehmen."))
