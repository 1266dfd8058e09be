"""Applications: overview, list, one application, and what the carrier does with it."""

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from verbund.core import audit, files
from verbund.core.dates import today
from verbund.core.error_pages import unprocessable
from verbund.core.errors import DomainError
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.queries import centres_of
from verbund.funding import listing, operations, parties, permissions, queries
from verbund.funding.amounts import assess
from verbund.funding.completeness import missing_parts
from verbund.funding.forms.applications import AnswerForm, AttachmentForm, CommentForm
from verbund.funding.forms.bulk import ApplicationsForm
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.lifecycle import APPLICATION
from verbund.funding.next_step import next_step, notice_of, steps_of
from verbund.funding.reading_log import noted
from verbund.funding.views.acts import act_at_once, act_with_form
from verbund.programmes.queries import rows_of


@gate(may=permissions.finds_funding)
def home(request):
    """What is going on in funding, for the acting person: open calls, own applications, titles."""
    if permissions.is_auditor(request.actor):
        return redirect("funding:audits")
    actor = request.actor
    calls = list(queries.calls_open_for(actor, on=today())) if permissions.can_apply(actor) else []
    context = {
        "starts": listing.possible_starts(calls, centres_of(actor), queries.windows_visible_to(actor)) if calls else [],
        "rows": listing.rows(queries.applications_visible_to(actor)[:20]),
        "titles": queries.titles_visible_to(actor)[:6],
        "sees_titles": permissions.can_see_titles(actor),
        "sees_receipts": permissions.can_see_receipts(actor),
        "sees_accounts": permissions.can_see_accounts(actor),
        "reads_proofs": permissions.reads_proofs(actor),
        "sees_signing": permissions.can_act_on_many(actor),
        "sees_payment_lists": permissions.can_see_payment_lists(actor),
        "manages_calls": permissions.can_manage_calls(actor),
    }
    return show(request, "funding/home.html", context)


@gate(may=permissions.finds_funding)
def applications(request):
    """The list, filtered by what stands in the address."""
    if permissions.is_auditor(request.actor):
        return redirect("funding:audits")
    context = listing.page_of(request.GET, request.actor)
    if permissions.can_act_on_many(request.actor):
        context["acts"] = ApplicationsForm.base_fields["kind"].choices
    return show(request, "funding/applications.html", context)


@gate(among=queries.applications_visible_to)
@noted(gettext_lazy("Antrag"), lambda record: record)
def application(request, record):
    """One application with everything that belongs to it."""
    return application_page(request, record)


def application_page(request, record, *, comment_form=None, attachment_form=None, refusal="", status=200):
    actor = request.actor
    questions = Prefetch("information_requests", queries.information_requests_visible_to(actor))
    prefetch_related_objects([record], "posts", "extras", "attachments__file", questions, "decisions")
    is_own = permissions.works_for_carrier(actor, record.carrier_id)
    reads_content = (
        is_own or not (record.is_inside or record.status == "RETURNED") or permissions.can_comment(actor, record)
    )
    assessment = assess(record)
    notice = notice_of(record)
    missing = missing_parts(record, assessment) if is_own and record.is_editable else []
    context = {
        "application": record,
        "place": listing.place_of(request.GET, actor, record),
        "way": listing.way_of(request.GET) if listing.IN_ROW in request.GET else "",
        "assessment": assessment,
        "missing": missing,
        "lacks_documents": any(part.is_document for part in missing),
        "reads_content": reads_content,
        "is_own": is_own,
        "step": next_step(record, actor, notice=notice),
        "steps": steps_of(record),
        "posts": record.posts.all(),
        "extras": _extras_with_labels(record),
        "attachments": [found for found in record.attachments.all() if found.removed_at is None],
        "submissions": record.submissions.select_related("receipt"),
        "information_requests": record.information_requests.all(),
        "comments": queries.comments_visible_to(actor).filter(application=record),
        "notice": notice,
        "can_edit": permissions.can_edit_application(actor, record) and record.is_editable,
        "can_resume": permissions.can_offer_for_signature(actor, record)
        and record.status in {"AWAITING_SIGNATURE", "SIGNED"},
        "can_withdraw": permissions.can_withdraw_application(actor, record) and _is_open("withdraw", record),
        "can_invite": permissions.can_invite_comments(actor, record)
        and record.is_editable
        and not record.comments_invited_at,
        "can_review": permissions.can_review(actor, record) and record.received_on is not None,
        "can_comment": permissions.can_comment(actor, record),
        "comment_form": comment_form or CommentForm(),
        "attachment_form": attachment_form or AttachmentForm(),
        "window": None if record.received_on else queries.window_of(record.call, record.centre_id),
        "hold": record.holds.filter(lifted_at=None).first(),
        "can_hold": permissions.can_hold(actor, record) and record.received_on is not None,
        "refusal": refusal,
        "history": audit.history_of(record, *_decisions_shown(record, actor), *record.information_requests.all()),
    }
    return show(request, "funding/application.html", context, status=status)


def _decisions_shown(record, actor) -> list:
    """Proposals and who sent them back are the authority's own business; all others read the notice."""
    return list(record.decisions.all()) if parties.is_of_authority(actor) else []


def _is_open(move: str, record) -> bool:
    return move in APPLICATION.open_for(record.status)


def _extras_with_labels(record) -> list[dict]:
    labels = {cap.item: cap.label for cap in rows_of(record.call.guideline, "extras")}
    return [{"label": labels.get(extra.item, extra.item), "amount": extra.amount} for extra in record.extras.all()]


@gate(among=queries.calls_visible_to)
def start(request, call):
    """Begin an application for one of the actor's centres, with last year's content where there is one."""
    typed = request.POST.get("centre", "")[:20]
    centre = next((one for one in centres_of(request.actor) if str(one.pk) == typed), None)
    if request.method != "POST" or centre is None or not permissions.can_apply(request.actor):
        return redirect("funding:home")
    earlier = queries.earlier_application(call, centre) if request.POST.get("carry_over") else None
    try:
        made = operations.start_application(call, centre=centre, on=today(), actor=request.actor, carry_over=earlier)
    except operations.AlreadyApplied:
        made = queries.applications_visible_to(request.actor).filter(call=call, centre=centre).first()
        return redirect(made)
    except DomainError as refusal:
        return unprocessable(request, sentence=str(refusal), back_href=reverse("funding:home"))
    return redirect("funding:edit", made.pk)


@require_POST
@gate(among=queries.applications_visible_to, may=permissions.can_edit_application)
def attach(request, record):
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            operations.attach(record, **form.cleaned_data, actor=request.actor)
        except DomainError as refusal:
            form.add_error("upload", str(refusal))
        else:
            return redirect(f"{record.get_absolute_url()}#anlagen")
    return application_page(request, record, attachment_form=form, status=422)


@require_POST
@gate(among=queries.applications_visible_to, may=permissions.can_edit_application)
def remove_attachment(request, record, attachment_pk):
    attachment = record.attachments.filter(pk=attachment_pk, removed_at=None).first()
    back = f"{record.get_absolute_url()}#anlagen"
    if attachment is None:
        return redirect(back)
    return act_at_once(
        request,
        lambda: operations.remove_attachment(attachment, actor=request.actor),
        back=back,
        done=_("Die Anlage ist entfernt."),
    )


@gate(among=queries.attachments_visible_to)
@noted(gettext_lazy("Anlage"))
def attachment(request, record):
    return files.respond(record.file)


@gate(among=queries.submissions_visible_to)
@noted(gettext_lazy("Eingangsbestätigung"))
def receipt(request, record):
    """The receipt; who opens it before the clock has come to it has it made now."""
    return files.respond(operations.receipt_of(record))


@gate(among=queries.information_requests_visible_to)
@noted(gettext_lazy("Nachforderung"))
def request_document(request, record):
    return files.respond(record.document)


@require_POST
@gate(among=queries.applications_visible_to, may=permissions.can_offer_for_signature)
def offer(request, record):
    return act_at_once(
        request,
        lambda: operations.offer_for_signature(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Gezeichnet. Jetzt zeichnet eine zweite Person mit."),
    )


@require_POST
@gate(among=queries.applications_visible_to, may=permissions.can_offer_for_signature)
def resume(request, record):
    return act_at_once(
        request,
        lambda: operations.resume_editing(record, on=today(), actor=request.actor),
        back=reverse("funding:edit", args=[record.pk]),
        done=_("Der Antrag ist wieder ein Entwurf; die Unterschriften gelten nicht mehr."),
    )


@require_POST
@gate(among=queries.applications_visible_to, may=permissions.can_countersign_application)
def countersign(request, record):
    return act_at_once(
        request,
        lambda: operations.countersign_application(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Mitgezeichnet. Der Antrag kann eingereicht werden."),
    )


@require_POST
@gate(among=queries.applications_to_submit, may=permissions.can_submit_application)
def submit(request, record):
    return act_at_once(
        request,
        lambda: operations.submit_application(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Eingereicht. Die Eingangsbestätigung liegt unten bei."),
    )


@gate(among=queries.applications_visible_to, may=permissions.can_withdraw_application)
def withdraw(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.withdraw_application(record, on=today(), actor=request.actor, **typed),
        title=_("Antrag zurückziehen"),
        intro=_(
            "Zurückziehen geht bis zur Entscheidung und lässt sich nicht rückgängig machen. Sie können neu beantragen."
        ),
        label=_("Zurückziehen"),
        back=record.get_absolute_url(),
        done=_("Der Antrag ist zurückgezogen."),
        subject=record,
    )


@require_POST
@gate(among=queries.applications_visible_to, may=permissions.can_invite_comments)
def invite_comments(request, record):
    return act_at_once(
        request,
        lambda: operations.invite_comments(record, actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Die Koordinierungsstelle kann den Entwurf jetzt lesen und kommentieren."),
    )


@require_POST
@gate(among=queries.applications_visible_to, may=permissions.can_comment)
def comment(request, record):
    form = CommentForm(request.POST)
    if form.is_valid():
        return act_at_once(
            request,
            lambda: operations.comment_on_draft(record, **form.cleaned_data, actor=request.actor),
            back=record.get_absolute_url(),
            done=_("Der Kommentar ist beim Zentrum."),
        )
    return application_page(request, record, comment_form=form, status=422)


@require_POST
@gate(
    among=queries.comments_visible_to,
    may=lambda actor, found: permissions.can_edit_application(actor, found.application),
)
def settle_comment(request, record):
    return act_at_once(
        request,
        lambda: operations.settle_comment(record, actor=request.actor),
        back=record.application.get_absolute_url(),
        done=_("Als erledigt vermerkt."),
    )


@gate(among=queries.information_requests_visible_to, may=permissions.can_answer_request)
def answer_request(request, record):
    return act_with_form(
        request,
        AnswerForm(request.POST or None),
        lambda typed: operations.answer_request(record, on=today(), actor=request.actor, **typed),
        title=_("Nachforderung beantworten"),
        intro=record.text,
        label=_("Antwort senden"),
        back=record.application.get_absolute_url(),
        done=_("Ihre Antwort ist bei der Bewilligungsbehörde."),
        subject=record.application,
    )
