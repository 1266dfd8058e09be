"""The receipt of a submission: what it says is fixed with the submission, the PDF is made afterwards, once.

Typesetting takes longer than all else of a submission. Whoever opens the receipt first has it made, the clock makes the
others (`tasks.write_receipts`). A process that dies before or in the middle leaves the text, and the next one makes it.
"""

from collections.abc import Iterable

from django.db import transaction

from verbund.core import files
from verbund.core.locks import locking
from verbund.core.models import StoredFile
from verbund.core.pdf import CannotTypeset
from verbund.funding import documents
from verbund.funding.models import Submission

KIND = "Eingangsbestaetigung"


def receipt_of(submission: Submission) -> StoredFile:
    """Return the stored receipt of a submission; typeset now where it is not there yet.

    Of several who come at the same time one stores it, and all get the same file.
    """
    if submission.receipt is not None:
        return submission.receipt
    content = documents.typeset(submission.receipt_says)  # before anything is locked
    with transaction.atomic():
        # without the receipt joined: a joined row is read as it was before the lock was waited for
        current = locking(Submission.objects.select_related("application")).get(pk=submission.pk)
        if current.receipt_id is None:
            name = f"{KIND} {current.application.file_reference}.pdf"
            current.receipt, current.receipt_says = files.store(content, name=name, kind=KIND.upper()), None
            current.save(update_fields=["receipt", "receipt_says"])
    submission.receipt, submission.receipt_says = current.receipt, None
    return current.receipt


def write_receipts(applications: Iterable[int] | None = None) -> None:
    """Make the receipts that are not there yet, of some applications (ids) or of all, the oldest first.

    One that cannot be typeset keeps no other waiting; it is tried again. Raises CannotTypeset at the end.
    """
    failed = None
    missing = Submission.objects.filter(receipt=None).order_by("pk")
    if applications is not None:
        missing = missing.filter(application__in=list(applications))
    for submission in list(missing):
        try:
            receipt_of(submission)
        except CannotTypeset as problem:
            problem.add_note(f"submission {submission.pk}")
            failed = problem
    if failed is not None:
        raise failed
