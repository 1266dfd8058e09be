"""The clocks of a proof of use: when it falls due, and when that is done with.

The final proof runs on the first version of a grant's notice, whatever came after it; an interim proof on itself.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from verbund.core import deadlines
from verbund.core.acting import Actor
from verbund.core.dates import next_working_day
from verbund.core.deadlines import APPROVER, AUTHORITY, RECIPIENT
from verbund.funding import notifications, permissions, queries
from verbund.funding.models import GrantApplication, GrantNotice, ProofOfUse
from verbund.programmes import queries as programmes

PROOF_OF_USE, INTERIM_PROOF = "PROOF_OF_USE", "INTERIM_PROOF"


def register() -> None:
    """Register the two kinds; called once when the app is ready."""
    of_grant = "decision__application__"
    for code, label, model, path, visible_to in (
        (PROOF_OF_USE, _("Verwendungsnachweis einreichen"), GrantNotice, of_grant, queries.notices_visible_to),
        (INTERIM_PROOF, _("Zwischennachweis einreichen"), ProofOfUse, "application__", queries.proofs_visible_to),
    ):
        joined = [f"{path}{name}" for name in ("call__programme", "centre__organisation", "carrier__organisation")]
        deadlines.register_kind(
            code,
            label,
            audiences={
                RECIPIENT: notifications.provers_of,
                AUTHORITY: notifications.examiners_of,
                APPROVER: notifications.signers_of_proofs,
            },
            url=lambda subject: subject.get_absolute_url(),
            title=lambda subject: str(subject.application),
            subjects=lambda model=model, joined=joined: model.objects.select_related(*joined),
            visible_to=visible_to,
            may_extend=permissions.can_extend_proof,
        )


def nominal_day(application: GrantApplication) -> date | None:
    """Return the last day for the proof before any move to a working day; None without a rule."""
    call = application.call
    rule = programmes.deadline_rule(call.guideline, PROOF_OF_USE, call.budget_year)
    return rule.ends_after(call.period_until) if rule else None


def version_issued(notice: GrantNotice, *, on: date, actor: Actor) -> None:
    """Let the clock run with the first version of a grant; it stays the same for the versions after it."""
    nominal_on = nominal_day(notice.application)
    if notice.version == 1 and notice.is_grant and nominal_on is not None:
        deadlines.set_deadline(PROOF_OF_USE, notice, nominal_on=nominal_on, actor=actor, on=on)


def interim_ordered(proof: ProofOfUse, *, on: date, actor: Actor) -> None:
    deadlines.set_deadline(INTERIM_PROOF, proof, nominal_on=proof.due_on, actor=actor, on=on)


def submitted(proof: ProofOfUse, *, on: date, actor: Actor) -> None:
    """Stop the clock of a proof: it is there."""
    deadlines.fulfil(*_of(proof), on=on, actor=actor)


def handed_back(proof: ProofOfUse, *, due_on: date, on: date, actor: Actor) -> None:
    """Let the clock run again for a proof that is to be revised."""
    kind, subject = _of(proof)
    deadlines.set_deadline(kind, subject, nominal_on=due_on, actor=actor, on=on)


def due_on(proof: ProofOfUse) -> date | None:
    """Return the last day that counts for a proof: that of its clock, else the one the rule gives."""
    running = deadlines.due_of(*_of(proof))
    nominal_on = proof.due_on if proof.due_on else nominal_day(proof.application)
    return running or (next_working_day(nominal_on) if nominal_on else None)


def _of(proof: ProofOfUse) -> tuple[str, GrantNotice | ProofOfUse]:
    if proof.is_final:
        return PROOF_OF_USE, queries.versions_of(proof.application).first()
    return INTERIM_PROOF, proof
