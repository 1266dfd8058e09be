"""What the page of a whole shows after something was cut out, and what looks like a name before."""

from collections import Counter

from django.db.models import Model

from verbund.advising.calculations import described, passages_naming_people
from verbund.advising.cutting.kinds import Place, texts_of
from verbund.core import audit, privacy


def history_of(whole: Model, *parts: Model, **options) -> list[dict]:
    """Return the history of a whole and its parts; texts that were recorded in clear before a cut are not shown."""
    cut_at = audit.destroyed_at(privacy.own_key_of(whole, 0)) if whole.key_number else None
    return audit.history_of(whole, *parts, cut_at=cut_at, **options)


def suspects_in(whole: Model) -> list[dict]:
    """Return the passages of all texts of a whole that look like a person, each once, and what each looks like."""
    texts = (getattr(row, name) for row, name, _like in texts_of(whole))
    found = [one for text in texts if isinstance(text, str) for one in passages_naming_people(text)]
    return [{"text": one.text, "said": described(one)} for one in dict.fromkeys(found)]


def counted(places: list[Place]) -> str:
    """Return in which texts a passage stands and in how many of each: "Niederschrift, Kommentar (2)"."""
    numbers = Counter(place.label for place in places)
    return ", ".join(f"{label} ({number})" if number > 1 else label for label, number in numbers.items())
