"""The standing sentences of letters: proposed by one operator, adopted by another, printed from their first day on."""

from datetime import date

import pytest

from tests.support.cast import client_of, member
from verbund.accounts.roles import Role
from verbund.core import files
from verbund.core.tests.pdf_text import text_of
from verbund.funding import letter_texts, operations
from verbund.funding.models import Hearing, LetterText
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
PAGE = "/foerderung/regeln/schreiben/"
APRIL, JULY, AUGUST = date(2023, 4, 17), date(2023, 7, 3), date(2023, 8, 1)
OLD, NEW = "entscheide ich nach den Unterlagen", "Schweigen Sie, entscheide ich nach Aktenlage."


@pytest.fixture
def operators(time_machine):
    time_machine.move_to("2023-07-03 12:00+02:00")
    return client_of(member(Role.OPERATOR)), client_of(member(Role.OPERATOR))


def typed(**changes) -> dict:
    values = {"passage": "HEARING_SILENCE", "text": NEW, "valid_from": "2023-08-01", "source": "Weisung", "mark": "C"}
    return values | changes


def hearing_on(application, cast, day: date) -> Hearing:
    """Return a hearing opened on a day; one that runs is answered first."""
    for running in Hearing.objects.filter(application=application, status="OPEN"):
        operations.answer_hearing(running, answer="Einverstanden.", on=day, actor=cast.lead)
    return operations.open_hearing(
        application,
        occasion="REVOCATION",
        text="Ein Widerruf ist beabsichtigt.",
        due_on=date(2023, 9, 1),
        known_on=None,
        on=day,
        actor=cast.officer,
    )


def content_of(hearing: Hearing) -> bytes:
    return files.path_of(hearing.document.sha256).read_bytes()


def printed(hearing: Hearing) -> str:
    return text_of(content_of(hearing))


def test_a_new_sentence_is_printed_from_its_day_on_and_what_went_out_keeps_the_old_one(operators):
    first, second = operators
    cast = story.people()
    application = story.final(story.call_for(2023), cast, amount="193500", on=APRIL).application
    before = hearing_on(application, cast, JULY)
    content = content_of(before)

    assert first.post(f"{PAGE}neu/", typed()).status_code == 302
    row = LetterText.objects.get(status="PROPOSED")
    assert letter_texts.texts_of("HEARING", on=AUGUST)["HEARING_SILENCE"] != NEW
    assert first.post(f"{PAGE}{row.pk}/annehmen/").status_code == 422
    assert second.post(f"{PAGE}{row.pk}/annehmen/").status_code == 302

    assert OLD in printed(hearing_on(application, cast, date(2023, 7, 31)))
    after = printed(hearing_on(application, cast, AUGUST))
    assert NEW in after
    assert OLD not in after
    before.refresh_from_db()
    assert content_of(before) == content
    page = second.get(PAGE).content.decode()
    assert NEW in page
    assert OLD in page


@pytest.mark.parametrize("changes", [{"valid_from": "2023-07-03"}, {"text": "  "}, {"passage": "ERFUNDEN"}])
def test_a_sentence_for_today_an_empty_one_and_one_for_no_letter_are_refused(operators, changes):
    answer = operators[0].post(f"{PAGE}neu/", typed(**changes))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, list(changes))
    assert not LetterText.objects.filter(status="PROPOSED").exists()


def test_without_a_sentence_for_the_day_no_letter_goes_out(operators):
    cast = story.people()
    application = story.final(story.call_for(2023), cast, amount="193500", on=APRIL).application
    LetterText.objects.filter(passage="HEARING_OPENING").update(valid_until=date(2023, 6, 30))
    with pytest.raises(letter_texts.NoLetterText, match=r"Anhörung: Einleitung.*03\.07\.2023"):
        hearing_on(application, cast, JULY)
    assert not Hearing.objects.exists()


@pytest.mark.parametrize(
    ("role", "reading", "proposing"),
    [(Role.GRANT_OFFICER, 200, 403), (Role.CENTRE_LEAD, 403, 403), (Role.OPERATOR, 200, 200)],
)
def test_operators_keep_the_sentences_and_the_authority_reads_them(role, reading, proposing):
    client = client_of(member(role))
    assert client.get(PAGE).status_code == reading
    assert client.get(f"{PAGE}neu/").status_code == proposing


def test_shipped_sentences_are_there_for_every_passage_and_come_once():
    letter_texts.load()
    assert sorted(LetterText.objects.values_list("passage", flat=True)) == sorted(LetterText.Passage.values)
