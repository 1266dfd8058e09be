"""Draw a sample of proofs that are examined in depth, and add to it by hand."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from verbund.core import audit
from verbund.core.acting import Actor
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.funding import queries
from verbund.funding.calculations.sampling import draw
from verbund.funding.lifecycle import PROOF_UNDER_EXAMINATION
from verbund.funding.models import ProofOfUse, SampledProof, SampleDraw
from verbund.funding.operations.decisions import ReasonMissing
from verbund.programmes.models import Programme


class NothingToDraw(DomainError):
    """No undecided proof of the year is waiting, or none was asked for."""


class AlreadySampled(DomainError):
    """The proof is in the sample, or can no longer be examined."""


@transaction.atomic
def draw_sample(
    programme: Programme, *, budget_year: int, numbers: Mapping[str, int], seed: str, on: date, actor: Actor
) -> SampleDraw:
    """Draw `numbers[stratum]` proofs of each kind of carrier; seed and list are stored. Raises NothingToDraw."""
    waiting = {proof.application.file_reference: proof for proof in queries.proofs_to_draw_from(programme, budget_year)}
    if not waiting or not any(numbers.values()):
        raise NothingToDraw(_("In diesem Jahr liegt kein Verwendungsnachweis vor, der noch zu prüfen ist."))
    strata = defaultdict(list)
    for reference, proof in waiting.items():
        strata[proof.application.carrier.kind].append(reference)
    sample = SampleDraw.objects.create(
        programme=programme,
        budget_year=budget_year,
        seed=seed,
        numbers=dict(numbers),
        population={stratum: sorted(names) for stratum, names in strata.items()},
        drawn_on=on,
        **actor.signs("drawn"),
    )
    drawn = [waiting[one.name] for one in draw(seed, strata, numbers) if one.is_drawn]
    SampledProof.objects.bulk_create(
        SampledProof(draw=sample, proof=proof, added_on=on, **actor.signs("added")) for proof in drawn
    )
    after = {"seed": seed, "numbers": str(dict(numbers)), "drawn": len(drawn), "budget_year": budget_year}
    audit.record("draw_sample", sample, actor=actor, after=after)
    return sample


@transaction.atomic
def add_to_sample(sample: SampleDraw, *, proof: ProofOfUse, reason: str, on: date, actor: Actor) -> SampledProof:
    """Add a proof by hand, with the reason. Raises ReasonMissing or AlreadySampled."""
    if not reason.strip():
        raise ReasonMissing(_("Wer von Hand auswählt, nennt den Grund."), field="reason")
    current = locking(ProofOfUse.objects).get(pk=proof.pk)
    if current.status not in PROOF_UNDER_EXAMINATION or not current.is_final:
        raise AlreadySampled(_("Dieser Nachweis wird nicht mehr geprüft."), field="proof")
    try:
        with transaction.atomic():
            added = SampledProof.objects.create(
                draw=sample, proof=proof, is_hand_picked=True, reason=reason, added_on=on, **actor.signs("added")
            )
    except IntegrityError as there:
        raise AlreadySampled(_("Dieser Nachweis ist schon in der Stichprobe."), field="proof") from there
    audit.record("add_to_sample", added, actor=actor, after={"reason": reason})
    return added
