"""Pages of a centre's places: address, how to get in, which entries are there."""

from functools import partial

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.core import audit
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.models import Centre, Postcode
from verbund.offers import place_operations
from verbund.offers.editing import access, listing
from verbund.offers.editing.acts import readable
from verbund.offers.editing.place_forms import FeaturesForm, PlaceForm, initial_of
from verbund.offers.models import Offer, Term

act = partial(act_with_form, template="offers/editing/act.html")


class EditPlaceForm(PlaceForm):
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)


@require_safe
@gate(may=access.is_of_a_centre)
def places(request):
    """The centre's places with the number of their entries."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[: listing.LONGEST_TEXT]
    found = access.places_of_own_centre(request.actor).annotate(offers=Count("offers_here"))
    if text:
        found = found.filter(name__icontains=text)
    page = Paginator(found.order_by("name", "pk"), listing.PAGE_SIZE).get_page(request.GET.get("seite"))
    return show(request, "offers/editing/places.html", {"page": page, "text": text})


@gate(may=access.is_of_a_centre)
def new_place(request):
    form = PlaceForm(request.POST or None, use_required_attribute=False)
    centre = Centre.objects.get(pk=request.actor.organisation_id)
    return act(
        request,
        form,
        lambda _typed: place_operations.create_place(centre, form.values(), actor=request.actor),
        title=_("Neuer Ort"),
        label=_("Ort anlegen"),
        back=reverse("offers:places"),
        done=_("Der Ort ist angelegt."),
    )


@gate(among=access.places_of_own_centre)
def place(request, record):
    """One place: change it, see its entries, delete it where there are none."""
    features = list(Term.objects.filter(kind=Term.Kind.FEATURE))
    known = dict(record.features.values_list("feature_id", "value"))
    data = request.POST or None
    form = EditPlaceForm(data, initial=initial_of(record) | {"seen": record.version}, use_required_attribute=False)
    more = FeaturesForm(data, features=features, known=known)
    offers = list(Offer.objects.filter(at_places__place=record).distinct().order_by("title")[: listing.PAGE_SIZE])
    judged = data is None or more.is_valid()
    return act_with_form(
        request,
        form if judged else more,
        lambda typed: place_operations.edit_place(
            record,
            _with_own_point(form.values(), record),
            features=more.values(),
            seen=typed["seen"] or 0,
            actor=request.actor,
        ),
        template="offers/editing/place.html",
        title=record.name,
        label=_("Speichern"),
        back=reverse("offers:places"),
        done=_("Gespeichert."),
        place_form=form,
        more=more,
        place=record,
        offers=offers,
        is_approximate=_is_approximate(record),
        history=readable(audit.history_of(record)),
    )


def _with_own_point(values: dict, stored) -> dict:
    """Keep the exact point of a place whose address did not change."""
    same = all(values[name] == getattr(stored, name) for name in ("street", "postcode", "municipality"))
    if same and stored.latitude is not None and not values["is_protected"]:
        return values | {"latitude": stored.latitude, "longitude": stored.longitude}
    return values


def _is_approximate(record) -> bool:
    """Whether the point is only the middle of the postcode's area, or of the town."""
    if record.latitude is None:
        return False
    point = {"latitude": record.latitude, "longitude": record.longitude}
    town = record.municipality
    is_town = (town.latitude, town.longitude) == (record.latitude, record.longitude)
    return is_town or Postcode.objects.filter(code=record.postcode, **point).exists()


@require_POST
@gate(among=access.places_of_own_centre)
def delete_place(request, record):
    return act_at_once(
        request,
        lambda: place_operations.delete_place(record, actor=request.actor),
        back=reverse("offers:places"),
        done=_("Der Ort ist gelöscht."),
    )
