"""The entrance: what a centre does beside its offers, and where each kind of work is kept."""

from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from verbund.advising import permissions
from verbund.advising.accompaniments import permissions as accompaniments
from verbund.advising.openings import permissions as openings
from verbund.advising.practices import permissions as practices
from verbund.advising.requests import permissions as requests
from verbund.advising.requests import survey_permissions as surveys
from verbund.advising.topics import permissions as topics
from verbund.advising.ventures import permissions as ventures
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
    (
        _("Interkulturelle Öffnung"),
        _("Vereinbarungen mit Ämtern und Regeldiensten: Ziele, Maßnahmen, Jahresprüfung."),
        "advising:openings",
        permissions.works_in_centre,
    ),
    (
        _("Interkulturelle Öffnung in Zahlen"),
        _("Wie viele Öffnungen die Zentren vorgeschlagen, vereinbart und abgeschlossen haben."),
        "advising:opening-numbers",
        openings.reads_opening_numbers,
    ),
    (
        _("Musterkonzepte"),
        _("Konzepte der Koordinierungsstellen zur Öffnung, die Zentren übernehmen und anpassen."),
        "advising:templates",
        openings.reads_templates,
    ),
    (
        _("Beratung durch die Koordinierungsstellen"),
        _("Zentren fragen, die zuständige Koordinierungsstelle antwortet, fragt zurück oder kommt zu Besuch."),
        "advising:requests",
        requests.has_requests,
    ),
    (
        _("Gemeinsame Antworten"),
        _("Was schon einmal beantwortet wurde, neutral und für alle Zentren."),
        "advising:answers",
        requests.reads_answers,
    ),
    (
        _("Bedarfsabfragen"),
        _("Einmal im Jahr: Welche Fortbildungen brauchen die Zentren?"),
        "advising:surveys",
        surveys.has_surveys,
    ),
    (
        _("Fortbildungsprogramm"),
        _("Was die Koordinierungsstellen aus dem Bedarf planen."),
        "advising:trainings",
        surveys.reads_programme,
    ),
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
