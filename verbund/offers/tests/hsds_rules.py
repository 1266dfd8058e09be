"""Judges an answer of the open data: by the published schemas, and by what they let pass."""

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

FOLDER = Path(__file__).parent / "hsds"
ADDRESS = "https://hsds.test/"
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]\+0[12]:00")
BYDAY = re.compile(r"(-1|[1-4])?(MO|TU|WE|TH|FR|SA|SU)")
ISO_639_1 = "de en ar tr uk ru fa ps fr es pt it el pl ro bg sq sr bs hr mk ti am so ur pa ta bn vi zh hu"
ISO_639_3 = "prs kmr ckb rom gsg"
ISO_639 = {*ISO_639_1.split(), *ISO_639_3.split()}
"""The languages the program ships, by their code in the standard."""

DAYS = {"valid_from", "valid_to", "dtstart", "until", "assured_date"}
REFERENCES = {
    "organization_id": "organization",
    "service_id": "service",
    "location_id": "location",
    "service_at_location_id": "service_at_location",
    "taxonomy_id": "taxonomy",
    "taxonomy_term_id": "taxonomy_term",
}
LISTS = {
    "additional_urls": "url",
    "phones": "phone",
    "contacts": "contact",
    "languages": "language",
    "cost_options": "cost_option",
    "required_documents": "required_document",
    "funding": "funding",
    "service_areas": "service_area",
    "service_at_locations": "service_at_location",
    "schedules": "schedule",
    "attributes": "attribute",
    "addresses": "address",
    "accessibility": "accessibility",
    "services": "service",
}
SINGLES = {
    "organization": "organization",
    "location": "location",
    "service": "service",
    "taxonomy_term": "taxonomy_term",
}
HEAD = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}


@cache
def validator(kind: str) -> Draft202012Validator:
    """Return the validator of an HSDS object, formats (UUID, URI, e-mail, date-time) included."""
    schemas = {path.stem: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
    resources = [
        (
            f"{ADDRESS}{name}.json",
            Resource(contents={**schema, "$id": f"{ADDRESS}{name}.json"}, specification=DRAFT202012),
        )
        for name, schema in schemas.items()
    ]
    formats = FormatChecker(["uuid", "uri", "email", "date-time"])
    return Draft202012Validator(
        {"$ref": f"{ADDRESS}{kind}.json"}, registry=Registry().with_resources(resources), format_checker=formats
    )


def unknown_fields(kind: str, data: dict) -> list[str]:
    """Return fields the standard does not have, but for two of its API only, and the translations, which it allows."""
    known = json.loads((FOLDER / f"{kind}.json").read_text("utf-8"))["properties"]
    allowed = {"organization": {"services"}, "service_at_location": {"service"}, "service": {"translations"}}.get(
        kind, set()
    )
    return [f"{kind}.{name} is unknown" for name in data if name not in known and name not in allowed]


def faults(kind: str, data: dict) -> list[str]:
    """Return everything that is wrong with an object."""
    found = [f"{'.'.join(map(str, one.path))}: {one.message[:200]}" for one in validator(kind).iter_errors(data)]
    for name, one in objects(kind, data):
        found += unknown_fields(name, one) + wrong_values(name, one)
    return found + clashes(kind, data)


def objects(kind: str, data: dict) -> Iterator[tuple[str, dict]]:
    """Yield an object and all objects in it, each with its kind."""
    yield kind, data
    for name, value in data.items():
        if name in SINGLES and isinstance(value, dict):
            yield from objects(SINGLES[name], value)
        if name in LISTS:
            for one in value:
                yield from objects(LISTS[name], one)


def wrong_values(kind: str, data: dict) -> list[str]:
    found = []
    for name, value in data.items():
        if value is None or value in ("", [], {}):
            found.append(f"{kind}.{name} is empty")
        if isinstance(value, str) and (value != value.strip() or re.search(r"[\x00-\x08\x0b-\x1f\x7f]", value)):
            found.append(f"{kind}.{name} is not clean: {value!r}")
        if name == "id" or name.endswith("_id"):
            found += [] if str(UUID(value)) == value else [f"{kind}.{name} is no UUID"]
        if name in DAYS:
            date.fromisoformat(value)
    if kind == "schedule":
        found += wrong_hours(data)
    if kind == "language" and "code" in data and data["code"] not in ISO_639:
        found.append(f"language {data['code']!r}")
    if kind == "address" and (data["country"], data["state_province"]) != ("DE", "NW"):
        found.append(f"address {data}")
    if kind == "service":
        found += (
            [] if not data.get("last_modified") or datetime.fromisoformat(data["last_modified"]) else ["last_modified"]
        )
    return found


def wrong_hours(row: dict) -> list[str]:
    good = {
        "opens_at": bool(CLOCK.fullmatch(row["opens_at"])),
        "closes_at": bool(CLOCK.fullmatch(row["closes_at"])) and row["closes_at"] > row["opens_at"],
        "timezone": row["timezone"] in {1, 2} and row["opens_at"].endswith(f"+0{row['timezone']}:00"),
        "freq": row["freq"] in {"WEEKLY", "MONTHLY"},
        "byday": bool(BYDAY.fullmatch(row["byday"])) and row["byday"][0].isalpha() == (row["freq"] == "WEEKLY"),
        "notes": "Europe/Berlin" in row["notes"],
        "valid": row.get("valid_from", "0") <= row.get("valid_to", "9"),
    }
    return [f"schedule.{name}: {row}" for name, is_good in good.items() if not is_good]


def clashes(kind: str, data: dict) -> list[str]:
    """Return identifiers that stand for two different things, and rows that stand there twice in one list."""
    seen, found = {}, []
    for name, one in objects(kind, data):
        if one.get("id"):
            if seen.setdefault(one["id"], name) != name:
                found.append(f"{one['id']} is {seen[one['id']]} and {name}")
            for rows in (value for field, value in one.items() if field in LISTS):
                ids = [row["id"] for row in rows]
                found += [f"twice: {uid}" for uid in set(ids) if ids.count(uid) > 1]
    return found


def references(kind: str, data: dict) -> set[tuple[str, str]]:
    """Return what an object refers to, as kind and identifier."""
    return {
        (REFERENCES[name], value)
        for _kind, one in objects(kind, data)
        for name, value in one.items()
        if name in REFERENCES
    }


def page_faults(page: dict, *, asked: int, per_page: int) -> list[str]:
    """Return what is inconsistent in the head of a page."""
    total, size, contents = page["total_items"], page["size"], page["contents"]
    pages = -(-total // per_page)
    good = {
        "fields": set(page) == HEAD,
        "total_pages": page["total_pages"] == pages,
        "page_number": page["page_number"] == asked,
        "size": size == len(contents) == max(0, min(per_page, total - (asked - 1) * per_page)),
        "first_page": page["first_page"] == (asked == 1),
        "last_page": page["last_page"] == (asked >= pages),
        "empty": page["empty"] == (not contents),
    }
    return [name for name, is_good in good.items() if not is_good]
