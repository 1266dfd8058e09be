"""Copies of notices for the Landesrechnungshof: what is to be sent, and when it was."""

from django.urls import reverse
from django.utils.translation import gettext as _

from verbund.core.dates import today
from verbund.core.permissions import gate
from verbund.core.views import show
from verbund.funding import operations, permissions, queries
from verbund.funding.forms.proofs import CopySentForm
from verbund.funding.views.acts import act_with_form


@gate(may=permissions.can_see_samples)
def copies(request):
    """Open ones first, then the last that were sent."""
    found = queries.court_of_audit_copies_visible_to(request.actor)
    context = {
        "waiting": found.filter(sent_on=None).order_by("pk"),
        "sent": found.exclude(sent_on=None).order_by("-sent_on", "-pk")[:100],
    }
    return show(request, "funding/court_of_audit.html", context)


@gate(among=queries.court_of_audit_copies_visible_to, may=permissions.can_record_copy)
def record_sent(request, record):
    return act_with_form(
        request,
        CopySentForm(request.POST or None, initial={"sent_on": today()}),
        lambda typed: operations.record_copy_sent(record, **typed, on=today(), actor=request.actor),
        title=_("Als versandt festhalten"),
        label=_("Festhalten"),
        back=reverse("funding:court-of-audit-copies"),
        done=_("Der Versand ist festgehalten."),
        subject=record,
    )
