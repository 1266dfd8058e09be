"""The list, and the page of an entry with everything that can be done with it."""

from functools import partial

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from verbund.core import audit, exports
from verbund.core.acts import act_at_once, act_with_form
from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.offers import integreat, operations, origins
from verbund.offers.brochure.documents import brochures_of
from verbund.offers.content import OfferContent
from verbund.offers.editing import access, acts, hints, listing
from verbund.offers.editing.exports import COLUMNS
from verbund.offers.editing.reading import Reader
from verbund.offers.editing.words import Words
from verbund.offers.lifecycle import PUBLIC, OfferStatus, Stage
from verbund.offers.models import Offer, Term
from verbund.offers.paying import reading as paying
from verbund.offers.paying.permissions import says_who_pays
from verbund.offers.permissions import is_of_partner
from verbund.offers.proposals import direct

act = partial(act_with_form, template="offers/editing/act.html")


@require_safe
@gate(may=access.keeps_offers)
def kept(request):
    """The list: what one keeps, filtered by the address, what is to be done first."""
    on, actor, wanted = today(), request.actor, listing.Wanted.from_address(request.GET)
    partners = list(access.kept_partners(actor).order_by("organisation__name").values_list("pk", "organisation__name"))
    mine = Offer.objects.filter(partner__in=[pk for pk, _name in partners])  # without a join over thousands of rows
    found = listing.found(mine, wanted, on=on, with_status=False)
    counts = listing.counts(found, on=on)
    total = counts[wanted.status] if wanted.status else counts["all"]
    listed = listing.ordered(listing.found(mine, wanted, on=on), wanted, on=on)
    context = {
        "wanted": wanted,
        "counts": counts,
        "tabs": [(status, status.label, counts[status]) for status in OfferStatus],
        "page": listing.page_of(listed, total=total, number=request.GET.get("seite"), on=on),
        "total": total,
        "takes_all": 1 < total <= listing.MOST_AT_ONCE,
        "partners": [(str(pk), name) for pk, name in partners],
        "chosen_partner": str(wanted.partner),
        "needs": Term.objects.filter(kind=Term.Kind.NEED).values_list("code", "name"),
        "stages": Stage.choices,
        "sorts": listing.SORTS.items(),
        "is_of_a_centre": access.is_of_a_centre(actor),
        "brochures": brochures_of(actor, wanted.need),
        "can_make": bool(partners),
    }
    return show(request, "offers/editing/list.html", context)


@require_safe
@gate(may=access.keeps_offers)
def kept_csv(request):
    return exports.respond_csv(COLUMNS, _rows_for_export(request), name="angebote")


@require_safe
@gate(may=access.keeps_offers)
def kept_xlsx(request):
    return exports.respond_xlsx(COLUMNS, _rows_for_export(request), name="angebote", title=_("Angebote"))


@require_safe
@gate(may=access.keeps_offers)
def kept_integreat(request):
    """The public entries of the list as Integreat takes them."""
    found = listing.found(access.kept(request.actor), listing.Wanted.from_address(request.GET), on=today())
    public = list(found.filter(status__in=PUBLIC).order_by("title", "pk"))
    return exports.respond_csv_text(integreat.written(public), name="integreat-orte")


def _rows_for_export(request):
    """Yield the rows of the whole list as filtered, some hundred at a time."""
    on, wanted = today(), listing.Wanted.from_address(request.GET)
    offers = listing.ordered(listing.found(access.kept(request.actor), wanted, on=on), wanted, on=on)
    ids = list(offers.values_list("pk", flat=True))
    for first in range(0, len(ids), 500):
        yield from listing.rows_of(ids[first : first + 500], on=on)


@require_safe
@gate(among=access.kept)
def kept_offer(request, offer):
    """An entry as the public reads it, with the next step, the other acts, and the history."""
    on, actor = today(), request.actor
    content = OfferContent.of(offer)
    reader = Reader(Words(), [content])
    stages = list(offer.stages.all())
    reads_payers = says_who_pays(actor, offer)
    context = {
        "offer": offer,
        "tone": listing.TONES[offer.status],
        "reading": reader.page(content),
        "acts": acts.acts_of(offer, actor, on=on),
        "step": acts.next_step(offer, actor, on=on),
        "is_old": listing.is_old(offer, on=on),
        "is_shown": offer.is_shown(on),
        "hints": hints.contact_hints(content.values),
        "duplicates": hints.possible_duplicates(actor, content, partner=offer.partner, but_not=offer.pk)
        if offer.status == OfferStatus.DRAFT
        else [],
        "stages": stages,
        "stage_steps": acts.steps_of(stages),
        "says_who_pays": reads_payers,
        "payers": paying.lines(offer.fundings.select_related("programme", "notice")) if reads_payers else [],
        "origins": origins.origins_of(offer, actor),
        "history": acts.readable(audit.history_of(offer), with_payers=reads_payers),
    }
    return show(request, "offers/editing/offer.html", context)


def _back(offer) -> str:
    return reverse("offers:kept-offer", args=[offer.pk])


@require_POST
@gate(among=access.kept, may=access.can_publish)
def publish(request, offer):
    return act_at_once(
        request,
        lambda: _publish(offer, request.actor),
        back=_back(offer),
        done=_("Veröffentlicht. Der Eintrag steht jetzt in der Suche."),
    )


@transaction.atomic
def _publish(offer, actor) -> None:
    operations.publish_offer(offer, on=today(), actor=actor)
    if is_of_partner(actor, offer.partner):
        direct.note_direct(offer, base=None, on=today(), actor=actor)


@require_POST
@gate(among=access.kept, may=access.can_edit)
def resume(request, offer):
    return act_at_once(
        request,
        lambda: operations.resume_offer(offer, on=today(), actor=request.actor),
        back=_back(offer),
        done=_("Das Angebot ist wieder geöffnet."),
    )


@require_POST
@gate(among=access.kept, may=access.can_edit)
def reopen(request, offer):
    return act_at_once(
        request,
        lambda: operations.reopen_offer(offer, on=today(), actor=request.actor),
        back=_back(offer),
        done=_("Das Angebot ist wieder ein Entwurf. Prüfen Sie die Angaben, bevor Sie es veröffentlichen."),
    )


@require_POST
@gate(among=access.kept, may=access.can_edit)
def confirm(request, offer):
    """Say that everything is right: one press."""
    return act_at_once(
        request,
        lambda: acts.confirm(offer, on=today(), actor=request.actor),
        back=_back(offer),
        done=_("Danke. Die Angaben gelten als heute geprüft."),
    )


@gate(among=access.kept, may=access.can_edit)
def pause(request, offer):
    return act(
        request,
        acts.PauseForm(request.POST or None),
        lambda typed: operations.pause_offer(offer, **typed, on=today(), actor=request.actor),
        title=_("Vorübergehend schließen"),
        label=_("Schließen"),
        intro=_("Der Eintrag bleibt sichtbar und sagt, dass geschlossen ist."),
        back=_back(offer),
        done=_("Der Eintrag zeigt jetzt, dass geschlossen ist."),
        subject=offer,
    )


@gate(among=access.kept, may=access.can_edit)
def end(request, offer):
    return act(
        request,
        acts.EndForm(request.POST or None),
        lambda typed: operations.end_offer(offer, **typed, on=today(), actor=request.actor),
        title=_("Angebot beenden"),
        label=_("Beenden"),
        intro=_("Der Eintrag verschwindet aus der Suche. Sie können ihn später wieder aufnehmen."),
        back=_back(offer),
        done=_("Das Angebot ist beendet und steht nicht mehr in der Suche."),
        subject=offer,
    )


@gate(among=access.kept, may=access.can_edit)
def stage(request, offer):
    return act(
        request,
        acts.StageForm(request.POST or None, initial={"began_on": today()}),
        lambda typed: operations.move_to_stage(offer, **typed, on=today(), actor=request.actor),
        title=_("Stand der Erprobung ändern"),
        label=_("Stand speichern"),
        intro=_("Vom Pilot über die Erprobung zum dauerhaften Angebot: Halten Sie fest, was Sie gelernt haben."),
        back=_back(offer),
        done=_("Der neue Stand ist gespeichert."),
        subject=offer,
    )
