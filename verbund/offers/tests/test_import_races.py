"""Taking over and undoing on both databases; two people at once; the clock goes on with long lists."""

from dataclasses import replace
from datetime import timedelta
from types import NoneType

import pytest
from django.utils import timezone

from verbund.accounts.roles import Role
from verbund.core.audit import inspect
from verbund.core.dates import today
from verbund.core.lifecycle import NotAllowedNow
from verbund.core.models import StoredFile
from verbund.core.versions import StaleVersion
from verbund.directory.models import Centre, Partner
from verbund.offers import operations as offers
from verbund.offers.content import OfferContent
from verbund.offers.importing import operations
from verbund.offers.models import ImportRow, ImportRun, Offer
from verbund.offers.tests.import_story import CAFE, HEAD, HOMEWORK, csv_of

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("reference")]


def started(actor, content: bytes) -> ImportRun:
    centre = Centre.objects.get(key="05122")
    run = operations.start_import(centre, content, "liste.csv", at=timezone.now(), actor=actor)
    columns = {int(position): code for position, code in run.columns.items()}
    operations.check_import(run, columns, partner=None, aim="DRAFT", at=timezone.now(), actor=actor)
    return run


def apply(run, actor):
    operations.apply_import(ImportRun.objects.get(pk=run.pk), on=today(), at=timezone.now(), actor=actor)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_over_the_same_list_one_acts(at_the_same_time, acting, member):
    first, second = acting(member(Role.CENTRE_STAFF)), acting(member(Role.CENTRE_LEAD))
    run = started(first, csv_of(CAFE, HOMEWORK))

    results = at_the_same_time(lambda: apply(run, first), lambda: apply(run, second))

    assert [type(one) for one in results if one is not None] == [NotAllowedNow]
    assert Offer.objects.count() == 2
    assert not inspect().findings


@pytest.mark.django_db(transaction=True)
def test_of_two_who_undo_the_same_list_one_acts(at_the_same_time, acting, member):
    actor = acting(member(Role.CENTRE_STAFF))
    run = started(actor, csv_of(CAFE, HOMEWORK))
    apply(run, actor)

    def undo():
        operations.undo_import(ImportRun.objects.get(pk=run.pk), on=today(), at=timezone.now(), actor=actor)

    results = at_the_same_time(undo, undo)

    assert [type(one) for one in results if one is not None] == [NotAllowedNow]
    assert not Offer.objects.exists()
    assert not Partner.objects.exists()
    assert set(run.rows.values_list("outcome", flat=True)) == {"UNDONE"}
    assert not inspect().findings


@pytest.mark.django_db(transaction=True)
def test_what_somebody_edits_while_the_list_is_undone_is_either_kept_or_refused(at_the_same_time, acting, member):
    actor = acting(member(Role.CENTRE_STAFF))
    run = started(actor, csv_of(CAFE))
    apply(run, actor)
    seen = Offer.objects.select_related("partner").get()
    content = OfferContent.of(seen)
    later = replace(content, values=content.values | {"phone": "0212 1"})

    def undo():
        operations.undo_import(ImportRun.objects.get(pk=run.pk), on=today(), at=timezone.now(), actor=actor)

    def edit():
        offers.edit_offer(seen, later, seen=seen.version, on=today(), actor=actor)

    _undone, edited = at_the_same_time(undo, edit)

    kept = list(Offer.objects.values_list("phone", flat=True))
    assert (kept, type(edited)) in [(["0212 1"], NoneType), ([], StaleVersion)]
    assert run.rows.get().outcome == ("KEPT" if kept else "UNDONE")


@pytest.mark.django_db(transaction=True)
def test_two_workers_take_over_each_row_once(at_the_same_time, acting, member):
    actor = acting(member(Role.CENTRE_STAFF))
    run = started(actor, csv_of(CAFE, HOMEWORK))
    ImportRun.objects.filter(pk=run.pk).update(status="APPLYING", applied_at=timezone.now())

    def work():
        operations.continue_runs(timezone.now(), on=today())

    results = at_the_same_time(work, work)

    assert results == [None, None]
    assert Offer.objects.count() == 2
    assert ImportRun.objects.get().status == "DONE"


@pytest.mark.django_db
def test_a_long_list_is_checked_and_taken_over_by_the_clock(acting, member):
    actor = acting(member(Role.CENTRE_STAFF))
    rows = [[f"{number} {'abcdefgh'[number % 8] * 15}", *CAFE[1:]] for number in range(205)]
    run = started(actor, csv_of(*rows))
    assert (ImportRun.objects.get().status, run.rows.count()) == ("CHECKING", 0)

    operations.continue_runs(timezone.now(), on=today())
    assert (ImportRun.objects.get().status, run.rows.count()) == ("READY", 205)


@pytest.mark.django_db
def test_nobody_goes_on_for_somebody_whose_function_has_ended(acting, member):
    membership = member(Role.CENTRE_STAFF)
    run = started(acting(membership), csv_of(CAFE))
    ImportRun.objects.filter(pk=run.pk).update(status="APPLYING")
    membership.valid_until = today() - timedelta(days=1)
    membership.save()

    operations.continue_runs(timezone.now(), on=today())

    assert not Offer.objects.exists()


@pytest.mark.django_db
def test_what_somebody_edited_after_the_preview_is_not_overwritten(acting, member):
    actor = acting(member(Role.CENTRE_STAFF))
    apply(started(actor, csv_of(CAFE)), actor)
    run = started(actor, csv_of([*CAFE[:10], "0212 290-99", *CAFE[11:]]))
    Offer.objects.update(version=7, phone="0212 7")

    apply(run, actor)

    assert Offer.objects.get().phone == "0212 7"
    assert run.rows.get().outcome == ImportRow.Outcome.FAILED


@pytest.mark.django_db
def test_files_and_lines_of_a_list_are_deleted_after_ninety_days(acting, member):
    actor = acting(member(Role.CENTRE_STAFF))
    run = started(actor, csv_of(CAFE))
    now = timezone.now()

    assert operations.forget_old_lists(now + timedelta(days=89)) == 0
    assert operations.forget_old_lists(now + timedelta(days=91)) == 1

    assert not StoredFile.objects.filter(kind="offer-import").exists()
    assert not run.rows.exists()
    assert ImportRun.objects.get().samples == []


@pytest.mark.django_db
def test_a_line_that_contradicts_its_entry_is_refused_and_the_others_go_on(acting, member):
    actor = acting(member(Role.CENTRE_STAFF))
    apply(started(actor, csv_of(CAFE)), actor)
    Offer.objects.update(maximum_age=14)
    head = [*HEAD, "Alter ab"]

    run = started(actor, csv_of([*CAFE, "50"], [*HOMEWORK, "6"], head=head))
    apply(run, actor)

    assert dict(run.rows.values_list("title", "outcome")) == {
        "Sprachcafé am Markt": "FAILED", "Hausaufgabenhilfe": "CREATED",
    }  # fmt: skip
    assert Offer.objects.get(title="Sprachcafé am Markt").minimum_age is None


@pytest.mark.django_db
def test_the_key_of_the_list_finds_an_entry_whatever_it_is_called_now(acting, member):
    actor, head = acting(member(Role.CENTRE_STAFF)), [*HEAD, "Externe ID"]
    apply(started(actor, csv_of([*CAFE, "A-1"], [*HOMEWORK, "A-2"], head=head)), actor)

    run = started(actor, csv_of(["Ganz anders", *CAFE[1:], "A-1"], [*HOMEWORK, "A-3"], head=head))

    assert dict(run.rows.values_list("title", "kind")) == {"Ganz anders": "CHANGED", "Hausaufgabenhilfe": "SUSPICIOUS"}
