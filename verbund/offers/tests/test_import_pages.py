"""Taking over a list on the pages: upload, columns, preview, taking over, undoing; who may, what is refused."""

import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from verbund.accounts.roles import Role
from verbund.core import files
from verbund.core.dates import today
from verbund.core.models import StoredFile
from verbund.directory.models import Organisation, Partner
from verbund.offers import operations
from verbund.offers.content import OfferContent
from verbund.offers.lifecycle import OfferStatus
from verbund.offers.models import ImportRow, ImportRun, Offer, Place
from verbund.offers.tests import story
from verbund.offers.tests.import_story import CAFE, HEAD, HOMEWORK, csv_of, xlsx_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(member):
    return member(Role.CENTRE_STAFF)


def upload(client, content, name="angebote.csv"):
    return client.post(reverse("offers:imports"), {"file": SimpleUploadedFile(name, content)})


def assign(client, run, **more):
    chosen = {f"spalte-{position}": code for position, code in run.columns.items()}
    return client.post(reverse("offers:import-columns", args=[run.pk]), chosen | {"aim": "DRAFT"} | more)


def previewed(client, content, name="angebote.csv", **more) -> ImportRun:
    assert upload(client, content, name).status_code == 302
    run = ImportRun.objects.first()
    answer = assign(client, run, **more)
    assert answer.status_code == 302, answer.context["form"].errors
    run.refresh_from_db()
    return run


def applied(client, run) -> ImportRun:
    assert client.post(reverse("offers:import-apply", args=[run.pk])).status_code == 302
    run.refresh_from_db()
    return run


def kinds(run) -> dict[str, str]:
    return dict(run.rows.values_list("title", "kind"))


@pytest.mark.parametrize(("make", "name"), [(csv_of, "liste.csv"), (xlsx_of, "liste.xlsx")])
def test_a_list_becomes_drafts_of_the_own_centre_only_after_taking_over(client_of, staff, make, name):
    client = client_of(staff)

    run = previewed(client, make(CAFE, HOMEWORK), name)

    assert kinds(run) == {"Sprachcafé am Markt": "NEW", "Hausaufgabenhilfe": "NEW"}
    assert Offer.objects.count() == 0
    applied(client, run)
    cafe = Offer.objects.get(title="Sprachcafé am Markt")
    content = OfferContent.of(cafe)
    assert (cafe.status, cafe.partner.organisation.name) == (OfferStatus.DRAFT, "Verein Brücke")
    assert cafe.partner.centre_id == staff.organisation_id
    assert content.terms == (("NEED", "learn-german"), ("NEED", "meet-people"))
    assert content.languages == (("ar", "SPOKEN"), ("tr", "SPOKEN"))
    assert [(hours.weekday, hours.opens.hour, hours.closes.hour) for hours in content.at[0].hours] == [(1, 15, 17)]
    assert (cafe.email, cafe.is_free) == ("", True)
    assert Offer.objects.get(title="Hausaufgabenhilfe").amount_fee == Decimal("5.50")
    assert cafe.at_places.get().place == Offer.objects.get(title="Hausaufgabenhilfe").at_places.get().place


def test_the_list_is_found_behind_a_title_page_and_before_a_hidden_sheet(client_of, staff):
    book = Workbook()
    hidden, title, filled = book.active, book.create_sheet("Deckblatt"), book.create_sheet("Liste")
    for row in (HEAD, HOMEWORK):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    title.append(["Angebote der Stadt"])
    for row in (HEAD, CAFE):
        filled.append(row)
    book.active = title
    file = io.BytesIO()
    book.save(file)

    run = previewed(client_of(staff), file.getvalue(), "liste.xlsx")

    assert (run.sheet, kinds(run)) == ("Liste", {CAFE[0]: "NEW"})
    assert run.sheets == ["Deckblatt", "Liste", "Sheet"]


def test_a_partner_merged_over_several_lines_counts_for_each_of_them(client_of, staff):
    book = Workbook()
    for row in (["Angebote", "", ""], HEAD, CAFE, [HOMEWORK[0], None, *HOMEWORK[2:]], [None] * len(HEAD), HOMEWORK):
        book.active.append(row)
    book.active.merge_cells("B3:B5")
    book.active.merge_cells("A1:C1")
    file = io.BytesIO()
    book.save(file)

    run = previewed(client_of(staff), file.getvalue(), "liste.xlsx")

    kinds = [(row.number, row.title, row.kind, row.said.get("partner")) for row in run.rows.order_by("number")]
    assert kinds == [(3, CAFE[0], "NEW", CAFE[1]), (4, HOMEWORK[0], "NEW", CAFE[1]), (6, HOMEWORK[0], "REFUSED", None)]


def test_the_same_list_twice_changes_nothing(client_of, staff):
    client = client_of(staff)
    applied(client, previewed(client, csv_of(CAFE, HOMEWORK)))

    again = previewed(client, csv_of(CAFE, HOMEWORK))

    assert set(kinds(again).values()) == {"UNCHANGED"}
    assert client.post(reverse("offers:import-apply", args=[again.pk])).status_code == 422
    assert Offer.objects.count() == 2


def test_the_own_table_comes_back_with_what_was_changed_in_it_and_makes_nothing_anew(client_of, staff, member, acting):
    client = client_of(staff)
    applied(client, previewed(client, csv_of(["K-1", *CAFE], ["K-2", *HOMEWORK], head=["Schlüssel", *HEAD])))
    gone = operations.create_offer(story.partner(), story.content(title="Beendet"), on=story.TODAY, actor=acting(staff))
    operations.end_offer(gone, reason="vorbei", on=story.TODAY, actor=acting(staff))
    theirs = member(Role.CENTRE_STAFF, at="05978")
    foreign = operations.create_offer(
        story.partner("05978"), story.content(title="Fremd"), on=story.TODAY, actor=acting(theirs)
    )
    table = client.get(reverse("offers:kept-csv")).content.decode().replace("0212 290-0", "0212 290-7")
    content = f"{table}\r\n{foreign.pk};Fremd;Verein Brücke".encode()

    run = previewed(client, content)

    assert kinds(run) == {CAFE[0]: "CHANGED", HOMEWORK[0]: "UNCHANGED", "Beendet": "REFUSED", "Fremd": "REFUSED"}
    applied(client, run)
    assert Offer.objects.get(title=CAFE[0]).phone == "0212 290-7"
    assert set(Offer.objects.values_list("title", flat=True)) == {CAFE[0], HOMEWORK[0], "Beendet", "Fremd"}
    assert Offer.objects.count() == 4


def test_a_changed_line_shows_old_and_new_and_changes_only_that(client_of, staff):
    client = client_of(staff)
    applied(client, previewed(client, csv_of(CAFE, HOMEWORK)))
    changed = [*CAFE[:10], "0212 290-99", *CAFE[11:]]

    run = previewed(client, csv_of(changed, HOMEWORK))

    row = run.rows.get(kind="CHANGED")
    assert [one[1:] for one in row.changes] == [["0212 290-0", "0212 290-99"]]
    before = OfferContent.of(row.offer)
    applied(client, run)
    assert set(OfferContent.of(Offer.objects.get(pk=row.offer_id)).differences(before)) == {"phone"}


def test_an_empty_cell_never_empties_an_entry(client_of, staff):
    client = client_of(staff)
    applied(client, previewed(client, csv_of(CAFE)))

    run = previewed(client, csv_of([*CAFE[:10], "", "", ""]))

    assert kinds(run) == {"Sprachcafé am Markt": "UNCHANGED"}


@pytest.mark.parametrize(("choice", "count"), [("SAME", 1), ("NEW", 2), ("SKIP", 1), ("", 1)])
def test_a_possible_duplicate_waits_for_a_decision(client_of, staff, choice, count):
    client = client_of(staff)
    applied(client, previewed(client, csv_of(CAFE)))
    run = previewed(client, csv_of(["Sprach-Café am Markt", *CAFE[1:]]))
    row = run.rows.get()
    assert row.kind == "SUSPICIOUS"
    page = client.get(reverse("offers:import", args=[run.pk])).content.decode()
    assert "Sprachcafé am Markt" in page
    assert "Sprach-Café am Markt" in page

    client.post(reverse("offers:import-choose", args=[run.pk]), {f"zeile-{row.pk}": choice})
    applied(client, run)

    assert Offer.objects.count() == count
    assert Offer.objects.filter(title="Sprach-Café am Markt").exists() == (choice in {"SAME", "NEW"})


def test_undoing_deletes_what_was_made_puts_back_what_was_changed_and_names_what_was_edited_since(
    client_of, staff, acting
):
    client, actor = client_of(staff), acting(staff)
    applied(client, previewed(client, csv_of(CAFE)))
    first = Offer.objects.get()
    changed = [*CAFE[:10], "0212 290-99", *CAFE[11:]]
    other = ["Nähkurs", *CAFE[1:]]
    run = applied(client, previewed(client, csv_of(changed, HOMEWORK, other)))
    edited = Offer.objects.get(title="Nähkurs")
    content = OfferContent.of(edited)
    later = OfferContent(content.values | {"phone": "0212 1"}, content.terms, content.languages, content.at)
    operations.edit_offer(edited, later, seen=edited.version, on=today(), actor=actor)

    client.post(reverse("offers:import-undo", args=[run.pk]))

    first.refresh_from_db()
    assert first.phone == "0212 290-0"
    assert dict(Offer.objects.exclude(pk=first.pk).values_list("title", "status")) == {"Nähkurs": OfferStatus.DRAFT}
    assert dict(run.rows.values_list("title", "outcome")) == {
        "Sprachcafé am Markt": "UNDONE", "Hausaufgabenhilfe": "UNDONE", "Nähkurs": "KEPT",
    }  # fmt: skip


def test_undoing_takes_partners_and_places_made_for_the_list_unless_something_else_needs_them(client_of, staff, acting):
    client, actor = client_of(staff), acting(staff)
    applied(client, previewed(client, csv_of(CAFE)))
    baths = ["Altes Bad", "Badstr. 1", "42651", "Solingen"]
    alone = ["Offener Treff", "Verein Neu", *CAFE[2:5], *baths, *CAFE[9:]]
    needed = ["Chor", "Verein Chor", *CAFE[2:5], "Neues Bad", "Badstr. 2", "42651", "Solingen", *CAFE[9:]]
    changed = [*CAFE[:5], "Drittes Bad", "Badstr. 3", "42651", "Solingen", *CAFE[9:]]
    run = previewed(client, csv_of(alone, ["Zweiter Treff", *alone[1:]], needed, changed))
    run.rows.filter(kind="SUSPICIOUS").update(choice="SAME")
    applied(client, run)
    at = [story.tuesdays(Place.objects.get(name="Neues Bad"))]
    choir = Partner.objects.get(organisation__name="Verein Chor")
    operations.create_offer(choir, story.content(at=at, title="Später"), on=today(), actor=actor)

    client.post(reverse("offers:import-undo", args=[run.pk]))

    assert set(Offer.objects.values_list("title", flat=True)) == {"Sprachcafé am Markt", "Später"}
    assert set(Partner.objects.values_list("organisation__name", flat=True)) == {"Verein Brücke", "Verein Chor"}
    assert set(Place.objects.values_list("name", flat=True)) == {"Haus am Markt", "Neues Bad"}
    assert not Organisation.objects.filter(name="Verein Neu").exists()
    assert set(run.rows.values_list("outcome", flat=True)) == {"UNDONE"}


def test_an_entry_that_was_public_is_ended_by_undoing_and_keeps_its_partner_and_place(client_of, staff):
    client = client_of(staff)
    run = applied(client, previewed(client, csv_of(CAFE), aim="PUBLISH"))

    client.post(reverse("offers:import-undo", args=[run.pk]))

    assert list(Offer.objects.values_list("title", "status")) == [("Sprachcafé am Markt", OfferStatus.ENDED)]
    assert Partner.objects.filter(organisation__name="Verein Brücke").exists()
    assert Place.objects.filter(name="Haus am Markt").exists()


def test_complete_entries_are_published_where_the_centre_chose_so(client_of, staff):
    client = client_of(staff)
    without_need = ["Ohne Anliegen", *CAFE[1:3], "", *CAFE[4:]]

    applied(client, previewed(client, csv_of(CAFE, without_need), aim="PUBLISH"))

    statuses = dict(Offer.objects.values_list("title", "status"))
    assert statuses == {"Sprachcafé am Markt": OfferStatus.PUBLISHED, "Ohne Anliegen": OfferStatus.DRAFT}
    assert Offer.objects.get(title="Sprachcafé am Markt").checked_how == Offer.Checked.IMPORT


def test_bad_lines_are_told_with_reasons_and_come_as_a_table_without_formulas(client_of, staff):
    client = client_of(staff)
    bad = ["=HYPERLINK(1)", *CAFE[1:7], "99999", *CAFE[8:11], "kein-at", "kostenlos"]
    run = previewed(client, csv_of(CAFE, bad, ["", *CAFE[1:]], CAFE))
    assert dict(run.rows.values_list("number", "kind")) == {2: "NEW", 3: "REFUSED", 4: "REFUSED", 5: "REFUSED"}

    answer = client.get(reverse("offers:import-bad-rows", args=[run.pk]))

    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][2:] == HEAD
    assert [row[0] for row in rows[1:]] == [3, 4, 5]
    assert rows[1][2] == "'=HYPERLINK(1)"
    assert "99999" in rows[1][1]
    assert "Titel" in rows[2][1]
    assert "Zeile 2" in rows[3][1]


def test_the_columns_are_remembered_for_the_same_head(client_of, staff):
    client = client_of(staff)
    head = ["Spalte X", *HEAD[1:]]
    upload(client, csv_of(CAFE, head=head))
    run = ImportRun.objects.first()
    assert "title" not in run.columns.values()
    assert assign(client, run).status_code == 422
    run.columns["0"] = "title"
    assign(client, run)

    upload(client, csv_of(HOMEWORK, head=head))

    assert ImportRun.objects.first().columns["0"] == "title"


@pytest.mark.parametrize(
    ("role", "status"),
    [(None, 302), (Role.CENTRE_LEAD, 200), (Role.PROVIDER_MEMBER, 403), (Role.COORDINATOR, 403), (Role.CASHIER, 403)],
)
def test_who_takes_over_lists(client_of, member, role, status):
    assert client_of(role and member(role)).get(reverse("offers:imports")).status_code == status


@pytest.mark.parametrize("page", ["import", "import-columns", "import-bad-rows"])
@pytest.mark.parametrize(("role", "at"), [(Role.CENTRE_LEAD, "05978"), (Role.PROVIDER_MEMBER, "05122")])
def test_a_list_of_another_centre_does_not_exist(client_of, member, staff, page, role, at):
    run = previewed(client_of(staff), csv_of(CAFE))

    client = client_of(member(role, at=at))

    assert client.get(reverse(f"offers:{page}", args=[run.pk])).status_code == 404
    for act in ("apply", "undo", "drop", "choose", "change-columns", "sheet", "columns"):
        assert client.post(reverse(f"offers:import-{act}", args=[run.pk])).status_code == 404
    run.refresh_from_db()
    assert (run.status, Offer.objects.count()) == ("READY", 0)


def test_the_partner_for_all_lines_must_be_one_of_the_own_centre(client_of, staff):
    client, foreign = client_of(staff), story.partner("05978")
    upload(client, csv_of(CAFE))

    answer = assign(client, ImportRun.objects.get(), partner=foreign.pk)

    assert answer.status_code == 422
    assert not ImportRow.objects.exists()


def test_a_dropped_list_leaves_neither_file_nor_lines_unless_another_list_has_the_same_content(
    client_of, staff, time_machine
):
    client = client_of(staff)
    dropped, other = previewed(client, csv_of(CAFE)), previewed(client, csv_of(CAFE))
    path = files.path_of(other.file.sha256)

    assert (
        "wird gelöscht" in client.post(reverse("offers:import-drop", args=[dropped.pk]), follow=True).content.decode()
    )

    time_machine.move_to(timezone.now() + timedelta(hours=2))
    files.clear_forgotten()
    assert [StoredFile.objects.get(), path.exists()] == [other.file, True]
    assert not dropped.rows.exists()
    client.post(reverse("offers:import-drop", args=[other.pk]))
    files.clear_forgotten()
    assert not StoredFile.objects.exists()
    assert not path.exists()
    assert not ImportRow.objects.exists()
