"""The entrance: what a centre does beside its offers, and where each kind of work is kept."""

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from verbund.advising import permissions
from verbund.advising.practices import permissions as practices
from verbund.advising.topics import permissions as topics
from verbund.advising.ventures import permissions as ventures
from verbund.core.permissions import gate
from verbund.core.views import show

ROOMS: tuple = (
    (
        _("Vorhaben"),
        _("Vom Bedarf über das gemeinsame Konzept und die Erprobung zum dauerhaften Angebot."),
        "advising:ventures",
        ventures.finds_ventures,
    ),
    (
        _("Vorhaben der Zentren"),
        _("Was die Zentren mit Partnern erproben oder erprobt haben, in Zahlen."),
        "advising:venture-numbers",
        ventures.finds_numbers,
    ),
    (
        _("Gute Praxis"),
        _("Was Zentren erprobt haben und weitergeben: beschreiben, lesen, übernehmen."),
        "advising:practices",
        practices.finds_practices,
    ),
    (
        _("Themen"),
        _("Woran mehrere Zentren gemeinsam arbeiten: Angebote, Einrichtungen, Lücken auf einer Seite."),
        "advising:topics",
        topics.starts_topics,
    ),
)
"""Title, sentence, name of the page, and who finds it."""


@require_safe
@gate(may=permissions.finds_this_part)
def home(request):
    """The kinds of work an actor finds here, each with a sentence."""
    rooms = [{"title": title, "text": text, "page": page} for title, text, page, may in ROOMS if may(request.actor)]
    return show(request, "advising/home.html", {"rooms": rooms, "title": _("Beratung und Vernetzung")})
