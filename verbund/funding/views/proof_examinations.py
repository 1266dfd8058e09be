"""The authority's side of a proof of use: order, take over, hand back, object, check in depth, propose, sign."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import operations, permissions, proof_page, queries
from verbund.funding.forms.fields import ReasonForm
from verbund.funding.forms.proofs import CheckNoteForm, HandBackForm, InterimForm, ObjectionForm, ProofResultForm
from verbund.funding.forms.reviews import ConflictForm
from verbund.funding.views.acts import act_at_once, act_with_form


@gate(among=queries.notices_visible_to, may=permissions.can_propose_change)
def order_interim(request, record):
    return act_with_form(
        request,
        InterimForm(request.POST or None),
        lambda typed: operations.order_interim_proof(record.application, **typed, on=today(), actor=request.actor),
        title=_("Zwischennachweis anordnen"),
        intro=_("Der Träger legt dann dar, was bis dahin ausgegeben wurde. Entschieden wird darüber nicht."),
        label=_("Anordnen"),
        back=record.get_absolute_url(),
        done=_("Angeordnet. Der Träger ist benachrichtigt."),
        subject=record,
    )


@require_POST
@gate(among=queries.proofs_visible_to, may=permissions.can_declare_at_proof)
def declare(request, record):
    """Declare a conflict of interest, or none, from the page of the proof."""
    form = ConflictForm(request.POST)
    if not form.is_valid():
        context = proof_page.page_of(record, request.actor, on=today()) | {"conflict_form": form}
        return show(request, "funding/proof.html", context, status=422)
    operations.declare_conflict(record.application, **form.cleaned_data, actor=request.actor)
    messages.success(request, _("Ihre Erklärung ist gespeichert."))
    return redirect(record)


@require_POST
@gate(among=queries.proofs_visible_to, may=permissions.can_examine_proof)
def take_over(request, record):
    return act_at_once(
        request,
        lambda: operations.take_over_proof(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Sie prüfen diesen Nachweis."),
    )


@gate(among=queries.proofs_visible_to, may=permissions.can_examine_proof)
def hand_back(request, record):
    return act_with_form(
        request,
        HandBackForm(request.POST or None),
        lambda typed: operations.hand_back_proof(record, **typed, on=today(), actor=request.actor),
        title=_("Zur Überarbeitung zurückgeben"),
        intro=_("Der Träger kann dann alles ändern; beide Unterschriften sind neu nötig. Der erste Eingang zählt."),
        label=_("Zurückgeben"),
        back=record.application.get_absolute_url(),
        done=_("Der Nachweis ist beim Träger."),
        subject=record,
    )


@gate(among=queries.proofs_visible_to, may=permissions.can_examine_proof)
def object_to(request, record):
    return act_with_form(
        request,
        ObjectionForm(request.POST or None),
        lambda typed: operations.object_to_proof(record, **typed, on=today(), actor=request.actor),
        title=_("Beanstanden"),
        intro=_("Der Träger bekommt ein Schreiben und kann sich äußern, bevor Sie entscheiden (§ 28 VwVfG NRW)."),
        label=_("Anhörung senden"),
        back=record.get_absolute_url(),
        done=_("Die Anhörung ist beim Träger."),
        subject=record,
    )


@gate(among=queries.proofs_visible_to, may=permissions.can_examine_proof)
def record_check(request, record):
    return act_with_form(
        request,
        CheckNoteForm(request.POST or None, initial={"note": record.check_note}),
        lambda typed: operations.record_check(record, **typed, on=today(), actor=request.actor),
        title=_("Vertieft prüfen"),
        label=_("Vermerk festhalten"),
        back=record.get_absolute_url(),
        done=_("Der Prüfungsvermerk ist festgehalten."),
        subject=record,
    )


@gate(among=queries.proofs_visible_to, may=permissions.can_examine_proof)
def propose(request, record):
    form = ProofResultForm(request.POST or None, lines=list(record.lines.all()), initial={"outcome": "ACCEPTED"})

    def act(typed):
        cuts = form.cuts() if typed["outcome"] == "ACCEPTED_WITH_CUT" else None
        return operations.propose_proof(
            record, outcome=typed["outcome"], reasons=typed["reasons"], cuts=cuts, on=today(), actor=request.actor
        )

    return act_with_form(
        request,
        form,
        act,
        template="funding/proof_result.html",
        title=_("Ergebnis vorschlagen"),
        label=_("Vorschlagen"),
        back=record.get_absolute_url(),
        done=_("Vorgeschlagen. Jetzt zeichnet eine zweite Person."),
        subject=record,
        amount=operations.amount_recognisable(record),
    )


@require_POST
@gate(among=queries.proofs_visible_to, may=permissions.can_examine_proof)
def note_interim(request, record):
    return act_at_once(
        request,
        lambda: operations.note_interim_proof(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Der Zwischennachweis ist zur Kenntnis genommen."),
    )


@require_POST
@gate(among=queries.proof_decisions_visible_to, may=permissions.can_sign_proof)
def countersign(request, record):
    return act_at_once(
        request,
        lambda: operations.countersign_proof(record, on=today(), actor=request.actor),
        back=record.proof.get_absolute_url(),
        done=_("Gezeichnet; der Träger hat das Ergebnis."),
    )


@gate(among=queries.proof_decisions_visible_to, may=permissions.can_reject_proof_proposal)
def reject(request, record):
    return act_with_form(
        request,
        ReasonForm(request.POST or None),
        lambda typed: operations.reject_proof_proposal(record, **typed, on=today(), actor=request.actor),
        title=_("Vorschlag zurückweisen"),
        label=_("Zurückweisen"),
        back=record.proof.get_absolute_url(),
        done=_("Der Nachweis ist wieder in der Prüfung."),
        subject=record.proof,
    )
