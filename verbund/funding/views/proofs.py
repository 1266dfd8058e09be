"""Proofs of use: the list, one proof, and what the carrier does with it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from verbund.core import files
from verbund.core.dates import today
from verbund.core.errors import DomainError, show_on
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import operations, permissions, proof_page, proof_sources, queries
from verbund.funding.forms.proofs import ProofForm
from verbund.funding.views.acts import act_at_once


@gate(may=permissions.reads_proofs)
def proofs(request):
    """All proofs the person may see, newest first."""
    return show(request, "funding/proofs.html", proof_page.listing(request.actor, request.GET))


@gate(among=queries.proofs_visible_to)
def proof(request, record):
    """One proof: the numbers, the confirmation, the examination, the result."""
    return show(request, "funding/proof.html", proof_page.page_of(record, request.actor, on=today()))


@require_POST
@gate(among=queries.notices_visible_to, may=permissions.can_begin_proof)
def begin(request, record):
    known = queries.proofs_of(record.application).filter(kind="FINAL").first()
    if known:
        return redirect(known)
    made = operations.begin_proof(record.application, on=today(), actor=request.actor)
    messages.success(request, _("Der Nachweis ist aus dem Bescheid gefüllt."))
    return redirect("funding:proof-edit", made.pk)


@gate(among=queries.proofs_visible_to, may=permissions.can_edit_proof)
def edit(request, record):
    """The whole proof as one form; somebody else's save in between is told, what was typed stays."""
    if not record.is_editable:
        return redirect(record)
    asks = proof_sources.asks_for_narrative(record.application)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ProofForm(*data, proof=record, lines=list(record.lines.all()), asks_for_narrative=asks)
    if request.method == "POST" and form.is_valid():
        try:
            operations.save_proof(
                record,
                lines=form.spendings(),
                narrative=form.cleaned_data.get("narrative", ""),
                audit_confirmation=form.audit_confirmation(),
                is_declared=form.cleaned_data["is_declared"],
                seen_version=form.cleaned_data["version"],
                actor=request.actor,
            )
        except DomainError as refusal:
            show_on(form, refusal)
            return show(request, "funding/proof_edit.html", {"proof": record, "form": form}, status=refusal.status)
        messages.success(request, _("Gespeichert."))
        return redirect(record)
    return show(request, "funding/proof_edit.html", {"proof": record, "form": form}, status=422 if form.errors else 200)


@require_POST
@gate(among=queries.proofs_visible_to, may=permissions.can_offer_proof)
def offer(request, record):
    return act_at_once(
        request,
        lambda: operations.offer_proof(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Gezeichnet. Jetzt zeichnet die Kämmerei oder die Zeichnung mit."),
    )


@require_POST
@gate(among=queries.proofs_visible_to, may=permissions.can_edit_proof)
def resume(request, record):
    return act_at_once(
        request,
        lambda: operations.resume_proof(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Der Nachweis ist wieder in Bearbeitung; die Unterschrift gilt nicht mehr."),
    )


@require_POST
@gate(among=queries.proofs_visible_to, may=permissions.can_submit_proof)
def submit(request, record):
    return act_at_once(
        request,
        lambda: operations.submit_proof(record, on=today(), actor=request.actor),
        back=record.get_absolute_url(),
        done=_("Eingereicht. Die Eingangsbestätigung liegt unter „Schriftstücke“."),
    )


@gate(among=queries.proof_submissions_visible_to)
def receipt(request, record):
    return files.respond(record.receipt)


@gate(among=queries.proofs_visible_to)
def audit_confirmation(request, record):
    if record.audit_confirmation is None:
        raise Http404
    return files.respond(record.audit_confirmation)


@gate(among=queries.proofs_visible_to)
def result(request, record):
    decision = record.decisions.filter(status="SIGNED").select_related("document").first()
    if decision is None:
        raise Http404
    return files.respond(decision.document)
