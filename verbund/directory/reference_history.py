"""Loads what the shipped files tell about time: steps, names, facts, contacts, figures. Rows are only added."""

from datetime import date

from verbund.directory.models import (
    BodyName,
    Carrier,
    Centre,
    CentreContact,
    CentreFact,
    LifeStep,
    Organisation,
    OrganisationName,
    PublishedFigure,
)


def day_of(text: str) -> date | None:
    """Return a day of a file; None for an empty cell."""
    return date.fromisoformat(text) if text else None


def load_life_steps(rows) -> int:
    known = set(LifeStep.objects.exclude(code=None).values_list("code", flat=True))
    centres = dict(Centre.objects.values_list("key", "pk"))
    new = [
        LifeStep(
            code=row["code"],
            centre_id=centres[row["centre"]],
            kind=LifeStep.Kind(row["kind"]),
            body=row["body"],
            day_from=day_of(row["day_from"]),
            day_until=day_of(row["day_until"]),
            evidence=LifeStep.Evidence(row["evidence"]),
            result=row["result"],
            source=row["source"],
        )
        for row in rows
        if row["code"] not in known
    ]
    LifeStep.objects.bulk_create(new)
    return len(new)


def load_names(rows) -> int:
    ids = dict(Organisation.objects.values_list("code", "pk"))
    known = set(OrganisationName.objects.values_list("organisation__code", "short_name"))
    new = [
        OrganisationName(
            organisation_id=ids[row["organisation"]],
            name=row["name"],
            short_name=row["short_name"],
            valid_from=day_of(row["valid_from"]),
            valid_until=day_of(row["valid_until"]),
            mark=row["mark"],
            source=row["source"],
        )
        for row in rows
        if (row["organisation"], row["short_name"]) not in known
    ]
    OrganisationName.objects.bulk_create(new)
    return len(new)


def load_body_names(rows) -> int:
    carriers = {code.removeprefix("TR-"): pk for code, pk in Carrier.objects.values_list("organisation__code", "pk")}
    known = set(BodyName.objects.values_list("body", "carrier_id", "name"))
    new = [
        BodyName(
            body=BodyName.Body(row["body"]),
            carrier_id=carriers[row["carrier"]] if row["carrier"] else None,
            name=row["name"],
            short_name=row["short_name"],
            valid_from=day_of(row["valid_from"]),
            valid_until=day_of(row["valid_until"]),
            source=row["source"],
        )
        for row in rows
        if (row["body"], carriers.get(row["carrier"]), row["name"]) not in known
    ]
    BodyName.objects.bulk_create(new)
    return len(new)


def load_facts(rows) -> int:
    return _add_evidenced(CentreFact, rows, ["kind", "text"])


def load_contacts(rows) -> int:
    return _add_evidenced(CentreContact, rows, ["function", "phone", "email", "website", "address"])


def _add_evidenced(model, rows, texts: list[str]) -> int:
    known = set(model.objects.exclude(code=None).values_list("code", flat=True))
    centres = dict(Centre.objects.values_list("key", "pk"))
    new = [
        model(
            code=row["code"],
            centre_id=centres[row["centre"]],
            position=int(row["position"]),
            valid_from=day_of(row["valid_from"]),
            evidenced_until=day_of(row["evidenced_until"]),
            valid_until=day_of(row["valid_until"]),
            source=row["source"],
            **{name: row[name] for name in texts},
        )
        for row in rows
        if row["code"] not in known
    ]
    model.objects.bulk_create(new)
    return len(new)


def load_published_figures(rows) -> int:
    """Add the published figures, or bring their wording up to date: nobody edits them on screen."""
    before = PublishedFigure.objects.count()
    centres = dict(Centre.objects.values_list("key", "pk"))
    figures = [
        PublishedFigure(
            code=row["code"],
            subject=PublishedFigure.Subject(row["subject"]),
            centre_id=centres[row["centre"]] if row["centre"] else None,
            amount=row["amount"],
            unit=PublishedFigure.Unit(row["unit"]),
            is_approximate=row["is_approximate"] == "1",
            stated_on=day_of(row["stated_on"]),
            stated_from=day_of(row["stated_from"]),
            stated_until=day_of(row["stated_until"]),
            **{name: row[name] for name in ("label", "statement", "reading", "source")},
        )
        for row in rows
    ]
    told = [one.name for one in PublishedFigure._meta.concrete_fields if one.name not in ("id", "code", "recorded_at")]
    PublishedFigure.objects.bulk_create(figures, update_conflicts=True, unique_fields=["code"], update_fields=told)
    return PublishedFigure.objects.count() - before


FILES = {
    "life_steps.csv": load_life_steps,
    "organisation_names.csv": load_names,
    "body_names.csv": load_body_names,
    "centre_facts.csv": load_facts,
    "centre_contacts.csv": load_contacts,
    "published_figures.csv": load_published_figures,
}
