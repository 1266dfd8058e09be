"""Money that comes back: the list of claims, one claim with its account, and what can be done with it."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core import exports as tables
from verbund.core import files
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import exports, operations, permissions, queries, reclaim_page, reclaim_reading
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.forms.reclaims import (
    ClaimBackForm,
    DeferralForm,
    OffsetForm,
    ProposeReclaimForm,
    ReclaimHearingForm,
    RefundForm,
    RemindForm,
    ReturnForm,
    WaiverForm,
)
from verbund.funding.views.acts import act_at_once, act_with_form


@gate(may=permissions.reads_funding)
def reclaims(request):
    """The list, filtered by what stands in the address."""
    return show(request, "funding/reclaims.html", reclaim_page.list_of(request.GET, request.actor))


@gate(may=permissions.reads_funding)
def reclaims_csv(request):
    found = exports.reclaim_rows(request.GET, request.actor)
    return tables.respond_csv(exports.reclaim_columns(request.actor), found, name=f"erstattungen-{today():%Y-%m-%d}")


@gate(may=permissions.reads_funding)
def reclaims_xlsx(request):
    found, name = exports.reclaim_rows(request.GET, request.actor), f"erstattungen-{today():%Y-%m-%d}"
    return tables.respond_xlsx(exports.reclaim_columns(request.actor), found, name=name, title=_("Erstattungen"))


@gate(among=queries.reclaims_visible_to)
def reclaim(request, record):
    """One claim: what is owed and how it is worked out, what was booked, what comes next."""
    context = reclaim_page.about(record, request.actor, on=today())
    context["history"] = reclaim_reading.history_of(record, request.actor)
    return show(request, "funding/reclaim.html", context)


@gate(among=queries.notices_visible_to, may=permissions.can_propose_change)
def claim_back(request, record):
    """The officer opens a claim by hand."""
    return act_with_form(
        request,
        ClaimBackForm(request.POST or None),
        lambda typed: operations.claim_back(record.application, **typed, on=today(), actor=request.actor),
        title=_("Zurückfordern"),
        intro=_("Die Forderung wird festgestellt; danach hören Sie den Träger an und schlagen den Bescheid vor."),
        label=_("Feststellen"),
        back=record.get_absolute_url(),
        done=_("Die Forderung ist festgestellt."),
        subject=record,
        goes_to_made=True,
    )


@gate(among=queries.notices_visible_to, may=permissions.can_pay_back)
def announce_return(request, record):
    """The carrier gives money back unasked."""
    return act_with_form(
        request,
        ReturnForm(request.POST or None),
        lambda typed: operations.announce_return(record.application, **typed, on=today(), actor=request.actor),
        title=_("Geld zurückgeben"),
        intro=_("Sie bekommen einen Verwendungszweck; sobald das Geld eingegangen ist, ist die Sache erledigt."),
        label=_("Ankündigen"),
        back=record.get_absolute_url(),
        done=_("Angekündigt. Überweisen Sie jetzt mit dem Verwendungszweck."),
        subject=record,
        goes_to_made=True,
    )


def _act(request, record, form, act, *, title: str, label: str, done: str, intro: str = ""):
    """Act on a claim with a form and go back to its page."""
    back = record.get_absolute_url()
    return act_with_form(
        request, form, act, title=title, label=label, back=back, done=done, intro=intro, subject=record
    )


@gate(among=queries.reclaims_visible_to, may=permissions.can_work_on_reclaim)
def hear(request, record):
    return _act(
        request,
        record,
        ReclaimHearingForm(request.POST or None, initial={"text": record.reason}),
        lambda typed: operations.hear_about_reclaim(record, **typed, on=today(), actor=request.actor),
        title=_("Anhören"),
        intro=_("Der Träger bekommt ein Schreiben und kann sich äußern, bevor Sie entscheiden (§ 28 VwVfG NRW)."),
        label=_("Anhörung senden"),
        done=_("Die Anhörung ist beim Träger."),
    )


@gate(among=queries.reclaims_visible_to, may=permissions.can_work_on_reclaim)
def propose(request, record):
    return _act(
        request,
        record,
        ProposeReclaimForm(request.POST or None, reclaim=record, initial={"interest_until": today()}),
        lambda typed: operations.propose_reclaim(record, **typed, on=today(), actor=request.actor),
        title=_("Erstattung vorschlagen"),
        intro=_("Die Zinsen werden aus den hinterlegten Basiszinssätzen gerechnet; eine zweite Person zeichnet."),
        label=_("Vorschlagen"),
        done=_("Vorgeschlagen. Jetzt zeichnet eine zweite Person."),
    )


@require_POST
@gate(among=queries.reclaims_visible_to, may=permissions.can_sign_reclaim)
def sign(request, record):
    return act_at_once(
        request,
        lambda: operations.countersign_reclaim(record, issued_on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Der Erstattungsbescheid ist erlassen."),
    )


@gate(among=queries.reclaims_visible_to, may=permissions.can_sign_reclaim)
def reject(request, record):
    return _act(
        request,
        record,
        ReasonForm(request.POST or None),
        lambda typed: operations.reject_reclaim(record, **typed, on=today(), actor=request.actor),
        title=_("Vorschlag zurückweisen"),
        label=_("Zurückweisen"),
        done=_("Der Vorschlag ist zurückgewiesen."),
    )


@gate(among=queries.reclaims_visible_to, may=permissions.can_work_on_reclaim)
def remind(request, record):
    return _act(
        request,
        record,
        RemindForm(request.POST or None),
        lambda typed: operations.remind(record, **typed, on=today(), actor=request.actor),
        title=_("An die Zahlung erinnern"),
        intro=_(
            "Der Träger bekommt ein Schreiben mit dem offenen Betrag und den Zinsen bis heute: zuerst eine "
            "Zahlungserinnerung, danach Mahnungen."
        ),
        label=_("Schreiben senden"),
        done=_("Das Schreiben ist beim Träger."),
    )


@gate(among=queries.reclaim_reminders_visible_to)
def reminder_document(request, record):
    return files.respond(record.document)


@gate(among=queries.reclaims_visible_to, may=permissions.can_drop_reclaim)
def drop(request, record):
    return _act(
        request,
        record,
        ReasonForm(request.POST or None),
        lambda typed: operations.drop_reclaim(record, **typed, on=today(), actor=request.actor),
        title=_("Fallen lassen"),
        label=_("Fallen lassen"),
        done=_("Die Forderung ist fallen gelassen."),
    )


@gate(among=queries.reclaims_visible_to, may=permissions.can_work_on_reclaim)
def end(request, record):
    return _act(
        request,
        record,
        ReasonForm(request.POST or None),
        lambda typed: operations.settle_without_interest(record, **typed, on=today(), actor=request.actor),
        title=_("Ohne Zinsen abschließen"),
        label=_("Abschließen"),
        done=_("Die Forderung ist erledigt."),
    )


@gate(among=queries.reclaims_visible_to, may=permissions.can_work_on_reclaim)
def defer(request, record):
    return _act(
        request,
        record,
        DeferralForm(request.POST or None, initial={"bears_interest": True}),
        lambda typed: operations.propose_deferral(record, **typed, on=today(), actor=request.actor),
        title=_("Stundung vorschlagen"),
        label=_("Vorschlagen"),
        done=_("Vorgeschlagen. Jetzt zeichnet eine zweite Person."),
    )


@gate(among=queries.reclaims_visible_to, may=permissions.can_work_on_reclaim)
def waive(request, record):
    return _act(
        request,
        record,
        WaiverForm(request.POST or None),
        lambda typed: operations.propose_waiver(record, **typed, on=today(), actor=request.actor),
        title=_("Erlass vorschlagen"),
        label=_("Vorschlagen"),
        done=_("Vorgeschlagen. Jetzt zeichnet eine zweite Person."),
    )


@require_POST
@gate(among=queries.reliefs_visible_to, may=permissions.can_sign_relief)
def grant_relief(request, record):
    return act_at_once(
        request,
        lambda: operations.grant_relief(record, on=today(), actor=request.actor),
        back=record.reclaim.get_absolute_url(),
        done=_("Bewilligt."),
    )


@gate(among=queries.reliefs_visible_to, may=permissions.can_sign_relief)
def reject_relief(request, record):
    return _act(
        request,
        record.reclaim,
        ReasonForm(request.POST or None),
        lambda typed: operations.reject_relief(record, **typed, actor=request.actor),
        title=_("Vorschlag zurückweisen"),
        label=_("Zurückweisen"),
        done=_("Der Vorschlag ist zurückgewiesen."),
    )


@gate(among=queries.reclaims_visible_to, may=permissions.can_work_on_reclaim)
def plan_offset(request, record):
    return _act(
        request,
        record,
        OffsetForm(request.POST or None, reclaim=record),
        lambda typed: operations.plan_offset(record, **typed, on=today(), actor=request.actor),
        title=_("Verrechnen"),
        intro=_(
            "Der Betrag wird von der nächsten Auszahlung einbehalten; wer sie anordnet, zeichnet als zweite Person."
        ),
        label=_("Vorsehen"),
        done=_("Vorgesehen. Mit der Auszahlung wird verrechnet."),
    )


@gate(among=queries.reclaims_visible_to, may=permissions.can_propose_refund)
def refund(request, record):
    return _act(
        request,
        record,
        RefundForm(request.POST or None),
        lambda typed: operations.propose_refund(record, **typed, on=today(), actor=request.actor),
        title=_("Überzahlung zurückgeben"),
        intro=_("Ausgezahlt wird, wenn eine zweite Person es angeordnet hat."),
        label=_("Vorschlagen"),
        done=_("Vorgeschlagen. Jetzt zeichnet eine zweite Person."),
    )


@require_POST
@gate(among=queries.refunds_visible_to, may=permissions.can_sign_relief)
def order_refund(request, record):
    return act_at_once(
        request,
        lambda: operations.order_refund(record, on=today(), actor=request.actor),
        back=record.reclaim.get_absolute_url(),
        done=_("Angeordnet und gebucht. Die Kasse zahlt aus."),
    )


@gate(among=queries.refunds_visible_to, may=permissions.can_sign_relief)
def reject_refund(request, record):
    return _act(
        request,
        record.reclaim,
        ReasonForm(request.POST or None),
        lambda typed: operations.reject_refund(record, **typed, actor=request.actor),
        title=_("Rückgabe zurückweisen"),
        label=_("Zurückweisen"),
        done=_("Der Vorschlag ist zurückgewiesen."),
    )
