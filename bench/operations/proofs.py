"""The proof of use of one centre: what its page costs, and what it costs to compute it from notice and posts anew."""

from datetime import date

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench import funding_world
from bench.harness import Figures, Visitor, cpu_of, measure
from bench.registry import operation
from verbund.accounts.roles import Role
from verbund.funding import operations, proof_sources, queries
from verbund.funding.models import ProofOfUse
from verbund.funding.tests import proofs, story

DAY = date(2024, 3, 4)


@operation("centre_proof", limit="page", goal="≤ 27 ms where the page takes 1.55 (ratio ≥ 0.057), ≤ 20 SQL")
def centre_proof() -> Figures:
    """The page as the centre's lead opens it; beside it all lines computed from notice, posts and occupancies."""
    funding_world.prepare()
    proof = _proof()
    visitor = Visitor(funding_world.member(Role.CENTRE_LEAD))
    figures = measure(lambda: visitor.get(f"/foerderung/nachweise/{proof.pk}/").expect(200), rows=proof.lines.count())
    with CaptureQueriesContext(connection) as statements:
        lines = _computed(proof.pk)
    assert lines == figures.rows
    figures.more = {
        "compute_ms": round(cpu_of(lambda: _computed(proof.pk), times=20), 3),
        "compute_sql": len(statements),
    }
    return figures


def _computed(pk: int) -> int:
    """Return how many lines were computed, everything read from the database."""
    proof = ProofOfUse.objects.select_related("application").get(pk=pk)
    notice = queries.valid_notice(proof.application)
    granted = proof_sources.granted_items(notice)
    found = proof_sources.recognised(notice, list(proof.lines.all()))
    assert sum(len(recognition.items) for _lines, recognition in found) == len(granted)
    return len(granted)


@transaction.atomic
def _proof() -> ProofOfUse:
    """Return the proof of our own centre, made once."""
    application = funding_world.granted_application()
    found = ProofOfUse.objects.filter(application=application).first()
    people = story.people(funding_world.OWN)
    return found or proofs.filled(operations.begin_proof(application, on=DAY, actor=people.lead), people)
