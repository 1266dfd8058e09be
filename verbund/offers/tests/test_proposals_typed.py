"""What somebody types into a proposal on the keyboard of another script is kept as everybody reads it."""

from datetime import date
from decimal import Decimal

import pytest

from verbund.offers.models import Proposal
from verbund.offers.proposals import queries
from verbund.offers.tests.proposal_story import send

pytestmark = pytest.mark.django_db


def test_digits_of_other_scripts_are_understood(client):
    said = {"phone": "\u200f٠٢١٢ ٢٩٠-٠\u200f", "ort-0-phone": "۰۲۱۲ ۲۹۱", "ort-0-neu-postcode": "٤٢٦٥١", "is_free": "",
            "amount_fee": "٥,٥٠", "valid_from": "٢٨.٠٢.٢٠٢٨"}  # fmt: skip
    assert send(client, **said).status_code == 302
    proposal = Proposal.objects.get()
    content = queries.content_of(proposal)
    assert (content.values["phone"], content.at[0].phone) == ("0212 290-0", "0212 291")
    assert (content.values["amount_fee"], content.values["valid_from"]) == (Decimal("5.50"), date(2028, 2, 28))
    assert proposal.new_place["postcode"] == "42651"


def test_signs_that_turn_the_text_around_are_left_out(client):
    turned = "\u202eKurs\u202c \u2067für\u2069 \u200falle"
    assert send(client, title=turned, organisation_name=turned, **{"ort-0-neu-name": turned}).status_code == 302
    proposal = Proposal.objects.get()
    kept = {queries.content_of(proposal).values["title"], proposal.organisation_name, proposal.new_place["name"]}
    assert kept == {"Kurs für \u200falle"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("الألمانية، العربية", {"de", "ar"}),
        ("المانية, عربية", {"de", "ar"}),
        ("Almanca, Arapça, KÜRTÇE", {"de", "ar", "kmr"}),
        ("німецька, українська; російська", {"de", "uk", "ru"}),
        ("German, arabic, Dari", {"de", "ar", "prs"}),
        ("Deutsch, Tuerkisch, Persisch", {"de", "tr", "fa"}),
    ],
)
def test_languages_are_understood_by_their_names_in_the_languages_of_the_page(client, typed, meant):
    assert send(client, spoken=typed).status_code == 302
    assert {code for code, _mode in queries.content_of(Proposal.objects.get()).languages} == meant


def test_a_language_nobody_knows_is_asked_for_again(client):
    answer = send(client, spoken="Deutsch, Klingonisch")
    assert answer.status_code == 422
    assert "Klingonisch" in answer.content.decode()
