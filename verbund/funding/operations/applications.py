"""The carrier's side of an application: start, save, sign inside, submit, withdraw."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from verbund.core import audit, files
from verbund.core.acting import Actor, persons_of, refuse_same_person
from verbund.core.dates import add_months
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.money import format_euro
from verbund.core.versions import claim_version
from verbund.directory.models import Centre
from verbund.funding import amounts, clocks, completeness, letters, notifications, queries
from verbund.funding.lifecycle import APPLICATION, DECISION, INFORMATION_REQUEST, ApplicationStatus, CallStatus
from verbund.funding.models import (
    Attachment,
    Call,
    DraftComment,
    GrantApplication,
    PlannedExtra,
    PlannedPost,
    Submission,
)


class CallNotOpen(DomainError):
    """The call is not open on that day."""


class AlreadyApplied(DomainError):
    """The centre has a living application under this call."""


class NotEditable(DomainError):
    """The application is not a draft; what is signed or submitted does not change."""


class Incomplete(DomainError):
    """Something is missing; `missing` lists it by section."""

    def __init__(self, missing: Sequence[completeness.Missing]):
        self.missing = missing
        super().__init__(" ".join(part.text for part in missing))


class TooLate(DomainError):
    """A strict deadline has passed."""


@dataclass(frozen=True)
class PostPlan:
    """A post row as typed: rows with the same label are one post."""

    label: str
    function: str
    rate_class: str
    full_time_share: Decimal
    occupied_from: date
    occupied_until: date
    is_qualified: bool = False


DRAFT_FIELDS = (
    "purpose",
    "concept_adopted_on",
    "resolution_on",
    "provides_rooms",
    "provides_equipment",
    "provides_running_costs",
    "amount_rooms",
    "amount_equipment",
    "amount_running_costs",
)


@transaction.atomic
def start_application(
    call: Call, *, centre: Centre, on: date, actor: Actor, carry_over: GrantApplication | None = None
) -> GrantApplication:
    """Create a draft for a centre; `carry_over` takes posts, extras and texts from an earlier application.

    Raises CallNotOpen or AlreadyApplied.
    """
    if not _is_open_for(call, centre, on):
        raise CallNotOpen(_("Für dieses Programmjahr sind noch keine oder keine Anträge mehr möglich."))
    try:
        with transaction.atomic():
            application = GrantApplication.objects.create(
                call=call,
                carrier=centre.carrier,
                centre=centre,
                status_since=on,
                created_by=actor.user,
                saved_at=timezone.now(),
                saved_by=actor.user,
            )
    except IntegrityError as taken:
        raise AlreadyApplied(_("Für dieses Zentrum gibt es in diesem Programmjahr schon einen Antrag.")) from taken
    if carry_over is not None:
        _copy_content(carry_over, application)
    audit.record("start_application", application, actor=actor, after={"status": application.status})
    return application


def _is_open_for(call: Call, centre: Centre, on: date) -> bool:
    """Whether a centre may begin: while the call is open, and in a longer window of its own after that."""
    if call.status == CallStatus.OPEN:
        return call.opens_on <= on
    own = queries.window_of(call, centre.pk) if call.status == CallStatus.CLOSED else None
    return own is not None and on <= own.ends_on


def _copy_content(earlier: GrantApplication, application: GrantApplication) -> None:
    months = (application.call.budget_year - earlier.call.budget_year) * 12
    call = application.call
    for post in earlier.posts.all():
        PlannedPost.objects.create(
            application=application,
            label=post.label,
            function=post.function,
            rate_class=post.rate_class,
            full_time_share=post.full_time_share,
            occupied_from=max(add_months(post.occupied_from, months), call.period_from),
            occupied_until=min(add_months(post.occupied_until, months), call.period_until),
            is_qualified=post.is_qualified,
        )
    for extra in earlier.extras.all():
        PlannedExtra.objects.create(application=application, item=extra.item, amount=extra.amount)
    for name in (
        "purpose",
        "concept_adopted_on",
        "resolution_on",
        "amount_rooms",
        "amount_equipment",
        "amount_running_costs",
    ):
        setattr(application, name, getattr(earlier, name))
    application.save()
    for attachment in earlier.attachments.filter(removed_at=None, kind__in=completeness.REQUIRED_ATTACHMENTS):
        Attachment.objects.create(
            application=application, kind=attachment.kind, file=attachment.file, added_by=attachment.added_by
        )


def _refuse_unless_editable(application: GrantApplication) -> None:
    fresh = locking(GrantApplication.objects).get(pk=application.pk)
    if not fresh.is_editable:
        raise NotEditable(
            _("Der Antrag ist im Stand „%(status)s“ und kann nicht geändert werden.")
            % {"status": fresh.get_status_display()}
        )


@transaction.atomic
def save_draft(
    application: GrantApplication,
    *,
    values: dict,
    posts: Sequence[PostPlan],
    extras: dict[str, Decimal],
    seen_version: int,
    actor: Actor,
) -> None:
    """Save what was typed, complete or not. `values` holds DRAFT_FIELDS; `extras` euros by item.

    Raises NotEditable, or StaleVersion when somebody else saved since `seen_version`.
    """
    _refuse_unless_editable(application)
    claim_version(application, seen_version)
    before = snapshot(GrantApplication.objects.get(pk=application.pk))
    for name in DRAFT_FIELDS:
        setattr(application, name, values[name])
    application.saved_at, application.saved_by = timezone.now(), actor.user
    application.save(update_fields=[*DRAFT_FIELDS, "saved_at", "saved_by"])
    application.posts.all().delete()
    PlannedPost.objects.bulk_create(PlannedPost(application=application, **vars(plan)) for plan in posts)
    application.extras.all().delete()
    PlannedExtra.objects.bulk_create(
        PlannedExtra(application=application, item=item, amount=amount) for item, amount in extras.items() if amount
    )
    after = snapshot(GrantApplication.objects.get(pk=application.pk))
    changed = {name for name in after if before[name] != after[name]}
    if changed:
        audit.record(
            "save_draft",
            application,
            actor=actor,
            before={name: _in_words(before[name]) for name in changed},
            after={name: _in_words(after[name]) for name in changed},
        )


def snapshot(application: GrantApplication) -> dict:
    """Return the content of an application as JSON values, for the audit trail and a submission."""
    content = {name: _plain(getattr(application, name)) for name in DRAFT_FIELDS}
    content["posts"] = amounts.posts_data(application.posts.all())
    content["extras"] = [{"item": extra.item, "amount": str(extra.amount)} for extra in application.extras.all()]
    return content


def _in_words(value):
    """Return posts and extras of a snapshot as text a clerk can read in the trail; other values as they are."""
    if not isinstance(value, list):
        return value
    return "; ".join(_row_in_words(row) for row in value)


def _row_in_words(row: dict) -> str:
    if "item" in row:
        return f"{row['item']} {format_euro(Decimal(row['amount']))}"
    share = row["full_time_share"].replace(".", ",")
    spans = ", ".join(f"{span['from']} – {span['to']}" for span in row["occupied"])
    return f"{row['label']}: {share}, {spans}"


def _plain(value):
    return value if value is None or isinstance(value, bool | str) else str(value)


@transaction.atomic
def attach(application: GrantApplication, *, kind: str, upload, actor: Actor) -> Attachment:
    """Add a PDF to a draft or to an application whose questions are open. Raises UnacceptableFile or NotEditable."""
    content = files.check_upload(upload)
    if application.status != ApplicationStatus.INFORMATION_REQUESTED:
        _refuse_unless_editable(application)
    stored = files.store(content, name=upload.name, kind=kind)
    attachment = Attachment.objects.create(application=application, kind=kind, file=stored, added_by=actor.user)
    audit.record("attach", attachment, actor=actor, after={"kind": kind, "file": stored.name, "sha256": stored.sha256})
    return attachment


@transaction.atomic
def remove_attachment(attachment: Attachment, *, actor: Actor) -> None:
    """Take an attachment out of a draft; the file stays with earlier submissions."""
    _refuse_unless_editable(attachment.application)
    attachment.removed_at = timezone.now()
    attachment.save(update_fields=["removed_at"])
    audit.record("remove_attachment", attachment, actor=actor, after={"file": attachment.file.name})


@transaction.atomic
def offer_for_signature(application: GrantApplication, *, on: date, actor: Actor) -> None:
    """Sign first and hand the application to the second person. Raises Incomplete or NotAllowedNow."""
    APPLICATION.check("offer_for_signature", GrantApplication.objects.get(pk=application.pk))
    if missing := completeness.missing_parts(application):
        raise Incomplete(missing)
    changes = {
        **actor.signs("offered"),
        "offered_at": timezone.now(),
        "amount_requested": amounts.compute(application).total,
        "status_since": on,
    }
    APPLICATION.apply("offer_for_signature", application, actor=actor, changes=changes)
    notifications.tell_signatories(application)


@transaction.atomic
def resume_editing(application: GrantApplication, *, on: date, actor: Actor) -> None:
    """Take the application back for editing; both signatures are void."""
    nobody = dict.fromkeys(("offered_by", "offered_for", "offered_at", "signed_by", "signed_for", "signed_at"))
    APPLICATION.apply("resume_editing", application, actor=actor, changes={**nobody, "status_since": on})


@transaction.atomic
def countersign_application(application: GrantApplication, *, on: date, actor: Actor) -> None:
    """Sign second. Raises SamePerson (deputies count as both) or NotAllowedNow."""
    current = locking(GrantApplication.objects).get(pk=application.pk)
    APPLICATION.check("countersign", current)
    refuse_same_person(actor, persons_of(current, "offered"))
    changes = {**actor.signs("signed"), "signed_at": timezone.now(), "status_since": on}
    APPLICATION.apply("countersign", application, actor=actor, changes=changes)


@transaction.atomic
def submit_application(application: GrantApplication, *, on: date, actor: Actor) -> Submission:
    """Submit to the granting authority; what the receipt says is fixed here, `receipt_of` makes it.

    Raises CallNotOpen, TooLate or NotAllowedNow.
    A strict deadline refuses; any other marks the application as late. A last day on a weekend or holiday moves to the
    next working day (§ 31 (3) VwVfG NRW); a centre with a longer window is in time until the end of its own.
    """
    current = locking(GrantApplication.objects).get(pk=application.pk)
    APPLICATION.check("submit", current)
    call = Call.objects.get(pk=application.call_id)  # joined to the lock it would be read as it was before the wait
    last_day = queries.last_day_to_apply(call, application.centre_id)
    is_late = last_day is not None and on > last_day and not application.submissions.exists()
    if call.status == CallStatus.DRAFT or on < call.opens_on:
        raise CallNotOpen(_("Das Programmjahr ist noch nicht geöffnet."))
    if is_late and call.is_strict:
        raise TooLate(
            _("Die Ausschlussfrist endete am %(day)s; der Antrag kann nicht mehr eingereicht werden.")
            % {"day": f"{last_day:%d.%m.%Y}"}
        )
    changes = {
        "received_on": application.received_on or on,
        "is_late": application.is_late or is_late,
        "file_reference": application.file_reference or file_reference_for(application),
        "hand_back_reason": "",
        "status_since": on,
    }
    APPLICATION.apply("submit", application, actor=actor, changes=changes, locked=current)
    submission = Submission.objects.create(
        application=application,
        number=application.submissions.count() + 1,
        content=snapshot(application),
        amount_requested=application.amount_requested,
        received_on=on,
        receipt_says=letters.receipt_text(application, on=on),
        **actor.signs("submitted"),
    )
    notifications.tell_authority_about_submission(application)
    return submission


def file_reference_for(application: GrantApplication) -> str:
    """Return the file number: division, programme, year, key of the centre, and a count for a second application."""
    call = application.call
    base = f"36-{call.programme.code.replace('_', '.')}-{call.budget_year}-{application.centre.key}"
    of_centre = GrantApplication.objects.filter(centre=application.centre, call__programme=call.programme)
    earlier = of_centre.filter(call__budget_year=call.budget_year).exclude(file_reference="").count()
    return base if not earlier else f"{base}-{earlier + 1}"


@transaction.atomic
def withdraw_application(application: GrantApplication, *, reason: str, on: date, actor: Actor) -> None:
    """Withdraw before a decision; an open proposal and open questions lapse."""
    changes = {"withdrawal_reason": reason, "status_since": on}
    APPLICATION.apply("withdraw", application, actor=actor, changes=changes, note=reason)
    for decision in application.decisions.filter(status="PROPOSED"):
        DECISION.apply("lapse", decision, actor=actor)
    for request in application.information_requests.filter(status="OPEN"):
        INFORMATION_REQUEST.apply("lapse", request, actor=actor)
        clocks.question_lapses(request, reason=_("Der Antrag ist zurückgezogen."), on=on, actor=actor)
    notifications.tell_authority_about_withdrawal(application)


@transaction.atomic
def invite_comments(application: GrantApplication, *, actor: Actor) -> None:
    """Let the coordination unit read this draft and comment on its sections."""
    _refuse_unless_editable(application)
    application.comments_invited_at = timezone.now()
    application.save(update_fields=["comments_invited_at"])
    audit.record("invite_comments", application, actor=actor, after={"invited": True})
    notifications.tell_coordination_about_invitation(application)


@transaction.atomic
def comment_on_draft(application: GrantApplication, *, section: str, text: str, actor: Actor) -> DraftComment:
    """Comment on one section of a draft. Raises NotEditable once it has left the draft."""
    _refuse_unless_editable(application)
    comment = DraftComment.objects.create(
        application=application, section=section, text=text, written_by=actor.user, written_as=actor.label
    )
    audit.record("comment_on_draft", comment, actor=actor, after={"section": section, "text": text})
    notifications.tell_centre_about_comment(comment)
    return comment


@transaction.atomic
def settle_comment(comment: DraftComment, *, actor: Actor) -> None:
    """Mark a comment as dealt with."""
    comment.settled_at = timezone.now()
    comment.save(update_fields=["settled_at"])
    audit.record("settle_comment", comment, actor=actor, after={"settled": True})
