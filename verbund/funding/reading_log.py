"""Every page an auditor opens is noted before it is shown."""

from collections.abc import Callable
from functools import wraps

from verbund.core.dates import today
from verbund.funding import operations, permissions


def noted(page: str, application_of: Callable = lambda record: record.application):
    """Note at the auditor's mandate that this page of a file was opened; stands below `gate`, others are not noted.

    `page` says on the log what was opened; `application_of(record)` leads to the file.
    """

    def decorate(view):
        @wraps(view)
        def noting(request, record, **captured):
            if permissions.is_auditor(request.actor):
                words = f"{page} {record}"[:300]
                operations.note_reading(application_of(record), page=words, on=today(), actor=request.actor)
            return view(request, record, **captured)

        return noting

    return decorate
