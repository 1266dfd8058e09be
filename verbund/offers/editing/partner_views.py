"""Pages of a centre's partners: who they are, how to reach them, who publishes without being checked."""

from functools import partial

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from verbund.core import audit
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.directory.models import Centre, Partner
from verbund.directory.operations import create_partner
from verbund.directory.queries import municipalities_of
from verbund.offers import permissions, place_operations
from verbund.offers.editing import access, listing
from verbund.offers.editing.acts import readable
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import Offer

act = partial(act_with_form, template="offers/editing/act.html")


class PartnerForm(forms.Form):
    """Name, kind and contact of a partner; labels and lengths of the models."""

    name = forms.CharField(label=gettext_lazy("Name der Organisation"), max_length=200)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args, centre, **options):
        super().__init__(*args, **options)
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "phone": forms.TextInput(attrs={"type": "tel"}),
            "website": forms.TextInput(attrs={"inputmode": "url"}),
        }
        self.fields |= forms.fields_for_model(Partner, fields=place_operations.PARTNER_FIELDS, widgets=widgets)
        self.fields["municipality"].queryset = municipalities_of(centre)

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in place_operations.PARTNER_FIELDS}


@require_safe
@gate(may=access.is_of_a_centre)
def partners(request):
    """The centre's partners with their entries by number; those who have something to be published first."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[: listing.LONGEST_TEXT]
    found = access.kept_partners(request.actor).annotate(
        published=Count("offers", filter=Q(offers__status=OfferStatus.PUBLISHED)),
        drafts=Count("offers", filter=Q(offers__status=OfferStatus.DRAFT)),
    )
    if text:
        found = found.filter(organisation__name__icontains=text)
    page = Paginator(found.order_by("-drafts", "organisation__name", "pk"), listing.PAGE_SIZE)
    context = {"page": page.get_page(request.GET.get("seite")), "text": text}
    return show(request, "offers/editing/partners.html", context)


@gate(may=access.is_of_a_centre)
def new_partner(request):
    centre = Centre.objects.select_related("carrier").get(pk=request.actor.organisation_id)
    form = PartnerForm(request.POST or None, centre=centre, use_required_attribute=False)
    return act(
        request,
        form,
        lambda typed: _Made(create_partner(centre, typed["name"], form.values(), actor=request.actor)),
        title=_("Neuer Anbieter"),
        label=_("Anbieter anlegen"),
        intro=_("Tragen Sie nur Kontakte nach Funktion ein, keine Namen von Personen."),
        back=reverse("offers:partners"),
        done=_("Der Anbieter ist angelegt. Jetzt können Sie seine Angebote eintragen."),
        goes_to_made=True,
    )


class _Made:
    """A record with the page that shows it, for the way after it was made."""

    def __init__(self, partner):
        self.partner = partner

    def get_absolute_url(self):
        return reverse("offers:partner", args=[self.partner.pk])


@require_safe
@gate(among=access.kept_partners, may=lambda actor, _partner: access.is_of_a_centre(actor))
def partner(request, record):
    """One partner: contact, whether it publishes itself, its entries, its history."""
    ids = Offer.objects.filter(partner=record).order_by("title").values_list("pk", flat=True)
    context = {
        "partner": record,
        "rows": listing.rows_of(list(ids[: listing.PAGE_SIZE]), on=today()),
        "trusted": audit.history_of(record, verb="trust_partner", limit=1) if record.is_trusted else [],
        "can_trust": permissions.can_trust_partner(request.actor, record),
        "history": readable(audit.history_of(record)),
    }
    return show(request, "offers/editing/partner.html", context)


@gate(among=access.kept_partners, may=lambda actor, _partner: access.is_of_a_centre(actor))
def edit_partner(request, record):
    initial = {name: getattr(record, name) for name in place_operations.PARTNER_FIELDS}
    initial |= {"name": record.organisation.name, "seen": record.version}
    centre = Centre.objects.select_related("carrier").get(pk=record.centre_id)
    form = PartnerForm(request.POST or None, initial=initial, centre=centre, use_required_attribute=False)
    return act(
        request,
        form,
        lambda typed: place_operations.edit_partner(
            record, typed["name"], form.values(), seen=typed["seen"] or 0, actor=request.actor
        ),
        title=_("Angaben zum Anbieter ändern"),
        label=_("Speichern"),
        back=reverse("offers:partner", args=[record.pk]),
        done=_("Gespeichert."),
        subject=record,
    )


@require_POST
@gate(among=access.kept_partners, may=permissions.can_trust_partner)
def trust(request, record):
    return _set_trust(request, record, is_trusted=True)


@require_POST
@gate(among=access.kept_partners, may=permissions.can_trust_partner)
def distrust(request, record):
    return _set_trust(request, record, is_trusted=False)


def _set_trust(request, record, *, is_trusted: bool):
    done = _("Der Anbieter veröffentlicht jetzt selbst.") if is_trusted else _("Ihr Zentrum veröffentlicht wieder.")
    return act_at_once(
        request,
        lambda: place_operations.trust_partner(record, is_trusted=is_trusted, actor=request.actor),
        back=reverse("offers:partner", args=[record.pk]),
        done=done,
    )
