"""What publishers say about themselves: who reads it, who may write it, and what the program says below it."""

import pytest

from tests.support import cast
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.directory import demo
from verbund.directory.models import Organisation, PublisherPage
from verbund.directory.people.operations import operator_organisation
from verbund.directory.publishing import queries
from verbund.directory.tests.publishers import (
    EDITORS_OF_A_CARRIER,
    PROVIDER,
    SOLINGEN,
    Kind,
    address,
    main_of,
    publish,
    published,
    typed,
)
from verbund.portal import navigation

pytestmark = pytest.mark.django_db
PUBLIC = {Kind.IMPRINT: "/impressum/", Kind.PRIVACY: "/datenschutz/", Kind.ACCESSIBILITY: "/barrierefreiheit/"}
FIXED = {Kind.IMPRINT: "GeoBasis-DE / BKG", Kind.PRIVACY: "Zwei Cookies", Kind.ACCESSIBILITY: "WCAG 2.2, Stufe AA"}
NOT_YET = "hat sie hier noch nicht eingetragen"


@pytest.fixture
def carrier() -> Organisation:
    return Organisation.objects.get(code="TR-05122")


@pytest.fixture
def lead():
    return cast.member(Role.CENTRE_LEAD)


@pytest.fixture
def operator():
    return cast.member(Role.OPERATOR, operator_organisation())


@pytest.mark.parametrize("kind", Kind)
def test_without_a_text_a_visitor_is_told_so_and_reads_what_the_program_says(client_of, operator, kind):
    page = main_of(client_of().get(PUBLIC[kind]))

    assert NOT_YET in page
    assert FIXED[kind] in page
    assert "Text bearbeiten" not in page


@pytest.mark.parametrize("kind", Kind)
def test_before_the_platform_is_set_up_the_pages_say_the_same(client_of, kind):
    assert queries.operator() is None

    assert NOT_YET in main_of(client_of().get(PUBLIC[kind]))


@pytest.mark.parametrize("kind", Kind)
def test_what_the_operator_writes_stands_before_what_cannot_be_edited_away(client_of, operator, kind):
    publish(operator.organisation, operator, [("Wer wir sind", "Stelle für die Probe")], kind=kind)

    page = main_of(client_of().get(PUBLIC[kind]))

    assert page.index("Stelle für die Probe") < page.index("20.11.2026") < page.index(FIXED[kind])
    assert NOT_YET not in page


def test_the_operator_sees_what_is_missing_and_the_way_to_write_it(client_of, operator):
    publish(operator.organisation, operator, [("Anbieter", "Stelle für die Probe")])

    page = main_of(client_of(operator).get("/impressum/"))

    assert "Es fehlt noch: Vertretung, Kontakt." in page
    assert address(operator.organisation) in page


def test_a_carrier_without_a_text_of_its_own_points_to_the_page_of_the_platform(client_of):
    page = main_of(client_of().get(SOLINGEN))

    assert "Stadt Solingen hat hier keinen eigenen Text." in page
    assert 'href="/impressum/"' in page
    assert 'href="/zentren/05122/"' in client_of().get(SOLINGEN).content.decode()


def test_a_carrier_speaks_for_itself(client_of, carrier, lead):
    publish(carrier, lead)

    page = main_of(client_of().get(SOLINGEN))

    assert "Rathausplatz 1" in page
    assert 'href="/impressum/"' in page
    assert "Rathausplatz 1" not in main_of(client_of().get("/impressum/"))


@pytest.mark.parametrize(
    "path",
    [
        "/herausgeber/TR-99999/impressum/",
        "/herausgeber/KI-05122/impressum/",
        "/herausgeber/BRA-36/impressum/",
        "/herausgeber/TR-05122/quatsch/",
        "/herausgeber/TR-05122%00/impressum/",
    ],
)
def test_who_publishes_nothing_has_no_page(client_of, path):
    assert client_of().get(path).status_code == 404


def test_the_operator_has_its_pages_at_their_short_addresses(client_of, operator):
    assert client_of().get("/herausgeber/BETRIEB/datenschutz/")["Location"] == "/datenschutz/"


@pytest.mark.parametrize("role", Role)
def test_lead_and_signatory_write_for_the_carrier_and_nobody_else(client_of, carrier, role):
    client = client_of(cast.member(role))

    answers = {
        act: client.post(address(carrier, act=act), typed(*PROVIDER)).status_code
        for act in ("preview", "section", "edit")
    }
    seen = client.get(address(carrier)).status_code

    may = role in EDITORS_OF_A_CARRIER
    assert answers == ({"preview": 200, "section": 200, "edit": 302} if may else dict.fromkeys(answers, 403))
    assert seen == (200 if may else 403)
    assert published(carrier) == (PROVIDER if may else [])


@pytest.mark.parametrize("role", Role)
def test_only_the_operator_writes_for_the_platform(client_of, role):
    member, publisher = cast.member(role), queries.operator() or operator_organisation()

    status = client_of(member).post(address(publisher), typed(*PROVIDER)).status_code

    assert status == (302 if role == Role.OPERATOR else 403)
    assert published(publisher) == (PROVIDER if role == Role.OPERATOR else [])


@pytest.mark.parametrize("role", sorted(EDITORS_OF_A_CARRIER))
def test_nobody_writes_for_another_carrier(client_of, role):
    herne = Organisation.objects.get(code="TR-05916")

    assert client_of(cast.member(role)).post(address(herne), typed(*PROVIDER)).status_code == 403
    assert published(herne) == []


@pytest.mark.parametrize("code", ["BRA-36", "KI-05122", "KOORD"])
def test_a_body_that_publishes_nothing_cannot_be_written_for(client_of, lead, code):
    body = Organisation.objects.get(code=code)

    assert client_of(lead).post(address(body), typed(*PROVIDER)).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client_of, carrier):
    for path in (address(carrier), address(carrier, act="preview"), "/herausgeber/"):
        assert client_of().get(path)["Location"].startswith("/anmelden/")


@pytest.mark.parametrize("role", Role)
def test_the_overview_opens_for_those_who_write_and_the_navigation_leads_there(client_of, role):
    member = cast.member(role)
    may = role in EDITORS_OF_A_CARRIER | {Role.OPERATOR}

    ways = {link.url for link in navigation.links(navigation.PERSONAL, actor=cast.acting(member), path="/")}

    assert client_of(member).get("/herausgeber/").status_code == (200 if may else 403)
    assert ("/herausgeber/" in ways) is may


def test_the_overview_says_what_is_filled_and_what_is_missing(client_of, carrier, lead):
    publish(carrier, lead)

    page = main_of(client_of(lead).get("/herausgeber/"))

    assert "Anbieter, Kontakt" in page
    assert ">Vertretung<" in page
    assert page.count("kein eigener Text") == 2
    assert page.count("Text bearbeiten") == 3


def test_in_the_demonstration_the_pages_say_so_and_nothing_else_is_made_up(client_of):
    demo.load(demo.World(on=today()))

    assert PublisherPage.objects.count() == 0
    for path in [*PUBLIC.values(), SOLINGEN]:
        assert "Dies ist eine Vorführung und kein Angebot einer Behörde." in main_of(client_of().get(path))


def test_what_was_written_in_the_demonstration_goes_with_it_and_nothing_else(carrier, lead):
    world = demo.World(on=today())
    demo.load(world)
    publish(carrier, world.membership(Role.CENTRE_LEAD, "KI-05122"))
    kept = publish(carrier, lead, kind=Kind.PRIVACY)

    demo.remove()

    assert list(PublisherPage.objects.all()) == [kept]


def test_the_pages_are_light_and_ask_little(client_of, carrier, lead, operator, django_assert_max_num_queries):
    for publisher, member in ((carrier, lead), (operator.organisation, operator)):
        for kind in Kind:
            publish(publisher, member, [(f"Abschnitt {n}", "Ein Satz. " * 40) for n in range(10)], kind=kind)
    visitor = client_of()
    for path in [*PUBLIC.values(), SOLINGEN]:
        with django_assert_max_num_queries(6):
            assert len(visitor.get(path).content) < 20 * 1024
