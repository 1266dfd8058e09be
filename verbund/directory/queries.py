"""What can be asked of the directory."""

from types import SimpleNamespace

from django.db.models import Exists, F, Max, OuterRef, Q

from verbund.core.acting import ANONYMOUS, Actor
from verbund.directory.calculations import CentreState, folded, state_on
from verbund.directory.models import (
    BodyName,
    Centre,
    CentreContact,
    CentreFact,
    DeputyAppointment,
    District,
    LifeStep,
    Membership,
    Municipality,
    Organisation,
    OrganisationName,
)

CENTRE_PAGE = {
    "pk": "pk",
    "key": "key",
    "name": "organisation__name",
    "seat": "seat",
    "population": "population",
    "population_is_official": "population_is_official",
    "started_from_year": "started_from_year",
    "started_to_year": "started_to_year",
    "start_is_evidenced": "start_is_evidenced",
    "started_note": "started_note",
    "carrier_id": "carrier_id",
    "carrier_name": "carrier__organisation__name",
    "carrier_kind": "carrier__kind",
    "carrier_code": "carrier__organisation__code",
    "town_id": "carrier__municipality_id",
    "town": "carrier__municipality__name",
    "district_id": "carrier__district_id",
    "district_name": "carrier__district__display_name",
    "district_kind": "carrier__district__kind",
    "district_population": "carrier__district__population",
    "population_on": "carrier__district__population_on",
    "region": "carrier__district__region",
}


def valid_on(day, *, prefix: str = "") -> Q:
    """Return the condition that a period (both days included, open ends allowed) covers a day."""
    return (Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})) & (
        Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gte": day})
    )


def memberships_of(user, *, on):
    """Return the memberships of a person that are valid on a day, with their organisations."""
    return Membership.objects.filter(valid_on(on), user=user).select_related("organisation", "organisation__centre")


def deputyships_of(user, *, on):
    """Return the appointments under which a person may act for somebody else on a day.

    They count only while both have a function in the same house: a deputy's rights, too, end with their membership.
    """
    return (
        appointments_in_force(on=on)
        .filter(deputy=user)
        .select_related("principal__organisation__centre", "principal__user")
    )


def appointments_in_force(*, on):
    """Return the deputy appointments that count on a day: both the holder and the deputy have their function."""
    house = Q(organisation=OuterRef("principal__organisation")) | Q(
        organisation=OuterRef("principal__organisation__parent")
    )
    house |= Q(organisation__parent=OuterRef("principal__organisation"))
    own_function = Membership.objects.filter(valid_on(on), house, user=OuterRef("deputy"))
    appointments = DeputyAppointment.objects.filter(valid_on(on), valid_on(on, prefix="principal__"))
    return appointments.filter(Exists(own_function))


def carrier_id_of(organisation) -> int | None:
    """Return the id of the carrier an organisation belongs to: its own, or its centre's; None for others."""
    if organisation.kind == organisation.Kind.CARRIER:
        return organisation.pk
    if organisation.kind == organisation.Kind.CENTRE:
        return organisation.centre.carrier_id
    return None


def actor_for(user, membership, *, on_behalf_of=None) -> Actor:
    """Return the actor who acts in a membership; `on_behalf_of` is its holder when a deputy acts."""
    return Actor(
        user=user,
        label=str(membership),
        role=membership.role,
        membership_id=membership.pk,
        organisation_id=membership.organisation_id,
        carrier_id=carrier_id_of(membership.organisation),
        field_of_work=membership.organisation.field,
        on_behalf_of=on_behalf_of,
    )


def actor_of_choice(user, choice: str, *, on, memberships=None) -> Actor:
    """Return the actor for a choice made in the page head: "m<membership>" or "d<deputy appointment>".

    Without a valid choice the person acts in the first of their memberships; without any, as a person without function.
    `memberships` are theirs on the day, where they are known.
    """
    if choice.startswith("d") and choice[1:].isdigit():
        appointment = deputyships_of(user, on=on).filter(pk=choice[1:]).first()
        if appointment:
            return actor_for(user, appointment.principal, on_behalf_of=appointment.principal.user)
    own = list(memberships_of(user, on=on) if memberships is None else memberships)
    chosen = next((one for one in own if choice == f"m{one.pk}"), own[0] if own else None)
    return actor_for(user, chosen) if chosen else Actor(user=user, label=str(user))


def centres_of(actor: Actor):
    """Return the centres an actor works for: those of the carrier they or their centre belong to."""
    if actor is ANONYMOUS or actor.carrier_id is None:
        return Centre.objects.none()
    return Centre.objects.filter(carrier_id=actor.carrier_id).select_related("organisation", "carrier__organisation")


def centres_visible_to(actor):
    """Return all centres with carrier and area: who and where they are is public."""
    return Centre.objects.select_related("organisation", "carrier__organisation", "carrier__district")


def centre_head(key: str) -> dict | None:
    """Return id, key and name of the centre of an area, and when its page last changed; or None."""
    return Centre.objects.filter(key=key).values("pk", "key", "changed_at", name=F("organisation__name")).first()


def centre_for_page(key: str):
    """Return what the public page says about the centre of an area (by its official key), as one flat record; or None.

    Single columns instead of six joined models: the page is asked for often, and this takes a third of the time.
    """
    row = Centre.objects.filter(key=key).values_list(*CENTRE_PAGE.values()).first()
    return SimpleNamespace(**dict(zip(CENTRE_PAGE, row, strict=True))) if row else None


def life_steps_visible_to(actor):
    """Return all steps in the life of centres: they are public."""
    return LifeStep.objects.select_related("centre__organisation")


def centre_list(
    *, on, region: str = "", carrier_kind: str = "", evidence: str = "", state: str = "", text: str = ""
) -> list[dict]:
    """Return the centres for a list, by place in German order, with name and `state` on a day.

    Four statements, a fifth one when `text` is given. `state` is a `CentreState`; `evidence` is "EVIDENCED" or "RANGE"
    (of the first year). `text` is looked for in the names of centre, carrier and seat, in the towns of its area, and,
    with five digits, among their postcodes; case and umlauts do not matter.
    """
    centres = Centre.objects.order_by("key")
    if region:
        centres = centres.filter(carrier__district__region=region)
    if carrier_kind:
        centres = centres.filter(carrier__kind=carrier_kind)
    if evidence:
        centres = centres.filter(start_is_evidenced=evidence == LifeStep.Evidence.EVIDENCED)
    rows = centres.values(
        "pk",
        "key",
        "seat",
        "started_from_year",
        "started_to_year",
        "start_is_evidenced",
        name=F("organisation__name"),
        carrier_name=F("carrier__organisation__name"),
        carrier_kind=F("carrier__kind"),
        place=F("carrier__district__name"),
        region=F("carrier__district__region"),
        district=F("carrier__district_id"),
        town=F("carrier__municipality_id"),
    )
    found = _as_on(on, list(rows))
    if state:
        found = [row for row in found if row["state"] == state]
    if text:
        areas = _areas_of_towns(text)
        found = [row for row in found if _mentions(row, text) or (row["town"] or row["district"]) in areas]
    return sorted(found, key=lambda row: (folded(row["place"]), row["key"]))


def _as_on(on, rows: list[dict]) -> list[dict]:
    """Put the names and the state of a day into the rows of centres."""
    states = centre_states(on)
    names = names_on(on, kind=Organisation.Kind.CENTRE)
    for row in rows:
        row["state"] = states[row["pk"]]
        row["name"] = names.get(row["pk"], row["name"])
    return rows


def _mentions(row: dict, text: str) -> bool:
    wanted = folded(text)
    return any(wanted in folded(row[name]) for name in ("name", "carrier_name", "seat"))


def _areas_of_towns(text: str) -> set[str]:
    """Return the areas (town with its own centre, else district) of the towns a text names or a postcode touches."""
    wanted = folded(text)
    by_postcode = len(wanted) == 5 and wanted.isdecimal()
    towns = Municipality.objects.filter(postcodes__code=wanted) if by_postcode else Municipality.objects.all()
    rows = towns.values_list("ags", "name", "district_id", "carrier")
    return {ags if carrier else area for ags, name, area, carrier in rows if by_postcode or wanted in folded(name)}


def newest_change_of_centres():
    """Return when the page of any centre last changed."""
    return Centre.objects.aggregate(newest=Max("changed_at"))["newest"]


def regions() -> list[str]:
    """Return the Regierungsbezirke there are."""
    return list(District.objects.order_by("region").values_list("region", flat=True).distinct())


def municipalities_of(centre):
    """Return the towns a centre serves: its own city, else those of the district that have no centre of their own."""
    return municipalities_served(town_id=centre.carrier.municipality_id, district_id=centre.carrier.district_id)


def municipalities_served(*, town_id: str | None, district_id: str):
    """Return the towns served by the centre of a town, or, without one, by that of a district."""
    if town_id:
        return Municipality.objects.filter(pk=town_id)
    return Municipality.objects.filter(district_id=district_id, carrier=None)


def centre_state(centre, on) -> CentreState:
    """Return what our records evidence about a centre on a day."""
    return state_on(list(centre.life_steps.all()), on)


def centre_states(on) -> dict[int, CentreState]:
    """Return the state of every centre on a day by its id; two statements."""
    steps: dict[int, list] = {pk: [] for pk in Centre.objects.values_list("pk", flat=True)}
    for step in LifeStep.objects.only("centre_id", "kind", "evidence", "day_from", "day_until").order_by():
        steps[step.centre_id].append(step)
    return {pk: state_on(of_centre, on) for pk, of_centre in steps.items()}


def names_of(organisation_id: int):
    """Return the names of an organisation over time, the earliest first."""
    return OrganisationName.objects.filter(organisation=organisation_id).order_by(F("valid_from").asc(nulls_first=True))


def names_on(day, *, kind: str = "", among=None) -> dict[int, str]:
    """Return the names organisations bore on a day by their id, where another one than today's may be recorded.

    Of one `kind` of organisation, or of the ids in `among`; one statement.
    """
    rows = OrganisationName.objects.filter(valid_on(day))
    rows = rows.filter(organisation__in=among) if among is not None else rows.filter(organisation__kind=kind)
    return dict(rows.order_by(F("valid_from").asc(nulls_first=True)).values_list("organisation_id", "name"))


def facts_of(centre_id: int, *, on) -> list[CentreFact]:
    """Return what is known about a centre on a day: begun by then and not known to have ended."""
    return list(CentreFact.objects.filter(_known_on(on), centre_id=centre_id))


def contacts_of(centre_id: int, *, on) -> list[CentreContact]:
    """Return how a centre is or was reached on a day, by function."""
    return list(CentreContact.objects.filter(_known_on(on), centre_id=centre_id))


def _known_on(on) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gte=on))


def name_on(organisation, day) -> str:
    """Return what an organisation was called on a day; its name of today where no other is recorded."""
    row = organisation.names.filter(valid_on(day)).first()
    return row.name if row else organisation.name


def body_name_on(body: str, day, *, carrier=None) -> str:
    """Return what a body was called on a day: in a carrier's own words where recorded, else by law; "" if unknown."""
    rows = BodyName.objects.filter(valid_on(day), Q(carrier=carrier) | Q(carrier=None), body=body)
    row = rows.order_by(F("carrier").asc(nulls_last=True)).first()
    return row.name if row else ""


def authorities():
    """Return authorities, coordination units and ministries with all their names."""
    kinds = Organisation.Kind
    return Organisation.objects.filter(
        kind__in=[
            kinds.MINISTRY,
            kinds.GRANTING_AUTHORITY,
            kinds.COORDINATION_UNIT,
            kinds.REGIONAL_GOVERNMENT,
        ]
    ).prefetch_related("names")


def body_names():
    """Return the names of bodies over time: those by law first, then those of single carriers."""
    return BodyName.objects.select_related("carrier__organisation").order_by(
        F("carrier").asc(nulls_first=True), F("valid_from").asc(nulls_first=True)
    )
