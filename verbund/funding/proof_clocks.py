"""The clocks of a proof of use: when it falls due, and when that is done with.

The final proof runs on the first version of a grant's notice, whatever came after it; an interim proof on itself.
"""

from datetime import date

from verbund.core import deadlines
from verbund.core.acting import Actor
from verbund.core.dates import next_working_day
from verbund.funding import queries
from verbund.funding.clock_kinds import INTERIM_PROOF, PROOF_OF_USE
from verbund.funding.models import GrantApplication, GrantNotice, ProofOfUse
from verbund.programmes import queries as programmes


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
