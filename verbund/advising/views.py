"""The entrance: what a centre does beside its offers, and where each kind of work is kept."""

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from verbund.advising import permissions
from verbund.core.permissions import gate
from verbund.core.views import show

ROOMS: tuple = (
    (
        _("Netzwerke"),
        _(
            "Gremien und Arbeitskreise, die das Zentrum leitet oder begleitet: "
            "Mitglieder, Sitzungen, Beschlüsse, Aufgaben."
        ),
        "advising:network-list",
        permissions.finds_this_part,
    ),
)
"""Title, sentence, name of the page, and who finds it."""


@require_safe
@gate(may=permissions.finds_this_part)
def home(request):
    """The kinds of work an actor finds here, each with a sentence."""
    rooms = [{"title": title, "text": text, "page": page} for title, text, page, may in ROOMS if may(request.actor)]
    return show(request, "advising/home.html", {"rooms": rooms, "title": _("Beratung und Vernetzung")})
