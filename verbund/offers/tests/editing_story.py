"""What the tests of keeping entries post: the form of an entry as a browser sends it."""

from verbund.offers.tests import story

COUNTS = {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "40"}


def rows(prefix: str, *given: dict) -> dict:
    """Return the fields of a set of rows."""
    found = {f"{prefix}-{name}": value for name, value in (COUNTS | {"TOTAL_FORMS": str(len(given))}).items()}
    return found | {f"{prefix}-{number}-{name}": text for number, row in enumerate(given) for name, text in row.items()}


def hours(weekday="1", opens="15", closes="17.00 Uhr", **more) -> dict:
    usual = {"rhythm": "WEEKLY", "in_school_holidays": "on"}
    return {"weekday": weekday, "opens": opens, "closes": closes} | usual | more


def block(number: int, place, *given_hours, changes=(), breaks=(), **more) -> dict:
    """Return the fields of one place."""
    prefix = f"orte-{number}"
    found = {f"{prefix}-place": str(place)} | {f"{prefix}-{name}": text for name, text in more.items()}
    found |= rows(f"{prefix}-zeiten", *given_hours)
    return found | rows(f"{prefix}-termine", *changes) | rows(f"{prefix}-pausen", *breaks)


def form(partner, *, place=None, blocks=None, spoken=(("ar", "SPOKEN"),), **typed) -> dict:
    """Return a whole entry as posted, right in every field unless `typed` says otherwise."""
    where = place or story.place()
    blocks = [block(0, where.pk, hours())] if blocks is None else blocks
    found = {
        "partner": str(partner.pk),
        "title": "Sprachcafé",
        "summary": "Deutsch sprechen bei Kaffee und Tee",
        "terms_need": ["learn-german"],
        "terms_audience": ["women"],
        "is_free": "on",
        "child_care": "UNKNOWN",
        "registration": "NONE",
        "phone": "0212 290-0",
        "orte-TOTAL_FORMS": str(len(blocks)),
    }
    for one in blocks:
        found |= one
    found |= rows("sprachen", *({"language": code, "mode": mode} for code, mode in spoken))
    return found | typed
