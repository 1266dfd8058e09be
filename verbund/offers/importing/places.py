"""Where a line says that something takes place: name, street, postcode, town, point; or that it is remote."""

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from verbund.directory.calculations import folded
from verbund.offers.importing import values

if TYPE_CHECKING:
    from verbund.offers.importing.understanding import Line

ADDRESS = re.compile(r"(?P<street>[^,;\n]*?)[,;\n\s]*\b(?:D-)?(?P<postcode>[0-9]{5})\s+(?P<town>[^,;\n]+)")


def read_place(line: "Line") -> dict:
    """Return {"place": …} or {"is_remote": True}, or nothing where a line names no place."""
    name = line._text("place", 120)
    if name and values.is_remote(name):
        return {"is_remote": True}
    street, postcode, town = _address(line)
    if name and not town and folded(name) in line.words.by_town:
        name, town = "", name
        line.result.notes.append(_("„%s“ als Stadt verstanden, nicht als Namen eines Ortes.") % town)
    north, east = _point(line, is_needed=not (street or postcode or town))
    if not (street or postcode or town or north is not None):
        return {"place": {"name": name}} if name else {}
    municipality, *middle = _town_of(line, postcode, town, (north, east))
    if municipality is None:
        return {}
    is_named = bool(name or street)  # else all lines of the town share one place, in its middle
    north, east = (str(north), str(east)) if is_named and north is not None else middle
    place = {"name": name or street or line.words.town_names[municipality], "street": street, "postcode": postcode}
    place |= {"municipality": municipality, "latitude": north, "longitude": east, "room": line._text("room", 80)}
    place |= {} if (step_free := _step_free(line)) is None else {"step_free": step_free}
    if not is_named:
        line.result.notes.append(_("Weder Name noch Straße des Ortes: als Ort steht nur die Stadt da."))
    return {"place": place}


def _step_free(line: "Line") -> bool | None:
    """Return whether one comes in without a step; what is neither yes nor no is left out with a note."""
    try:
        return values.yes_or_no(line.cells.get("step_free"))
    except values.NotUnderstood as problem:
        line.result.notes.append(_("Stufenlos: %s; weggelassen.") % problem)
        return None


def _point(line: "Line", *, is_needed: bool) -> tuple[Decimal | None, Decimal | None]:
    """Return latitude and longitude; what cannot be read is left out with a note, unless nothing else says where.

    A point outside the Land is a reason to refuse the line.
    """
    try:
        north, east, note = values.point(line.cells.get("latitude"), line.cells.get("longitude"))
    except values.NotUnderstood as problem:
        north, east, note = None, None, ""
        if is_needed or isinstance(problem, values.Elsewhere):
            line._refuse("latitude", str(problem))
        else:
            note = _("Koordinaten weggelassen: %s.") % problem
    line.result.notes += [note] if note else []
    return north, east


def _address(line: "Line") -> tuple[str, str, str]:
    street, town = line._text("street", 120), line._text("town", 100)
    number = line._text("house_number", 20)
    if street and number and not street.endswith(number):
        street = f"{street} {number}"[:120]
    postcode = _postcode(line.cells.get("postcode"))
    found = ADDRESS.search(line._text("address", 300))
    if found:
        street = street or found["street"].strip(" ,;")[:120]
        postcode = postcode or found["postcode"]
        town = town or found["town"].strip()
    if not postcode and (split := re.match(r"([0-9]{5})\s+(.+)", town)):
        postcode, town = split[1], split[2]
    return street, postcode, town


def _postcode(cell) -> str:
    if values.is_nothing(cell):
        return ""
    return "".join(str(cell).split()).upper().removeprefix("D-")[:9]


def _town_of(line: "Line", postcode: str, town: str, point: tuple) -> tuple[int | None, str | None, str | None]:
    """Return the municipality and the point of a postcode or a town, without both the one a point lies in.

    A line whose town is not known is refused.
    """
    if not (postcode or town):
        return _town_at(line, point)
    sought = folded(town)
    if postcode:
        rows = line.words.by_postcode.get(postcode, [])
        if not rows:
            line._refuse("postcode", _("„%s“ gibt es in Nordrhein-Westfalen nicht") % postcode)
            return None, None, None
        named = [row for row in rows if sought and (row[1] == sought or sought.startswith(row[1]))]
        if sought and not named:
            line.result.notes.append(
                _("Zur Postleitzahl %s gehört ein anderer Ort; die Postleitzahl zählt.") % postcode
            )
        found = (named or rows)[0]
        return found[0], found[2], found[3]
    if sought not in line.words.by_town:
        line._refuse("town", _("„%s“ finden wir in Nordrhein-Westfalen nicht") % town[:60])
        return None, None, None
    return line.words.by_town[sought]


def _town_at(line: "Line", point: tuple) -> tuple[int | None, str | None, str | None]:
    if point[0] is None:
        line._refuse("town", _("Zur Straße fehlt die Stadt oder die Postleitzahl"))
        return None, None, None
    found = line.words.town_at(float(point[0]), float(point[1]))
    if found is None:
        line._refuse("latitude", _("Die Koordinaten liegen nicht in Nordrhein-Westfalen"))
        return None, None, None
    line.result.notes.append(_("Stadt nach den Koordinaten: %s.") % found[1])
    return found[0], None, None
