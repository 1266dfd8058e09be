"""What can be done with places and partners: make and change a place, change a partner, trust one."""

from collections.abc import Collection, Iterable, Mapping

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbund.core import audit
from verbund.core.audit import call_fields, describe
from verbund.core.errors import DomainError
from verbund.core.locks import locking
from verbund.core.references import referred_to
from verbund.core.versions import claim_version
from verbund.directory.models import Partner
from verbund.directory.operations import AlreadyKnown
from verbund.offers.indexing import index_offers
from verbund.offers.models import Offer, Place, PlaceFeature, Term
from verbund.offers.signals import partner_renamed

TOLD = ("name", "municipality", "is_protected")
"""What the trail keeps of a place. Not its address: the trail cannot forget, and an address may become protected."""

PARTNER_FIELDS = ("kind", "municipality", "description", "phone", "email", "website")


class PlaceInUse(DomainError):
    """A place that entries name cannot be deleted."""


def create_place(centre, values: dict, *, actor) -> Place:
    """Make a place of a centre; `values` as of `PlaceForm`. A protected one comes without address."""
    [place] = create_places(centre, [values], actor=actor)
    return place


@transaction.atomic
def create_places(
    centre, many: Iterable[dict], *, features: Mapping[int, dict[str, str]] | None = None, actor
) -> list[Place]:
    """Make places of a centre; `pk` among the values where it was reserved before.

    `features` says by that number what is known about getting in: a `PlaceFeature.Value` by the code of its term.
    """
    places = Place.objects.bulk_create(Place(centre=centre, **values) for values in many)
    if features:
        terms = dict(Term.objects.filter(kind=Term.Kind.FEATURE).values_list("code", "pk"))
        PlaceFeature.objects.bulk_create(
            PlaceFeature(place_id=pk, feature_id=terms[code], value=value)
            for pk, said in features.items()
            for code, value in said.items()
        )
    acts = (audit.Act("create_place", place, after=_told(place)) for place in places)
    audit.record_many(acts, actor=actor)
    return places


def _told(place: Place) -> dict:
    """Return what the trail keeps of a place; of its municipality the key, which is read with the place."""
    return {name: getattr(place, Place._meta.get_field(name).attname) for name in TOLD}


@transaction.atomic
def edit_place(place: Place, values: dict, *, features: dict[int, str], seen: int, actor) -> None:
    """Change a place and what is known about getting in. Raises StaleVersion.

    That the address changed is recorded, not the address. The pages of its entries are made anew.
    """
    claim_version(place, seen)
    before = _told(place)
    moved = any(getattr(place, name) != values[name] for name in ("street", "postcode", "directions"))
    for name, value in values.items():
        setattr(place, name, value)
    place.save(update_fields=list(values))
    _set_features(place, features)
    after = _told(place)
    audit.record(
        "edit_place", place, actor=actor, before=before, after=after, note=_("Anschrift geändert") if moved else ""
    )
    _tell_readers(Offer.objects.filter(at_places__place=place))


def _tell_readers(offers) -> None:
    """Let pages of entries kept in memory and the search follow what they show of a place or a partner."""
    ids = list(offers.values_list("pk", flat=True))
    Offer.objects.filter(pk__in=ids).update(changed_at=timezone.now())
    index_offers(ids)


def _set_features(place: Place, features: dict[int, str]) -> None:
    for feature_id, value in features.items():
        if value == PlaceFeature.Value.UNKNOWN:
            place.features.filter(feature_id=feature_id, note="").delete()
        else:
            PlaceFeature.objects.update_or_create(place=place, feature_id=feature_id, defaults={"value": value})


@transaction.atomic
def delete_place(place: Place, *, actor) -> None:
    """Delete a place that no entry names. Raises PlaceInUse."""
    before = {name: getattr(place, name) for name in TOLD}
    pk = place.pk
    try:
        with transaction.atomic():
            place.delete()
    except ProtectedError as problem:
        raise PlaceInUse(_("An diesem Ort finden noch Angebote statt. Ändern Sie zuerst diese Einträge.")) from problem
    place.pk = pk
    audit.record("delete_place", place, actor=actor, before=before)


@transaction.atomic
def delete_unused_places(centre, ids: Collection[int], *, actor) -> None:
    """Delete those of a centre's places that nobody has changed and nothing refers to; the others stay."""
    held = list(locking(Place.objects.filter(pk__in=ids, centre=centre, version=1).order_by("pk"), to_delete=True))
    used = referred_to(Place, [place.pk for place in held], besides=[PlaceFeature])
    gone = [place for place in held if place.pk not in used]
    acts = [audit.Act("delete_place", place, before={name: getattr(place, name) for name in TOLD}) for place in gone]
    Place.objects.filter(pk__in=[place.pk for place in gone]).delete()
    audit.record_many(acts, actor=actor)


@transaction.atomic
def edit_partner(partner: Partner, name: str, values: dict, *, seen: int, actor) -> None:
    """Change name, kind and contact of a partner. Raises StaleVersion, AlreadyKnown."""
    twins = Partner.objects.filter(centre_id=partner.centre_id, organisation__name__iexact=name)
    if twins.exclude(pk=partner.pk).exists():
        raise AlreadyKnown(_("Diese Einrichtung gibt es in Ihrem Zentrum schon."), field="name")
    claim_version(partner, seen)
    before = {"name": partner.organisation.name, **{field: getattr(partner, field) for field in PARTNER_FIELDS}}
    for field in PARTNER_FIELDS:
        setattr(partner, field, values[field])
    partner.save(update_fields=list(PARTNER_FIELDS))
    partner.organisation.name = name
    partner.organisation.save(update_fields=["name"])
    _tell_readers(Offer.objects.filter(partner=partner))
    audit.record("edit_partner", partner, actor=actor, before=before, after={"name": name, **values})
    if name != before["name"]:
        transaction.on_commit(lambda: partner_renamed.send(sender=Partner, partner=partner))


@transaction.atomic
def trust_partner(partner: Partner, *, is_trusted: bool, actor) -> None:
    """Let a partner publish its own entries, or no longer. Nothing is recorded when nothing changes."""
    locked = locking(Partner.objects).get(pk=partner.pk)
    if locked.is_trusted == is_trusted:
        return
    partner.is_trusted = is_trusted
    partner.save(update_fields=["is_trusted"])
    verb = "trust_partner" if is_trusted else "distrust_partner"
    audit.record(verb, partner, actor=actor, before={"is_trusted": not is_trusted}, after={"is_trusted": is_trusted})


for _verb, _sentence in {
    "create_place": gettext_lazy("Ort angelegt"),
    "edit_place": gettext_lazy("Ort geändert"),
    "delete_place": gettext_lazy("Ort gelöscht"),
    "edit_partner": gettext_lazy("Angaben zum Anbieter geändert"),
    "trust_partner": gettext_lazy("Anbieter darf selbst veröffentlichen"),
    "distrust_partner": gettext_lazy("Anbieter veröffentlicht nicht mehr selbst"),
}.items():
    describe(_verb, _sentence)
call_fields(
    {
        "terms": gettext_lazy("Anliegen und Zielgruppen"),
        "at": gettext_lazy("Orte und Zeiten"),
        "languages": gettext_lazy("Sprachen"),
    }
)
