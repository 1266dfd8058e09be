"""The entrance: what a centre does beside its offers, and where each kind of work is kept."""

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from verbund.advising import permissions
from verbund.advising.accompaniments import permissions as accompaniments
from verbund.core.permissions import gate
from verbund.core.views import show

ROOMS: tuple = (
    (
        _("Begleitungen"),
        _("Welche Einrichtungen Sie beraten und begleiten: Anlass, Schritte, Wiedervorlage, Ergebnis."),
        "advising:accompaniments",
        accompaniments.can_write,
    ),
    (
        _("Woche"),
        _("Was in einer Woche geschehen ist, in einer Tabelle zum Lesen und Eintragen."),
        "advising:week",
        accompaniments.can_write,
    ),
    (
        _("Einrichtungen"),
        _("Alles über eine Einrichtung: Begleitungen, Angebote, letzter Kontakt."),
        "advising:institutions",
        accompaniments.can_write,
    ),
    (
        _("Überblick"),
        _("Wie viele Einrichtungen wozu und wo beraten werden; jede zählt einmal."),
        "advising:overview",
        accompaniments.sees_overview,
    ),
)
"""Title, sentence, name of the page, and who finds it."""


@require_safe
@gate(may=permissions.finds_this_part)
def home(request):
    """The kinds of work an actor finds here, each with a sentence."""
    rooms = [{"title": title, "text": text, "page": page} for title, text, page, may in ROOMS if may(request.actor)]
    return show(request, "advising/home.html", {"rooms": rooms, "title": _("Beratung und Vernetzung")})
