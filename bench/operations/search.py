"""Searching a hundred thousand offers, without a page around it."""

import random
from collections.abc import Iterator
from itertools import batched, cycle

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bench.harness import Figures, cpu_of
from bench.registry import operation
from bench.world import say
from verbund.core import search
from verbund.core.models import SearchEntry
from verbund.core.search import Document
from verbund.core.search.query import Question

KIND = "bench"
DOCUMENTS = 100_000
AT_ONCE = 5_000
PAGE = 20
FIRST = """
Sprach Deutsch Integrations Eltern Familien Frauen Kinder Jugend Schul Hausaufgaben Migrations Flüchtlings Bewerbungs
Arbeits Wohnungs Gesundheits Alphabetisierungs Konversations Lese Näh Fahrrad Computer Schwimm Musik Theater Koch
Garten Senioren Mütter Väter Stadtteil Nachbarschafts Begegnungs Rechts Schuldner Sucht Renten Ehrenamts Ausbildungs
Berufs Orientierungs Anerkennungs Einbürgerungs Kultur Sport Spiel Krabbel Vorlese Nachhilfe Prüfungs
"""
SECOND = """
kurs kurse beratung beratungen hilfe gruppe gruppen treff café werkstatt training begleitung betreuung sprechstunde
angebot angebote projekt zentrum abend frühstück patenschaft förderung schule stelle
"""
ADJECTIVES = """
kostenlos offen mehrsprachig wöchentlich barrierefrei gemeinsam persönlich vertraulich neu regelmäßig niedrigschwellig
interkulturell zweisprachig städtisch ehrenamtlich
"""
PLACES = """
Dortmund Aachen Köln Bielefeld Wuppertal Münster Siegen Hagen Bonn Essen Duisburg Solingen Gütersloh Paderborn Minden
Herne Bottrop Kleve Wesel Viersen Neuss Düren Euskirchen Olpe Soest Unna Hamm Borken Coesfeld Steinfurt
"""
PLAIN = """
Montag Dienstag Mittwoch Donnerstag Freitag Anmeldung telefonisch erforderlich Kinderbetreuung vorhanden Menschen
Zuwanderungsgeschichte Geflüchtete Familien Teilnahme Rathaus Gemeindehaus Bücherei Volkshochschule Erdgeschoss Aufzug
Dolmetscher Arabisch Türkisch Ukrainisch Englisch Formulare Briefe Behörden Termine Fragen Alltag Arbeit Wohnung
Schule Ausbildung Aufenthalt Gesundheit lernen sprechen lesen schreiben treffen kennen helfen unterstützen begleiten
"""
QUESTIONS = """
Sprachkurs|Sprachkurse Dortmund|Deutschkurs|Deutsch lernen|Migrationsberatung|Beratung Aufenthalt
Hausaufgabenhilfe|Elterncafe|Frauen Frühstück|Fahrradwerkstatt Aachen|Alphabetisierungskurs|Wohnungssuche Hilfe
Bewerbungstraining|Nähkurs|Kinderbetreuung Sprachkurs|Flüchtlingsberatung Köln|Konversationsgruppe
Computerkurs Senioren|Einbürgerungsberatung|Schuldnerberatung|Schwimmkurs Frauen|Begegnungscafé|Vorlesepaten
Ausbildungsbegleitung|Theaterprojekt Jugend|Kochgruppe Essen|Nachhilfe|Rechtsberatung arabisch|Spielgruppe Mutter
"""


@operation("search_core", limit="raw MATCH", goal="≥ 60 % of the raw full-text query for the same terms")
def search_core() -> Figures:
    """Analyse, count and rank what a person typed; the limit runs the same terms, already analysed, by hand."""
    prepare()
    questions = QUESTIONS.strip().replace("\n", "|").split("|")
    typed, ready = cycle(questions), cycle([Question.of(KIND, text, None, prefix=True) for text in questions])
    found = [search.search(KIND, text, limit=PAGE).total for text in questions]
    with CaptureQueriesContext(connection) as statements:
        search.search(KIND, questions[0], limit=PAGE)
    count = len(statements)
    limit, ours = [], []
    for _round in range(3):  # side by side, so that both meet the machine's calm
        limit.append(cpu_of(lambda: by_hand(next(ready)), times=len(questions), rounds=1))
        ours.append(cpu_of(lambda: search.search(KIND, next(typed), limit=PAGE), times=len(questions), rounds=1))
    return Figures(
        min(ours), sql=count, rows=DOCUMENTS, limit_ms=min(limit), more={"questions": len(found), "hits": sum(found)}
    )


def by_hand(question: Question) -> list:
    """Count and rank with plain SQL, numbers only."""
    cursor = connection.connection.cursor()
    if connection.vendor == "sqlite":
        cursor.execute("SELECT count(*) FROM core_search WHERE core_search MATCH ?", [question.expression])
        cursor.fetchall()
        ranked = "SELECT rowid FROM core_search WHERE core_search MATCH ? ORDER BY rank LIMIT ?"
        return cursor.execute(ranked, [question.expression, PAGE]).fetchall()
    found = "FROM core_searchentry WHERE vector @@ %s::tsquery"
    cursor.execute(f"SELECT count(*) {found}", [question.expression])
    ranked = f"SELECT id {found} ORDER BY ts_rank(vector, %s::tsquery) DESC LIMIT %s"
    return cursor.execute(ranked, [question.expression, question.expression, PAGE]).fetchall()


def prepare() -> None:
    """Make the documents unless they are there."""
    if SearchEntry.objects.filter(kind=KIND).count() == DOCUMENTS:
        return
    say("100.000 Angebote werden in den Suchindex aufgenommen …")
    with transaction.atomic():
        search.rebuild(KIND, [])
        for some in batched(documents(), AT_ONCE):
            search.index(KIND, some)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE core_searchentry")


def documents() -> Iterator[Document]:
    """Return always the same documents: a title of one or two compounds and a place, a text of some thirty words."""
    first, second, plain, adjectives, places = map(str.split, (FIRST, SECOND, PLAIN, ADJECTIVES, PLACES))
    chance = random.Random(20261122)  # noqa: S311 - data to measure with
    for number in range(1, DOCUMENTS + 1):
        titles = [chance.choice(first) + chance.choice(second) for _word in range(chance.randint(1, 2))]
        body = [
            *chance.choices(plain, k=chance.randint(15, 28)),
            *(chance.choice(first) + chance.choice(second) for _word in range(chance.randint(2, 5))),
            *chance.choices(adjectives, k=3),
        ]
        chance.shuffle(body)
        yield Document(number, " und ".join(titles) + f" in {chance.choice(places)}", " ".join(body))
