"""What follows a grant: a post falls vacant, the notice is amended, its use is proved and cut, money comes back."""

from datetime import date
from decimal import Decimal

from tests.journeys import stages
from verbund.core.tests.pdf_text import text_of
from verbund.funding import operations, queries, vacancies
from verbund.funding.models import Decision, GrantNotice, ProofDecision, ProofOfUse, Reclaim
from verbund.funding.tests import proofs, story
from verbund.funding.tests.story import People
from verbund.staffing import operations as staffing
from verbund.staffing import queries as staffing_queries

LEAD, TREASURY = "Leitung KI Solingen", "Kämmerei Solingen"
OFFICER, APPROVER = "Sachbearbeitung KfI 1", "Zweitzeichnung KfI 1"
APRIL, MAY, OCTOBER = date(2023, 4, 17), date(2023, 5, 2), date(2023, 10, 4)
MARCH, END_OF_MARCH, MAY_AFTER = date(2024, 3, 4), date(2024, 3, 25), date(2024, 5, 6)


def test_a_vacant_post_is_amended_proved_cut_and_claimed_back_with_interest(world, desk):
    cast = stages.people(world)
    notice = paid_grant_with_a_vacancy(world, cast)
    bench = desk()

    bench.on(OCTOBER)
    bench.become(LEAD, f"/stellen/plan/{notice.application.centre_id}/")
    bench.sees("3 Monate unbesetzt: −14.250,00 €")
    bench.inspect("stellenplan-mit-luecke")
    amended = amend(bench, notice)
    assert (amended.version, amended.amount_granted) == (2, Decimal("293250.00"))

    bench.on(MARCH)
    proof = prove(bench, amended, cast)
    cut(bench, proof, cast)
    by_amendment, claim = proof.application.reclaims.order_by("pk")
    assert (by_amendment.principal, claim.principal) == (Decimal("14250.00"), Decimal("20000.00"))
    claim_back(bench, claim, cast)


def paid_grant_with_a_vacancy(world, cast: People) -> GrantNotice:
    """Return a grant of 307,500 euros, paid in two parts, one of whose posts is vacant from October."""
    call = stages.call_of(world, 2023)
    with stages.played_on(APRIL) as day:
        posts = story.full_staff(2023, specialists=5)
        notice = story.final(call, cast, amount="307500", posts=posts, on=day)
    for pay_day in (MAY, OCTOBER):
        with stages.played_on(pay_day) as day:
            proofs.pay(notice, cast, "153750", on=day)
    with stages.played_on(OCTOBER) as day:
        for post in staffing_queries.posts_of_source(vacancies.source_key(notice.application)):
            staffing.record_occupancy(
                post,
                holder="Besetzung der Vorführung",
                full_time_share=post.full_time_share,
                valid_from=post.valid_from,
                valid_until=date(2023, 9, 30) if post.label == "Fachkraft 1" else post.valid_until,
                is_funded=True,
                is_qualified=True,
                on=day,
                actor=cast.lead,
            )
        operations.request_change(
            notice.application, kind="STAFF", reason="Die Stelle wird zum Oktober frei.", effective_from=OCTOBER,
            amount_requested=None, on=day, actor=cast.lead,
        )  # fmt: skip
    return notice


def amend(bench, notice: GrantNotice) -> GrantNotice:
    """Let the officer take over the posts as occupied, and the approver sign the second version."""
    bench.become(OFFICER, notice.get_absolute_url())
    bench.follow("Bescheid nach der Besetzung ändern")
    bench.inspect("bescheid-aendern")
    bench.fill("wirksam ab", "2023-10-01")
    bench.fill("Gründe", "Eine Stelle ist seit Oktober unbesetzt.")
    bench.press("Vorschlagen")
    bench.sees("Jetzt zeichnet")
    decision = Decision.objects.get(kind="AMENDMENT")
    bench.become(APPROVER, f"/foerderung/entscheidungen/{decision.pk}/")
    bench.sees("293.250,00 €")
    bench.press("Mitzeichnen und erlassen")
    bench.sees("Fassung 2")
    bench.inspect("bescheid-fassung-2")
    return queries.valid_notice(notice.application)


def prove(bench, notice: GrantNotice, cast: People) -> ProofOfUse:
    """Let the lead begin the proof, which knows how the posts were occupied, and the carrier sign and submit it."""
    bench.become(LEAD, notice.get_absolute_url())
    bench.press("Verwendungsnachweis beginnen")
    proof = ProofOfUse.objects.get()
    assert next(iter(proof.lines.all())).months == 9
    bench.inspect("verwendungsnachweis")
    proof = proofs.filled(proof, cast)
    with stages.played_on(MARCH) as day:
        operations.offer_proof(proof, on=day, actor=cast.lead)
    bench.become(TREASURY, f"{proof.get_absolute_url()}")
    bench.press("Mitzeichnen und einreichen")
    bench.sees("Eingereicht.")
    return proofs.fresh(proof)


def cut(bench, proof: ProofOfUse, cast: People) -> None:
    """Let the authority hear the carrier, recognise less of one post, and sign that by a second person."""
    with stages.played_on(MARCH) as day:
        operations.take_over_proof(proof, on=day, actor=cast.officer)
        hearing = operations.object_to_proof(
            proofs.fresh(proof), text="Eine Stelle war ohne Qualifikation besetzt.", due_on=END_OF_MARCH, on=day,
            actor=cast.officer,
        )  # fmt: skip
    with stages.played_on(END_OF_MARCH) as day:
        operations.answer_hearing(hearing, answer="Das trifft für einige Monate zu.", on=day, actor=cast.lead)
    bench.on(MAY_AFTER)
    bench.become(OFFICER, f"{proof.get_absolute_url()}vorschlagen/")
    bench.check("mit Kürzung anerkennen")
    bench.fill("Begründung, bei Kürzung und Ablehnung nötig", "Vier Monate ohne die nötige Qualifikation.")
    second = ".post-row >> nth=1"
    bench.fill("anerkannt", "37.000,00", within=second)
    bench.fill("Grund der Kürzung", "ohne Qualifikation", within=second)
    bench.inspect("nachweis-kuerzen")
    bench.press("Vorschlagen")
    bench.become(APPROVER, proof.get_absolute_url())
    assert ProofDecision.objects.get().amount_recognised == Decimal("273250.00")
    bench.press("Zeichnen")
    bench.sees("273.250,00 €")
    bench.inspect("nachweis-gekuerzt")


def claim_back(bench, claim: Reclaim, cast: People) -> None:
    """Let the authority hear the carrier on the claim, name the interest, and issue the notice by two persons."""
    with stages.played_on(MAY_AFTER) as day:
        operations.hear_about_reclaim(claim, text="Wir beabsichtigen zu fordern.", due_on=date(2024, 5, 27), on=day,
                                actor=cast.officer)  # fmt: skip
        claim.refresh_from_db()
        operations.answer_hearing(claim.hearing, answer="Wir zahlen.", on=day, actor=cast.lead)
    bench.become(OFFICER, f"{claim.get_absolute_url()}vorschlagen/")
    bench.fill("Zinsen im Bescheid bis", MAY_AFTER.isoformat())
    bench.press("Vorschlagen")
    bench.become(APPROVER, claim.get_absolute_url())
    bench.press("Mitzeichnen")
    bench.sees("Der Erstattungsbescheid ist erlassen.")
    bench.become(TREASURY, claim.get_absolute_url())
    bench.sees("20.000,00 €")
    bench.inspect("erstattung")
    letter = text_of(bench.page.request.get(bench.site.url + bench.page.get_by_role(
        "link", name="Erstattungsbescheid").first.get_attribute("href")).body())  # fmt: skip
    assert "20.000,00" in letter
