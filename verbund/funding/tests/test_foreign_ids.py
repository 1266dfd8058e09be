"""Nobody acts on what belongs to another carrier: in the address, in a nested address, in the form; nothing changes."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.apps import apps

from tests.support.cast import centre, client_of, member
from verbund.accounts.roles import Role
from verbund.core.models import AuditEntry, InboxMessage, StoredFile
from verbund.funding import operations
from verbund.funding.models import GrantApplication, RecipientAccount, Refund
from verbund.funding.tests import claims, proofs, story
from verbund.funding.tests.visibility_world import further_year

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2023, 4, 17), date(2023, 5, 3)
OWN, FOREIGN = "05916", "05122"
EARLY = date(2022, 6, 1)


def everything() -> dict:
    """Return all that funding, the trail, the inbox and the files hold, to compare before and after."""
    models = [*apps.get_app_config("funding").get_models(), AuditEntry, InboxMessage, StoredFile]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


@pytest.fixture
def solingen(db):
    """What Solingen has: a grant with all that follows it, an open question, a draft, an account."""
    with time_machine.travel("2023-05-03 12:00+02:00", tick=True):
        cast = story.people(FOREIGN)
        notice = story.final(story.call_for(2023), cast, amount="193500", on=APRIL)
        called = calls_for_money(notice, cast)
        asked = story.reviewed(story.call_for(2024, opens_on=EARLY), cast)
        question = operations.request_information(
            asked, text="Bitte", due_on=date(2023, 6, 1), on=MAY, actor=cast.officer
        )
        draft = story.drafted(story.call_for(2025, opens_on=EARLY), cast)
        changes = changes_of(notice, cast)
        came_back = money_back(notice, cast)
        account = operations.propose_account(
            draft.carrier, iban="DE02120300000000202051", holder="Stadt", actor=cast.treasury
        )
        notified = story.granted(story.call_for(2022, opens_on=EARLY), cast, amount="187500", on=APRIL)
        operations.record_notification(notified, how="HANDED_OVER", day=APRIL, on=MAY, actor=cast.officer)
        yield {
            "draft": draft,
            "call": draft.call,
            "call_year": further_year(draft.call),
            "asked": asked,
            "question": question,
            "notice": notice,
            "notified": notified,
            "account": account,
            "attachment": draft.attachments.first(),
            **called,
            **changes,
            **came_back,
            **proofs_of(notice, cast),
        }


def calls_for_money(notice, cast) -> dict:
    """Return calls in three stages, the last of them on a payment list and in an act on many."""
    submitted, verified, ordered = (
        operations.request_drawdown(notice, amount=Decimal(1000), on=MAY, actor=cast.treasury) for _number in range(3)
    )
    operations.verify_drawdown(verified, on=MAY, actor=cast.officer)
    operations.verify_drawdown(ordered, on=MAY, actor=cast.officer)
    operations.order_drawdown(ordered, on=MAY, actor=cast.approver)
    payment_list = operations.make_payment_list(on=MAY, actor=cast.cashier)
    options = {"paid_on": "2023-05-03", "reference": "K"}
    bulk_run = operations.start_bulk_run("DISBURSE", [ordered.pk], options=options, on=MAY, actor=cast.cashier)
    return {
        "drawdown": submitted,
        "verified": verified,
        "payment_list": payment_list,
        "payment_line": payment_list.lines.get(),
        "bulk_run": bulk_run,
    }


def changes_of(notice, cast) -> dict:
    change = operations.request_change(
        notice.application, kind="STAFF", reason="Wechsel", effective_from=MAY, amount_requested=None, on=MAY,
        actor=cast.lead,
    )  # fmt: skip
    hearing = operations.open_hearing(
        notice.application, occasion="REVOCATION", text="Beabsichtigt", due_on=date(2023, 6, 1), on=MAY,
        actor=cast.officer,
    )  # fmt: skip
    return {"change": change, "hearing": hearing}


def money_back(notice, cast) -> dict:
    """Return a payment, a return that was announced, and the money that came for it."""
    paid = operations.request_drawdown(notice, amount=Decimal(1000), on=MAY, actor=cast.treasury)
    operations.verify_drawdown(paid, on=MAY, actor=cast.officer)
    operations.order_drawdown(paid, on=MAY, actor=cast.approver)
    payment = operations.record_disbursement(paid, paid_on=MAY, on=MAY, reference="K", actor=cast.cashier)
    reclaim = operations.announce_return(
        notice.application, amount=Decimal(100), reason="übrig", on=MAY, actor=cast.treasury
    )
    receipt = operations.record_receipt(
        booking_number="1", day=MAY, amount=Decimal(5), payer="", purpose=reclaim.reference, on=MAY, actor=cast.cashier
    )
    claimed = claims.issued_on(notice, cast, MAY, amount="200").issued_notice
    return {
        "reclaim": reclaim,
        "payment": payment,
        "receipt_in": receipt,
        "entry": receipt.entries.get(),
        "refund": Refund.objects.create(reclaim=reclaim, amount=1, proposed_on=MAY, **cast.cashier.signs("proposed")),
        "reclaim_notice": claimed,
    }


def proofs_of(notice, cast) -> dict:
    """Return a proof whose result waits for its second signature, and an interim one that waits for the carrier's."""
    interim = operations.order_interim_proof(
        notice.application, due_on=date(2023, 9, 1), reason="Stand", on=MAY, actor=cast.officer
    )
    proof = proofs.submitted(notice, cast)
    waiting = proofs.filled(interim, cast)
    operations.offer_proof(waiting, on=MAY, actor=cast.lead)
    operations.take_over_proof(proof, on=proofs.MARCH, actor=cast.officer)
    return {"proof": proof, "waiting": waiting, "result": proofs.proposed(proofs.fresh(proof), cast)}


ADDRESSES = {
    "antraege/{draft}/bearbeiten/": {
        "version": "1",
        "purpose": "fremd",
        "posts-TOTAL_FORMS": "0",
        "posts-INITIAL_FORMS": "0",
    },
    "antraege/{draft}/anlagen/": {"kind": "CONCEPT"},
    "antraege/{draft}/anlagen/{attachment}/entfernen/": {},
    "antraege/{draft}/zeichnen/": {},
    "antraege/{draft}/wieder-bearbeiten/": {},
    "antraege/{draft}/mitzeichnen/": {},
    "antraege/{draft}/einreichen/": {},
    "antraege/{draft}/zurueckziehen/": {"reason": "fremd"},
    "antraege/{draft}/kommentare-erbitten/": {},
    "antraege/{asked}/zurueckziehen/": {"reason": "fremd"},
    "nachforderungen/{question}/beantworten/": {"answer": "fremd"},
    "bescheide/{notified}/verzicht/": {},
    "bescheide/{notice}/abrufen/": {"amount": "1,00"},
    "bescheide/{notice}/aenderung-beantragen/": {"kind": "STAFF", "reason": "fremd", "effective_from": "2023-06-01"},
    "aenderungen/{change}/zurueckziehen/": {},
    "anhoerungen/{hearing}/beantworten/": {"answer": "fremd"},
    "abrufe/{drawdown}/zurueckziehen/": {},
    "bescheide/{notice}/nachweis-beginnen/": {},
    "nachweise/{waiting}/bearbeiten/": {"version": "1", "narrative": "fremd"},
    "nachweise/{waiting}/zeichnen/": {},
    "nachweise/{waiting}/wieder-bearbeiten/": {},
    "nachweise/{waiting}/einreichen/": {},
    "bescheide/{notice}/geld-zurueckgeben/": {"amount": "1,00", "reason": "fremd"},
    "erstattungen/{reclaim}/fallen-lassen/": {"reason": "fremd"},
    "erstattungsbescheide/{reclaim_notice}/verzicht/": {},
    "rueckgaben/{refund}/mitzeichnen/": {},
    "rueckgaben/{refund}/zurueckweisen/": {"reason": "fremd"},
    "auszahlungen/{payment}/verwendung/": {"used_on": "2023-05-03", "amount": "1,00"},
    "zahllisten/{payment_list}/datei/": {},
    "zahllisten/{payment_list}/auszahlungen/": {"paid_on": "2023-05-03", "reference": "K"},
    "zahlungen/{payment_line}/streichen/": {"reason": "fremd"},
    "sammelvorgaenge/{bulk_run}/weiter/": {},
    "konten/{account}/bestaetigen/": {},
    "konten/{account}/verwerfen/": {},
}


def test_no_act_on_the_records_of_another_carrier_is_found_and_nothing_changes(solingen):
    ids = {name: record.pk for name, record in solingen.items()}
    clients = [
        client_of(member(role, at=OWN)) for role in (Role.CENTRE_STAFF, Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY)
    ]
    before = everything()
    answers = {
        (address, client.post(f"/foerderung/{address.format(**ids)}", typed).status_code)
        for address, typed in ADDRESSES.items()
        for client in clients
    }
    assert answers == {(address, 404) for address in ADDRESSES}
    assert everything() == before


AUTHORITY_ADDRESSES = {
    "aufrufe/{call}/frist-verlaengern/": {"until": "2024-12-02", "reason": "selbst"},
    "aufrufe/{call}/jahr-hinzufuegen/": {"period_until": "2026-12-31", "drawdowns_until": "2026-12-31"},
    "aufrufe/jahre/{call_year}/aendern/": {},
    "aufrufe/jahre/{call_year}/entfernen/": {},
    "antraege/{asked}/pruefung/uebernehmen/": {},
    "antraege/{asked}/pruefung/zustaendig/": {},
    "antraege/{asked}/pruefung/befangenheit/": {"has_conflict": "NO"},
    "antraege/{asked}/zurueckgeben/": {"reason": "selbst"},
    "antraege/{asked}/vorschlagen/": {"kind": "GRANT", "amount": "193.500,00"},
    "bescheide/{notified}/belehrung/": {"reason": "selbst"},
    "bescheide/{notified}/klage/": {"reason": "selbst"},
    "bescheide/{notice}/aendern/": {"effective_from": "2023-06-01", "reasons": "selbst"},
    "bescheide/{notice}/aufheben/": {"kind": "REVOCATION", "amount": "0,00", "reasons": "selbst"},
    "bescheide/{notice}/anhoeren/": {"occasion": "REVOCATION", "text": "selbst", "due_on": "2023-06-01"},
    "bescheide/{notice}/zwischennachweis/": {"due_on": "2023-09-01", "reason": "selbst"},
    "bescheide/{notice}/zurueckfordern/": {"occasion": "PROOF", "principal": "1,00", "reason": "selbst"},
    "erstattungen/{reclaim}/anhoeren/": {"text": "selbst", "due_on": "2023-06-01"},
    "erstattungen/{reclaim}/vorschlagen/": {"interest_until": "2023-05-03"},
    "erstattungen/{reclaim}/mitzeichnen/": {},
    "erstattungen/{reclaim}/stunden/": {"until": "2023-06-01", "reason": "selbst"},
    "erstattungen/{reclaim}/erlassen/": {"amount": "1,00", "reason": "selbst"},
    "erstattungen/{reclaim}/verrechnen/": {"amount": "1,00"},
    "erstattungen/{reclaim}/zurueckgeben/": {"amount": "1,00"},
    "erstattungsbescheide/{reclaim_notice}/bekanntgabe/": {"how": "POST", "day": "2023-05-03"},
    "erstattungsbescheide/{reclaim_notice}/belehrung/": {"reason": "selbst"},
    "erstattungsbescheide/{reclaim_notice}/klage/": {"reason": "selbst", "brought_on": "2023-05-03"},
    "erstattungsbescheide/{reclaim_notice}/klage-beendet/": {"reason": "selbst"},
    "auszahlungen/{payment}/zinsen/": {"reason": "selbst"},
    "buchungen/{entry}/aufheben/": {"reason": "selbst"},
    "abrufe/{drawdown}/feststellen/": {},
    "abrufe/{verified}/anordnen/": {},
    "abrufe/{verified}/zurueckweisen/": {"reason": "selbst"},
    "abrufe/{verified}/auszahlung/": {"paid_on": "2023-05-03", "reference": "K"},
}


def test_a_carrier_does_none_of_the_authoritys_acts_on_its_own_records(solingen):
    ids = {name: record.pk for name, record in solingen.items()}
    clients = [client_of(member(role, at=FOREIGN)) for role in (Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY)]
    readers = [client_of(member(role)) for role in (Role.COORDINATOR, Role.CONTROLLER, Role.MINISTRY_APPROVER)]
    before = everything()
    answers = {
        (address, client.post(f"/foerderung/{address.format(**ids)}", typed).status_code)
        for address, typed in AUTHORITY_ADDRESSES.items()
        for client in [*clients, *readers]
    }
    assert answers == {(address, 403) for address in AUTHORITY_ADDRESSES}
    assert everything() == before


PROOF_ADDRESSES = {
    "nachweise/{proof}/befangenheit/": {"has_conflict": "NO"},
    "nachweise/{proof}/uebernehmen/": {},
    "nachweise/{proof}/zurueckgeben/": {"reason": "selbst", "due_on": "2024-06-01"},
    "nachweise/{proof}/beanstanden/": {"text": "selbst", "due_on": "2024-06-01"},
    "nachweise/{proof}/vermerk/": {"note": "selbst"},
    "nachweise/{proof}/vorschlagen/": {"outcome": "ACCEPTED"},
    "nachweise/{proof}/kenntnis/": {},
}


def test_a_carrier_does_not_examine_its_own_proof_and_readers_do_not_find_it(solingen):
    ids = {name: record.pk for name, record in solingen.items()}
    own = [client_of(member(role, at=FOREIGN)) for role in (Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY)]
    others = [client_of(member(role)) for role in (Role.COORDINATOR, Role.CONTROLLER, Role.MINISTRY_APPROVER)]
    others.append(client_of(member(Role.CENTRE_STAFF, at=FOREIGN)))
    everything()
    for clients, expected in ((own, 403), (others, 404)):
        answers = {
            (address, client.post(f"/foerderung/{address.format(**ids)}", typed).status_code)
            for address, typed in PROOF_ADDRESSES.items()
            for client in clients
        }
        assert answers == {(address, expected) for address in PROOF_ADDRESSES}
    for act in ("mitzeichnen", "zurueckweisen"):
        address = f"/foerderung/nachweis-ergebnisse/{ids['result']}/{act}/"
        assert {client.post(address, {"reason": "selbst"}).status_code for client in [*own, *others]} == {404}


def test_a_carrier_begins_nothing_for_many_and_makes_no_payment_list(solingen):
    clients = [client_of(member(role, at=FOREIGN)) for role in (Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY)]
    clients += [client_of(member(role)) for role in (Role.CONTROLLER, Role.MINISTRY_APPROVER)]
    acts = {
        "antraege/gemeinsam/": {"kind": "TAKE_OVER", "chosen": [str(solingen["asked"].pk)]},
        "zeichnen/bekanntgabe/": {"how": "POST", "day": "2023-05-03", "chosen": [str(solingen["notice"].pk)]},
        "zeichnen/erstattungsbescheide/": {
            "how": "POST",
            "day": "2023-05-03",
            "chosen": [str(solingen["reclaim_notice"].pk)],
        },
        "zahllisten/neu/": {},
    }
    before = everything()
    answers = {
        client.post(f"/foerderung/{address}", typed).status_code
        for address, typed in acts.items()
        for client in clients
    }
    assert answers == {403}
    assert everything() == before


def test_a_nested_foreign_id_is_not_found_below_an_own_one(solingen):
    own = story.drafted(story.call_for(2025, opens_on=EARLY), story.people(OWN), key=OWN)
    lead = client_of(member(Role.CENTRE_LEAD, at=OWN))
    before = everything()
    foreign = solingen["attachment"]
    assert lead.post(f"/foerderung/antraege/{own.pk}/anlagen/{foreign.pk}/entfernen/").status_code in {302, 404}
    assert lead.get(f"/foerderung/anlagen/{foreign.pk}/").status_code == 404
    assert everything() == before


def test_a_foreign_centre_in_the_form_begins_no_application(solingen):
    call = story.call_for(2026, opens_on=EARLY)
    lead = client_of(member(Role.CENTRE_LEAD, at=OWN))
    before = everything()
    for typed in (str(centre(FOREIGN).pk), "0", "-1", "x", "9" * 30, "\x00", ""):
        assert lead.post(f"/foerderung/antraege/neu/{call.pk}/", {"centre": typed}).status_code in {302, 404, 422}, (
            typed
        )
    assert everything() == before
    lead.post(f"/foerderung/antraege/neu/{call.pk}/", {"centre": centre(OWN).pk})
    assert GrantApplication.objects.get(call=call).centre_id == centre(OWN).pk


def test_a_foreign_carrier_in_the_form_of_an_account_is_ignored(solingen):
    treasury = client_of(member(Role.TREASURY, at=OWN))
    typed = {"iban": story.IBAN, "holder": "Stadt Herne", "carrier": centre(FOREIGN).carrier_id, "status": "CONFIRMED"}
    treasury.post("/foerderung/konten/neu/", typed)
    account = RecipientAccount.objects.get(holder="Stadt Herne")
    assert (account.carrier_id, account.status) == (centre(OWN).carrier_id, "PROPOSED")


def test_a_foreign_row_in_the_form_of_a_draft_stays_where_it_is(solingen):
    own = story.drafted(story.call_for(2025, opens_on=EARLY), story.people(OWN), key=OWN)
    post = solingen["draft"].posts.first()
    lead = client_of(member(Role.CENTRE_LEAD, at=OWN))
    typed = {
        "version": str(own.version),
        "purpose": "eigen",
        "application": str(solingen["draft"].pk),
        "posts-TOTAL_FORMS": "1",
        "posts-INITIAL_FORMS": "1",
        "posts-0-id": str(post.pk),
        "posts-0-label": "gekapert",
        "posts-0-function": "SUPPORT",
        "posts-0-full_time_share": "1",
        "posts-0-occupied_from": "2025-01-01",
        "posts-0-occupied_until": "2025-12-31",
    }
    lead.post(f"/foerderung/antraege/{own.pk}/bearbeiten/", typed)
    post.refresh_from_db()
    assert (post.application_id, post.label) == (solingen["draft"].pk, "Fachkraft 1")
    assert solingen["draft"].posts.count() == 4


def test_what_a_carrier_revises_is_not_read_from_outside_before_it_is_submitted_again(solingen):
    cast = story.people(FOREIGN)
    application = solingen["asked"]
    operations.answer_request(solingen["question"], answer="Liegt bei.", on=MAY, actor=cast.lead)
    officer = client_of(member(Role.GRANT_OFFICER))
    attachment = application.attachments.first()
    assert officer.get(f"/foerderung/anlagen/{attachment.pk}/").status_code == 200
    for actor in (cast.officer,):
        operations.declare_conflict(application, has_conflict=False, statement="", actor=actor)
    application.refresh_from_db()
    operations.hand_back(application, reason="Stellenplan", on=MAY, actor=cast.officer)
    new = operations.attach(application, kind="OTHER", upload=story.upload(), actor=cast.lead)
    statuses = [
        client_of(member(role)).get(f"/foerderung/anlagen/{new.pk}/").status_code
        for role in (Role.GRANT_OFFICER, Role.GRANT_APPROVER, Role.MINISTRY_READER, Role.COORDINATOR, Role.CENTRE_LEAD)
    ]
    assert statuses == [404, 404, 404, 404, 200]
