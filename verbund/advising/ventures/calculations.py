"""Plain computing: how a measured number stands against its target, and what differs between two versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher

from verbund.advising.ventures.lifecycle import Outcome

SAME, NEW, CHANGED, GONE = "same", "new", "changed", "gone"


def outcome_of(value: Decimal, *, target: Decimal, partly_from: Decimal | None, less_is_better: bool) -> Outcome:
    """Return how a number stands: reached from the target on, partly from `partly_from` on, else missed."""
    sign = -1 if less_is_better else 1
    if value * sign >= target * sign:
        return Outcome.REACHED
    if partly_from is not None and value * sign >= partly_from * sign:
        return Outcome.PARTLY
    return Outcome.MISSED


def snapshot(sections) -> list[dict]:
    """Return the sections of a concept as a version keeps them."""
    return [{"section": one.pk, "heading": one.heading, "text": one.text} for one in sections]


@dataclass(frozen=True)
class Difference:
    """One section in two versions: how it differs, and its new text in pieces (kept, "ins", "del")."""

    heading: str
    kind: str
    pieces: tuple[tuple[str, str], ...]
    earlier_heading: str = ""


def differences(earlier: Sequence[dict], later: Sequence[dict]) -> list[Difference]:
    """Return section by section what a later version says otherwise; sections that went come last."""
    before = {one["section"]: one for one in earlier}
    found = []
    for one in later:
        old = before.pop(one["section"], None)
        if old is None:
            found.append(Difference(one["heading"], NEW, (("ins", one["text"]),)))
            continue
        is_same = (old["heading"], old["text"]) == (one["heading"], one["text"])
        was_called = old["heading"] if old["heading"] != one["heading"] else ""
        pieces = (("", one["text"]),) if is_same else tuple(_pieces(old["text"], one["text"]))
        found.append(Difference(one["heading"], SAME if is_same else CHANGED, pieces, was_called))
    return found + [Difference(one["heading"], GONE, (("del", one["text"]),)) for one in before.values()]


def _pieces(old: str, new: str):
    """Yield a text word by word as kept, put in or taken out."""
    was, now = old.split(" "), new.split(" ")
    for what, from_old, to_old, from_new, to_new in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if what == "equal":
            yield "", " ".join(now[from_new:to_new]) + " "
            continue
        if to_old > from_old:
            yield "del", " ".join(was[from_old:to_old]) + " "
        if to_new > from_new:
            yield "ins", " ".join(now[from_new:to_new]) + " "
