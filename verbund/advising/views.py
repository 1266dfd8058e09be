"""The entrance: what a centre does beside its offers, and where each kind of work is kept."""

from django.views.decorators.http import require_safe

from verbund.advising import permissions
from verbund.advising.rooms import rooms_for
from verbund.core.permissions import gate
from verbund.core.views import show


@require_safe
@gate(may=permissions.finds_this_part)
def home(request):
    """The kinds of work an actor finds here, each with a sentence."""
    context = {"groups": rooms_for(request.actor), "may_write_down": permissions.works_in_centre(request.actor)}
    return show(request, "advising/home.html", context)
