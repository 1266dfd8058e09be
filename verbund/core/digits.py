"""Digits as people of other scripts type them."""

import unicodedata


def latin_digits(typed: str) -> str:
    """Return a text with the digits of other scripts as ours: ٠٢١٢ as 0212; without marks of direction."""
    shown = (sign for sign in typed if unicodedata.category(sign) != "Cf")
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in shown)
