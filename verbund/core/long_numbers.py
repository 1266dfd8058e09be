"""A number longer than the database keeps: sent by hand in an address or a form, it is refused (400), no fault of ours.

SQLite takes whole numbers of 64 bits; Django looks that up itself only for some kinds of columns.
"""

from django.core.exceptions import BadRequest


def watch(sender, connection, **said) -> None:
    """Let a connection refuse such numbers; receiver of Django's `connection_created`."""
    if _refusing not in connection.execute_wrappers:
        connection.execute_wrappers.append(_refusing)


def _refusing(execute, sql, parameters, many, context):
    try:
        return execute(sql, parameters, many, context)
    except OverflowError as problem:
        raise BadRequest("a number longer than the database keeps") from problem
