"""A list taken over at once leaves what the same acts leave one by one; and a long one, too, restarts cleanly."""

import json
from hashlib import sha256

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from verbund.accounts.roles import Role
from verbund.core.audit import inspect
from verbund.core.dates import today
from verbund.core.models import AuditEntry, SearchEntry, SearchWord
from verbund.core.search import is_in_step
from verbund.directory.models import Centre, Municipality, Organisation, Partner
from verbund.directory.operations import create_partner
from verbund.offers import operations, place_operations
from verbund.offers.content import OfferContent
from verbund.offers.importing import applying, matching
from verbund.offers.importing import operations as imports
from verbund.offers.models import (
    Closure,
    DateChange,
    ImportRow,
    ImportRun,
    Occurrence,
    Offer,
    OfferAtPlace,
    OfferLanguage,
    Place,
    Slot,
)
from verbund.offers.tests.import_story import CAFE, HEAD, HOMEWORK, csv_of

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

MIXED_HEAD = [*HEAD, "Alter ab"]
FIRST = [[*CAFE, ""], [*HOMEWORK, ""], ["Nähkurs", *CAFE[1:], "6"], ["Fahrradkurs", *HOMEWORK[1:], ""]]
REMOTE = ["Beratung am Telefon", "Verein Ohr", "Wir hören zu", "Arbeit und Beruf", "Farsi", "online", "", "", "",
          "Mo-Fr 9-12", "0212 5", "", "2,50 €", ""]  # fmt: skip
NEW_PLACE = ["Offener Treff", "Verein Neu", "Leute treffen", "Leute treffen", "Dari", "Altes Bad", "Badstr. 1", "42651",
             "Solingen", "Fr 18-20 Uhr", "", "", "", "14"]  # fmt: skip
SECOND = [
    [*CAFE[:9], "Mi 10-12 Uhr", "0212 290-99", *CAFE[11:], ""],  # other times, other telephone
    [*HOMEWORK, ""],  # as it was
    ["Näh-Kurs", *CAFE[1:], "8"],  # perhaps the same
    ["Fahrrad-Kurs", *HOMEWORK[1:], ""],  # perhaps the same, but another
    REMOTE,
    NEW_PLACE,
    ["Noch ein Treff", *NEW_PLACE[1:]],
    ["Ohne Anliegen", *NEW_PLACE[1:3], "", *NEW_PLACE[4:]],
    ["", *CAFE[1:], ""],  # cannot be read
    ["Chor der Kulturen", *CAFE[1:], ""],
]


def previewed(rows, actor, *, aim="PUBLISH") -> ImportRun:
    content = csv_of(*rows, head=MIXED_HEAD)
    run = imports.start_import(Centre.objects.get(key="05122"), content, "liste.csv", at=timezone.now(), actor=actor)
    columns = {int(position): code for position, code in run.columns.items()}
    imports.check_import(run, columns, partner=None, aim=aim, at=timezone.now(), actor=actor)
    run.refresh_from_db()
    if run.status == "CHECKING":
        imports.finish_check(run, actor=actor)
    return run


def at_once(run, actor) -> None:
    imports.apply_import(run, on=today(), at=timezone.now(), actor=actor)
    imports.finish(run, on=today(), actor=actor)


def one_by_one(run, actor) -> None:
    """Take over each row by the operations of single entries, as a clerk would."""
    for row in run.rows.filter(applying.TO_APPLY):
        if row.kind == "SUSPICIOUS" and row.choice in {"", "SKIP"}:
            continue
        place = place_of(run, row.said.get("place"), actor)
        if row.kind == "NEW" or row.choice == "NEW":
            partner = partner_of(run, row.said["partner"], actor)
            content = matching.content_of(row.said, None, place)
            offer = operations.create_offer(partner, content, on=today(), actor=actor)
            if applying.is_complete(content):
                operations.publish_offer(offer, on=today(), actor=actor)
        else:
            offer = Offer.objects.get(pk=row.offer_id)
            content = matching.content_of(row.said, OfferContent.of(offer), place)
            operations.edit_offer(offer, content, seen=row.seen, on=today(), actor=actor)
        if offer.is_public:
            operations.check_offer(offer, on=today(), how=Offer.Checked.IMPORT, actor=actor)


def place_of(run, said, actor) -> int | None:
    found = matching.Known(run.centre_id).place_of(said)
    if found != matching.NEW_PLACE:
        return found
    values = {name: said[name] for name in applying.PLACE}
    values["municipality"] = Municipality.objects.get(pk=said["municipality"])
    return place_operations.create_place(run.centre, values, actor=actor).pk


def partner_of(run, name: str, actor) -> Partner:
    found = Partner.objects.filter(centre=run.centre, organisation__name=name).first()
    return found or create_partner(run.centre, name, {"kind": Partner.Kind.OTHER}, actor=actor)


def left_behind() -> dict[str, list]:
    """Return every table an entry stands in, by names in place of numbers; without identifiers and moments."""
    titles = dict(Offer.objects.values_list("pk", "title"))
    names = {pk: f"Ort {name}" for pk, name in Place.objects.values_list("pk", "name")}
    partners = dict(Organisation.objects.values_list("pk", "name"))
    of_at = ("at__offer__title", "at__place__name")

    def told(model, *lookups, without=("id", "uid", "changed_at")):
        columns = [one.attname for one in model._meta.concrete_fields]
        columns = [name for name in columns if name not in without and not name.endswith("_id")]
        return sorted(map(str, model.objects.values_list(*lookups, *columns)))

    def trail(entry):
        by_type = {"offers.Offer": titles, "offers.Place": names, "directory.Partner": partners}
        known = by_type.get(entry.target_type, {})
        changes = {name: [with_names(text, names) for text in pair] for name, pair in entry.changes.items()}
        target = known.get(int(entry.target_id), "")
        return str((entry.target_type, target, entry.verb, entry.actor_label, entry.note, sorted(changes.items())))

    return {
        "offers": told(Offer, "partner__organisation__name"),
        "terms": sorted(Offer.terms.through.objects.values_list("offer__title", "term__code")),
        "places": told(Place, "municipality__name"),
        "partners": sorted(Partner.objects.values_list("organisation__name", "kind", "centre__key")),
        "at": told(OfferAtPlace, "offer__title", "place__name"),
        "slots": told(Slot, *of_at),
        "changes": told(DateChange, *of_at),
        "closures": told(Closure, *of_at),
        "languages": told(OfferLanguage, "offer__title", "language_id", "slot__weekday", "slot__opens"),
        "dates": told(Occurrence, *of_at, "slot__weekday"),
        "search": sorted((titles[one.object_id], one.title, one.body, str(one.words)) for one in documents()),
        "words": sorted(SearchWord.objects.filter(kind="offer").values_list("language", "word", "documents")),
        "trail": sorted(trail(one) for one in AuditEntry.objects.exclude(target_type="offers.ImportRun")),
    }


def documents():
    return SearchEntry.objects.filter(kind="offer")


def with_names(text, names):
    """Return a recorded value with the names of places in place of their numbers."""
    if not text or not text.startswith("["):
        return text
    rows = json.loads(text)
    rows = [json.loads(one) if isinstance(one, str) and one.startswith("{") else one for one in rows]
    return str([one | {"place": names.get(int(one["place"] or 0))} if isinstance(one, dict) else one for one in rows])


def tried(act, run, actor) -> dict[str, list]:
    """Return what an act leaves behind, and take it back."""
    with transaction.atomic():
        act(ImportRun.objects.get(pk=run.pk), actor)
        found = left_behind()
        assert not inspect().findings
        assert is_in_step()
        transaction.set_rollback(True)
    return found


@pytest.fixture
def actor(acting, member, time_machine):
    time_machine.move_to("2024-05-06 12:00+02:00", tick=False)
    return acting(member(Role.CENTRE_STAFF))


def test_a_list_taken_over_at_once_leaves_what_its_rows_leave_one_by_one(actor):
    at_once(previewed(FIRST, actor), actor)
    run = previewed(SECOND, actor)
    for title, choice in (("Näh-Kurs", "SAME"), ("Fahrrad-Kurs", "NEW")):
        run.rows.filter(title=title).update(choice=choice)
    kinds = dict(run.rows.values_list("number", "kind"))
    assert [kinds[number] for number in range(2, 12)] == [
        "CHANGED", "UNCHANGED", "SUSPICIOUS", "SUSPICIOUS", "NEW", "NEW", "NEW", "NEW", "REFUSED", "NEW",
    ]  # fmt: skip

    together, single = tried(at_once, run, actor), tried(one_by_one, run, actor)

    for table, rows in single.items():
        assert together[table] == rows, table
    assert len(together["search"]) == len([row for row in together["offers"] if "PUBLISHED" in row]) == 8


def test_one_refused_row_leaves_the_others_and_says_why(actor):
    at_once(previewed(FIRST, actor), actor)
    Offer.objects.filter(title="Nähkurs").update(maximum_age=14)
    changed = [[*row[:10], "0212 1", *row[11:13], "50" if row[0] == "Nähkurs" else ""] for row in FIRST]
    run = previewed([*changed, [*NEW_PLACE[:13], ""]], actor)

    at_once(run, actor)

    outcomes = dict(run.rows.values_list("title", "outcome"))
    assert outcomes == {row[0]: "CHANGED" for row in FIRST} | {"Nähkurs": "FAILED", "Offener Treff": "CREATED"}
    assert "Alter" in run.rows.get(title="Nähkurs").outcome_note
    assert not inspect().findings


def test_what_somebody_made_or_changed_after_the_preview_is_told_of_its_rows(actor):
    at_once(previewed(FIRST, actor), actor)
    changed = [[*row[:10], "0212 1", *row[11:]] for row in FIRST]
    run, other = previewed([*changed, NEW_PLACE, REMOTE], actor), previewed([NEW_PLACE], actor)
    at_once(other, actor)
    cafe = Offer.objects.get(title=CAFE[0])
    content = OfferContent.of(cafe)
    later = OfferContent(content.values | {"phone": "0212 7"}, content.terms, content.languages, content.at)
    operations.edit_offer(cafe, later, seen=cafe.version, on=today(), actor=actor)

    at_once(run, actor)

    failed = dict(run.rows.filter(outcome="FAILED").values_list("title", "outcome_note"))
    assert set(failed) == {CAFE[0], NEW_PLACE[0]}
    assert Offer.objects.get(pk=cafe.pk).phone == "0212 7"
    assert run.rows.filter(outcome__in=["CHANGED", "CREATED"]).count() == 4


def test_undoing_a_mixed_list_puts_everything_back(actor):
    at_once(previewed(FIRST, actor), actor)
    before = {offer.pk: (OfferContent.of(offer), offer.status) for offer in Offer.objects.all()}
    run = previewed(SECOND, actor)
    run.rows.filter(title="Näh-Kurs").update(choice="SAME")
    at_once(run, actor)

    imports.undo_import(run, on=today(), at=timezone.now(), actor=actor)
    imports.finish(run, on=today(), actor=actor)

    stored = Offer.objects.in_bulk()
    assert {pk: (OfferContent.of(stored[pk]), stored[pk].status) for pk in before} == before
    assert {one.status for pk, one in stored.items() if pk not in before} == {"ENDED"}
    assert set(documents().values_list("object_id", flat=True)) == set(before)
    assert set(run.rows.exclude(outcome__in=["", "SKIPPED"]).values_list("outcome", flat=True)) == {"UNDONE"}
    assert set(previewed(FIRST, actor).rows.values_list("kind", flat=True)) == {"UNCHANGED"}
    assert not inspect().findings


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(actor, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE", 10)
    rows = [[f"{number} {'abcdefgh'[number % 8] * 15}", *CAFE[1:], ""] for number in range(120)]
    run = previewed(rows, actor, aim="DRAFT")
    monkeypatch.setattr(imports, "BATCH", 50)
    imports.apply_import(run, on=today(), at=timezone.now(), actor=actor)
    worker = applying.Applier(run, on=today(), actor=actor)
    with transaction.atomic():
        worker.work(applying.rows_after(-1, run.rows.filter(applying.TO_APPLY), most=50))

    imports.finish(run, on=today(), actor=actor)

    assert Offer.objects.count() == 120
    assert run.rows.filter(outcome=ImportRow.Outcome.CREATED).values("offer").distinct().count() == 120
    assert Place.objects.filter(name="Haus am Markt").count() == 1


def test_the_number_of_statements_does_not_grow_with_the_list(actor):
    def statements(count: int, word: str) -> int:
        rows = [[sha256(f"{word} {number}".encode()).hexdigest(), *CAFE[1:], ""] for number in range(count)]
        run = previewed(rows, actor)
        with CaptureQueriesContext(connection) as found:
            at_once(run, actor)
        assert run.rows.filter(outcome="CREATED", offer__status="PUBLISHED").count() == count
        return len(found)

    statements(1, "zuerst")

    assert statements(3, "einige") == statements(40, "viele")
