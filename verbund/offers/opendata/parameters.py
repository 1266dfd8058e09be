"""What may be asked of the open data, and reading it: a wrong parameter is refused by name, never guessed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from verbund.core.errors import DomainError

PER_PAGE, MOST_PER_PAGE = 50, 100
LONGEST_SEARCH = 300
FURTHEST_METRES = 200_000
EARLIEST_YEAR, LATEST_YEAR = 1970, 9000
WHOLE = re.compile(r"[0-9]{1,9}")
POSTCODE = re.compile(r"[0-9]{5}")
LOST_PLUS = re.compile(r"(?<=[0-9]) (?=[0-9]{2}:?[0-9]{2}$)")


class WrongParameter(DomainError):
    """A parameter that does not exist here, stands there twice, or whose value makes no sense; `field` is its name."""


@dataclass(frozen=True)
class Parameter:
    """One parameter: how its text becomes a value, its JSON schema, and what it means."""

    name: str
    read: Callable[[str], Any]
    schema: dict
    meaning: str


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(typed: str) -> int:
        if not WHOLE.fullmatch(typed) or not least <= int(typed) <= most:
            raise ValueError(_("eine ganze Zahl von %(least)d bis %(most)d") % {"least": least, "most": most})
        return int(typed)

    return read


def _identifier(typed: str) -> UUID:
    try:
        if len(typed) != 36:
            raise ValueError(typed)
        return UUID(typed)
    except ValueError:
        raise ValueError(_("eine UUID")) from None


def _switch(typed: str) -> bool:
    if typed not in {"true", "false"}:
        raise ValueError(_("true oder false"))
    return typed == "true"


def _moment(typed: str) -> datetime:
    """Read a day or an instant; without a zone it is UTC. A plus that became a blank on the way is put back."""
    try:
        found = datetime.fromisoformat(LOST_PLUS.sub("+", typed[:40]))
        if found.year in range(EARLIEST_YEAR, LATEST_YEAR + 1):
            return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        pass
    raise ValueError(_("ein Tag oder Zeitpunkt nach ISO 8601"))


def _format(typed: str) -> str:
    if typed not in {"json", "ndjson"}:
        raise ValueError(_("json oder ndjson"))
    return typed


def _search(typed: str) -> str:
    if len(typed) > LONGEST_SEARCH or not typed.strip():
        raise ValueError(_("ein Text mit 1 bis %(most)d Zeichen") % {"most": LONGEST_SEARCH})
    return "".join(sign if sign.isprintable() else " " for sign in typed).strip()


def _postcode(typed: str) -> str:
    if not POSTCODE.fullmatch(typed):
        raise ValueError(_("fünf Ziffern"))
    return typed


UID = {"type": "string", "format": "uuid"}
SWITCH = {"type": "boolean", "default": False}
PARAMETERS = {
    one.name: one
    for one in (
        Parameter("search", _search, {"type": "string", "maxLength": LONGEST_SEARCH}, "Wörter, die vorkommen sollen"),
        Parameter("page", _number(1, 999_999_999), {"type": "integer", "minimum": 1, "default": 1}, "Seite"),
        Parameter(
            "per_page",
            _number(1, MOST_PER_PAGE),
            {"type": "integer", "minimum": 1, "maximum": MOST_PER_PAGE, "default": PER_PAGE},
            "Einträge auf einer Seite",
        ),
        Parameter(
            "format",
            _format,
            {"type": "string", "enum": ["json", "ndjson"], "default": "json"},
            "ndjson: alles ohne Seiten, ein Objekt je Zeile",
        ),
        Parameter("taxonomy_term_id", _identifier, UID, "Einträge mit diesem Begriff"),
        Parameter("taxonomy_id", _identifier, UID, "Einträge mit einem Begriff dieser Liste"),
        Parameter("organization_id", _identifier, UID, "Einträge dieser Organisation"),
        Parameter(
            "modified_after",
            _moment,
            {"type": "string", "format": "date-time"},
            "geändert an oder nach diesem Zeitpunkt",
        ),
        Parameter("minimal", _switch, SWITCH, "nur id und modified_date, alle auf einer Seite"),
        Parameter("full", _switch, SWITCH, "mit allem, was dazugehört"),
        Parameter("postcode", _postcode, {"type": "string", "pattern": "^[0-9]{5}$"}, "Postleitzahl"),
        Parameter(
            "proximity",
            _number(1, FURTHEST_METRES),
            {"type": "integer", "minimum": 1, "maximum": FURTHEST_METRES},
            "Meter um die Mitte der Postleitzahl",
        ),
    )
}


@dataclass(frozen=True)
class Asked:
    """What was asked, read; parameters that were not given are missing."""

    values: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def read(cls, query: QueryDict, allowed: tuple[str, ...]) -> "Asked":
        """Read a query. Raises WrongParameter with the name of the parameter."""
        values = {}
        for name, typed in query.lists():
            shown = "".join(sign for sign in name[:40] if sign.isprintable())
            if name not in allowed:
                raise WrongParameter(_("Den Parameter „%(name)s“ gibt es hier nicht.") % {"name": shown}, field=shown)
            if len(typed) > 1:
                raise WrongParameter(_("Der Parameter „%(name)s“ steht mehrmals da.") % {"name": name}, field=name)
            try:
                values[name] = PARAMETERS[name].read(typed[0])
            except ValueError as wanted:
                sentence = _("Der Parameter „%(name)s“ erwartet: %(wanted)s.") % {"name": name, "wanted": wanted}
                raise WrongParameter(sentence, field=name) from None
        return cls(values)._checked()

    def _checked(self) -> "Asked":
        if self.get("proximity") and not self.get("postcode"):
            raise WrongParameter(_("Zum Parameter „proximity“ gehört „postcode“."), field="proximity")
        if self.get("format") == "ndjson":
            for name in ("page", "per_page"):
                if name in self.values:
                    raise WrongParameter(_("Mit format=ndjson gibt es keine Seiten."), field=name)
        return self

    def get(self, name: str, default=None):
        return self.values.get(name, default)
