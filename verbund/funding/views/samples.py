"""Samples of proofs: drawn with seed and list, so that anybody can draw them again; added to by hand."""

import secrets

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import operations, permissions, proof_page, queries
from verbund.funding.forms.proofs import HandPickForm, SampleForm
from verbund.funding.views.acts import act_with_form
from verbund.programmes import queries as programmes
from verbund.programmes.rules import CITY, COUNTY


@gate(may=permissions.can_see_samples)
def samples(request):
    context = {
        "samples": queries.samples_visible_to(request.actor),
        "can_draw": permissions.can_draw_sample(request.actor),
    }
    return show(request, "funding/samples.html", context)


@gate(may=permissions.can_draw_sample)
def new(request):
    """Draw a sample; the seed is a random number that nobody chooses."""

    def draw(typed):
        numbers = {CITY: typed["number_city"], COUNTY: typed["number_county"]}
        return operations.draw_sample(
            typed["programme"],
            budget_year=typed["budget_year"],
            numbers=numbers,
            seed=secrets.token_hex(8),
            on=today(),
            actor=request.actor,
        )

    initial = {"budget_year": today().year - 1}
    return act_with_form(
        request,
        SampleForm(request.POST or None, programmes=programmes.computed_programmes(), initial=initial),
        draw,
        title=_("Stichprobe ziehen"),
        intro=_(
            "Gezogen wird aus den Verwendungsnachweisen, die vorliegen und noch nicht entschieden sind. Startwert und "
            "Liste werden gespeichert."
        ),
        label=_("Ziehen"),
        back=reverse("funding:samples"),
        done=_("Gezogen. Diese Nachweise brauchen einen Prüfungsvermerk."),
        goes_to_made=True,
    )


@gate(among=queries.samples_visible_to)
def sample(request, record):
    return show(request, "funding/sample.html", proof_page.sample_page(record, request.actor))


@gate(among=queries.samples_visible_to, may=permissions.can_draw_sample)
def add(request, record):
    waiting = queries.proofs_to_draw_from(record.programme_id, record.budget_year)
    return act_with_form(
        request,
        HandPickForm(request.POST or None, waiting=waiting),
        lambda typed: operations.add_to_sample(record, **typed, on=today(), actor=request.actor),
        title=_("Von Hand auswählen"),
        label=_("In die Stichprobe aufnehmen"),
        back=record.get_absolute_url(),
        done=_("Aufgenommen."),
        subject=record,
    )
