"""What belongs to the demonstration says so: on every page of a document, and beside the title on the screen."""

from datetime import date

import pdfua
import pytest

from tests.support.cast import client_of
from verbund.core.tests.pdf_text import pages_of, text_of
from verbund.directory.models import Membership
from verbund.funding import documents, operations
from verbund.funding.models import GrantApplication
from verbund.funding.tests import letters, story

JUNE = date(2022, 6, 10)
STAMP = "Vorführung – kein echter Bescheid"


@pytest.mark.parametrize(
    ("make", "letter"),
    [
        (documents.notice_pdf, letters.kreis_2023),
        (documents.refusal_pdf, letters.refusal),
        (letters.receipt_pdf, letters.receipt),
        (documents.information_request_pdf, letters.information_request),
    ],
)
def test_a_stamp_stands_on_every_page_and_the_letter_stays_accessible(make, letter, tmp_path):
    stamped = make(letter(stamp=STAMP))
    pages = pages_of(stamped)
    assert all(STAMP in page for page in pages)
    assert pages[0].count(STAMP) == 2  # at the head of the page, and in the text, which is read aloud
    path = tmp_path / "letter.pdf"
    path.write_bytes(stamped)
    assert not pdfua.validate(path).findings
    assert "Vorführung" not in text_of(make(letter()))


@pytest.mark.django_db
@pytest.mark.parametrize("is_demo", [True, False])
def test_documents_and_pages_of_a_demonstration_call_are_marked_and_others_are_not(is_demo):
    cast = story.people()
    call = story.call_for(2023, closes_on=date(2022, 10, 31), is_demo=is_demo)
    notice = story.granted(call, cast, amount="193500", posts=story.full_staff(2023), on=JUNE)
    application = GrantApplication.objects.get()
    for stored in (notice.document, operations.receipt_of(application.submissions.get())):
        with stored.open() as file:
            assert ("Vorführung – kein" in text_of(file.read())) == is_demo
    client = client_of(Membership.objects.get(pk=cast.lead.membership_id))
    for page in (f"/foerderung/antraege/{application.pk}/", f"/foerderung/bescheide/{notice.pk}/"):
        shown = client.get(page).content.decode()
        assert ('<span class="mark">Vorführung</span>' in shown) == is_demo
