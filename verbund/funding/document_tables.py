"""The tables that several letters print: computations line by line, and the items of a proof of use."""

from decimal import Decimal

from verbund.core.money import format_amount
from verbund.funding.document_data import ChangeNoticeData, NoticeData, ProofRow, ReclaimNoticeData, YearShare

UNCONFIRMED_NOTE = (
    "„Nicht bestätigt“ heißt: Der Wert steht nicht im Wortlaut der Richtlinie, die dem Verbund vorliegt, sondern ist"
    " abgeleitet oder einer anderen Quelle entnommen."
)


def lines_and_notes(notice: NoticeData | ChangeNoticeData | ReclaimNoticeData) -> tuple[list[dict], list[str]]:
    """Return the rows of the table and the small print under it; a source all rows share is printed once there."""
    sources = {line.note for line in notice.lines if line.note}
    shared = len(sources) == 1 and len(notice.lines) > 1
    rows = [
        {
            "item": line.item,
            "formula": line.formula,
            "amount": format_amount(line.amount).replace("-", "−"),
            "note": "" if shared else line.note,
            "unconfirmed": line.unconfirmed,
        }
        for line in notice.lines
    ]
    notes = list(notice.computation_notes)
    if shared:
        notes.append(f"Fundstelle der Sätze: {sources.pop()}")
    if any(line.unconfirmed for line in notice.lines):
        notes.append(UNCONFIRMED_NOTE)
    return rows, notes


def years_table(years: tuple[YearShare, ...]) -> list[dict]:
    """Return the rows of what falls on which budget year."""
    return [{"year": str(one.year), "amount": format_amount(one.amount)} for one in years]


def proof_table(rows: tuple[ProofRow, ...], total: Decimal | None = None) -> dict:
    """Return the rows of a proof with their sums; what the recognised total differs by (rounding) is a row."""
    found = [
        {
            "item": row.item,
            "months": f"{row.months.normalize():f} Personenmonate".replace(".", ",") if row.months is not None else "",
            "granted": format_amount(row.granted),
            "spent": format_amount(row.spent),
            "recognised": format_amount(row.recognised),
            "note": row.note,
        }
        for row in rows
    ]
    recognised = sum((row.recognised for row in rows), Decimal(0))
    rest = Decimal(0) if total is None else total - recognised
    return {
        "rows": found,
        "rest": format_amount(rest).replace("-", "−") if rest else "",
        "sums": {
            "granted": format_amount(sum((row.granted for row in rows), Decimal(0))),
            "spent": format_amount(sum((row.spent for row in rows), Decimal(0))),
            "recognised": format_amount(recognised + rest),
        },
    }
