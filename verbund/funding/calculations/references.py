"""Reference numbers for payments: ISO 11649 (RF Creditor Reference), which every bank checks while it is typed.

Two check digits find every wrong digit and every swapped pair (ISO 7064, modulus 97).
"""

import re

PREFIX = "RF"


def reference_for(number: int) -> str:
    """Return the reference of a record by its number, without spaces: 123 → "RF15E00000123"."""
    body = f"E{number:08d}"
    return f"{PREFIX}{98 - _remainder(f'{body}{PREFIX}00'):02d}{body}"


def is_right(reference: str) -> bool:
    """Whether a reference is written as one and its check digits fit."""
    plain = plain_reference(reference)
    return bool(re.fullmatch(r"RF[0-9]{2}[0-9A-Z]{1,21}", plain)) and _remainder(plain[4:] + plain[:4]) == 1


def plain_reference(text: str) -> str:
    """Return a reference as it is stored: capital letters and digits, nothing else."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def in_groups(reference: str) -> str:
    """Return a reference as it is printed: "RF15 E000 0012 3"."""
    return " ".join(reference[start : start + 4] for start in range(0, len(reference), 4))


def references_in(text: str) -> list[str]:
    """Return the references with right check digits in what a payer wrote, however they are spaced, in their order."""
    plain = plain_reference(text)
    found = []
    for start in (match.start() for match in re.finditer(PREFIX, plain)):
        length = len(reference_for(0))
        candidate = plain[start : start + length]
        if is_right(candidate) and candidate not in found:
            found.append(candidate)
    return found


def _remainder(text: str) -> int:
    return int("".join(str(int(sign, 36)) for sign in text)) % 97
