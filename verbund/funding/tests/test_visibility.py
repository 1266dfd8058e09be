"""Who finds what: for each role and kind of record the answer of the address, by the signed-in client.

302 visitors go to the sign-in, 404 what one may not see does not exist, 403 seen but not allowed to do, 200 open.
"""

import pytest
import time_machine

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.funding.models import DraftComment
from verbund.funding.tests import visibility_world

pytestmark = pytest.mark.django_db

PEOPLE = {
    "visitor": None,
    "staff": (Role.CENTRE_STAFF, "05122"),
    "lead": (Role.CENTRE_LEAD, "05122"),
    "signatory": (Role.SIGNATORY, "05122"),
    "treasury": (Role.TREASURY, "05122"),
    "other lead": (Role.CENTRE_LEAD, "05916"),
    "other treasury": (Role.TREASURY, "05916"),
    "officer": (Role.GRANT_OFFICER, ""),
    "approver": (Role.GRANT_APPROVER, ""),
    "cashier": (Role.CASHIER, ""),
    "coordinator": (Role.COORDINATOR, ""),
    "controller": (Role.CONTROLLER, ""),
    "ministry": (Role.MINISTRY_READER, ""),
    "operator": (Role.OPERATOR, ""),
    "school": (Role.SCHOOL, ""),
    "auditor": (Role.AUDITOR, ""),
}
OWN, OTHERS = ("staff", "lead", "signatory", "treasury"), ("other lead", "other treasury")
AUTHORITY = ("officer", "approver", "cashier")
READERS = ("coordinator", "controller", "ministry")
STRANGERS = ("operator", "school", "auditor")


def row(**exceptions) -> dict[str, int]:
    """Return the answers per person: 302 for visitors, 404 for all others but the groups and people named."""
    groups = {"own": OWN, "others": OTHERS, "authority": AUTHORITY, "readers": READERS, "strangers": STRANGERS}
    answers = {name: 302 if name == "visitor" else 404 for name in PEOPLE}
    for name, status in exceptions.items():
        for one in groups.get(name, (name.replace("_", " "),)):
            answers[one] = status
    return answers


SEEN = row(own=200, authority=200, readers=200)
TABLE = {
    "list of applications": (
        "antraege/",
        row(own=200, others=200, authority=200, readers=200, strangers=403, auditor=302),
    ),
    "submitted application": ("antraege/{granted}/", SEEN),
    "draft": ("antraege/{draft}/", row(own=200)),
    "draft with comments invited": ("antraege/{invited}/", row(own=200, coordinator=200)),
    "editing a draft": ("antraege/{draft}/bearbeiten/", row(staff=200, lead=200, signatory=200, treasury=403)),
    "review": (
        "antraege/{granted}/pruefung/",
        row(own=403, readers=403, cashier=403, officer=200, approver=200),
    ),
    "attachment of a submitted application": ("anlagen/{attachment}/", SEEN),
    "attachment of a draft": ("anlagen/{draft_attachment}/", row(own=200)),
    "receipt": ("eingangsbestaetigungen/{receipt}/", SEEN),
    "request for information": ("nachforderungen/{question}/schreiben/", SEEN),
    "answering a request": (
        "nachforderungen/{question}/beantworten/",
        row(staff=200, lead=200, signatory=200, treasury=403, authority=403, readers=403),
    ),
    "decision": ("entscheidungen/{decision}/", row(authority=200)),
    "notice": ("bescheide/{notice}/", SEEN),
    "document of a notice": ("bescheide/{notice}/schriftstueck/", SEEN),
    "wrong legal remedy": (
        "bescheide/{notice}/belehrung/",
        row(own=403, readers=403, cashier=403, officer=200, approver=200),
    ),
    "requesting a change": (
        "bescheide/{notice}/aenderung-beantragen/",
        row(staff=403, lead=200, signatory=200, treasury=403, authority=403, readers=403),
    ),
    "changing a notice": ("bescheide/{notice}/aendern/", row(own=403, authority=403, readers=403, officer=200)),
    "revoking a notice": ("bescheide/{notice}/aufheben/", row(own=403, authority=403, readers=403, officer=200)),
    "opening a hearing": ("bescheide/{notice}/anhoeren/", row(own=403, authority=403, readers=403, officer=200)),
    "balance of a day": ("bescheide/{notice}/stand/", SEEN),
    "declining a change": ("aenderungen/{change}/ablehnen/", row(own=403, authority=403, readers=403, officer=200)),
    "letter of a hearing": ("anhoerungen/{hearing}/schreiben/", row(own=200, authority=200)),
    "answering a hearing": (
        "anhoerungen/{hearing}/beantworten/",
        row(staff=403, lead=200, signatory=200, treasury=403, authority=403),
    ),
    "list of reclaims": ("erstattungen/", row(own=200, others=200, authority=200, readers=200, strangers=403)),
    "reclaim": ("erstattungen/{reclaim}/", SEEN),
    "reclaim nobody was told of": ("erstattungen/{found}/", row(authority=200)),
    "document of a reclaim": ("erstattungsbescheide/{reclaim_notice}/schriftstueck/", SEEN),
    "wrong legal remedy of a reclaim": (
        "erstattungsbescheide/{reclaim_notice}/belehrung/",
        row(own=403, readers=403, cashier=403, officer=200, approver=200),
    ),
    "action against a reclaim": (
        "erstattungsbescheide/{reclaim_notice}/klage/",
        row(own=403, readers=403, cashier=403, officer=200, approver=200),
    ),
    "proposing a reclaim": (
        "erstattungen/{reclaim}/vorschlagen/",
        row(own=403, authority=403, readers=403, officer=200),
    ),
    "dropping an announced return": (
        "erstattungen/{reclaim}/fallen-lassen/",
        row(staff=403, lead=403, signatory=200, treasury=200, authority=403, readers=403, officer=200),
    ),
    "giving money back": (
        "bescheide/{notice}/geld-zurueckgeben/",
        row(staff=403, lead=403, signatory=200, treasury=200, authority=403, readers=403),
    ),
    "claiming back": ("bescheide/{notice}/zurueckfordern/", row(own=403, authority=403, readers=403, officer=200)),
    "incoming money": (
        "zahlungseingaenge/",
        row(own=403, others=403, authority=200, readers=403, strangers=403),
    ),
    "one receipt": ("zahlungseingaenge/{receipt_in}/", row(authority=200)),
    "setting a receipt aside": (
        "zahlungseingaenge/{receipt_in}/gehoert-nicht-hierher/",
        row(officer=403, approver=403, cashier=200),
    ),
    "sending a refund back": (
        "rueckgaben/{refund}/zurueckweisen/",
        row(officer=403, approver=200, cashier=403),
    ),
    "use of a payment": ("auszahlungen/{payment}/", SEEN),
    "calling money": (
        "bescheide/{notice}/abrufen/",
        row(staff=403, lead=403, signatory=200, treasury=200, authority=403, readers=403),
    ),
    "rejecting a call for money": (
        "abrufe/{drawdown}/zurueckweisen/",
        row(own=403, readers=403, cashier=403, officer=200, approver=200),
    ),
    "paying": ("abrufe/{drawdown}/auszahlung/", row(own=403, readers=403, officer=403, approver=403, cashier=200)),
    "accounts": (
        "konten/",
        row(
            staff=403,
            lead=403,
            signatory=200,
            treasury=200,
            other_lead=403,
            other_treasury=200,
            authority=200,
            readers=403,
            strangers=403,
        ),
    ),
    "titles": (
        "titel/",
        row(own=403, others=403, authority=200, readers=403, ministry=200, strangers=403),
    ),
    "title": ("titel/{title}/", row(authority=200, ministry=200)),
    "cutting a title": ("titel/{title}/ansatz/", row(authority=403, approver=200, ministry=403)),
    "where the number of a title comes from": ("titel/{title}/woher/", row(authority=200, ministry=200)),
    "where the number of a notice comes from": ("bescheide/{notice}/woher/", SEEN),
    "entries of a grant": ("bescheide/{notice}/buchungen/", SEEN),
    "entries of a title as a file": ("titel/{title}/buchungen.csv", row(authority=200, ministry=200)),
    "payment lists": ("zahllisten/", row(own=403, others=403, authority=200, readers=403, strangers=403)),
    "payment list": ("zahllisten/{payment_list}/", row(authority=200)),
    "payments of a list": ("zahllisten/{payment_list}/auszahlungen/", row(authority=403, cashier=200)),
    "striking a payment": ("zahlungen/{payment_line}/streichen/", row(authority=403, cashier=200)),
    "signing one after the other": (
        "zeichnen/",
        row(own=403, others=403, readers=403, strangers=403, cashier=403, officer=200, approver=200),
    ),
    "an act of somebody else on many": ("sammelvorgaenge/{bulk_run}/", row()),
    "calls": ("aufrufe/", row(own=200, others=200, authority=200, readers=200, strangers=403)),
    "preparing a call": (
        "aufrufe/neu/",
        row(own=403, others=403, readers=403, strangers=403, cashier=403, officer=200, approver=200),
    ),
    "call": ("aufrufe/{call}/", row(own=200, others=200, authority=200, readers=200)),
    "giving a centre more time to apply": (
        "aufrufe/{call}/frist-verlaengern/",
        row(own=403, others=403, readers=403, cashier=403, officer=200, approver=200),
    ),
    "adding a year to a call": (
        "aufrufe/{call}/jahr-hinzufuegen/",
        row(own=403, others=403, readers=403, cashier=403, officer=200, approver=200),
    ),
    "changing the title of a year": (
        "aufrufe/jahre/{call_year}/aendern/",
        row(own=403, others=403, readers=403, cashier=403, officer=200, approver=200),
    ),
    "rules for reminders": (
        "erinnerungen/",
        row(own=403, others=403, authority=200, readers=403, strangers=403, operator=200),
    ),
    "proposing a rule for reminders": (
        "erinnerungen/neu/",
        row(own=403, others=403, authority=403, readers=403, strangers=403, operator=200),
    ),
    "list of proofs": (
        "nachweise/",
        row(own=200, staff=403, others=200, authority=200, readers=403, strangers=403),
    ),
    "proof of use": ("nachweise/{proof}/", row(lead=200, signatory=200, treasury=200, authority=200)),
    "draft of a proof": ("nachweise/{interim}/", row(lead=200, signatory=200, treasury=200)),
    "editing a proof": ("nachweise/{interim}/bearbeiten/", row(lead=200, signatory=200, treasury=200)),
    "receipt of a proof": (
        "nachweis-eingaenge/{proof_receipt}/",
        row(lead=200, signatory=200, treasury=200, authority=200),
    ),
    "confirmation of the audit office": (
        "nachweise/{proof}/bestaetigung/",
        row(lead=200, signatory=200, treasury=200, authority=200),
    ),
    "handing a proof back": (
        "nachweise/{proof}/zurueckgeben/",
        row(lead=403, signatory=403, treasury=403, authority=403, officer=200),
    ),
    "proposing a result": (
        "nachweise/{proof}/vorschlagen/",
        row(lead=403, signatory=403, treasury=403, authority=403, officer=200),
    ),
    "ordering an interim proof": (
        "bescheide/{notice}/zwischennachweis/",
        row(own=403, authority=403, readers=403, officer=200),
    ),
    "samples": (
        "stichproben/",
        row(own=403, others=403, readers=403, strangers=403, cashier=403, officer=200, approver=200),
    ),
    "sample": ("stichproben/{sample}/", row(officer=200, approver=200)),
    "adding to a sample": ("stichproben/{sample}/ergaenzen/", row(officer=200, approver=403)),
    "copies for the court of audit": (
        "landesrechnungshof/",
        row(own=403, others=403, readers=403, strangers=403, cashier=403, officer=200, approver=200),
    ),
    "copy for the court of audit": ("landesrechnungshof/{copy}/", row(officer=200, approver=200)),
    "audits": (
        "pruefungen/",
        row(
            own=403,
            lead=200,
            signatory=200,
            other_lead=200,
            other_treasury=403,
            authority=200,
            cashier=403,
            readers=403,
            strangers=403,
            auditor=200,
        ),
    ),
    "opening files to an audit": (
        "pruefungen/neu/",
        row(own=403, others=403, readers=403, strangers=403, authority=403, signatory=200, approver=200),
    ),
    "check of a code": ("pruefen/{code}/", dict.fromkeys(PEOPLE, 200)),
}


@pytest.fixture
def world(db) -> dict:
    with time_machine.travel("2023-05-03 12:00+02:00", tick=True):
        yield visibility_world.everything()


def test_the_answers_of_every_page_to_every_role(world):
    clients = {
        name: client_of(member(place[0], at=place[1] or "05122") if place else None) for name, place in PEOPLE.items()
    }
    wrong = []
    for kind, (address, expected) in TABLE.items():
        url = "/foerderung/" + address.format(**world)
        found = {name: client.get(url).status_code for name, client in clients.items()}
        wrong += [
            f"{kind}: {name} {found[name]}, not {status}" for name, status in expected.items() if found[name] != status
        ]
    assert wrong == []


def test_what_stands_in_the_lists_is_what_may_be_opened(world):
    with_iban = {
        name
        for name, place in PEOPLE.items()
        if place
        and "DE89 3704"
        in client_of(member(place[0], at=place[1] or "05122")).get("/foerderung/konten/").content.decode()
    }
    assert with_iban == {"signatory", "treasury", "officer", "approver", "cashier"}
    listed = {
        name: client_of(member(place[0], at=place[1] or "05122"))
        .get("/foerderung/antraege/")
        .content.decode()
        .count('class="row-link"')
        for name, place in PEOPLE.items()
        if place and name not in STRANGERS
    }
    assert listed == {
        **dict.fromkeys(OWN, 3),
        **dict.fromkeys(OTHERS, 0),
        **dict.fromkeys(AUTHORITY, 1),
        "coordinator": 2,
        "controller": 1,
        "ministry": 1,
    }


def test_the_account_of_a_payment_is_named_only_to_those_who_may_see_accounts(world):
    url = f"/foerderung/bescheide/{world['notice']}/"
    named = {
        name
        for name in (*OWN, *AUTHORITY, *READERS)
        if "DE89" in client_of(member(PEOPLE[name][0], at="05122")).get(url).content.decode()
    }
    assert named == {"signatory", "treasury", "officer", "approver", "cashier"}


def test_comments_on_a_draft_stay_between_the_centre_and_the_coordination_unit(world):
    coordinator = client_of(member(Role.COORDINATOR))
    url = f"/foerderung/antraege/{world['invited']}/kommentieren/"
    assert coordinator.post(url, {"section": "POSTS", "text": "Canarius-Kommentar"}).status_code == 302
    comment = DraftComment.objects.get()
    page = f"/foerderung/antraege/{world['invited']}/"
    readers = {
        name
        for name, place in PEOPLE.items()
        if place
        and "Canarius-Kommentar" in client_of(member(place[0], at=place[1] or "05122")).get(page).content.decode()
    }
    assert readers == {*OWN, "coordinator"}
    settle = f"/foerderung/kommentare/{comment.pk}/erledigt/"
    found = {
        name: client_of(member(PEOPLE[name][0], at=PEOPLE[name][1] or "05122")).post(settle).status_code
        for name in ("other lead", "officer", "coordinator", "treasury", "staff")
    }
    assert found == {"other lead": 404, "officer": 404, "coordinator": 403, "treasury": 403, "staff": 302}
    for name in ("officer", "ministry", "controller", "lead"):
        status = client_of(member(PEOPLE[name][0])).post(url, {"section": "POSTS", "text": "Nein"}).status_code
        assert status == (403 if name == "lead" else 404), name
    assert DraftComment.objects.count() == 1
