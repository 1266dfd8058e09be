"""Two at the same instant, on both databases; and what the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction

from tests.support import cast
from verbund.accounts.roles import Role
from verbund.advising.enquiries import operations
from verbund.advising.models import Enquiry, EnquiryMessage, EnquiryTransfer
from verbund.advising.tests.enquiry_story import TODAY, asked, mails
from verbund.core.versions import StaleVersion
from verbund.directory.models import Centre, Organisation

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.usefixtures("reference")]


def test_at_the_same_instant_one_answer_goes_out_and_what_is_deleted_stays_deleted(at_the_same_time):
    staff = cast.acting(cast.member(Role.CENTRE_STAFF))
    made = asked()

    def answer(text: str):
        operations.answer(Enquiry.objects.get(pk=made.pk), text=text, seen=1, on=TODAY, actor=staff)

    results = at_the_same_time(lambda: answer("von hier"), lambda: answer("von dort"))
    assert sorted(type(one) for one in results if one is not None) == [StaleVersion]
    assert (EnquiryMessage.objects.count(), len(mails())) == (1, 2)

    other = asked()
    results = at_the_same_time(
        lambda: operations.answer(Enquiry.objects.get(pk=other.pk), text="Antwort", seen=1, on=TODAY, actor=staff),
        lambda: operations.delete(Enquiry.objects.get(pk=other.pk), on=TODAY),
    )
    other.refresh_from_db()
    assert type(results[0]) in {EnquiryMessage, operations.TextIsGone}
    assert (other.question, other.email, other.messages.count()) == ("", "", 0)
    assert not any(other.reference in mail.subject for mail in mails())


def test_the_database_refuses_an_enquiry_that_nobody_or_two_have_and_text_that_should_be_gone():
    made = asked()
    unit, same = Organisation.objects.get(code="KOORD"), {"origin_id": made.centre_id, "target_id": made.centre_id}
    for wrong in (
        {"centre": None},
        {"unit": unit},
        {"centre": Centre.objects.first(), "unit": unit},
        {"ended_on": TODAY},
        {"status": "ANSWERED", "ended_on": TODAY},
        {"status": "CLOSED", "ended_on": TODAY},
        {"forgotten_on": TODAY},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Enquiry.objects.filter(pk=made.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        EnquiryTransfer.objects.create(enquiry=made, passed_on=TODAY, reason="x", **same)
