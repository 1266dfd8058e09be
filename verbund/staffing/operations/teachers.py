"""What can be done: request teacher posts, decide on the request, second teachers to the confirmed posts."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.errors import DomainError
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.locks import locking
from verbund.core.versions import claim_version
from verbund.directory.models import Centre
from verbund.directory.operations import mark_as_changed
from verbund.staffing import notifications, queries
from verbund.staffing.calculations import Stretch
from verbund.staffing.lifecycle import SECONDMENT, TEACHER_REQUEST
from verbund.staffing.models import HALF_STEPS, MOST_POSTS, Secondment, TeacherRequest
from verbund.staffing.operations.sums import german, refuse_sum


class NotInHalfPosts(DomainError):
    """Posts are requested and confirmed in steps of a half."""


class TooManyPosts(DomainError):
    """More posts than the guideline of the year names for this kind of carrier."""


class RequestExists(DomainError):
    """The centre already has a request for this year."""


class MoreThanRequested(DomainError):
    """The ministry confirms at most what was requested."""


class ReasonMissing(DomainError):
    """Whoever declines, ends or cancels says why."""


class OutsideTheYear(DomainError):
    """The secondment leaves the grant year whose posts it fills."""


class PeriodOutOfOrder(DomainError):
    """The end lies before the beginning."""


class MoreThanConfirmed(DomainError):
    """On some day more would be seconded than the ministry confirmed."""


class MoreThanOnePost(DomainError):
    """One and the same teacher would be seconded with more than a full post."""


def _refuse_number(posts: Decimal, *, field: str) -> None:
    if posts not in HALF_STEPS:
        text = _("Bitte ganze oder halbe Stellen zwischen 0,5 und %(most)s.") % {"most": MOST_POSTS}
        raise NotInHalfPosts(text, field=field)


def _refuse_too_many(centre: Centre, year: int, posts: Decimal) -> queries.Limit:
    """Return the limit of the year. Raises TooManyPosts naming the guideline and how sure the number is.

    Where the guideline names no number of teachers nothing is refused; the page says that it is not confirmed.
    """
    limit = queries.limit_for(centre.carrier.kind, year)
    if limit.posts is None or posts <= limit.posts:
        return limit
    text = _(
        "Höchstens %(most)s Stellen für diesen Träger im Jahr %(year)s: %(guideline)s, Sicherheit der Angabe %(mark)s."
    )
    words = {"most": german(limit.posts), "year": year, "guideline": limit.guideline, "mark": limit.mark}
    if not limit.is_confirmed:
        text = text + " " + _("Die Zahl ist nicht bestätigt.")
    raise TooManyPosts(text % words, field="posts_requested")


@transaction.atomic
def start_request(
    centre: Centre, *, year: int, posts_requested: Decimal, reason: str, on: date, actor: Actor
) -> TeacherRequest:
    """Begin a request as a draft. Raises NotInHalfPosts, TooManyPosts, or RequestExists for a second one in a year."""
    _refuse_number(posts_requested, field="posts_requested")
    _refuse_too_many(centre, year, posts_requested)
    locking(Centre.objects).get(pk=centre.pk)
    if queries.requests_in_the_way(centre, year).exists():
        text = _("Für %(year)s gibt es schon eine Anforderung dieses Zentrums.") % {"year": year}
        raise RequestExists(text, field="year")
    request = TeacherRequest.objects.create(
        centre=centre,
        year=year,
        posts_requested=posts_requested,
        reason=reason,
        status_since=on,
        is_demo=bool(actor.user and actor.user.is_demo),
    )
    after = {"year": year, "posts_requested": posts_requested, "reason": reason}
    audit.record("start_request", request, actor=actor, after=after)
    return request


@transaction.atomic
def edit_request(
    request: TeacherRequest, *, posts_requested: Decimal, reason: str, seen_version: int, actor: Actor
) -> None:
    """Change a draft. Raises NotAllowedNow once it was sent, StaleVersion, NotInHalfPosts or TooManyPosts."""
    locked = locking(TeacherRequest.objects).get(pk=request.pk)
    TEACHER_REQUEST.check("submit_request", locked)
    _refuse_number(posts_requested, field="posts_requested")
    _refuse_too_many(request.centre, request.year, posts_requested)
    claim_version(locked, seen_version)
    before = {"posts_requested": locked.posts_requested, "reason": locked.reason}
    request.posts_requested, request.reason, request.version = posts_requested, reason, locked.version
    request.save(update_fields=["posts_requested", "reason"])
    after = {"posts_requested": posts_requested, "reason": reason}
    audit.record("edit_request", request, actor=actor, before=before, after=after)


@transaction.atomic
def submit_request(request: TeacherRequest, *, on: date, actor: Actor) -> None:
    """Send the request to the school ministry, with the guideline it rests on. Raises NotAllowedNow or TooManyPosts."""
    locked = locking(TeacherRequest.objects).get(pk=request.pk)
    TEACHER_REQUEST.check("submit_request", locked)
    limit = _refuse_too_many(request.centre, locked.year, locked.posts_requested)
    changes = {**actor.signs("requested"), "requested_on": on, "status_since": on, "guideline": limit.guideline}
    TEACHER_REQUEST.apply("submit_request", request, actor=actor, changes=changes)
    notifications.tell_ministry_about_request(request)


@transaction.atomic
def withdraw_request(request: TeacherRequest, *, on: date, actor: Actor) -> None:
    """Take a draft or an undecided request back. Raises NotAllowedNow once it is decided."""
    was_sent = locking(TeacherRequest.objects).get(pk=request.pk).is_requested
    TEACHER_REQUEST.apply("withdraw_request", request, actor=actor, changes={"status_since": on})
    if was_sent:
        notifications.tell_ministry_about_withdrawal(request)


@transaction.atomic
def confirm_request(
    request: TeacherRequest, *, posts_confirmed: Decimal, decision_reason: str = "", on: date, actor: Actor
) -> None:
    """Confirm all requested posts or fewer, with a reason for fewer.

    Raises NotAllowedNow, NotInHalfPosts, MoreThanRequested, ReasonMissing, or SamePerson for whoever requested them.
    """
    locked = locking(TeacherRequest.objects).get(pk=request.pk)
    TEACHER_REQUEST.check("confirm_request", locked)
    refuse_same_person(actor, persons_of(locked, "requested"))
    _refuse_number(posts_confirmed, field="posts_confirmed")
    if posts_confirmed > locked.posts_requested:
        text = _("Angefordert sind %(posts)s Stellen; mehr lassen sich nicht bestätigen.")
        raise MoreThanRequested(text % {"posts": german(locked.posts_requested)}, field="posts_confirmed")
    if posts_confirmed < locked.posts_requested and not decision_reason.strip():
        raise ReasonMissing(_("Bitte begründen Sie, warum es weniger Stellen sind."), field="decision_reason")
    changes = {"posts_confirmed": posts_confirmed, **_decision(decision_reason, on, actor)}
    TEACHER_REQUEST.apply("confirm_request", request, actor=actor, changes=changes)
    mark_as_changed(request.centre_id)
    notifications.tell_carrier_about_confirmation(request)


@transaction.atomic
def decline_request(request: TeacherRequest, *, decision_reason: str, on: date, actor: Actor) -> None:
    """Decline with a reason. Raises NotAllowedNow, ReasonMissing, or SamePerson for whoever requested."""
    locked = locking(TeacherRequest.objects).get(pk=request.pk)
    TEACHER_REQUEST.check("decline_request", locked)
    refuse_same_person(actor, persons_of(locked, "requested"))
    if not decision_reason.strip():
        raise ReasonMissing(_("Bitte begründen Sie die Ablehnung."), field="decision_reason")
    TEACHER_REQUEST.apply("decline_request", request, actor=actor, changes=_decision(decision_reason, on, actor))
    notifications.tell_carrier_about_refusal(request)


def _decision(reason: str, on: date, actor: Actor) -> dict:
    return {"decision_reason": reason, "decided_on": on, "status_since": on, **actor.signs("decided")}


@transaction.atomic
def record_secondment(
    request: TeacherRequest,
    *,
    label: str,
    full_time_share: Decimal,
    valid_from: date,
    valid_until: date,
    school_type: str = "",
    on: date,
    actor: Actor,
) -> Secondment:
    """Record a teacher on the confirmed posts. The request's row is locked, so that two at once cannot pass together.

    Raises NotAllowedNow before the confirmation, PeriodOutOfOrder, OutsideTheYear, MoreThanConfirmed or
    MoreThanOnePost.
    """
    locked = locking(TeacherRequest.objects).get(pk=request.pk)
    refuse_secondment(locked, label=label, stretch=Stretch(full_time_share, valid_from, valid_until))
    secondment = Secondment.objects.create(
        request=request,
        label=label,
        school_type=school_type,
        full_time_share=full_time_share,
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_on=on,
        **actor.signs("recorded"),
    )
    after = {"label": label, "full_time_share": full_time_share, "valid_from": valid_from, "valid_until": valid_until}
    audit.record("record_secondment", secondment, actor=actor, after={**after, "school_type": school_type})
    mark_as_changed(request.centre_id)
    return secondment


def refuse_secondment(request: TeacherRequest, *, label: str, stretch: Stretch) -> None:
    """Refuse what cannot be recorded on a request; only with its row locked does the answer hold until the end."""
    if not request.is_confirmed:
        raise NotAllowedNow(_("Abordnungen werden eingetragen, sobald das Schulministerium bestätigt hat."))
    if not 0 < stretch.share <= 1:
        raise MoreThanOnePost(_("Der Anteil muss über 0 liegen und darf höchstens 1 sein."), field="full_time_share")
    if stretch.last < stretch.first:
        raise PeriodOutOfOrder(_("Das Ende liegt vor dem Beginn."), field="valid_until")
    for day, field in ((stretch.first, "valid_from"), (stretch.last, "valid_until")):
        if day.year != request.year:
            text = _("Die bestätigten Stellen gelten für %(year)s; der Tag liegt außerhalb.") % {"year": request.year}
            raise OutsideTheYear(text, field=field)
    known = queries.counting_secondments(request)
    own = [one.stretch for one in known if one.label.strip().casefold() == label.strip().casefold()]
    refuse_sum(
        [*own, stretch],
        Decimal(1),
        MoreThanOnePost,
        _("Dieselbe Lehrkraft wäre am %(day)s mit %(sum)s Stellen abgeordnet; möglich ist höchstens %(most)s."),
    )
    refuse_sum(
        [*(one.stretch for one in known), stretch],
        request.posts_confirmed,
        MoreThanConfirmed,
        _("Am %(day)s wären %(sum)s Stellen besetzt; bestätigt sind %(most)s."),
    )


@transaction.atomic
def end_secondment(secondment: Secondment, *, last_day: date, end_reason: str, actor: Actor) -> None:
    """End a secondment before its time. Raises NotAllowedNow, PeriodOutOfOrder (outside its period), ReasonMissing."""
    locked = locking(Secondment.objects).get(pk=secondment.pk)
    SECONDMENT.check("end_secondment", locked)
    if not locked.valid_from <= last_day < locked.valid_until:
        raise PeriodOutOfOrder(
            _("Der letzte Tag muss im Zeitraum der Abordnung und vor ihrem Ende liegen."), field="last_day"
        )
    if not end_reason.strip():
        raise ReasonMissing(_("Bitte schreiben Sie, warum die Abordnung endet."), field="end_reason")
    changes = {"valid_until": last_day, "end_reason": end_reason}
    SECONDMENT.apply("end_secondment", secondment, actor=actor, changes=changes)
    mark_as_changed(secondment.request.centre_id)


@transaction.atomic
def cancel_secondment(secondment: Secondment, *, end_reason: str, actor: Actor) -> None:
    """Strike out a secondment recorded by mistake; it no longer counts. Raises NotAllowedNow or ReasonMissing."""
    if not end_reason.strip():
        raise ReasonMissing(_("Bitte schreiben Sie, warum die Abordnung nicht stimmt."), field="end_reason")
    SECONDMENT.apply("cancel_secondment", secondment, actor=actor, changes={"end_reason": end_reason})
    mark_as_changed(secondment.request.centre_id)
