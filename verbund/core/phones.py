"""Telephone numbers as people write them, and as a telephone dials it."""

import re

from verbund.core.digits import latin_digits

ENOUGH = 6
"""From so many digits on a number is whole, so that what follows may be another."""

ANOTHER = re.compile(r"\s*[+/|]\s*[+0]?(?:\D{0,3}\d){6}")
"""A sign between two numbers, and a second one after it; a single digit after it belongs to the first."""


def dialled(typed: str) -> str:
    """Return the first number in a text as a telephone dials it: only digits and a leading plus.

    Without the (0) of +49 (0)212 290, and without what stands behind the number: a second one, hours, an extension
    in words.
    """
    text = latin_digits(typed).strip()
    is_international = text.startswith(("+", "00"))
    if is_international:
        text = re.sub(r"\(\s*0\s*\)", "", text)
    digits = ""
    for place, sign in enumerate(text):
        if sign in "0123456789":
            digits += sign
        elif _ends(text, place, len(digits)):
            break
    return f"+{digits}" if text.startswith("+") else digits


def _ends(text: str, place: int, count: int) -> bool:
    """Whether a number of so many digits is over at a sign."""
    if count >= ENOUGH and (text[place] == "(" or ANOTHER.match(text, place)):
        return True
    return bool(count) and (text[place].isalpha() or text[place] in ",;")
