"""Repairing: a name cut out of text and history; one institution kept twice made one, and made two again."""

import pytest

from tests.support import cast
from verbund.accounts.roles import Role
from verbund.advising.accompaniments import operations, queries
from verbund.advising.cutting.operations import cut_passage
from verbund.advising.models import Accompaniment, AccompanimentStep, PartnerMerge
from verbund.advising.tests import advice
from verbund.advising.tests.advice import TODAY
from verbund.core import audit, privacy, search
from verbund.core.models import AuditEntry
from verbund.directory.models import Partner
from verbund.offers import operations as offers
from verbund.offers.models import ConfirmationRequest, Offer
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db
NAME = "Familie Beispielnachname"


@pytest.fixture
def people():
    return advice.people()


def texts_of_history(*records) -> str:
    return str(audit.history_of(*records, reveal=True))


def test_a_name_is_cut_out_of_the_text_and_of_all_the_database_has_kept_and_the_chain_still_verifies(people):
    staff = people.as_staff
    made = advice.accompanied(
        advice.daycare(), staff, occasion=f"{NAME} sucht einen Platz", first=advice.step(f"Rückruf wegen {NAME}")
    )
    step = made.steps.get()
    operations.edit_step(step, advice.step(f"Zweiter Rückruf, {NAME}"), seen=1, on=TODAY, actor=staff)
    operations.set_follow_up(made, follow_up_on=TODAY, follow_up_note=f"{NAME.upper()} fragen", actor=staff)
    assert NAME in texts_of_history(made)
    assert privacy.places_naming(NAME) == [
        f"advising.Accompaniment.occasion:{made.pk}",
        f"advising.Accompaniment.follow_up_note:{made.pk}",
        f"advising.AccompanimentStep.what:{step.pk}",
    ]

    cut_passage(made, NAME, reason="Name gehört nicht hierher", actor=staff)

    stored = Accompaniment.objects.get()
    assert (stored.occasion, stored.follow_up_note) == ("[entfernt] sucht einen Platz", "[entfernt] fragen")
    assert AccompanimentStep.objects.get().what == "Zweiter Rückruf, [entfernt]"
    assert privacy.places_naming("Beispielnachname") == []
    told = texts_of_history(made, step)
    assert "Beispielnachname" not in told
    assert "gelöscht am" in told
    assert "[entfernt] sucht einen Platz" in told
    assert audit.verify() == []


def test_after_cutting_out_new_texts_are_kept_and_can_be_cut_out_again(people):
    made = advice.accompanied(advice.daycare(), people.as_staff, occasion="Frau Muster fragt")
    cut_passage(made, "Frau Muster", reason="Name", actor=people.as_staff)
    operations.set_follow_up(made, follow_up_on=TODAY, follow_up_note="Herrn Muster fragen", actor=people.as_staff)
    assert "Herrn Muster" in texts_of_history(made)

    cut_passage(made, "Herrn Muster", reason="Name", actor=people.as_staff)

    assert privacy.places_naming("Muster") == []
    assert "Muster" not in texts_of_history(made)
    assert audit.verify() == []


def test_a_name_in_a_step_struck_long_ago_goes_too(people):
    made = advice.accompanied(advice.daycare(), people.as_staff, occasion=f"{NAME} fragt", first=advice.step(NAME))
    operations.remove_step(made.steps.get(), reason="doppelt", actor=people.as_staff)
    assert f"'before': '{NAME}'" in str(audit.history_of(AccompanimentStep(pk=struck()), reveal=True))

    cut_passage(made, NAME, reason="Name", actor=people.as_staff)

    assert "Beispielnachname" not in str(audit.history_of(AccompanimentStep(pk=struck()), reveal=True))


def struck() -> int:
    """Return the id the struck step had."""
    return int(AuditEntry.objects.get(verb="remove_step", target_type="advising.AccompanimentStep").target_id)


@pytest.fixture
def trio(people):
    """The same day-care centre under three names; each is accompanied, one has a public offer."""
    kept, second, third = (advice.daycare(name) for name in ("Kita Regenpfeifer", "Kita Sonnen-Weg", "Sonnenweg"))
    for partner in (kept, second, third):
        advice.accompanied(partner, people.as_staff)
    offer = offers.create_offer(
        second, story.content(at=[story.tuesdays(story.place())]), on=TODAY, actor=people.as_lead
    )
    offers.publish_offer(offer, on=TODAY, actor=people.as_lead)
    return kept, second, third


def merged(trio, people) -> list[PartnerMerge]:
    kept, *duplicates = trio
    return operations.merge_partners(kept, duplicates, reason="dreimal angelegt", on=TODAY, actor=people.as_lead)


def of(partner) -> set:
    return set(Accompaniment.objects.filter(partner=partner).values_list("pk", flat=True))


def test_one_institution_kept_thrice_becomes_one_with_all_that_hangs_on_it(trio, people):
    kept, second, _third = trio
    before = [of(one) for one in trio]
    assert search.search("offer", "Regenpfeifer").total == 0

    merges = merged(trio, people)

    assert of(kept) == set.union(*before)
    assert Offer.objects.get().partner == kept
    assert search.search("offer", "Regenpfeifer").ids == (Offer.objects.get().pk,)
    assert set(queries.institutions_visible_to(people.as_staff)) & set(trio) == {kept}
    assert [merge.moved["advising.Accompaniment.partner"] for merge in merges] == [list(one) for one in before[1:]]
    with pytest.raises(operations.EndedInstitution, match="Kita Regenpfeifer"):
        advice.accompanied(second, people.as_staff)
    assert audit.verify() == []


def test_undoing_puts_back_exactly_what_was_moved_and_leaves_what_came_since(trio, people):
    kept, second, third = trio
    before = [of(one) for one in trio]
    merges = merged(trio, people)
    later = advice.accompanied(kept, people.as_staff)

    operations.undo_merge(merges[0], on=TODAY, actor=people.as_lead)

    assert [of(kept), of(second), of(third)] == [before[0] | before[2] | {later.pk}, before[1], set()]
    assert Offer.objects.get().partner == second
    assert Partner.objects.get(pk=second.pk).organisation.valid_until is None
    assert second in queries.institutions_visible_to(people.as_staff)
    with pytest.raises(operations.CannotUndo, match="schon aufgehoben"):
        operations.undo_merge(merges[0], on=TODAY, actor=people.as_lead)


def test_undoing_is_refused_where_what_was_moved_has_gone_elsewhere_and_says_what(trio, people):
    kept, _second, _third = trio
    first, _other = merged(trio, people)
    elsewhere = advice.daycare("Kita Waldrand")
    [moved] = first.moved["advising.Accompaniment.partner"]
    Accompaniment.objects.filter(pk=moved).update(partner=elsewhere)

    with pytest.raises(operations.CannotUndo, match=f"Begleitungen: inzwischen woanders .Nr. {moved}"):
        operations.undo_merge(first, on=TODAY, actor=people.as_lead)
    Accompaniment.objects.filter(pk=moved).update(partner=kept)
    operations.merge_partners(elsewhere, [kept], reason="doch dieselbe", on=TODAY, actor=people.as_lead)
    with pytest.raises(operations.CannotUndo, match="Kita Waldrand"):
        operations.undo_merge(first, on=TODAY, actor=people.as_lead)

    assert PartnerMerge.objects.filter(undone_on=None).count() == 3


def test_what_cannot_be_merged_is_refused_and_nothing_moves(trio, people):
    kept, second, third = trio
    foreign, with_account = advice.daycare(key="05978"), advice.daycare("Kita mit Konto")
    cast.member(Role.PROVIDER_MEMBER, with_account.organisation)
    refused = [
        ([kept], "andere"),
        ([], "andere"),
        ([foreign], "desselben Zentrums"),
        ([with_account], "Kita mit Konto"),
    ]
    for duplicates, words in refused:
        with pytest.raises(operations.CannotMerge, match=words):
            operations.merge_partners(kept, duplicates, reason="x", on=TODAY, actor=people.as_lead)
    operations.merge_partners(kept, [third], reason="x", on=TODAY, actor=people.as_lead)
    with pytest.raises(operations.CannotMerge, match="schon zusammengeführt"):
        operations.merge_partners(second, [third], reason="x", on=TODAY, actor=people.as_lead)

    assert PartnerMerge.objects.count() == 1
    assert len(of(second)) == 1


@pytest.mark.postgres
def test_where_only_one_of_two_can_stand_both_are_named_and_nothing_moves(trio, people):
    kept, second, _third = trio
    for partner in (kept, second):
        ConfirmationRequest.objects.create(partner=partner, asked_on=TODAY)

    with pytest.raises(operations.CannotMerge, match="Rückfragen an den Anbieter"):
        operations.merge_partners(kept, [second], reason="x", on=TODAY, actor=people.as_lead)

    assert len(of(second)) == 1
    assert not PartnerMerge.objects.exists()
