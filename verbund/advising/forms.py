"""Pieces that the forms of all kinds of work share."""

from django import forms


def lines(rows: int) -> forms.Textarea:
    """Return a field for a text of so many lines."""
    return forms.Textarea(attrs={"rows": rows})
