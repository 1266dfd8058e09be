"""Numbers longer than the database keeps, sent by hand: refused at the one door for all, no fault of ours.

In an address such a number is the key of no record: the page does not exist (404). In a form it is no choice (400);
SQLite takes whole numbers of 64 bits, and Django looks that up itself only for some kinds of columns.
"""

from django.core.exceptions import BadRequest
from django.http import Http404

LARGEST_ID = 2**63 - 1
"""The largest number the databases keep as a key."""


class LongNumbersMiddleware:
    """Answers an address with a number beyond every key as one that leads nowhere."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, captured):
        if any(isinstance(value, int) and value > LARGEST_ID for value in captured.values()):
            raise Http404


def watch(sender, connection, **said) -> None:
    """Let a connection refuse such numbers; receiver of Django's `connection_created`."""
    if _refusing not in connection.execute_wrappers:
        connection.execute_wrappers.append(_refusing)


def _refusing(execute, sql, parameters, many, context):
    try:
        return execute(sql, parameters, many, context)
    except OverflowError as problem:
        raise BadRequest("a number longer than the database keeps") from problem
