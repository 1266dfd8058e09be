"""What can be done with advice: ask, ask back, answer, ask further, visit, close, say whether it helped."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.advising.demonstration import is_made_up
from verbund.advising.models import AdviceMessage, AdviceRequest, AdviceVisit
from verbund.advising.requests import notifications, queries
from verbund.advising.requests.lifecycle import REQUEST, VISIT, RequestStatus, Wish
from verbund.core import audit, files
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Centre, Organisation

EDITED = ("title", "question", "wish", "field", "stage", "unit")
Kind = AdviceMessage.Kind
MOVES = {
    Kind.ASK_BACK: "ask_back",
    Kind.REPLY: "reply_to_unit",
    Kind.ANSWER: "answer_centre",
    Kind.FURTHER: "ask_further",
}


class NotResponsible(DomainError):
    """A unit that is not there for this field, or no unit at all."""


class ForeignTemplate(DomainError):
    """A concept the unit did not write or has not released."""


class NothingToJudge(DomainError):
    """Whether it helped can be said once there is an answer."""


def unit_for(field, stage, *, chosen: Organisation | None, on: date) -> Organisation:
    """Return the unit that was chosen among the responsible ones, else the nearest. Raises NotResponsible."""
    possible = queries.responsible_units(field, stage, on=on)
    if not possible:
        raise NotResponsible(_("Zurzeit ist keine Koordinierungsstelle dafür eingetragen."), field="unit")
    if chosen is None:
        return possible[0]
    if chosen not in possible:
        names = ", ".join(str(one) for one in possible)
        text = _("Für dieses Feld ist zuständig: %(units)s.") % {"units": names}
        raise NotResponsible(text, field="unit")
    return chosen


@transaction.atomic
def begin_request(
    centre: Centre,
    *,
    title: str,
    question: str,
    wish: str = Wish.ANSWER,
    field=None,
    stage=None,
    unit: Organisation | None = None,
    on: date,
    actor: Actor,
) -> AdviceRequest:
    """Write a question as a draft of the centre. Raises NotResponsible."""
    unit = unit_for(field, stage, chosen=unit, on=on)
    request = AdviceRequest.objects.create(
        centre=centre, unit=unit, title=title, question=question, wish=wish, field=field, stage=stage,
        status_since=on, is_demo=is_made_up(actor),
    )  # fmt: skip
    audit.record("begin_request", request, actor=actor, after={"title": title, "unit": unit.pk})
    return request


@transaction.atomic
def edit_request(request: AdviceRequest, *, values: dict, seen: int, on: date, actor: Actor) -> None:
    """Change a draft. Raises NotAllowedNow once it was sent, NotResponsible, StaleVersion."""
    locked = locking(AdviceRequest.objects).get(pk=request.pk)
    REQUEST.check("ask_unit", locked)
    values = {**values, "unit": unit_for(values["field"], values["stage"], chosen=values["unit"], on=on)}
    claim_version(locked, seen)
    before = {name: getattr(getattr(locked, name), "pk", getattr(locked, name)) for name in EDITED}
    for name in EDITED:
        setattr(request, name, values[name])
    request.save(update_fields=list(EDITED))
    after = {name: getattr(values[name], "pk", values[name]) for name in EDITED}
    audit.record("edit_request_to_unit", request, actor=actor, before=before, after=after)


@transaction.atomic
def ask_unit(request: AdviceRequest, *, on: date, actor: Actor) -> None:
    """Send the question to its unit. Raises NotAllowedNow, or NotResponsible where the unit is no longer there."""
    unit_for(request.field, request.stage, chosen=request.unit, on=on)
    changes = {"asked_on": on, "status_since": on, **actor.signs("asked")}
    REQUEST.apply("ask_unit", request, actor=actor, changes=changes)
    notifications.tell_unit_about_question(request)


@transaction.atomic
def say(
    request: AdviceRequest,
    kind: str,
    *,
    text: str,
    template=None,
    link: str = "",
    upload=None,
    on: date,
    actor: Actor,
) -> AdviceMessage:
    """Ask back, reply, answer or ask further (the kind), with what is attached.

    Raises NotAllowedNow, ForeignTemplate, UnacceptableFile.
    """
    content = files.check_upload(upload) if upload else None
    if template is not None and not queries.templates_of(request.unit_id).filter(pk=template.pk).exists():
        raise ForeignTemplate(_("Dieses Musterkonzept ist nicht freigegeben."), field="template")
    changes = {"status_since": on}
    if kind == Kind.ANSWER and request.answered_on is None:
        changes["answered_on"] = on
    REQUEST.apply(MOVES[kind], request, actor=actor, changes=changes)
    message = AdviceMessage.objects.create(
        request=request,
        kind=kind,
        text=text,
        template=template,
        link=link,
        file=files.store(content, name=upload.name, kind="advice") if content else None,
        written_on=on,
        **actor.signs("written"),
    )
    notifications.tell_other_side(message)
    return message


@transaction.atomic
def close_request(request: AdviceRequest, *, note: str, on: date, actor: Actor) -> None:
    """Close it; what was said stays. Raises NotAllowedNow."""
    REQUEST.apply("close_request", request, actor=actor, changes={"status_since": on}, note=note)


@transaction.atomic
def say_whether_it_helped(request: AdviceRequest, *, helped: str, helped_note: str, actor: Actor) -> None:
    """Say as the centre whether the answer helped. Raises NothingToJudge before there is one."""
    locked = locking(AdviceRequest.objects).get(pk=request.pk)
    if locked.answered_on is None:
        raise NothingToJudge(_("Es gibt noch keine Antwort."))
    before = {"helped": locked.helped, "helped_note": locked.helped_note}
    request.helped, request.helped_note = helped, helped_note
    request.save(update_fields=["helped", "helped_note"])
    after = {"helped": helped, "helped_note": helped_note}
    audit.record("say_whether_it_helped", request, actor=actor, before=before, after=after)


# visits


@transaction.atomic
def plan_visit(request: AdviceRequest, *, visited_on: date, place: str, who: str, actor: Actor) -> AdviceVisit:
    """Plan a visit at the centre. Raises NotAllowedNow for a request that is closed or not sent."""
    locked = locking(AdviceRequest.objects).get(pk=request.pk)
    if locked.status in {RequestStatus.DRAFT, RequestStatus.CLOSED}:
        raise NotAllowedNow(_("Ein Besuch wird zu einer offenen Frage geplant."))
    visit = AdviceVisit.objects.create(request=request, visited_on=visited_on, place=place, who=who)
    said = {"visited_on": visited_on, "place": place, "who": who}
    audit.record("plan_visit", visit, actor=actor, after=said)
    notifications.tell_centre_about_visit(visit)
    return visit


@transaction.atomic
def record_visit(visit: AdviceVisit, *, result: str, actor: Actor) -> None:
    """Say what came of a visit. Raises NotAllowedNow."""
    VISIT.apply("record_visit", visit, actor=actor, changes={"result": result})


@transaction.atomic
def cancel_visit(visit: AdviceVisit, *, result: str, actor: Actor) -> None:
    """Say that a visit does not take place, and why. Raises NotAllowedNow."""
    VISIT.apply("cancel_visit", visit, actor=actor, changes={"result": result})
