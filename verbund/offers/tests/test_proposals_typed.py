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
