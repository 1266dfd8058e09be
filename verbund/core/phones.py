"""Telephone numbers as people write them, and as a telephone dials them."""


def dialled(typed: str) -> str:
    """Return a number as a telephone dials it: only digits and a leading plus, without the (0) of +49 (0)212 290."""
    is_international = typed.lstrip().startswith("+")
    kept = typed.replace("(0)", "") if is_international else typed
    digits = "".join(sign for sign in kept if sign in "0123456789")
    return f"+{digits}" if is_international else digits
