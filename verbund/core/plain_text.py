"""Texts of people as they are kept: without signs that change how the text around them reads."""

OVERRIDES = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Signs that turn the direction of all that follows, for `str.translate`; marks of one letter (U+200E, U+200F) stay."""


def without_overrides(text: str) -> str:
    """Return a text without signs that turn what follows around, beyond its end."""
    return text.translate(OVERRIDES)
