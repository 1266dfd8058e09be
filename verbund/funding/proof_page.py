"""What the pages say about proofs of use: the section of a notice, one proof, the list, a sample."""

from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import audit
from verbund.core.acting import Actor, persons_of
from verbund.funding import (
    operations,
    parties,
    payout,
    permissions,
    proof_clocks,
    proof_sources,
    proof_workings,
    queries,
)
from verbund.funding.calculations.sampling import draw
from verbund.funding.forms.reviews import ConflictForm
from verbund.funding.lifecycle import PROOF, PROOF_DECIDED, ProofStatus
from verbund.funding.models import GrantNotice, ProofDecision, ProofOfUse, SampleDraw
from verbund.funding.next_step import NextStep
from verbund.funding.operations.proof_examinations import open_proposal
from verbund.funding.proof_findings import findings
from verbund.programmes.rules import CITY, COUNTY

P = ProofStatus
TONES = {
    P.DRAFT: "neutral",
    P.RETURNED: "warning",
    P.AWAITING_SIGNATURE: "info",
    P.SUBMITTED: "info",
    P.UNDER_CHECK: "info",
    P.OBJECTED: "warning",
    P.PROPOSED: "info",
    P.ACCEPTED: "success",
    P.ACCEPTED_WITH_CUT: "warning",
    P.REFUSED: "danger",
    P.NOTED: "success",
}
PAGE_SIZE = 50
STRATA = {COUNTY: gettext_lazy("Kreise und Städteregion"), CITY: gettext_lazy("Städte")}


def about(notice: GrantNotice, actor: Actor, *, on: date) -> dict:
    """Return the context of `funding/parts/proofs.html`; nothing for a refusal or who does not read proofs."""
    if not notice.is_grant or not permissions.reads_proofs(actor):
        return {}
    is_authority = parties.is_of_authority(actor)
    known = list(queries.proofs_of(notice.application))
    final = next((proof for proof in known if proof.is_final), None)
    return {
        "reads_proofs": True,
        "proofs": [
            {"proof": proof, "tone": TONES[proof.status], "can_open": not (is_authority and proof.is_inside)}
            for proof in known
        ],
        "proof_due_on": None if final and final.received_on else _due_on(notice),
        "can_begin_proof": final is None and permissions.can_begin_proof(actor, notice),
        "can_order_interim": permissions.can_propose_change(actor, notice),
    }


def _due_on(notice: GrantNotice) -> date | None:
    return proof_clocks.due_on(ProofOfUse(application=notice.application))


def listing(actor: Actor, filters) -> dict:
    """Return the list of proofs, filtered by status in the address; a constant number of statements."""
    found = queries.proofs_visible_to(actor)
    status = filters.get("stand", "")
    if status in ProofStatus.values:
        found = found.filter(status=status)
    page = Paginator(found, PAGE_SIZE).get_page(filters.get("seite"))
    return {
        "page": page,
        "rows": [{"proof": proof, "tone": TONES[proof.status]} for proof in page],
        "statuses": ProofStatus.choices,
        "status": status,
        "sees_samples": permissions.can_see_samples(actor),
    }


def page_of(proof: ProofOfUse, actor: Actor, *, on: date) -> dict:
    """Return the context of the page of one proof."""
    lines = list(proof.lines.all())
    is_authority = parties.is_of_authority(actor)
    decision = proof.decisions.filter(status="SIGNED").select_related("document").first()
    signed = [decision] if decision else []
    proposal = open_proposal(proof) if is_authority else None
    missing = operations.missing_in(proof) if proof.is_editable and not is_authority else []
    return {
        "proof": proof,
        "application": proof.application,
        "tone": TONES[proof.status],
        "due_on": proof_clocks.due_on(proof) if proof.received_on is None else None,
        "rows": proof_workings.rows_of(proof, lines),
        "sums": sums_of(proof, lines, decision or proposal, actor),
        "asks_for_narrative": proof_sources.asks_for_narrative(proof.application),
        "missing": missing,
        "decision": decision,
        "step": next_step(proof, proposal, missing, actor),
        "submissions": proof.submissions.select_related("receipt"),
        "can_resume": proof.status == P.AWAITING_SIGNATURE and permissions.can_edit_proof(actor, proof),
        "history": audit.history_of(proof, *(proof.decisions.all() if is_authority else signed)),
        **(_of_authority(proof, proposal, actor) if is_authority else {}),
    }


def _of_authority(proof: ProofOfUse, proposal: ProofDecision | None, actor: Actor) -> dict:
    moves = PROOF.open_for(proof.status)
    examines = permissions.can_examine_proof(actor, proof)
    own = proof.application.conflict_declarations.filter(person=actor.user).first()
    samples = list(proof.samples.select_related("draw__programme"))
    return {
        "is_authority": True,
        "findings": [] if proof.status in PROOF_DECIDED else findings(proof),
        "samples": samples,
        "proposal": proposal,
        "is_proposer": bool(proposal and actor.persons & persons_of(proposal, "proposed")),
        "can_reject": proposal and permissions.can_reject_proof_proposal(actor, proposal),
        "declares": permissions.can_declare_at_proof(actor, proof) and proof.status not in PROOF_DECIDED,
        "declaration": own,
        "conflict_form": ConflictForm(),
        "can_hand_back": examines and "hand_back_proof" in moves,
        "can_object": examines and proof.is_final and "object_to_proof" in moves,
        "can_check": examines and bool(samples) and "propose_proof" in moves,
    }


def sums_of(proof: ProofOfUse, lines, decision: ProofDecision | None, actor: Actor) -> dict:
    """Return the sums below the table, and where the money stands after it."""
    zero = Decimal("0.00")
    recognised = decision.amount_recognised if decision else operations.amount_recognisable(proof)
    shown = [line.amount_recognised if line.amount_accepted is None else line.amount_accepted for line in lines]
    settlement = operations.settlement_of(proof.application, recognised)
    return {
        "granted": sum((line.amount_granted for line in lines), zero),
        "spent": sum((line.amount_spent or zero for line in lines), zero),
        "recognised": recognised,
        "rest": recognised - sum(shown, zero),
        "paid": payout.amount_paid(proof.application),
        "repay": settlement.repay,
        "open": settlement.open,
        "working": proof_workings.of_settlement(
            proof.application, settlement, recognised, proof.notice.amount_granted, actor
        ),
    }


def next_step(proof: ProofOfUse, proposal: ProofDecision | None, missing: list[str], actor: Actor) -> NextStep:
    """Return the one primary action of the page for this person, or whom the proof waits for."""
    if parties.is_of_authority(actor):
        return _step_of_authority(proof, proposal, actor)
    if proof.is_editable:
        return _step_of_draft(proof, missing, actor)
    if proof.status == P.AWAITING_SIGNATURE and permissions.can_submit_proof(actor, proof):
        same = actor.persons & persons_of(proof, "offered")
        why_not = _("Mitzeichnen kann nur eine zweite Person.") if same else ""
        title = _("Den Nachweis mitzeichnen; damit ist er eingereicht.")
        return NextStep(title, _("Mitzeichnen und einreichen"), _url("submit", proof), True, why_not)
    return _waiting(proof)


def _url(name: str, record) -> str:
    return reverse(f"funding:proof-{name}", args=[record.pk])


def _step_of_draft(proof: ProofOfUse, missing: list[str], actor: Actor) -> NextStep:
    if missing:
        return NextStep(_("Den Nachweis ausfüllen."), _("Bearbeiten"), _url("edit", proof))
    if permissions.can_offer_proof(actor, proof):
        title = _("Zeichnen und zur Mitzeichnung geben.")
        return NextStep(title, _("Zeichnen"), _url("offer", proof), by_post=True)
    return NextStep(waiting_for=_("die Leitung des Zentrums, die zuerst zeichnet"))


def _step_of_authority(proof: ProofOfUse, proposal: ProofDecision | None, actor: Actor) -> NextStep:
    if proposal is not None and permissions.can_sign_proof(actor, proposal):
        same = actor.persons & persons_of(proposal, "proposed")
        why_not = _("Zeichnen kann nur eine zweite Person.") if same else _undeclared(proof, actor)
        return NextStep(_("Das Ergebnis zeichnen."), _("Zeichnen"), _url("countersign", proposal), True, why_not)
    if not permissions.can_examine_proof(actor, proof):
        return _waiting(proof)
    if proof.status == P.SUBMITTED:
        title, why_not = _("Den Nachweis zur Prüfung übernehmen."), _undeclared(proof, actor)
        return NextStep(title, _("Übernehmen"), _url("take-over", proof), True, why_not)
    if proof.status == P.UNDER_CHECK and not proof.is_final:
        return NextStep(_("Den Zwischennachweis zur Kenntnis nehmen."), _("Festhalten"), _url("note", proof), True)
    is_heard = proof.hearing is not None and proof.hearing.is_heard
    if proof.status == P.UNDER_CHECK or (proof.status == P.OBJECTED and is_heard):
        if proof.samples.exists() and not proof.check_note:
            title = _("Vertieft prüfen: Der Nachweis ist in der Stichprobe.")
            return NextStep(title, _("Prüfungsvermerk schreiben"), _url("check", proof))
        return NextStep(_("Das Ergebnis der Prüfung vorschlagen."), _("Ergebnis vorschlagen"), _url("propose", proof))
    return _waiting(proof)


def _undeclared(proof: ProofOfUse, actor: Actor) -> str:
    """Return why this person cannot act yet: no declaration, or a conflict of interest."""
    own = proof.application.conflict_declarations.filter(person=actor.user).first()
    if own is None:
        return _("Erklären Sie zuerst, ob ein Interessenkonflikt besteht.")
    return _("Sie haben einen Interessenkonflikt erklärt.") if own.has_conflict else ""


def _waiting(proof: ProofOfUse) -> NextStep:
    waits = {
        P.AWAITING_SIGNATURE: _("die zweite Unterschrift des Trägers"),
        P.SUBMITTED: _("die Bewilligungsbehörde, die prüft"),
        P.UNDER_CHECK: _("die Bewilligungsbehörde, die prüft"),
        P.OBJECTED: _("die Stellungnahme des Trägers"),
        P.PROPOSED: _("eine zweite Person der Bewilligungsbehörde, die zeichnet"),
    }
    if proof.status == P.OBJECTED and proof.hearing.is_heard:
        return NextStep(waiting_for=waits[P.UNDER_CHECK])
    if proof.status in waits:
        return NextStep(waiting_for=waits[proof.status])
    return NextStep(done=_("Der Nachweis ist abgeschlossen."))


def sample_page(sample: SampleDraw, actor: Actor) -> dict:
    """Return the context of a sample: who is in it, and the list it was drawn from with every value."""
    found = sample.proofs.select_related(
        "proof__application__call__programme", "proof__application__centre__organisation"
    )
    drawings = draw(sample.seed, sample.population, sample.numbers)
    return {
        "sample": sample,
        "picked": [{"entry": one, "proof": one.proof, "tone": TONES[one.proof.status]} for one in found],
        "drawings": [
            {"name": one.name, "stratum": STRATA.get(one.stratum, one.stratum), "value": one.value[:16]}
            | {"is_drawn": one.is_drawn}
            for one in drawings
        ],
        "can_add": permissions.can_draw_sample(actor),
    }
