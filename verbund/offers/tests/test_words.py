"""The vocabulary: who changes which words, and what the search knows of them."""

import pytest

from verbund.accounts.roles import Role
from verbund.core.models import AuditEntry
from verbund.directory.models import Organisation, ShippedFile
from verbund.offers import finding, reference, tasks
from verbund.offers.indexing import index_offers
from verbund.offers.models import Offer, RemovedWord, Synonym, Term, TermName
from verbund.offers.tests import story
from verbund.offers.tests.finder_world import MONDAY_MORNING, publish, stock_of_the_day
from verbund.offers.words import operations, permissions
from verbund.offers.words.term_words import TermWords

pytestmark = pytest.mark.django_db
WORDS = "/angebote/woerter/"


@pytest.fixture
def term():
    return Term.objects.get(kind="NEED", code="learn-german")


@pytest.fixture
def coordinator(member):
    return member(Role.COORDINATOR)


def typed(term, **more) -> dict:
    """Return the form of a term as a browser sends it when nothing was changed."""
    said = TermWords.of(term)
    found = {"seen": said.sign(), "name": said.name, "description": said.description, "position": said.position}
    found |= {"is_in_use": "on"} if said.is_in_use else {}
    for code, (name, is_checked) in said.names.items():
        found |= {f"name_{code}": name} | ({f"checked_{code}": "on"} if is_checked else {})
    found |= {f"words_{code}": "\r\n".join(words) for code, words in said.synonyms.items()}
    return {name: value for name, value in (found | more).items() if value is not None}


def address(term) -> str:
    return f"{WORDS}{term.pk}/bearbeiten/"


def hits(words: str) -> list[int]:
    return finding.find(stock_of_the_day(), finding.Wanted(words=words), now=MONDAY_MORNING).ids


def school_unit():
    return Organisation.objects.filter(kind=Organisation.Kind.COORDINATION_UNIT, field="EDUCATION").first()


@pytest.mark.parametrize(
    ("role", "reads", "edits"),
    [
        (Role.COORDINATOR, 200, 200),
        (Role.OPERATOR, 200, 200),
        (Role.CENTRE_STAFF, 200, 403),
        (Role.CENTRE_LEAD, 200, 403),
        (Role.PROVIDER_MEMBER, 200, 403),
        (Role.CONTROLLER, 403, 403),
        (Role.MINISTRY_READER, 403, 403),
        (Role.TRANSLATION_REVIEWER, 403, 403),
        (Role.GRANT_OFFICER, 403, 403),
        (None, 302, 302),
    ],
)
def test_keepers_read_the_words_and_the_general_coordination_changes_them(client_of, member, term, role, reads, edits):
    client = client_of(member(role) if role else None)
    assert client.get(WORDS).status_code == reads
    assert client.get(f"{WORDS}{term.pk}/").status_code == reads
    assert client.get(address(term)).status_code == edits
    before = TermWords.of(term)
    answer = client.post(address(term), typed(term, name="Deutsch üben"))
    term.refresh_from_db()
    assert (TermWords.of(term) != before) is (edits == 200)
    assert answer.status_code == (302 if edits == 200 else 403)


def test_the_coordination_for_schools_reads_no_form_of_the_words(member, acting, client_of, term):
    unit = school_unit() or Organisation.objects.create(
        kind=Organisation.Kind.COORDINATION_UNIT, code="T-LASI", name="Schulkoordination", field="EDUCATION"
    )
    membership = member(Role.COORDINATOR, unit)
    assert not permissions.edits_words(acting(membership))
    assert client_of(membership).get(address(term)).status_code == 403


def test_a_new_word_finds_the_entries_of_its_term_at_once(client_of, coordinator, staff, term):
    offer = publish(staff)
    assert hits("Quasselrunde") == []
    words = "\n".join([*TermWords.of(term).synonyms["de"], "Quasselrunde"])
    page = client_of(coordinator).post(address(term), typed(term, words_de=words), follow=True)
    assert "Die Suche kennt die Wörter ab jetzt." in page.content.decode()
    assert hits("Quasselrunde") == [offer.pk]
    gone = typed(term, words_de="\n".join(word for word in words.split("\n") if word != "Quasselrunde"))
    client_of(coordinator).post(address(term), gone)
    assert hits("Quasselrunde") == []


def test_words_of_a_term_with_many_entries_are_known_when_the_clock_has_run(
    client_of, coordinator, staff, term, monkeypatch
):
    monkeypatch.setattr(operations, "DIRECTLY_UP_TO", 1)
    monkeypatch.setattr(operations, "AT_ONCE", 1)
    offers = [publish(staff), publish(staff)]
    page = client_of(coordinator).post(address(term), typed(term, words_de="Quasselrunde"), follow=True)
    assert "in wenigen Minuten" in page.content.decode()
    assert hits("Quasselrunde") == []
    tasks.renew_search_of_words(None)
    assert sorted(hits("Quasselrunde")) == sorted(offer.pk for offer in offers)
    assert "Suche erneuert" in client_of(coordinator).get(f"{WORDS}{term.pk}/").content.decode()
    acts = AuditEntry.objects.count()
    tasks.renew_search_of_words(None)
    assert AuditEntry.objects.count() == acts


@pytest.mark.postgres
def test_a_word_in_arabic_is_kept_and_found_on_both_databases(database, staff, term):
    offer = publish(staff)
    assert operations.add_synonym(term, "دردشة", language="ar", actor=staff)
    assert hits("دردشة") == [offer.pk]
    with pytest.raises(operations.AlreadyThere):
        operations.add_synonym(term, "دردشة", language="ar", actor=staff)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Kurs\nkurs", "Dieses Wort steht doppelt: „kurs“."),
        ("ß\nSS", "steht doppelt"),
        ("x" * 81, "Ein Wort hat höchstens 80 Zeichen."),
        ("\n".join(f"wort{number}" for number in range(201)), "zu viele Wörter"),
    ],
)
def test_words_twice_or_too_long_are_refused_and_stay_on_the_page(client_of, coordinator, term, words, sentence):
    before = TermWords.of(term)
    page = client_of(coordinator).post(address(term), typed(term, words_de=words))
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert words.split("\n")[0][:40] in page.content.decode()
    assert TermWords.of(Term.objects.get(pk=term.pk)) == before


def test_a_word_of_eighty_letters_is_kept_without_needless_spaces(client_of, coordinator, term):
    client_of(coordinator).post(address(term), typed(term, words_de=f"\r\n  {'x' * 80} \r\n\r\nzwei\u200b  Wörter"))
    assert set(TermWords.of(term).synonyms["de"]) == {"x" * 80, "zwei Wörter"}


def test_kind_and_code_never_change_and_a_term_is_never_deleted(client_of, coordinator, term):
    client_of(coordinator).post(address(term), typed(term, code="anders", kind="FIELD", is_in_use=None))
    stored = Term.objects.get(pk=term.pk)
    assert (stored.kind, stored.code, stored.is_in_use) == ("NEED", "learn-german", False)


def test_a_term_out_of_use_is_no_choice_any_more_and_stays_on_its_entries(client_of, coordinator, staff, term):
    offer = publish(staff)
    assert "learn-german" in dict(stock_of_the_day().words.vocabulary["anliegen"])
    client_of(coordinator).post(address(term), typed(term, is_in_use=None))
    assert "learn-german" not in dict(stock_of_the_day().words.vocabulary["anliegen"])
    assert Offer.objects.get(pk=offer.pk).terms.filter(pk=term.pk).exists()


def test_a_name_in_another_language_is_checked_or_taken_away(client_of, coordinator, term):
    client = client_of(coordinator)
    client.post(address(term), typed(term, name_en="Learning German", checked_en="on", name_tr=""))
    assert list(TermName.objects.filter(term=term, language="en").values_list("name", "is_checked")) == [
        ("Learning German", True)
    ]
    assert not TermName.objects.filter(term=term, language="tr").exists()
    assert TermName.objects.filter(term=term, language="ar", is_checked=False).exists()


def test_a_word_that_was_taken_away_stays_away_when_the_shipped_words_change(client_of, coordinator, term):
    word = Synonym.objects.get(term=term, language="de", word="Deutschkurs")
    kept = [one for one in TermWords.of(term).synonyms["de"] if one != word.word]
    client_of(coordinator).post(address(term), typed(term, words_de="\r\n".join(kept), name_tr=None))
    Synonym.objects.filter(term=term, word="Sprachkurs").delete()  # never shipped to this database before
    ShippedFile.objects.filter(name=reference.NAME).update(sha256="0" * 64)
    assert reference.load() == 1
    assert sorted(TermWords.of(term).synonyms["de"]) == sorted(kept)
    assert not TermName.objects.filter(term=term, language="tr").exists()

    client_of(coordinator).post(address(term), typed(term, words_de="\r\n".join([*kept, word.word])))
    assert list(RemovedWord.objects.values_list("language", flat=True)) == ["tr"]


def test_words_in_a_further_language_get_their_fields_when_asked_for(client_of, coordinator, term):
    client, path = client_of(coordinator), f"{address(term)}?dazu=fa"
    assert 'name="words_fa"' in client.get(path).content.decode()
    client.post(path, typed(term, words_fa="زبان آلمانی"))
    assert Synonym.objects.filter(term=term, language="fa", word="زبان آلمانی").exists()
    assert 'name="words_fa"' in client.get(address(term)).content.decode()


def test_the_history_says_in_german_what_changed(client_of, coordinator, term):
    client = client_of(coordinator)
    client.post(address(term), typed(term, words_tr="sohbet\nkurs", name_en="Learning German", position="7"))
    shown = client.get(f"{WORDS}{term.pk}/").content.decode()
    for said in (
        "Wörter geändert",
        "neue Wörter",
        "Türkisch: kurs, sohbet",
        "Englisch: Learning German",
        "Reihenfolge",
    ):
        assert said.casefold() in shown.casefold()


def test_of_two_editors_the_second_sees_both_versions_and_nothing_is_lost(client_of, coordinator, term):
    client = client_of(coordinator)
    second = typed(term, name="Deutsch sprechen")
    client.post(address(term), typed(term, name="Deutsch üben"))
    answer = client.post(address(term), second)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Deutsch üben" in shown
    assert "Deutsch sprechen" in shown
    term.refresh_from_db()
    assert term.name == "Deutsch üben"


def test_saving_the_same_again_records_nothing(client_of, coordinator, term):
    before = AuditEntry.objects.count()
    assert client_of(coordinator).post(address(term), typed(term)).status_code == 302
    assert AuditEntry.objects.count() == before


def test_html_in_words_is_text(client_of, coordinator, term):
    client = client_of(coordinator)
    client.post(address(term), typed(term, name="<b>Deutsch</b>", words_de="<script>alert(1)</script>"))
    for path in (WORDS, f"{WORDS}{term.pk}/", address(term)):
        shown = client.get(path).content.decode()
        assert "<b>Deutsch" not in shown
        assert "<script>alert" not in shown
        assert "&lt;b&gt;Deutsch" in shown


def test_the_list_costs_the_same_for_few_and_many_entries(client_of, coordinator, staff, django_assert_max_num_queries):
    for _number in range(3):
        publish(staff, story.partner())
    client = client_of(coordinator)
    with django_assert_max_num_queries(20):
        shown = client.get(WORDS).content.decode()
    assert "Deutsch lernen" in shown


def test_words_that_come_with_a_new_version_find_entries_there_already_but_not_where_somebody_removed_them(staff):
    offer = publish(staff, title="Möbellager", terms=[("NEED", "urgent-help")])
    need = Term.objects.get(code="urgent-help")
    Synonym.objects.filter(term=need, word__in=["Notruf", "Krise"]).delete()
    RemovedWord.objects.create(term=need, language_id="de", word="Krise")
    index_offers([offer.pk])
    assert hits("Notruf") == []
    ShippedFile.objects.filter(name=reference.NAME).update(sha256="0" * 64)

    assert (reference.load(), reference.load()) == (1, 0)

    assert (hits("Notruf"), hits("Krise")) == ([offer.pk], [])
