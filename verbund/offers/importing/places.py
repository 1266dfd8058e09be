"""Where a line says that something takes place: name, street, postcode, town, point; or that it is remote."""

import re
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
    north, east, note = line._try(
        "latitude", values.point, line.cells.get("latitude"), line.cells.get("longitude")
    ) or (None, None, "")
    line.result.notes += [note] if note else []
    if not (street or postcode or town or north is not None):
        return {"place": {"name": name}} if name else {}
    municipality, *middle = _town_of(line, postcode, town, (north, east))
    if municipality is None:
        return {}
    north, east = middle if north is None else (str(north), str(east))
    place = {"name": name or (f"{street}" if street else ""), "street": street, "postcode": postcode}
    place |= {"municipality": municipality, "latitude": north, "longitude": east, "room": line._text("room", 80)}
    if not place["name"]:
        line.result.notes.append(_("Weder Name noch Straße des Ortes: ohne Ort übernommen."))
        return {}
    return {"place": place}


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
