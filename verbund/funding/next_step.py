"""What the acting person can do next with an application, and whom it waits for otherwise."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core.acting import persons_of
from verbund.core.deadlines import due_of
from verbund.funding import permissions
from verbund.funding.clock_kinds import INFORMATION_ANSWER
from verbund.funding.completeness import missing_parts
from verbund.funding.lifecycle import ApplicationStatus as S
from verbund.funding.models import GrantApplication, GrantNotice


@dataclass(frozen=True)
class NextStep:
    """The one primary action of a page, a link (`by_post` False) or a button; or who is waited for; or what is done."""

    title: str = ""
    label: str = ""
    url: str = ""
    by_post: bool = False
    why_not: str = ""
    waiting_for: str = ""
    done: str = ""
    due_on: date | None = None


def next_step(application: GrantApplication, actor, *, notice: GrantNotice | None) -> NextStep:
    """Return the next step for the acting person at an application and its notice, if there is one."""
    if permissions.works_for_carrier(actor, application.carrier_id):
        return _of_carrier(application, actor, notice)
    if permissions.decides_on_grants(actor):
        return _of_authority(application, actor, notice)
    return _waiting(application)


def _address(name: str, application) -> str:
    return reverse(f"funding:{name}", args=[application.pk])


def _of_carrier(application, actor, notice) -> NextStep:
    status = application.status
    if status in {S.DRAFT, S.RETURNED}:
        return _draft_step(application, actor)
    if status == S.AWAITING_SIGNATURE and permissions.can_countersign_application(actor, application):
        same = actor.persons & persons_of(application, "offered")
        return NextStep(
            _("Den Antrag prüfen und mitzeichnen."),
            _("Mitzeichnen"),
            _address("countersign-application", application),
            by_post=True,
            why_not=_("Mitzeichnen kann nur eine zweite Person.") if same else "",
        )
    if status == S.SIGNED and permissions.can_submit_application(actor, application):
        return NextStep(
            _("Der Antrag ist zweimal gezeichnet und kann eingereicht werden."),
            _("Einreichen"),
            _address("submit", application),
            by_post=True,
        )
    if status == S.INFORMATION_REQUESTED and permissions.can_edit_application(actor, application):
        request = next((asked for asked in application.information_requests.all() if asked.status == "OPEN"), None)
        if request:
            url = reverse("funding:answer-request", args=[request.pk])
            due_on = due_of(INFORMATION_ANSWER, request)
            return NextStep(_("Fragen der Bewilligungsbehörde beantworten."), _("Beantworten"), url, due_on=due_on)
    if notice:
        return NextStep(_("Der Bescheid liegt vor."), _("Zum Bescheid"), notice.get_absolute_url())
    return _waiting(application)


def _draft_step(application, actor) -> NextStep:
    missing = missing_parts(application)
    if missing or not permissions.can_offer_for_signature(actor, application):
        if not permissions.can_edit_application(actor, application):
            return NextStep(waiting_for=_("das Zentrum"))
        if missing and all(part.is_document for part in missing):
            url = f"{application.get_absolute_url()}#anlagen"
            return NextStep(_("Die Anlagen hinzufügen."), _("Zu den Anlagen"), url)
        title = (
            _("Den Antrag vervollständigen.")
            if missing
            else _("Der Antrag ist vollständig. Die Leitung zeichnet als Nächste.")
        )
        return NextStep(title, _("Antrag bearbeiten"), _address("edit", application))
    is_returned = application.status == S.RETURNED
    return NextStep(
        _("Den Antrag überarbeiten und danach neu zeichnen.") if is_returned else _("Der Antrag ist vollständig."),
        _("Zeichnen und zur Mitzeichnung geben"),
        _address("offer", application),
        by_post=True,
    )


def _of_authority(application, actor, notice) -> NextStep:
    status = application.status
    if status in {S.SUBMITTED, S.UNDER_REVIEW, S.INFORMATION_REQUESTED}:
        titles = {
            S.SUBMITTED: _("Den Antrag übernehmen und prüfen."),
            S.UNDER_REVIEW: _("Prüfliste abschließen und Entscheidung vorschlagen."),
            S.INFORMATION_REQUESTED: _("Der Träger ist am Zug; die Prüfliste kann weitergehen."),
        }
        return NextStep(titles[status], _("Zur Prüfung"), _address("review", application))
    if status == S.READY_FOR_DECISION:
        decision = application.decisions.filter(status="PROPOSED").first()
        url = reverse("funding:decision", args=[decision.pk])
        return NextStep(_("Eine zweite Person prüft den Vorschlag und zeichnet."), _("Zum Entscheidungsvorschlag"), url)
    if notice:
        return NextStep(_("Der Bescheid ist erlassen."), _("Zum Bescheid"), notice.get_absolute_url())
    return _waiting(application)


def notice_of(application) -> GrantNotice | None:
    return GrantNotice.objects.filter(decision__application=application).first()


def _waiting(application) -> NextStep:
    if application.status == S.WITHDRAWN:
        return NextStep(done=_("Der Antrag ist zurückgezogen."))
    if waiting_for := waited_for(application):
        return NextStep(waiting_for=waiting_for)
    return NextStep(done=_("Über den Antrag ist entschieden."))


def waited_for(application) -> str:
    """Return whom an application waits for, by function; empty when it waits for nobody."""
    return {
        S.DRAFT: _("das Zentrum"),
        S.AWAITING_SIGNATURE: _("die zweite Unterschrift beim Träger"),
        S.SIGNED: _("die Leitung des Zentrums, die einreicht"),
        S.SUBMITTED: _("die Bewilligungsbehörde"),
        S.UNDER_REVIEW: _("die Bewilligungsbehörde"),
        S.INFORMATION_REQUESTED: _("den Träger, der Fragen beantwortet"),
        S.RETURNED: _("das Zentrum, das überarbeitet"),
        S.READY_FOR_DECISION: _("die zweite Unterschrift der Bewilligungsbehörde"),
    }.get(application.status, "")


ORDER = (
    (gettext_lazy("Entwurf"), {S.DRAFT, S.RETURNED}),
    (gettext_lazy("Mitzeichnung"), {S.AWAITING_SIGNATURE, S.SIGNED}),
    (gettext_lazy("Prüfung"), {S.SUBMITTED, S.UNDER_REVIEW, S.INFORMATION_REQUESTED}),
    (gettext_lazy("Entscheidung"), {S.READY_FOR_DECISION}),
    (gettext_lazy("Bescheid"), {S.GRANTED, S.REFUSED}),
)


def steps_of(application: GrantApplication) -> list[dict]:
    """Return the course of the process for the quiet line of steps."""
    current = next((index for index, (_label, found) in enumerate(ORDER) if application.status in found), None)
    states = []
    for index, (label, _statuses) in enumerate(ORDER):
        state = "todo" if current is None or index > current else "current" if index == current else "done"
        states.append({"label": label, "state": state, "note": ""})
    return states
