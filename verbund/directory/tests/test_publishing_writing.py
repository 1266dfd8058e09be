"""How a publisher's page is written: proposals, order, preview, what is refused, how text is shown, two at once."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest

from tests.support import cast
from verbund.accounts.roles import Role
from verbund.core.audit import history_of
from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.core.versions import StaleVersion
from verbund.directory.models import Organisation, PublisherPage, PublisherSection
from verbund.directory.publishing import proposals
from verbund.directory.publishing.reading import as_html
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

pytestmark = pytest.mark.django_db


@pytest.fixture
def carrier() -> Organisation:
    return Organisation.objects.get(code="TR-05122")


@pytest.fixture
def lead():
    return cast.member(Role.CENTRE_LEAD)


def test_a_new_page_proposes_headings_and_names_the_rule_but_no_facts(client_of, carrier, lead):
    page = main_of(client_of(lead).get(address(carrier)))

    assert re.findall(r'value="([^"]*)"[^>]*id="id_abschnitt-\d+-heading"', page) == [
        str(one.heading) for one in proposals.PROPOSALS[Kind.IMPRINT]
    ]
    assert "§ 5 Abs. 1 Nr. 1 DDG" in page
    assert set(re.findall(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.DOTALL)) == {""}


def test_a_proposed_heading_without_text_is_not_published(client_of, carrier, lead):
    client_of(lead).post(address(carrier), typed(("Anbieter", "Stadt Solingen"), ("Vertretung", ""), ("", "")))

    assert published(carrier) == [("Anbieter", "Stadt Solingen")]


def test_sections_stand_in_the_order_of_their_places_and_removed_ones_go(client_of, carrier, lead):
    sections = [("Eins", "a", 3), ("Zwei", "b", 1), ("Drei", "c", 2), ("Vier", "d", "")]

    client_of(lead).post(address(carrier), typed(*sections, **{"abschnitt-2-is_removed": "on"}))

    assert published(carrier) == [("Zwei", "b"), ("Eins", "a"), ("Vier", "d")]


@pytest.mark.parametrize(("moved", "to", "order"), [(2, 1, "CAB"), (0, 3, "BCA"), (1, 1, "BAC"), (0, 2, "BAC")])
def test_a_section_that_gets_the_place_of_another_one_moves_there(client_of, carrier, lead, moved, to, order):
    sections = [(name, "x", to if number == moved else number + 1) for number, name in enumerate("ABC")]

    client_of(lead).post(address(carrier), typed(*sections))

    assert "".join(heading for heading, _text in published(carrier)) == order


def test_the_preview_shows_the_result_and_saves_nothing(client_of, carrier, lead):
    page = main_of(
        client_of(lead).post(address(carrier, act="preview"), typed(("Zwei", "b", 2), ("Eins", "a\n\nc", 1)))
    )

    preview = page[page.index("Vorschau, noch nicht gespeichert") : page.index("<form")]
    assert re.findall(r"<h3[^>]*>(\w+)<", preview) == ["Eins", "Zwei"]
    assert "<p>a</p>\n<p>c</p>" in preview
    assert published(carrier) == []


def test_one_more_section_is_offered_and_what_was_typed_stays(client_of, carrier, lead):
    page = main_of(client_of(lead).post(address(carrier, act="section"), typed(*PROVIDER, ("", ""))))

    assert len(re.findall(r'id="id_abschnitt-\d+-heading"', page)) == 4
    assert "Rathausplatz 1" in page
    assert PublisherPage.objects.count() == 0


def test_who_opens_the_address_of_the_preview_comes_to_the_form(client_of, carrier, lead):
    assert client_of(lead).get(address(carrier, act="preview"))["Location"] == address(carrier)


LONG = "x" * 8000


@pytest.mark.parametrize(
    ("sections", "sentence"),
    [
        ([("", "Text ohne Überschrift")], "Geben Sie dem Abschnitt eine Überschrift."),
        ([("Eigene Überschrift", "")], "Schreiben Sie den Text, oder entfernen Sie den Abschnitt."),
        ([("Eigene Überschrift", " \n ")], "Schreiben Sie den Text, oder entfernen Sie den Abschnitt."),
        ([("x" * 121, "Text")], "120"),
        ([("Lang", LONG + "x")], "8000"),
        ([("Null", "a\x00b")], "unsichtbares Zeichen"),
        ([("Kontakt", "a"), ("kontakt", "b")], "Zwei Abschnitte haben dieselbe Überschrift."),
        ([(f"Abschnitt {n}", LONG) for n in range(6)], "möglich sind 40000"),
        ([(f"Abschnitt {n}", "a") for n in range(21)], "höchstens 20 Abschnitte"),
        ([("Platz", "a", "abc")], "Zahl"),
        ([("", "")], "Es ist noch nichts geschrieben."),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_what_cannot_be_published_is_refused_and_nothing_typed_is_lost(client_of, carrier, lead, sections, sentence):
    answer = client_of(lead).post(address(carrier), typed(*sections))

    assert answer.status_code == 422
    assert sentence in main_of(answer)
    assert sections[-1][1].strip("\x00") in main_of(answer) or "\x00" in sections[-1][1]
    assert (PublisherPage.objects.count(), PublisherSection.objects.count()) == (0, 0)


def test_a_line_break_counts_as_one_character_as_in_the_browser(client_of, carrier, lead):
    text = "\r\n".join(["x"] * 4000)

    assert client_of(lead).post(address(carrier), typed(("Lang", text))).status_code == 302
    assert published(carrier) == [("Lang", text.replace("\r", ""))]


@pytest.mark.parametrize(
    "sent",
    [{"version": "0"}, {"version": "x", **typed(*PROVIDER, version="x")}, typed(*PROVIDER, version=-1), {}],
)
def test_a_form_that_arrives_incomplete_is_refused(client_of, carrier, lead, sent):
    assert client_of(lead).post(address(carrier), sent).status_code == 422
    assert published(carrier) == []


ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    'https://x.example/"onmouseover="alert(1)',
    "https://x.example/<b>",
    "a@b.example<script>",
    "{{ 7|add:7 }}{% load static %}",
]


class Tags(HTMLParser):
    """The tags of a page with their attributes, as a browser finds them."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, attrs))


@pytest.mark.parametrize("attack", ATTACKS)
def test_html_and_script_are_text(client_of, carrier, lead, attack):
    publish(carrier, lead, [(attack[:120], f"{attack}\n\n{attack}")])

    pages = [
        main_of(client_of().get(SOLINGEN)),
        main_of(client_of(lead).get(address(carrier))),
        main_of(client_of(lead).post(address(carrier, act="preview"), typed((attack[:120], attack), version=1))),
        main_of(client_of(lead).get("/herausgeber/")),
    ]

    for page in pages:
        tags = Tags()
        tags.feed(page)
        assert {name for name, _attributes in tags.found}.isdisjoint({"script", "img", "b"})
        attributes = [pair for _name, pairs in tags.found for pair in pairs]
        assert not [name for name, _value in attributes if name.startswith("on")]
        assert not [value for name, value in attributes if name == "href" and value.startswith("javascript")]
        assert "14" not in re.findall(r"<p>(.*?)</p>", page)


@pytest.mark.parametrize("sections", [[("Anbieter", "Stadt Solingen, Rathaus"), PROVIDER[1]], []])
def test_every_change_is_in_the_trail_with_the_text_before_and_after(carrier, lead, sections):
    page = publish(carrier, lead)
    publish(carrier, lead, sections, seen=1)

    newest, first = history_of(page)

    assert first["what"] == "Text veröffentlicht"
    assert newest["what"] == ("Text veröffentlicht" if sections else "Text zurückgenommen")
    changed = {change["label"]: (change["before"], change["after"]) for change in newest["changes"]}
    assert changed["Anbieter:"] == (PROVIDER[0][1], "Stadt Solingen, Rathaus" if sections else "–")
    assert ("Kontakt:" in changed) is not bool(sections)
    assert AuditEntry.objects.filter(target_type=page._meta.label).values_list("chain", flat=True)[0] == carrier.pk


def test_the_history_stands_below_the_form(client_of, carrier, lead):
    publish(carrier, lead)

    assert "Text veröffentlicht" in main_of(client_of(lead).get(address(carrier)))


def test_saving_the_same_text_again_leaves_day_and_trail_as_they_are(carrier, lead):
    page = publish(carrier, lead)
    publish(carrier, lead, seen=1, on=today())

    page.refresh_from_db()
    assert page.changed_on == date(2026, 11, 20)
    assert len(history_of(page)) == 1


def test_taking_back_all_sections_leaves_the_honest_sentence(client_of, carrier, lead):
    publish(carrier, lead)
    sent = typed(*PROVIDER, version=1, **{"abschnitt-0-is_removed": "on", "abschnitt-1-is_removed": "on"})

    client_of(lead).post(address(carrier), sent)

    assert published(carrier) == []
    page = main_of(client_of().get(SOLINGEN))
    assert "hat hier keinen eigenen Text" in page
    assert "Geändert am" not in page


@pytest.mark.parametrize("version", [0, 1])
def test_the_second_editor_sees_what_the_first_one_saved_and_keeps_the_own_text(client_of, carrier, lead, version):
    if version:
        publish(carrier, lead)
    publish(carrier, lead, [("Anbieter", "Was die erste Person schrieb")], seen=version)
    client = client_of(cast.member(Role.SIGNATORY))
    own = ("Anbieter", "Was die zweite Person schrieb")

    refused = client.post(address(carrier), typed(own, version=version))

    assert refused.status_code == 409
    assert "Was die erste Person schrieb" in main_of(refused)
    assert "Was die zweite Person schrieb" in main_of(refused)
    assert "Leitung" in main_of(refused)
    assert published(carrier) == [("Anbieter", "Was die erste Person schrieb")]
    newest = re.search(r'name="version" value="(\d+)"', main_of(refused))[1]
    assert client.post(address(carrier), typed(own, version=newest)).status_code == 302
    assert published(carrier) == [own]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seen", [0, 1])
def test_of_two_who_publish_in_the_same_instant_one_is_refused(reference, at_the_same_time, seen):
    carrier, members = Organisation.objects.get(code="TR-05122"), [cast.member(r) for r in EDITORS_OF_A_CARRIER]
    if seen:
        publish(carrier, members[0])
    acts = [lambda one=one: publish(carrier, one, [("Wer", one.role)], seen=seen) for one in members]

    outcomes = at_the_same_time(*acts)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["PublisherPage", StaleVersion.__name__]
    assert len(published(carrier)) == 1
    assert PublisherPage.objects.get().version == seen + 1


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb\n\n \nc", "<p>a<br>\nb</p>\n<p>c</p>"),
        ("(www.x.example).", '<p>(<a href="https://www.x.example">www.x.example</a>).</p>'),
        (
            "HTTP://x.example/?a=1&b=2",
            '<p><a href="HTTP://x.example/?a=1&amp;b=2">HTTP://x.example/?a=1&amp;b=2</a></p>',
        ),
        ("Mail: a.b@x.example.", '<p>Mail: <a href="mailto:a.b@x.example">a.b@x.example</a>.</p>'),
        (
            "Telefon: +49 (0)212 290-0",
            '<p>Telefon: <a href="tel:+492122900"><bdi dir="ltr">+49 (0)212 290-0</bdi></a></p>',
        ),
        ("Tel. 0212 2900", '<p>Tel. <a href="tel:+492122900"><bdi dir="ltr">0212 2900</bdi></a></p>'),
        ("Telefon 115", "<p>Telefon 115</p>"),
        ("Konto 0212 2900, 42651 Solingen", "<p>Konto 0212 2900, 42651 Solingen</p>"),
        ("ftp://x.example", "<p>ftp://x.example</p>"),
    ],
)
def test_plain_text_becomes_paragraphs_and_links_where_an_address_stands_alone(text, html):
    assert as_html(text) == html
