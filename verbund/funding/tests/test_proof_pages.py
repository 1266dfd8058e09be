"""The pages of a proof of use, from the section on the notice to the letter with the result."""

from decimal import Decimal

import pytest

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.funding import operations, queries
from verbund.funding.models import CourtOfAuditCopy, ProofDecision, ProofOfUse, Reclaim, SampledProof, SampleDraw
from verbund.funding.operations import proof_examinations
from verbund.funding.tests import proofs, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(time_machine):
    time_machine.move_to("2024-03-04 12:00+01:00")
    return story.people()


@pytest.fixture
def notice(cast):
    return proofs.paid_grant(cast)


def client(role):
    return client_of(member(role, at="05122"))


def typed(proof, **changes) -> dict:
    """Return what a lead types who spent as granted."""
    found = {
        "version": proof.version,
        "has_audit_office": "YES",
        "audit_office": "Rechnungsprüfungsamt",
        "audit_confirmed_on": "2024-02-20",
        "is_declared": "on",
    }
    for line in proof.lines.all():
        found[f"spent_{line.pk}"] = str(line.amount_granted).replace(".", ",")
        if line.is_post:
            found[f"months_{line.pk}"] = f"{line.months_granted.normalize():f}"
    return found | changes


def test_a_proof_goes_from_the_notice_to_the_letter_with_the_result(notice):
    lead, treasury = client(Role.CENTRE_LEAD), client(Role.TREASURY)
    officer, approver = client(Role.GRANT_OFFICER), client(Role.GRANT_APPROVER)
    page = lead.get(notice.get_absolute_url()).content.decode()
    assert "Verwendungsnachweis beginnen" in page
    assert "02.04.2024" in page
    lead.post(f"/foerderung/bescheide/{notice.pk}/nachweis-beginnen/")
    proof = ProofOfUse.objects.get()
    first = proof.lines.first()
    edit = f"{proof.get_absolute_url()}bearbeiten/"
    assert "laut Stellenplan" not in lead.get(edit).content.decode()
    wrong = lead.post(edit, typed(proof, **{f"spent_{first.pk}": "12.34.5"}))
    assert wrong.status_code == 422
    assert "12.34.5" in wrong.content.decode()
    changed = {f"spent_{first.pk}": "42.750,00", f"months_{first.pk}": "9", f"explanation_{first.pk}": "unbesetzt"}
    upload = {"upload": story.upload("bestaetigung.pdf")}
    assert lead.post(edit, typed(proof, **changed) | upload).status_code == 302
    stale = lead.post(edit, typed(proof, is_declared=""))
    assert stale.status_code == 409
    assert "inzwischen gespeichert" in stale.content.decode()
    assert lead.post(f"{proof.get_absolute_url()}zeichnen/").status_code == 302
    assert lead.post(f"{proof.get_absolute_url()}einreichen/").status_code == 403
    assert officer.get(proof.get_absolute_url()).status_code == 404
    assert treasury.post(f"{proof.get_absolute_url()}einreichen/").status_code == 302
    assert treasury.post(f"{proof.get_absolute_url()}einreichen/").status_code == 422
    assert officer.post(f"{proof.get_absolute_url()}uebernehmen/").status_code == 422  # nobody declared yet
    for one in (officer, approver):
        one.post(f"{proof.get_absolute_url()}befangenheit/", {"has_conflict": "NO"})
    officer.post(f"{proof.get_absolute_url()}uebernehmen/")
    page = officer.get(proof.get_absolute_url()).content.decode()
    assert "14.250,00" in page
    assert "Gezahlt ist" in page
    sent = officer.post(f"{proof.get_absolute_url()}vorschlagen/", {"outcome": "ACCEPTED"})
    assert sent.status_code == 302, sent.content.decode()[:2000]
    result = ProofDecision.objects.get()
    assert "Vorgeschlagenes Ergebnis" not in lead.get(proof.get_absolute_url()).content.decode()
    approver.post(f"/foerderung/nachweis-ergebnisse/{result.pk}/mitzeichnen/")
    proof.refresh_from_db()
    assert (proof.status, proof.amount_recognised) == ("ACCEPTED", Decimal("293250.00"))
    assert Reclaim.objects.get().principal == Decimal("14250.00")
    letter = lead.get(f"{proof.get_absolute_url()}ergebnis/")
    assert letter["Content-Type"] == "application/pdf"
    assert "293.250,00" in lead.get(notice.get_absolute_url()).content.decode()


def test_a_cut_is_typed_line_by_line_after_the_hearing(notice, cast):
    proof = proofs.heard(proofs.under_check(notice, cast), cast)
    officer = client(Role.GRANT_OFFICER)
    operations.declare_conflict(notice.application, has_conflict=False, statement="", actor=cast.officer)
    officer.post(f"{proof.get_absolute_url()}befangenheit/", {"has_conflict": "NO"})
    first, *others = proof.lines.all()
    form = {"outcome": "ACCEPTED_WITH_CUT", "reasons": "Eine Stelle war nicht förderfähig besetzt."}
    form |= {f"accepted_{line.pk}": str(line.amount_recognised).replace(".", ",") for line in others}
    form |= {f"accepted_{first.pk}": "50.000,00"}
    address = f"{proof.get_absolute_url()}vorschlagen/"
    assert "Grund der Kürzung" in officer.post(address, form).content.decode()
    assert not ProofDecision.objects.exists()
    assert officer.post(address, form | {f"reason_{first.pk}": "ohne Qualifikation"}).status_code == 302
    assert ProofDecision.objects.get().amount_recognised == Decimal("300500.00")


def test_a_sample_is_drawn_shown_and_added_to_and_holds_up_the_result(notice, cast):
    first = proofs.under_check(notice, cast)
    herne = story.people("05916")
    second = proofs.submitted(proofs.paid_grant(herne, key="05916"), herne)
    officer = client(Role.GRANT_OFFICER)
    form = {"programme": notice.application.call.programme_id, "budget_year": "2023"}
    drawn = officer.post("/foerderung/stichproben/neu/", form | {"number_county": "0", "number_city": "1"})
    sample = SampleDraw.objects.get()
    assert drawn["Location"] == sample.get_absolute_url()
    page = officer.get(sample.get_absolute_url()).content.decode()
    assert sample.seed in page
    assert page.count("36-KI.BASE-2023-") == 2
    entry = SampledProof.objects.get()
    left = second if entry.proof == first else first
    add = f"{sample.get_absolute_url()}ergaenzen/"
    assert officer.post(add, {"proof": entry.proof_id, "reason": "noch einmal"}).status_code == 422
    assert officer.post(add, {"proof": left.pk, "reason": ""}).status_code == 422
    assert officer.post(add, {"proof": left.pk, "reason": "auffällige Beträge"}).status_code == 302
    assert SampledProof.objects.get(is_hand_picked=True).proof == left
    empty = officer.post("/foerderung/stichproben/neu/", form | {"number_county": "9", "number_city": "9"})
    assert empty.status_code == 422  # everything is in a sample
    with pytest.raises(proof_examinations.CheckMissing):
        proofs.proposed(first, cast)
    operations.record_check(proofs.fresh(first), note="Belege gesehen.", on=proofs.MARCH, actor=cast.officer)
    assert proofs.proposed(proofs.fresh(first), cast).status == "PROPOSED"


def test_a_copy_for_the_court_of_audit_waits_until_it_is_sent(notice):
    copy = CourtOfAuditCopy.objects.get()
    officer = client(Role.GRANT_OFFICER)
    assert "Als versandt festhalten" in officer.get("/foerderung/landesrechnungshof/").content.decode()
    address = f"/foerderung/landesrechnungshof/{copy.pk}/"
    assert officer.post(address, {"sent_on": "2022-12-31"}).status_code == 422
    assert officer.post(address, {"sent_on": "2023-01-20"}).status_code == 302
    assert officer.post(address, {"sent_on": "2023-01-21"}).status_code == 422
    assert "Alles ist versandt." in officer.get("/foerderung/landesrechnungshof/").content.decode()


def test_a_small_grant_is_not_copied(cast):
    posts = story.full_staff(2023, specialists=1)[1:]
    notice = story.granted(story.call_for(2023), cast, amount="22500", on=proofs.MARCH, posts=posts)
    assert not CourtOfAuditCopy.objects.filter(notice=notice).exists()


def test_who_proves_and_who_examines_find_it_among_their_tasks(notice, cast):
    def titles(actor):
        return {task.title for task in queries.tasks_for(actor, proofs.MARCH)}

    assert "Verwendungsnachweis vorlegen" in titles(cast.lead)
    assert "Verwendungsnachweis vorlegen" not in titles(cast.staff)
    proof = proofs.begun(notice, cast)
    assert "Verwendungsnachweis vorlegen" in titles(cast.treasury)
    operations.offer_proof(proof, on=proofs.MARCH, actor=cast.lead)
    assert "Nachweis mitzeichnen" in titles(cast.signatory)
    operations.submit_proof(proof, on=proofs.MARCH, actor=cast.treasury)
    assert "Verwendungsnachweis prüfen" in titles(cast.officer)
    operations.take_over_proof(proof, on=proofs.MARCH, actor=cast.officer)
    proofs.proposed(proofs.fresh(proof), cast)
    assert "Verwendungsnachweis zeichnen" in titles(cast.approver)
    assert "Verwendungsnachweis zeichnen" not in titles(cast.officer)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_proofs_needs_the_same_statements_for_one_and_for_three(cast, count, django_assert_num_queries):
    for key in ("05122", "05916", "05315")[:count]:
        people = story.people(key)
        proofs.submitted(proofs.paid_grant(people, key=key), people)
    officer = client(Role.GRANT_OFFICER)
    officer.get("/foerderung/nachweise/")
    with django_assert_num_queries(PROOF_LIST_STATEMENTS):
        page = officer.get("/foerderung/nachweise/").content.decode()
    assert page.count("Stadt") >= count


PROOF_LIST_STATEMENTS = 7
