"""Pages of teacher posts: a request, its decision, its secondments."""

from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.core import audit
from verbund.core.acts import act_at_once
from verbund.core.acts import act_with_form as act_with_form_on
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory import queries as directory
from verbund.staffing import forms, operations, page, permissions, queries
from verbund.staffing.lifecycle import TEACHER_REQUEST


@require_safe
@gate(among=queries.requests_visible_to)
def teacher_request(request, record):
    """One request: next step, the posts in kind, who fills them (own carrier) or how much is filled, history."""
    actor, on = request.actor, today()
    secondments = list(record.secondments.all())
    figures = page.fill(record, secondments, on)
    sees_rows = permissions.sees_secondments(actor, record)
    can_manage = permissions.can_manage_request(actor, record)
    moves = TEACHER_REQUEST.open_for(record.status)
    context = {
        "record": record,
        "tone": page.TONES[record.status],
        "step": page.next_step(record, actor, on=on),
        "steps": page.steps_of(record),
        "limit": queries.limit_for(record.centre.carrier.kind, record.year, guideline=record.guideline),
        "figures": figures,
        "sees_rows": sees_rows,
        "rows": page.secondment_rows(record, secondments, actor) if sees_rows else [],
        "can_edit": can_manage and record.is_draft,
        "can_withdraw": can_manage and "withdraw_request" in moves,
        "can_decline": record.is_requested and permissions.can_decide(actor, record),
        "can_record": record.is_confirmed and permissions.can_record_secondment(actor, record),
        "history": audit.history_of(record, *(secondments if sees_rows else [])),
    }
    return show(request, "staffing/request.html", context)


act_with_form = partial(act_with_form_on, template="staffing/act.html")


@gate(may=permissions.can_request)
def new_request(request):
    """Begin a request for this or the coming year."""
    on, centres = today(), directory.centres_of(request.actor)
    form = forms.NewRequestForm(
        request.POST or None,
        centres=centres,
        years=[on.year + 1, on.year],
        initial={"centre": next(iter(centres), None), "year": on.year + 1},
    )
    return act_with_form(
        request,
        form,
        lambda typed: operations.start_request(**typed, on=on, actor=request.actor),
        title=_("Lehrkräftestellen anfordern"),
        label=_("Entwurf speichern"),
        intro=_("Sachleistung des Landes, kein Geldbetrag. Sie sehen den Entwurf noch einmal, bevor Sie ihn absenden."),
        back=reverse("staffing:home"),
        done=_("Der Entwurf ist gespeichert. Das Schulministerium sieht ihn erst, wenn Sie ihn absenden."),
        goes_to_made=True,
    )


@gate(among=queries.requests_visible_to, may=permissions.can_manage_request)
def edit_request(request, record):
    """Change a draft; of two people who do so the second one reads that the first has saved."""
    initial = {"posts_requested": record.posts_requested, "reason": record.reason, "seen_version": record.version}
    return act_with_form(
        request,
        forms.EditForm(request.POST or None, initial=initial),
        lambda typed: operations.edit_request(record, **typed, actor=request.actor),
        title=_("Entwurf ändern"),
        label=_("Speichern"),
        back=record.get_absolute_url(),
        done=_("Gespeichert."),
        subject=record,
    )


@require_POST
@gate(among=queries.requests_visible_to, may=permissions.can_manage_request)
def submit_request(request, record):
    return act_at_once(
        request,
        lambda: operations.submit_request(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Angefordert. Das Schulministerium entscheidet."),
    )


@require_POST
@gate(among=queries.requests_visible_to, may=permissions.can_manage_request)
def withdraw_request(request, record):
    return act_at_once(
        request,
        lambda: operations.withdraw_request(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Die Anforderung ist zurückgezogen."),
    )


@gate(among=queries.requests_visible_to, may=permissions.can_decide)
def confirm_request(request, record):
    return act_with_form(
        request,
        forms.ConfirmForm(request.POST or None, initial={"posts_confirmed": record.posts_requested}),
        lambda typed: operations.confirm_request(record, **typed, on=today(), actor=request.actor),
        title=_("Lehrkräftestellen bestätigen"),
        label=_("Bestätigen"),
        intro=_("Angefordert: %(posts)s Stellen. Sachleistung des Landes, kein Geldbetrag.")
        % {"posts": operations.german(record.posts_requested)},
        back=record.get_absolute_url(),
        done=_("Bestätigt. Das Zentrum trägt die Abordnungen ein."),
        subject=record,
    )


@gate(among=queries.requests_visible_to, may=permissions.can_decide)
def decline_request(request, record):
    return act_with_form(
        request,
        forms.DeclineForm(request.POST or None),
        lambda typed: operations.decline_request(record, **typed, on=today(), actor=request.actor),
        title=_("Anforderung ablehnen"),
        label=_("Ablehnen"),
        back=record.get_absolute_url(),
        done=_("Abgelehnt. Das Zentrum ist benachrichtigt."),
        subject=record,
    )


@gate(among=queries.requests_visible_to, may=permissions.can_record_secondment)
def new_secondment(request, record):
    on = today()
    first = max(on, on.replace(year=record.year, month=1, day=1)) if record.year >= on.year else None
    initial = {
        "label": queries.next_label(record),
        "full_time_share": "1",
        "valid_from": first,
        "valid_until": on.replace(year=record.year, month=12, day=31),
    }
    return act_with_form(
        request,
        forms.SecondmentForm(request.POST or None, initial=initial),
        lambda typed: operations.record_secondment(record, **typed, on=on, actor=request.actor),
        title=_("Abordnung eintragen"),
        label=_("Eintragen"),
        intro=_("Keine Namen: Eine Funktion genügt, um die Lehrkräfte zu unterscheiden."),
        back=record.get_absolute_url(),
        done=_("Die Abordnung ist eingetragen."),
        subject=record,
    )


@gate(among=queries.secondments_visible_to, may=permissions.can_change_secondment)
def end_secondment(request, record):
    return act_with_form(
        request,
        forms.EndForm(request.POST or None),
        lambda typed: operations.end_secondment(record, **typed, actor=request.actor),
        title=_("%(label)s: Abordnung vorzeitig beenden") % {"label": record.label},
        label=_("Beenden"),
        back=record.request.get_absolute_url(),
        done=_("Die Abordnung ist beendet."),
        subject=record.request,
    )


@gate(among=queries.secondments_visible_to, may=permissions.can_change_secondment)
def cancel_secondment(request, record):
    return act_with_form(
        request,
        forms.CancelForm(request.POST or None),
        lambda typed: operations.cancel_secondment(record, **typed, actor=request.actor),
        title=_("%(label)s: Abordnung streichen") % {"label": record.label},
        label=_("Streichen"),
        intro=_(
            "Streichen heißt: Der Eintrag war ein Irrtum und zählt nicht. Eine Abordnung, die es gab, beenden Sie."
        ),
        back=record.request.get_absolute_url(),
        done=_("Die Abordnung ist gestrichen und zählt nicht mehr."),
        subject=record.request,
    )
