"""Loads the directory's data files: areas, carriers, centres and their life, authorities, units, ministries.

Areas and the fixed facts of a centre, which nobody edits on screen, are refreshed when their file has changed.
Organisations and what is known about them for some time are only added: an existing row stays as it was edited.
"""

import csv
import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from verbund.directory import reference_history
from verbund.directory.models import (
    Carrier,
    Centre,
    District,
    Municipality,
    Organisation,
    Postcode,
    ShippedFile,
)
from verbund.directory.reference_history import day_of

FOLDER = Path(__file__).resolve().parent / "data"
DISTRICT_KINDS = {
    "kreisfreie Stadt": District.Kind.CITY,
    "Kreis": District.Kind.COUNTY,
    "Städteregion": District.Kind.REGION,
}
KI_SOURCE = "Liste der Kommunalen Integrationszentren (verbund/directory/data/ki.csv)"


@dataclass
class Loaded:
    """What a load has done: the files read, and how many rows were added by kind."""

    files: list[str] = field(default_factory=list)
    added: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def load() -> Loaded:
    """Bring the database up to the shipped files; a second call finds nothing to do and asks one statement."""
    known = dict(ShippedFile.objects.values_list("name", "sha256"))
    loaded = Loaded()
    for name, read in FILES.items():
        content = (FOLDER / name).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if known.get(name) == digest:
            continue
        rows = list(csv.DictReader(content.decode("utf-8").splitlines()))
        loaded.added[name] = read(rows)
        loaded.files.append(name)
        ShippedFile.objects.update_or_create(name=name, defaults={"sha256": digest})
    if loaded.files:
        Centre.objects.update(changed_at=timezone.now())
    return loaded


def _refresh(model, rows: list, *, keys: list[str]) -> int:
    """Insert the rows, or bring existing ones with the same keys up to date; return how many are new."""
    before = model.objects.count()
    fixed = [f.name for f in model._meta.concrete_fields if f.name not in keys and f.name != "id"]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=keys, update_fields=fixed, batch_size=500)
    return model.objects.count() - before


def _load_districts(rows) -> int:
    return _refresh(
        District,
        [
            District(
                ags=row["ags"],
                name=row["name"],
                display_name=row["display_name"],
                kind=DISTRICT_KINDS[row["kind"]],
                region=row["regierungsbezirk"],
                nuts3=row["nuts3"],
                seat=row["seat"],
                population=int(row["population"]),
                population_on=date.fromisoformat(row["population_date"]),
                area_km2=row["area_km2"],
                latitude=row["lat"],
                longitude=row["lon"],
            )
            for row in rows
        ],
        keys=["ags"],
    )


def _load_municipalities(rows) -> int:
    return _refresh(
        Municipality,
        [
            Municipality(
                ags=row["ags"],
                name=row["name"],
                kind=row["kind"],
                district_id=row["district_ags"],
                population_estimate=int(row["population_est_2024"]),
                population_is_official=row["population_is_official"] == "1",
                latitude=row["lat"],
                longitude=row["lon"],
            )
            for row in rows
        ],
        keys=["ags"],
    )


def _load_postcodes(rows) -> int:
    return _refresh(
        Postcode,
        [
            Postcode(
                code=row["plz"],
                municipality_id=row["ags"],
                is_primary=row["is_primary"] == "1",
                latitude=row["lat"],
                longitude=row["lon"],
            )
            for row in rows
        ],
        keys=["code", "municipality"],
    )


def _load_organisations(rows) -> int:
    """Add the authorities, units and ministries; a parent stands above its parts in the file."""
    ids = dict(Organisation.objects.values_list("code", "pk"))
    missing = [row for row in rows if row["code"] not in ids]
    for row in missing:
        organisation = Organisation.objects.create(
            code=row["code"],
            kind=Organisation.Kind(row["kind"]),
            name=row["name"],
            short_name=row["short_name"],
            parent_id=ids[row["parent"]] if row["parent"] else None,
            field=row["field"],
            valid_from=day_of(row["valid_from"]),
            valid_until=day_of(row["valid_until"]),
            period_note=row["period_note"],
            address=row["address"].replace("|", "\n"),
            source=row["source"],
        )
        ids[organisation.code] = organisation.pk
    return len(missing)


def _load_centres(rows) -> int:
    """Add carriers and centres, refresh what nobody edits: area, population, first year; names stay."""
    kinds = Organisation.Kind
    carriers = _organisations(kinds.CARRIER, {f"TR-{row['ki']}": row["carrier"] for row in rows})
    centres = _organisations(kinds.CENTRE, {f"KI-{row['ki']}": row["name"] for row in rows})
    for row in rows:
        centres[f"KI-{row['ki']}"].parent = carriers[f"TR-{row['ki']}"]
    Organisation.objects.bulk_update(centres.values(), ["parent"])
    _refresh(Carrier, [_carrier(row, carriers[f"TR-{row['ki']}"]) for row in rows], keys=["organisation"])
    known = set(Centre.objects.values_list("key", flat=True))
    new = [row for row in rows if row["ki"] not in known]
    ids = {row["ki"]: centres[f"KI-{row['ki']}"].pk for row in rows}
    Centre.objects.bulk_create(Centre(organisation_id=ids[row["ki"]], **_fixed_facts(row, carriers)) for row in new)
    for row in rows:
        if row["ki"] in known:
            Centre.objects.filter(key=row["ki"]).update(**_fixed_facts(row, carriers))
    return len(new)


def _organisations(kind, names: dict[str, str]) -> dict[str, Organisation]:
    """Return the organisations by code, the missing ones newly made."""
    known = set(Organisation.objects.filter(kind=kind).values_list("code", flat=True))
    Organisation.objects.bulk_create(
        Organisation(kind=kind, code=code, name=name, source=KI_SOURCE)
        for code, name in names.items()
        if code not in known
    )
    return {one.code: one for one in Organisation.objects.filter(kind=kind, code__in=names)}


def _carrier(row, organisation) -> Carrier:
    """A city of its own carries a centre for one municipality; a Kreis and the Städteregion for several."""
    is_city = row["carrier_kind"] == "Stadt"
    return Carrier(
        organisation=organisation,
        kind=Carrier.Kind.CITY if is_city else Carrier.Kind.COUNTY,
        district_id=row["district_ags"],
        municipality_id=row["ki"].ljust(8, "0") if is_city else None,
    )


def _fixed_facts(row, carriers) -> dict:
    return {
        "key": row["ki"],
        "carrier_id": carriers[f"TR-{row['ki']}"].pk,
        "seat": row["seat"],
        "population": int(row["population"]),
        "population_is_official": row["population_is_official"] == "1",
        "municipality_count": int(row["municipalities"]),
        "started_from_year": int(row["started_from"]),
        "started_to_year": int(row["started_to"]),
        "start_is_evidenced": row["start_is_evidenced"] == "1",
        "started_note": row["started_note"],
        "latitude": row["lat"],
        "longitude": row["lon"],
    }


FILES = {
    "districts.csv": _load_districts,
    "municipalities.csv": _load_municipalities,
    "plz.csv": _load_postcodes,
    "organisations.csv": _load_organisations,
    "ki.csv": _load_centres,
    **reference_history.FILES,
}
