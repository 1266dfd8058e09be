"""The rooms of this app as the entrance shows them: grouped by what a centre does, each with a sentence."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbund.advising import permissions
from verbund.advising.accompaniments import permissions as accompaniments
from verbund.advising.enquiries import permissions as enquiries
from verbund.advising.openings import permissions as openings
from verbund.advising.practices import permissions as practices
from verbund.advising.requests import permissions as requests
from verbund.advising.requests import survey_permissions as surveys
from verbund.advising.topics import permissions as topics
from verbund.advising.ventures import permissions as ventures


@dataclass(frozen=True)
class Room:
    """A kind of work: what it is called, a sentence, the name of its page, and who finds it."""

    title: str | Promise
    text: str | Promise
    page: str
    may: Callable


GROUPS: tuple[tuple[str | Promise, tuple[Room, ...]], ...] = (
    (
        _("Begleiten"),
        (
            Room(
                _("Begleitungen"),
                _("Welche Einrichtungen Sie beraten und begleiten: Anlass, Schritte, Wiedervorlage, Ergebnis."),
                "advising:accompaniments",
                accompaniments.can_write,
            ),
            Room(
                _("Woche"),
                _("Was in einer Woche geschehen ist, in einer Tabelle zum Lesen und Eintragen."),
                "advising:week",
                accompaniments.can_write,
            ),
            Room(
                _("Einrichtungen"),
                _("Alles über eine Einrichtung: Begleitungen, Angebote, letzter Kontakt."),
                "advising:institutions",
                accompaniments.can_write,
            ),
            Room(
                _("Überblick"),
                _("Wie viele Einrichtungen wozu und wo beraten werden; jede zählt einmal."),
                "advising:overview",
                accompaniments.sees_overview,
            ),
        ),
    ),
    (
        _("Verwaltung öffnen"),
        (
            Room(
                _("Interkulturelle Öffnung"),
                _("Vereinbarungen mit Ämtern und Regeldiensten: Ziele, Maßnahmen, Jahresprüfung."),
                "advising:openings",
                permissions.works_in_centre,
            ),
            Room(
                _("Interkulturelle Öffnung in Zahlen"),
                _("Wie viele Öffnungen die Zentren vorgeschlagen, vereinbart und abgeschlossen haben."),
                "advising:opening-numbers",
                openings.reads_opening_numbers,
            ),
            Room(
                _("Musterkonzepte"),
                _("Konzepte der Koordinierungsstellen zur Öffnung, die Zentren übernehmen und anpassen."),
                "advising:templates",
                openings.reads_templates,
            ),
        ),
    ),
    (
        _("Gemeinsam entwickeln"),
        (
            Room(
                _("Vorhaben"),
                _("Vom Bedarf über das gemeinsame Konzept und die Erprobung zum dauerhaften Angebot."),
                "advising:ventures",
                ventures.finds_ventures,
            ),
            Room(
                _("Vorhaben der Zentren"),
                _("Was die Zentren mit Partnern erproben oder erprobt haben, in Zahlen."),
                "advising:venture-numbers",
                ventures.finds_numbers,
            ),
            Room(
                _("Gute Praxis"),
                _("Was Zentren erprobt haben und weitergeben: beschreiben, lesen, übernehmen."),
                "advising:practices",
                practices.finds_practices,
            ),
            Room(
                _("Themen"),
                _("Woran mehrere Zentren gemeinsam arbeiten: Angebote, Einrichtungen, Lücken auf einer Seite."),
                "advising:topics",
                topics.starts_topics,
            ),
        ),
    ),
    (
        _("Vernetzen"),
        (
            Room(
                _("Netzwerke"),
                _("Gremien und Arbeitskreise, die das Zentrum leitet oder begleitet: Mitglieder, Sitzungen, Aufgaben."),
                "advising:network-list",
                permissions.reads_work,
            ),
        ),
    ),
    (
        _("Fachberatung"),
        (
            Room(
                _("Beratung durch die Koordinierungsstellen"),
                _("Zentren fragen, die zuständige Koordinierungsstelle antwortet, fragt zurück oder kommt zu Besuch."),
                "advising:requests",
                requests.has_requests,
            ),
            Room(
                _("Gemeinsame Antworten"),
                _("Was schon einmal beantwortet wurde, neutral und für alle Zentren."),
                "advising:answers",
                requests.reads_answers,
            ),
            Room(
                _("Bedarfsabfragen"),
                _("Einmal im Jahr: Welche Fortbildungen brauchen die Zentren?"),
                "advising:surveys",
                surveys.has_surveys,
            ),
            Room(
                _("Fortbildungsprogramm"),
                _("Was die Koordinierungsstellen aus dem Bedarf planen."),
                "advising:trainings",
                surveys.reads_programme,
            ),
        ),
    ),
    (
        _("Bürgerinnen und Bürger"),
        (
            Room(
                _("Bürgeranfragen"),
                _("Was Menschen ohne Konto Ihre Stelle fragen, mit dem Tag, bis zu dem eine Antwort zugesagt ist."),
                "advising:enquiries",
                enquiries.has_enquiries,
            ),
            Room(
                _("Bürgeranfragen in Zahlen"),
                _("Wie viel wozu gefragt wird und wie lange eine Antwort dauert."),
                "advising:enquiry-numbers",
                enquiries.reads_numbers,
            ),
        ),
    ),
    (
        _("Zahlen"),
        (
            Room(
                _("Zahlen der Arbeit"),
                _("Beratene Einrichtungen, Sitzungen, Vorhaben eines Jahres, und der Bericht für den Rat."),
                "advising:figures",
                permissions.reads_work,
            ),
        ),
    ),
)


def rooms_for(actor) -> list[dict]:
    """Return the groups with the rooms an actor finds; none that would be empty."""
    groups = [{"title": title, "rooms": [room for room in rooms if room.may(actor)]} for title, rooms in GROUPS]
    return [group for group in groups if group["rooms"]]
