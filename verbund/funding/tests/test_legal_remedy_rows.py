"""Two operators keep what notices say about legal remedies; what a notice was issued under stays as it was."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.support.cast import acting, client_of, member
from verbund.accounts.roles import Role
from verbund.core import audit
from verbund.core.acting import SamePerson
from verbund.core.lifecycle import NotAllowedNow
from verbund.funding import legal_remedy, operations, worklist
from verbund.funding.lifecycle import REMEDY_ROW
from verbund.funding.models import AdministrativeCourt, CourtAddress, CourtDistrict, LegalRemedyText, PostalPresumption
from verbund.funding.operations.legal_remedies import AlreadyProposed, NoticesRelyOnIt
from verbund.funding.tests import story

pytestmark = pytest.mark.django_db
LIST = "/foerderung/rechtsbehelfe/"
SOLINGEN = "05122"
NOVEMBER = date(2026, 11, 1)
SOURCE = {"source": "Bekanntmachung des Gerichts", "mark": "B"}
TYPED = {"valid_from": "2026-11-01", "valid_until": "", **SOURCE}
NEW_STREET = "Neue Straße 1, 40213 Düsseldorf"


@pytest.fixture
def operators():
    return member(Role.OPERATOR), member(Role.OPERATOR)


def court(code: str) -> AdministrativeCourt:
    return AdministrativeCourt.objects.get(code=code)


def address(first: date = NOVEMBER, **changes) -> CourtAddress:
    row = {"court": court("duesseldorf"), "address": NEW_STREET, "valid_from": first, **SOURCE, **changes}
    return CourtAddress(**row)


def street_on(day: date, ags: str = SOLINGEN) -> str:
    return legal_remedy.instruction_for(ags, on=day).address


def issue_notice_in_june_2022():
    """Issue a notice to Solingen on 10 June 2022."""
    call = story.call_for(2023, closes_on=date(2022, 10, 31))
    return story.granted(call, story.people(), amount="193500", posts=story.full_staff(2023), on=date(2022, 6, 10))


# --- two persons


def test_a_proposed_row_counts_for_nothing_until_another_operator_adopts_it(operators):
    first, second = map(acting, operators)
    row = operations.propose_remedy_row(address(), actor=first)
    assert street_on(NOVEMBER) == "Bastionstraße 39, 40213 Düsseldorf"
    with pytest.raises(SamePerson):
        operations.adopt_remedy_row(row, actor=first)
    operations.adopt_remedy_row(CourtAddress.objects.get(pk=row.pk), actor=second)
    assert (street_on(date(2026, 10, 31)), street_on(NOVEMBER)) == ("Bastionstraße 39, 40213 Düsseldorf", NEW_STREET)


def test_whoever_stands_in_for_the_proposer_cannot_adopt(operators):
    first, second = operators
    row = operations.propose_remedy_row(address(), actor=acting(first))
    with pytest.raises(SamePerson):
        operations.adopt_remedy_row(row, actor=acting(first, by=second.user))


def test_a_rejected_row_is_never_adopted(operators):
    first, second = map(acting, operators)
    row = operations.propose_remedy_row(address(), actor=first)
    operations.reject_remedy_row(row, actor=first)
    with pytest.raises(NotAllowedNow):
        operations.adopt_remedy_row(row, actor=second)
    assert street_on(NOVEMBER) == "Bastionstraße 39, 40213 Düsseldorf"


def test_for_one_matter_and_day_only_one_proposal_waits(operators):
    operations.propose_remedy_row(address(), actor=acting(operators[0]))
    with pytest.raises(AlreadyProposed):
        operations.propose_remedy_row(address(), actor=acting(operators[1]))
    operations.propose_remedy_row(address(court=court("koeln")), actor=acting(operators[1]))


# --- periods


def adopted(row, operators):
    first, second = map(acting, operators)
    operations.adopt_remedy_row(operations.propose_remedy_row(row, actor=first), actor=second)
    return row


def test_a_new_row_without_end_ends_the_one_before_on_the_day_before(operators):
    before = CourtAddress.objects.get(court__code="duesseldorf")
    adopted(address(), operators)
    before.refresh_from_db()
    assert before.valid_until == date(2026, 10, 31)


def test_after_a_row_with_an_end_the_earlier_one_counts_again(operators):
    adopted(address(valid_until=date(2026, 12, 31)), operators)
    assert [street_on(day) == NEW_STREET for day in (NOVEMBER, date(2026, 12, 31), date(2027, 1, 1))] == [
        True,
        True,
        False,
    ]


def test_a_row_for_the_same_day_replaces_the_other_and_loading_does_not_bring_it_back(operators):
    shipped = CourtAddress.objects.get(court__code="duesseldorf")
    adopted(address(first=shipped.valid_from), operators)
    shipped.refresh_from_db()
    assert shipped.status == "REPLACED"
    legal_remedy.load_courts()
    assert street_on(NOVEMBER) == NEW_STREET
    assert CourtAddress.objects.filter(court__code="duesseldorf").count() == 2


def test_a_district_can_be_given_to_another_court_and_the_postal_rule_changed(operators):
    adopted(CourtDistrict(district_ags=SOLINGEN, court=court("koeln"), valid_from=NOVEMBER, **SOURCE), operators)
    adopted(PostalPresumption(days=5, valid_from=NOVEMBER, **SOURCE), operators)
    assert legal_remedy.court_for(SOLINGEN, on=date(2026, 10, 31)).code == "duesseldorf"
    assert legal_remedy.court_for(SOLINGEN, on=NOVEMBER).code == "koeln"
    assert legal_remedy.notified_on_by_post(date(2026, 11, 2)) == date(2026, 11, 7)


def test_rows_of_the_demonstration_go_with_it_and_the_shipped_ones_count_again(operators):
    shipped = street_on(NOVEMBER)
    adopted(address(court=court("koeln")), operators)
    for one in operators:
        one.user.is_demo = True
        one.user.save(update_fields=["is_demo"])
    real = member(Role.OPERATOR), member(Role.OPERATOR)
    adopted(address(court=court("minden")), real)
    adopted(address(), operators)
    adopted(LegalRemedyText(text="Unsinn {court} {address}", valid_from=date(2010, 1, 1), **SOURCE), operators)
    legal_remedy.remove_demo_rows()
    assert street_on(NOVEMBER) == shipped
    assert CourtAddress.objects.get(court__code="duesseldorf").valid_until is None
    assert street_on(NOVEMBER, "05315") != NEW_STREET
    assert street_on(NOVEMBER, "05711") == NEW_STREET
    assert "Unsinn" not in legal_remedy.instruction_for(SOLINGEN, on=NOVEMBER).text


# --- notices that went out


@pytest.mark.parametrize("first", [date(2022, 6, 1), date(2022, 6, 10)])
def test_what_a_notice_was_issued_under_is_not_changed_afterwards(operators, first):
    with time_machine.travel("2022-06-10 12:00+02:00", tick=True):
        issue_notice_in_june_2022()
    actor = acting(operators[0])
    with pytest.raises(NoticesRelyOnIt, match=r"10\.06\.2022 .* 11\.06\.2022"):
        operations.propose_remedy_row(address(first=first), actor=actor)
    text = LegalRemedyText.objects.get().text
    with pytest.raises(NoticesRelyOnIt):
        operations.propose_remedy_row(LegalRemedyText(text=text, valid_from=first, **SOURCE), actor=actor)
    later = address(first=date(2022, 6, 11))
    over_before = address(first=date(2022, 5, 1), valid_until=date(2022, 6, 9))
    elsewhere = address(first=first, court=court("gelsenkirchen"))
    for allowed in (later, over_before, elsewhere):
        operations.propose_remedy_row(allowed, actor=actor)


def test_a_notice_issued_since_the_proposal_stops_its_adoption(operators):
    row = operations.propose_remedy_row(address(first=date(2022, 6, 1)), actor=acting(operators[0]))
    with time_machine.travel("2022-06-10 12:00+02:00", tick=True):
        issue_notice_in_june_2022()
    with pytest.raises(NoticesRelyOnIt):
        operations.adopt_remedy_row(row, actor=acting(operators[1]))


# --- pages


@pytest.mark.parametrize(
    ("role", "reads", "keeps"),
    [
        (None, 302, 302),
        (Role.OPERATOR, 200, 200),
        (Role.GRANT_OFFICER, 200, 403),
        (Role.CASHIER, 200, 403),
        (Role.CENTRE_LEAD, 403, 403),
        (Role.MINISTRY_READER, 403, 403),
    ],
)
def test_the_operator_keeps_the_rows_and_the_authority_reads_them(role, reads, keeps):
    client = client_of(member(role) if role else None)
    assert client.get(LIST).status_code == reads
    assert client.get(f"{LIST}text/neu/").status_code == keeps
    if reads == 200:
        page = client.get(LIST).content.decode()
        assert "Piusallee 38" in page
        assert "Solingen" in page
        assert ("Neuen Text vorschlagen" in page) == (keeps == 200)


def test_what_waits_is_for_operators_to_adopt_and_others_cannot(operators):
    row = operations.propose_remedy_row(address(), actor=acting(operators[0]))
    officer = client_of(member(Role.GRANT_OFFICER))
    assert "Neue Straße" not in officer.get(LIST).content.decode()
    for act in ("annehmen", "verwerfen"):
        assert officer.post(f"{LIST}anschrift/{row.pk}/{act}/").status_code == 403
        assert client_of().post(f"{LIST}anschrift/{row.pk}/{act}/").status_code in {302, 401, 403}
    row.refresh_from_db()
    assert row.status == "PROPOSED"


def test_a_proposed_row_waits_on_the_work_list_of_the_other_operators_only(operators):
    operations.propose_remedy_row(address(), actor=acting(operators[0]))
    waiting = [worklist.tasks_for(acting(one), NOVEMBER) for one in (*operators, member(Role.GRANT_APPROVER))]
    assert [[task.url for task in tasks] for tasks in waiting] == [[], [LIST], []]


FORMS = {
    "text": {**TYPED, "text": "Klage beim {court}, {address}, binnen eines Monats."},
    "anschrift": {**TYPED, "address": NEW_STREET},
    "bezirk": {**TYPED, "district_ags": SOLINGEN},
    "post": {**TYPED, "days": "5"},
}


def fields(kind: str, **changes) -> dict:
    needs_court = {"court": court("koeln").pk} if kind in {"anschrift", "bezirk"} else {}
    return {**FORMS[kind], **needs_court, **changes}


@pytest.mark.parametrize("kind", FORMS)
def test_one_operator_enters_a_row_and_the_other_adopts_it_on_the_page(operators, kind):
    first, second = map(client_of, operators)
    assert first.post(f"{LIST}{kind}/neu/", fields(kind)).status_code == 302
    assert "Annehmen kann nur eine zweite Person." in first.get(LIST).content.decode()
    waiting = [row for rows in legal_remedy.waiting_rows().values() for row in rows]
    assert len(waiting) == 1
    url = reverse("funding:remedy-adopt", args=[kind, waiting[0].pk])
    assert first.post(url).status_code == 422
    assert second.post(url).status_code == 302
    page = second.get(LIST).content.decode()
    assert "Zeile angenommen" in page
    assert "Bekanntmachung des Gerichts" in page


@pytest.mark.parametrize(
    ("kind", "field", "typed", "sentence"),
    [
        ("text", "text", "Klage beim {court}.", "Der Text muss {address} enthalten."),
        ("text", "text", "{court} {address} {user}", "Geschweifte Klammern"),
        ("text", "valid_until", "2026-10-01", "Das Ende liegt vor dem Beginn."),
        ("text", "valid_from", "31.02.2026", "Diesen Tag gibt es nicht"),
        ("text", "source", "", "Bitte füllen Sie dieses Feld aus."),
        ("text", "mark", "Z", "Bitte wählen"),
        ("anschrift", "address", "Bastionstraße 39", "Bitte mit Komma, Postleitzahl und Ort"),
        ("bezirk", "district_ags", "99999", "Bitte wählen"),
        ("post", "days", "0", "1"),
        ("post", "days", "drei", "Zahl"),
    ],
)
def test_bad_input_gets_a_sentence_at_its_field_and_proposes_nothing(operators, kind, field, typed, sentence):
    answer = client_of(operators[0]).post(f"{LIST}{kind}/neu/", fields(kind, **{field: typed}))
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    assert set(errors) == {field}
    assert sentence in errors[field][0]
    assert [row for rows in legal_remedy.waiting_rows().values() for row in rows] == []


def test_the_refusal_for_notices_that_went_out_stands_at_the_first_day(operators):
    with time_machine.travel("2022-06-10 12:00+02:00", tick=True):
        issue_notice_in_june_2022()
    answer = client_of(operators[0]).post(f"{LIST}text/neu/", fields("text", valid_from="2022-06-01"))
    assert answer.status_code == 422
    assert "11.06.2022" in answer.context["form"].errors["valid_from"][0]


def test_a_new_text_begins_with_the_wording_so_far(operators):
    row = LegalRemedyText.objects.get()
    form = client_of(operators[0]).get(f"{LIST}text/neu/?vorlage={row.pk}").context["form"]
    assert (form.initial["text"], "valid_from" in form.initial) == (row.text, False)


@pytest.mark.parametrize("path", ["unbekannt/neu/", "text/neu/?vorlage=99999999999999999999", "text/neu/?vorlage=x"])
def test_an_unknown_kind_is_not_found_and_an_unknown_pattern_gives_an_empty_form(operators, path):
    assert client_of(operators[0]).get(LIST + path).status_code == (404 if "unbekannt" in path else 200)


def test_the_list_needs_as_many_queries_for_three_proposals_as_for_one(operators, django_assert_num_queries):
    client = client_of(operators[0])
    actor = acting(operators[1])
    operations.propose_remedy_row(address(), actor=actor)
    client.get(LIST)
    with CaptureQueriesContext(connection) as for_one:
        client.get(LIST)
    for code in ("koeln", "minden"):
        operations.propose_remedy_row(address(court=court(code)), actor=actor)
    with django_assert_num_queries(len(for_one)):
        client.get(LIST)


@pytest.mark.parametrize("verb", [*REMEDY_ROW.moves, "propose_remedy_row", "end_remedy_row"])
@pytest.mark.parametrize("model", legal_remedy.ROWS)
def test_every_act_on_a_row_has_a_german_sentence(model, verb):
    assert audit.sentence_for(verb, model._meta.label) != verb.replace("_", " ")
