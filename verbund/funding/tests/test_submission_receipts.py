"""The receipt of a submission: fixed when it is submitted, made once, by whoever comes first, and never lost."""

import os
import signal
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from tests.support.cast import client_of
from verbund.core.models import StoredFile
from verbund.core.pdf import CannotTypeset
from verbund.core.tests.pdf_text import text_of
from verbund.directory.models import Membership
from verbund.funding import documents, operations, tasks
from verbund.funding.models import GrantApplication, Submission
from verbund.funding.tests import story

JUNE = date(2022, 6, 10)
KILLED = """
import os, signal, sys
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
import django
django.setup()
from django.db.models.signals import post_save
from django.utils import timezone
from verbund.core.models import StoredFile
from verbund.funding import tasks
post_save.connect(lambda **_said: os.kill(os.getpid(), signal.SIGKILL), sender=StoredFile, weak=False)
tasks.write_receipts(timezone.now())
"""
"""Writes the receipts that are missing and dies when the first file is stored and nothing is committed."""


def receipts():
    return StoredFile.objects.filter(kind="EINGANGSBESTAETIGUNG")


def content_of(stored: StoredFile) -> bytes:
    with stored.open() as file:
        return file.read()


@pytest.mark.django_db
def test_what_a_receipt_says_is_fixed_when_the_application_is_submitted():
    cast = story.people()
    application = story.submitted(story.call_for(2023), cast, on=JUNE)
    submission = application.submissions.get()
    assert submission.receipt is None
    application.attachments.all().delete()
    application.carrier.organisation.name = "Ein anderer Name"
    application.carrier.organisation.save()
    GrantApplication.objects.update(amount_requested=1)
    tasks.write_receipts(timezone.now())
    submission.refresh_from_db()
    said = text_of(content_of(submission.receipt))
    assert "193.500,00" in said
    assert "konzept.pdf" in said
    assert "Ein anderer Name" not in said
    assert submission.receipt_says is None
    assert submission.receipt.name == f"Eingangsbestaetigung {application.file_reference}.pdf"


@pytest.mark.django_db
def test_who_opens_a_receipt_before_the_clock_came_has_it_made_and_both_make_one():
    cast = story.people()
    submission = story.submitted(story.call_for(2023), cast, on=JUNE).submissions.get()
    expected = documents.typeset(submission.receipt_says)
    client = client_of(Membership.objects.get(pk=cast.lead.membership_id))
    address = reverse("funding:receipt", args=[submission.pk])
    answers = [client.get(address) for _time in range(2)]
    tasks.write_receipts(timezone.now())
    answers.append(client.get(address))
    assert [b"".join(one.streaming_content) == expected for one in answers] == [True] * 3
    assert receipts().count() == 1
    stranger = client_of(Membership.objects.get(pk=story.people("05314").lead.membership_id))
    later = story.submitted(story.call_for(2024), cast, on=date(2023, 6, 10)).submissions.get()
    assert stranger.get(reverse("funding:receipt", args=[later.pk])).status_code == 404
    assert receipts().count() == 1


@pytest.mark.django_db
def test_a_receipt_that_cannot_be_typeset_keeps_no_other_waiting():
    cast = story.people()
    broken, other = (
        story.submitted(story.call_for(year), cast, on=date(year - 1, 6, 10)).submissions.get() for year in (2023, 2024)
    )
    text = broken.receipt_says
    Submission.objects.filter(pk=broken.pk).update(receipt_says=text | {"data": {}})
    with pytest.raises(CannotTypeset):
        tasks.write_receipts(timezone.now())
    assert [one.receipt is None for one in Submission.objects.order_by("pk")] == [True, False]
    Submission.objects.filter(pk=broken.pk).update(receipt_says=text)
    tasks.write_receipts(timezone.now())
    assert not Submission.objects.filter(receipt=None).exists()
    assert other.receipt_says is not None  # the copy at hand; the row has given it up


@pytest.mark.postgres
@pytest.mark.django_db
def test_no_submission_stands_without_a_receipt_or_what_it_says():
    submission = story.submitted(story.call_for(2023), story.people(), on=JUNE).submissions.get()
    with pytest.raises(IntegrityError, match="funding_submission_has_receipt"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(receipt_says=None)
    stored = operations.receipt_of(submission)
    with pytest.raises(IntegrityError, match="funding_submission_has_receipt"), transaction.atomic():
        Submission.objects.filter(pk=submission.pk).update(receipt=None)
    assert Submission.objects.get().receipt == stored


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("reference")
def test_of_a_reader_and_the_clock_in_the_same_instant_one_stores_the_receipt(at_the_same_time):
    submission = story.submitted(story.call_for(2023), story.people(), on=JUNE).submissions.get()

    def opened():
        return operations.receipt_of(Submission.objects.get(pk=submission.pk)).pk

    found = at_the_same_time(opened, opened, lambda: tasks.write_receipts(timezone.now()))
    assert set(found) == {receipts().get().pk, None}


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("reference")
def test_a_process_killed_while_it_makes_a_receipt_leaves_it_to_the_next():
    submission = story.submitted(story.call_for(2023), story.people(), on=JUNE).submissions.get()
    expected = documents.typeset(submission.receipt_says)
    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(connection.settings_dict["NAME"])],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "VERBUND_DATA_DIR": str(settings.DATA_DIR)},
        cwd=settings.BASE_DIR,
        capture_output=True,
        check=False,
    )
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()
    submission.refresh_from_db()
    assert (submission.receipt, receipts().count()) == (None, 0)
    tasks.write_receipts(timezone.now())
    assert content_of(Submission.objects.get().receipt) == expected
    assert receipts().count() == 1
