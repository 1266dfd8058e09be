"""The tour: every fact has its place, every link leads where it says, and the page counts what is there."""

import io
import re
from html.parser import HTMLParser

import pytest
from django.core.management import call_command
from django.test import Client

from tests.support.browser import PHONE
from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.directory.demo import MAIL_DOMAIN
from verbund.directory.models import LifeStep, Membership
from verbund.portal.tour import facts, targets

PAGE = "/rundgang/"
ALL_FACTS = [fact for text in facts.texts() for fact in text.facts]
MOST_BYTES = 100 * 1024


@pytest.fixture
def world(db):
    call_command("demo", "load", stdout=io.StringIO())


class Ids(HTMLParser):
    """The ids of a page."""

    def __init__(self):
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag, attrs):
        self.found |= {value for name, value in attrs if name == "id"}


class Links(HTMLParser):
    """The addresses of all links within the main part of a page."""

    def __init__(self):
        super().__init__()
        self.found: list[str] = []
        self.is_main = False

    def handle_starttag(self, tag, attrs):
        self.is_main = self.is_main or tag == "main"
        if self.is_main and tag == "a":
            self.found.append(dict(attrs)["href"])

    def handle_endtag(self, tag):
        self.is_main = self.is_main and tag != "main"


def read(client, path=PAGE) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def links_of(page: str) -> list[str]:
    parser = Links()
    parser.feed(page)
    return parser.found


def answer(client, url: str) -> str:
    """Return what is wrong with a link for this visitor; nothing when its page is there with the part it names."""
    address, _mark, anchor = url.partition("#")
    response = client.get(address)
    if response.status_code != 200:
        return f"{url}: {response.status_code}"
    ids = Ids()
    ids.feed(response.content.decode())
    return f"{url}: kein Abschnitt {anchor}" if anchor and anchor not in ids.found else ""


def client_as(client_of, role):
    if role is None:
        return client_of()
    account = targets.accounts_for([role])[role]
    return client_of(Membership.objects.get(user_id=account["value"], organisation__code=role[1]))


def test_a_fact_has_its_place_and_leads_to_pages_or_to_the_area_that_will_bring_it():
    assert not [fact.number for fact in ALL_FACTS if not (fact.place and fact.sentence.endswith("."))]
    assert not [fact.number for fact in ALL_FACTS if bool(fact.screens) == bool(fact.area)]
    assert not [fact.number for fact in ALL_FACTS if not len(set(fact.screens)) == len(fact.screens) <= 3]
    assert {fact.area for fact in ALL_FACTS} <= {"", *facts.Area.values}


def test_the_five_texts_have_name_kind_and_source_and_no_fact_stands_twice_in_a_text():
    assert [text.number for text in facts.texts()] == ["1", "2", "3", "4", "5"]
    assert all(text.name and text.kind and text.source and text.facts for text in facts.texts())
    for text in facts.texts():
        assert len({fact.sentence for fact in text.facts}) == len(text.facts)


def test_solingens_way_is_told_in_the_order_of_its_days():
    way = facts.way_of_solingen()
    assert [(step.first_day, step.last_day) for step in way] == sorted((step.first_day, step.last_day) for step in way)
    assert (way[0].title, way[0].first_day.isoformat()) == ("Der Auftrag", "2011-11-01")
    assert any("14.167" in step.title for step in way)


def test_solingens_days_are_those_of_the_records(db):
    told = [step for step in facts.way_of_solingen() if step.life_step]
    recorded = {
        row.code: row for row in LifeStep.objects.filter(centre__key="05122", code__in=[s.life_step for s in told])
    }
    exact = {step.life_step: (step.first_day, step.last_day) for step in reversed(told)}
    assert exact == {code: (row.day_from, row.day_until) for code, row in recorded.items()}


def test_every_link_of_the_tour_opens_for_whom_it_names(world, client_of):
    screens = targets.Screens.load(facts.screens(), is_demo=True)
    found = {name: screens.target(name) for name in facts.screens()}
    clients = {role: client_as(client_of, role) for role in {one.role for one in found.values()}}
    wrong = {name: problem for name, one in found.items() if (problem := answer(clients[one.role], one.url))}
    assert not wrong, "\n" + "\n".join(f"{name}: {problem}" for name, problem in sorted(wrong.items()))


def test_the_page_links_exactly_the_screens_of_its_facts(world):
    page = read(Client())
    screens = targets.Screens.load(facts.screens(), is_demo=True)
    named = [name for row in [*facts.way_of_solingen(), *ALL_FACTS] for name in row.screens]
    own = {"/rundgang/#aussagen", "?stand=da#aussagen", "?stand=offen#aussagen"}
    assert sorted(link for link in links_of(page) if link not in own) == sorted(screens.target(n).url for n in named)


def test_records_of_the_demonstration_are_those_of_solingen_in_2012(world, client_of):
    client = client_as(client_of, targets.LEAD)
    screens = targets.Screens.load([], is_demo=True)
    assert "14.167,00" in read(client, screens.target("bescheid").url)
    assert "05.07.2012" in read(client, screens.target("antrag").url)
    assert "ausgezahlt" in read(client, screens.target("bescheid:abrufe").url)
    officer = client_as(client_of, targets.OFFICER)
    assert "9.830.000,00" in read(officer, screens.target("titel").url)


SHOWN = [
    ("zentrum:05122:2012-12-15", "Stadtdienst Integration"),
    ("zentrum:05122:2012-12-15:angaben", "Solingen zu Hause in der Welt"),
    ("zentrum:05122:2012-12-15:angaben", "Inklusive Bildung"),
    ("zentrum:05122:2012-12-15:kontakt", "0212 290-2225"),
    ("zentrum:05122:2012-12-15:weg", "Bertelsmann Stiftung"),
    ("zentrum:05122:2014-04-25:angaben", "bis Anfang Juli 2014"),
    ("zentrum:05124:2014-04-25:angaben", "Südosteuropa"),
    ("zentrum:05978:2014-04-25:angaben", "25. Mai 2014"),
    ("zentrum:05158:2014-04-25:angaben", "Ältere Menschen"),
    ("zentrum:05112:2014-04-25:angaben", "Auftakt einer Besuchsreihe"),
    ("zentrum:05916:2016-07-01:veroeffentlicht", "57.134"),
    ("zentrum:05114:2014-04-25:weg", "RAA Krefeld"),
    ("netz:2014-04-25:BRA-37", "Ruhrallee 1-3"),
    ("netz:2015-01-15", "Ministerium für Arbeit, Integration und Soziales"),
    ("netz:2011-11-15", "ZUWI"),
    ("liste:2012-02-01", "14. Februar 2012"),
    ("programme:2012-12-15", "KOMM-IN NRW"),
    ("programme:2012-12-15", "TIntG"),
    ("programme:2016-07-01", "das Ehrenamt"),
    ("richtlinie:checkliste", "Der Träger stellt die Räume"),
    ("richtlinie:hoechstzahlen", "Lehrkraft"),
    ("zahlen:base-2012", "9.830.000,00"),
    ("zahlen:coverage-49", "alle kreisfreien Städte und fast alle Kreise"),
    ("zahlen:komm-an-herne-2016", "57.134"),
]


@pytest.mark.parametrize(("screen", "words"), SHOWN)
def test_a_screen_says_what_the_tour_claims_of_it(db, screen, words):
    assert screen in facts.screens()
    assert words in read(Client(), targets.Screens.load([screen], is_demo=False).target(screen).url)


@pytest.mark.parametrize(("screen", "amount"), [("rechner:dezember", "14.167,00"), ("rechner:jahr", "170.000,00")])
def test_the_calculator_is_filled_in_for_solingen(db, screen, amount):
    page = read(Client(), targets.Screens.load([], is_demo=False).target(screen).url)
    assert amount in page.split('id="ergebnis"')[1].split("</section>")[0]


@pytest.mark.parametrize("name", ["unbekannt", "zentrale:05122:2012-12-15", ""])
def test_a_screen_nobody_knows_is_refused(db, name):
    with pytest.raises(targets.UnknownScreen):
        targets.Screens.load([], is_demo=False).target(name)


def test_the_page_counts_what_it_shows(db):
    page = read(Client())
    assert page.count('id="aussage-') == len(ALL_FACTS)
    covered = [fact for fact in ALL_FACTS if fact.screens]
    words = "{} von {} Aussagen führen zu einer Seite"
    counts = [(len(covered), len(ALL_FACTS))]
    counts += [(sum(bool(fact.screens) for fact in text.facts), len(text.facts)) for text in facts.texts()]
    assert re.findall(r"\d+ von \d+ Aussagen führen zu einer Seite", page) == [words.format(*pair) for pair in counts]
    assert page.count("<strong>noch nicht</strong>") == len(ALL_FACTS) - len(covered)
    assert sum(number for _area, number in facts.to_come()) == len(ALL_FACTS) - len(covered)


@pytest.mark.parametrize(
    ("state", "wanted"), [("da", {True}), ("offen", {False}), ("", {True, False}), ("unsinn", {True, False})]
)
def test_the_filter_in_the_address_shows_only_what_is_there_or_only_what_is_not(db, state, wanted):
    shown = re.findall(r'id="aussage-([\d.]+)"', read(Client(), f"{PAGE}?stand={state}"))
    assert shown == [fact.number for fact in ALL_FACTS if fact.is_covered in wanted]


def test_a_visitor_without_the_demonstration_gets_no_way_to_sign_in_as_somebody(db):
    page = read(Client())
    main = page.split("<main")[1].split("</main>")[0]
    assert "<button" not in main
    assert "(nach Anmeldung)" in main
    assert targets.Screens.load([], is_demo=False).target("bescheid").url == "/foerderung/"


def test_behind_a_proxy_the_demonstration_shows_no_records_and_no_buttons(world):
    main = Client().get(PAGE, HTTP_X_FORWARDED_FOR="203.0.113.7").content.decode().split("<main")[1].split("</main>")[0]
    assert "<button" not in main
    assert "/foerderung/bescheide/" not in main


def test_pages_behind_the_sign_in_ask_a_visitor_to_sign_in_and_come_back(db):
    for url in {"/foerderung/", "/stellen/", "/foerderung/titel/"}:
        assert Client().get(url)["Location"] == f"/anmelden/?next={url}"


def test_one_click_in_the_demonstration_opens_the_notice_as_the_lead_of_solingen(world):
    client = Client()
    page = read(client)
    notice = targets.Screens.load([], is_demo=True).target("bescheid").url
    lead = User.objects.get(email=f"leitung.solingen{MAIL_DOMAIN}")
    button = next(one for one in re.findall(r"<button[^>]*>", page) if f"next={notice.replace('/', '%2F')}" in one)
    address = re.search(r'formaction="([^"]+)"', button).group(1)
    account = re.search(r'value="(\d+)"', button).group(1)
    assert account == str(lead.pk)
    response = client.post(address, {"account": account})
    assert response["Location"] == notice
    assert "14.167,00" in read(client, response["Location"])
    assert f'value="{lead.pk}">als Leitung KI Solingen öffnen' not in read(client)


def test_whoever_is_signed_in_gets_links_only_to_what_opens_for_them(world, client_of):
    everybody = Membership.objects.filter(user__is_demo=True, valid_until=None).order_by("-pk")
    for membership in {one.role: one for one in everybody}.values():
        client = client_of(membership)
        protected = {url for url in links_of(read(client)) if url.startswith(("/foerderung/", "/stellen/"))}
        assert not [problem for url in sorted(protected) if (problem := answer(client, url))], membership
    lead = set(links_of(read(client_as(client_of, targets.LEAD))))
    assert targets.Screens.load([], is_demo=True).target("bescheid").url in lead
    assert targets.Screens.load([], is_demo=True).target("titel").url not in lead


def test_outside_the_demonstration_a_function_gets_links_to_its_parts_of_the_site(client_of, member):
    links = {role: set(links_of(read(client_of(member(role))))) for role in (Role.CENTRE_LEAD, Role.VOLUNTEER)}
    assert {"/foerderung/", "/stellen/"} <= links[Role.CENTRE_LEAD]
    assert "/foerderung/titel/" not in links[Role.CENTRE_LEAD]
    assert not {"/foerderung/", "/stellen/"} & links[Role.VOLUNTEER]


def test_the_tour_is_light(db, world, django_assert_max_num_queries):
    client = Client()
    with django_assert_max_num_queries(12):
        page = client.get(PAGE).content
    assert len(page) < MOST_BYTES


@pytest.mark.parametrize(("path", "dark"), [(PAGE, False), (f"{PAGE}?stand=offen", True), (f"{PAGE}?stand=da", False)])
def test_the_tour_is_accessible_on_a_phone(site, assert_accessible, path, dark):
    page = site.open(path, viewport=PHONE, dark=dark)
    assert_accessible(page)


def test_somebody_reads_a_text_and_follows_it_to_solingen(site, picture):
    page = site.open(PAGE, viewport=PHONE)
    page.get_by_text("2. Förderbescheid für Solingen").click()
    picture(page, "rundgang-telefon")
    fact = page.locator("#text-2 .told__row", has_text="ZUWI hat dem Konzept zugestimmt")
    fact.get_by_role("link", name="Stadt Solingen am 15.12.2012: Weg des Zentrums").click()
    page.wait_for_url("**/zentren/05122/?stichtag=2012-12-15#weg")
    assert page.locator("#weg").is_visible()
