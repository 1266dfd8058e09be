"""Legal remedies: which court is competent, what the notice says about it, and until when an action may be brought.

An objection (Widerspruch) is not open in these matters (§ 110 JustG NRW); the remedy is an action before the
administrative court of the district in which the carrier has its seat, because the granting authority is competent
for the whole Land (§ 52 no. 3 sentence 2 VwGO).
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.db import models, transaction
from django.utils.translation import gettext as _

from verbund.core import dates
from verbund.core.errors import DomainError
from verbund.directory.models import District
from verbund.funding.lifecycle import RemedyRowStatus
from verbund.funding.models.legal_remedies import (
    AdministrativeCourt,
    CourtAddress,
    CourtDistrict,
    DatedRule,
    LegalRemedyText,
    PostalPresumption,
)

ROWS = (LegalRemedyText, CourtAddress, CourtDistrict, PostalPresumption)
REFERENCE_FILE = Path(__file__).resolve().parent / "data" / "legal_remedies.json"


class NoCompetentCourt(DomainError):
    """No row says which court is competent there on that day: without it no notice may go out."""


class NoRemedyText(DomainError):
    """No remedy text, court address or postal rule is on record for that day."""


@dataclass(frozen=True)
class RemedyInstruction:
    """The instruction as a notice prints and stores it."""

    text: str
    court: str
    address: str
    source: str


def court_for(district_ags: str, *, on: date | None = None) -> AdministrativeCourt:
    """Return the administrative court competent for a carrier seated in the district on a day (default: today).

    Takes the key of a district (five digits) or of a municipality in it (eight, the city of Aachen).
    Raises NoCompetentCourt. Rule: § 17 JustG NRW.
    """
    rows = CourtDistrict.objects.filter(district_ags=district_ags[:5]).select_related("court")
    row = rows.counting_on(on or dates.today()).last()
    if row is None:
        raise _no_court()
    return row.court


def _no_court() -> NoCompetentCourt:
    return NoCompetentCourt(_("Für diesen Kreis oder diese Stadt ist kein Verwaltungsgericht hinterlegt."))


def instruction_for(district_ags: str, *, on: date | None = None) -> RemedyInstruction:
    """Return the instruction on legal remedies that a notice of that day to a carrier seated there must print.

    Raises NoCompetentCourt, or NoRemedyText when text or address is missing.
    """
    day = on or dates.today()
    addresses = CourtAddress.objects.filter(court=models.OuterRef("court")).counting_on(day).reverse()
    remedies = LegalRemedyText.objects.counting_on(day).reverse()
    printed = [addresses.values("address"), remedies.values("text"), remedies.values("source")]
    rows = CourtDistrict.objects.filter(district_ags=district_ags[:5]).counting_on(day)
    row = rows.values_list("court__name", *(models.Subquery(values[:1]) for values in printed)).last()
    if row is None:
        raise _no_court()
    court, address, text, source = row
    if address is None or text is None:
        raise NoRemedyText(_("Für diesen Tag ist keine Rechtsbehelfsbelehrung hinterlegt."))
    return RemedyInstruction(
        text=text.replace("{court}", court).replace("{address}", address), court=court, address=address, source=source
    )


def is_correct(printed_court: str, *, district_ags: str, on: date) -> bool:
    """Tell whether the court a notice of that day printed is the competent one (§ 58 (1) VwGO)."""
    return printed_court == court_for(district_ags, on=on).name


def appeal_until(notified_on: date, *, remedy_is_correct: bool) -> date:
    """Return the last day on which an action may be brought.

    One month from notification (§ 74 VwGO), one year if the instruction was missing or wrong (§ 58 (2) VwGO); a last
    day on a Saturday, Sunday or holiday moves to the next working day (§ 57 (2) VwGO, § 222 (2) ZPO).
    """
    return dates.next_working_day(appeal_nominally_until(notified_on, remedy_is_correct=remedy_is_correct))


def appeal_nominally_until(notified_on: date, *, remedy_is_correct: bool) -> date:
    """Return the last day of the period as counted, before it moves to a working day."""
    return dates.add_months(notified_on, 1 if remedy_is_correct else 12)


def notified_on_by_post(posted_on: date) -> date:
    """Return the day on which a letter posted that day counts as notified, working day or not.

    Third day, since 2025 the fourth (§ 41 (2) VwVfG NRW); the day does not move on weekends, it is no deadline.
    Someone who shows a later arrival is believed: then the caller records that day instead. Raises NoRemedyText.
    """
    rule = PostalPresumption.objects.counting_on(posted_on).last()
    if rule is None:
        raise NoRemedyText(_("Für diesen Tag ist keine Regel zur Bekanntgabe durch die Post hinterlegt."))
    return posted_on + timedelta(days=rule.days)


def overview() -> dict:
    """Return the adopted rows for the screen: `texts`, `rules`, and `courts` with addresses and districts by name."""
    counting = {"status": RemedyRowStatus.ADOPTED}
    names = dict(District.objects.values_list("pk", "display_name"))
    addresses = list(CourtAddress.objects.filter(**counting).order_by("-valid_from"))
    districts = list(CourtDistrict.objects.filter(**counting).order_by("-valid_from", "district_ags"))
    courts = [
        {
            "court": court,
            "addresses": [row for row in addresses if row.court_id == court.pk],
            "districts": _grouped([row for row in districts if row.court_id == court.pk], names),
        }
        for court in AdministrativeCourt.objects.all()
    ]
    texts, rules = LegalRemedyText.objects.filter(**counting), PostalPresumption.objects.filter(**counting)
    return {"texts": texts, "rules": rules, "courts": courts}


def _grouped(rows: list[CourtDistrict], names: dict) -> list[dict]:
    """Put the districts that a court has for the same time and from the same source into one group, by name."""
    groups: dict[tuple, dict] = {}
    for row in rows:
        group = groups.setdefault((row.valid_from, row.valid_until, row.source, row.mark), {"row": row, "names": []})
        group["names"].append(names.get(row.district_ags, row.district_ags))
    return [{**group, "names": sorted(group["names"])} for group in groups.values()]


def waiting_rows() -> dict:
    """Return for each kind of row those that wait for a second person."""
    found = {model: model.objects.filter(status=RemedyRowStatus.PROPOSED) for model in ROWS}
    named = models.Subquery(District.objects.filter(pk=models.OuterRef("district_ags")).values("display_name"))
    found[CourtAddress] = found[CourtAddress].select_related("court")
    found[CourtDistrict] = found[CourtDistrict].select_related("court").annotate(district_name=named)
    return found


def all_rows() -> list:
    """Return the rows of all kinds, whatever their status, for their history."""
    return [row for model in ROWS for row in model.objects.all()]


@transaction.atomic
def load_courts() -> None:
    """Load courts, their districts and addresses, the remedy text and the postal rule; a second call changes nothing.

    Rows that exist are left alone, so that what an operator corrected stays corrected.
    """
    reference = json.loads(REFERENCE_FILE.read_text(encoding="utf-8"))
    addresses, districts = [], []
    for entry in reference["courts"]:
        court, _created = AdministrativeCourt.objects.get_or_create(
            code=entry["code"], defaults={"name": entry["name"]}
        )
        addresses += [{**address, "court": court} for address in entry["addresses"]]
        districts += [
            {**reference["court_districts"], "court": court, "district_ags": ags} for ags in entry["districts"]
        ]
    keep(CourtAddress, addresses)
    keep(CourtDistrict, districts)
    keep(LegalRemedyText, reference["remedy_texts"])
    keep(PostalPresumption, reference["postal_presumptions"])


@transaction.atomic
def remove_demo_rows() -> None:
    """Remove the rows that people of the demonstration entered, and let the shipped ones count again."""
    for model in ROWS:
        made_up = model.objects.filter(models.Q(proposed_by__is_demo=True) | models.Q(adopted_by__is_demo=True))
        matters = [row.about for row in made_up]
        made_up.delete()
        for about in matters:
            model.objects.filter(**about, proposed_by=None).delete()
    load_courts()


def keep(model: type[DatedRule], rows: Iterable[dict]) -> None:
    """Create shipped rows as adopted, but for those whose key and first day count, or did until another took its place.

    The days of a row are ISO texts. One statement where all are there, as at every start but the first.
    """
    names = [model._meta.get_field(name).attname for name in (*model.KEY, "valid_from")]
    counted = model._default_manager.filter(status__in=[RemedyRowStatus.ADOPTED, RemedyRowStatus.REPLACED])
    known = set(counted.values_list(*names))
    for row in rows:
        days = {name: date.fromisoformat(day) if (day := row[name]) else None for name in ("valid_from", "valid_until")}
        new = model(**{**row, **days}, status=RemedyRowStatus.ADOPTED)
        key = tuple(getattr(new, name) for name in names)
        if key not in known:
            new.save(force_insert=True)
            known.add(key)
