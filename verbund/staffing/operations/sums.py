"""What requests and posts have in common: no sum of shares above what there is, on any day."""

from collections.abc import Iterable
from decimal import Decimal

from verbund.core.errors import DomainError
from verbund.staffing.calculations import Stretch, fullest_day


def german(posts: Decimal) -> str:
    """Return a number of posts as clerks write it: 1,5."""
    return f"{posts.normalize():f}".replace(".", ",")


def refuse_sum(stretches: Iterable[Stretch], most: Decimal, error: type[DomainError], text: str, **words: str) -> None:
    """Raise `error` with the first of the fullest days if more than `most` is filled on it.

    `text` prints `day`, `sum` and `most`, and whatever else is given in `words`.
    """
    found = fullest_day(stretches)
    if found and found[1] > most:
        words |= {"day": found[0].strftime("%d.%m.%Y"), "sum": german(found[1]), "most": german(most)}
        raise error(text % words, field="full_time_share")
