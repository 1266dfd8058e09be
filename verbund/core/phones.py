"""Telephone numbers as people write them, and as a telephone dials it."""

import re
import unicodedata

ENOUGH = 6
"""From so many digits on a number is whole, so that what follows may be another."""

ANOTHER = re.compile(r"\s*[+/|]\s*[+0]?(?:\D{0,3}\d){6}")
"""A sign between two numbers, and a second one after it; a single digit after it belongs to the first."""


def latin_digits(typed: str) -> str:
    """Return a text with the digits of other scripts as ours: ٠٢١٢ as 0212; without marks of direction."""
    shown = (sign for sign in typed if unicodedata.category(sign) != "Cf")
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in shown)


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
        elif digits and (sign.isalpha() or sign in ",;"):
            break
        elif len(digits) >= ENOUGH and (sign == "(" or ANOTHER.match(text, place)):
            break
    return f"+{digits}" if text.startswith("+") else digits
