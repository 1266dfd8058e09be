"""How what came in reads on the centre's page."""

from dataclasses import dataclass
from datetime import date

from verbund.offers.freshness import queries


@dataclass(frozen=True)
class Section:
    """One kind of things that came in: those shown with the day each is due, and how many there are in all."""

    rows: list[dict]
    count: int

    @property
    def left_out(self) -> int:
        return self.count - len(self.rows)


def with_days(records: list, day: str, *, on: date) -> list[dict]:
    """Return records with the day they came in (field `day`) and the day by which they are to be looked at."""
    due = {came: queries.answer_day(came, on=on) for came in {getattr(record, day) for record in records}}
    return [
        {
            "record": record,
            "came": getattr(record, day),
            "due_on": due[getattr(record, day)],
            "is_late": due[getattr(record, day)] < on,
        }
        for record in records
    ]
