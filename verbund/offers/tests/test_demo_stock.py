"""The made-up stock of offers: large, over all centres, marked, whole, the same each time, and gone when removed."""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Count, Q
from django.test.utils import CaptureQueriesContext

from verbund.directory.demo import MAIL_DOMAIN, World
from verbund.directory.models import Centre, District, Organisation, Partner
from verbund.offers import demo
from verbund.offers.calculations import age_in_days
from verbund.offers.content import OfferContent
from verbund.offers.demo import EXAMPLE
from verbund.offers.demo_data import PARTNER_KINDS, kinds_by_need, translations
from verbund.offers.demo_data.hours import PATTERNS
from verbund.offers.demo_data.network import ALWAYS
from verbund.offers.lifecycle import OfferStatus, Stage
from verbund.offers.models import (
    EASY,
    Closure,
    DateChange,
    Language,
    Occurrence,
    Offer,
    OfferAtPlace,
    OfferLanguage,
    OfferText,
    Place,
    Proposal,
    Slot,
    Term,
)
from verbund.offers.tests import story
from verbund.portal import demo as whole

TODAY = story.TODAY
NEAR = Decimal("0.005")  # degrees: some 500 metres
PAIRS = Path(__file__).with_name("recall_pairs.csv")
WRITTEN = (Offer, OfferText, OfferAtPlace, Slot, DateChange, Closure, OfferLanguage, Place, Partner)


@pytest.fixture
def stock(db):
    demo.load(World(on=TODAY))


SAID: list = []


def told(said):
    """Something to be said of the stock; all of it is looked at in one loaded stock."""
    SAID.append(said)
    return said


def rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def all_kinds():
    return [kind for kinds in kinds_by_need().values() for kind in kinds]


@told
def there_are_some_1200_entries_by_some_350_partners_at_some_500_places():
    assert 1_150 <= Offer.objects.count() <= 1_250
    assert 330 <= Partner.objects.count() <= 370
    assert 450 <= Place.objects.count() <= 550
    assert set(Partner.objects.values_list("kind", flat=True)) == set(Partner.Kind)


@told
def everybody_sees_at_least_twelve_entries_of_each_centre_for_each_need():
    public = Q(partners__offers__status=OfferStatus.PUBLISHED)
    counts = Centre.objects.annotate(offers=Count("partners__offers", filter=public, distinct=True))
    assert min(counts.values_list("offers", flat=True)) >= 12
    for centre in counts:
        needs = Term.objects.filter(kind="NEED", offers__partner__centre=centre).distinct()
        assert needs.count() == 8, centre
    largest = counts.order_by("-population").first()
    assert largest.offers > 3 * 12


@told
def each_need_is_met_in_each_regierungsbezirk():
    regions = set(District.objects.values_list("region", flat=True))
    assert len(regions) == 5
    for need in Term.objects.filter(kind=Term.Kind.NEED):
        met = Offer.objects.filter(terms=need, status=OfferStatus.PUBLISHED)
        assert set(met.values_list("partner__centre__carrier__district__region", flat=True)) == regions, need


@told
def every_record_is_whole_no_text_longer_than_its_field_and_all_constraints_hold():
    wrong = []
    for model in WRITTEN:
        references = [one.name for one in model._meta.fields if one.is_relation]
        for row in model.objects.all():
            try:
                row.clean_fields(exclude=references)
            except ValidationError as error:
                wrong.append(f"{model.__name__} {row}: {error}")
    assert not wrong, "\n".join(wrong[:20])
    for offer in Offer.objects.all()[:40]:
        offer.full_clean()


@told
def a_protected_place_has_no_address_and_its_title_does_not_tell_it():
    protected = Place.objects.filter(is_protected=True)
    assert protected.count() >= 10
    assert not protected.exclude(street="", postcode="", directions="", latitude=None, longitude=None).exists()
    for at in OfferAtPlace.objects.filter(place__in=protected).select_related("offer", "place"):
        assert at.place.name.removesuffix(" (Vorführung)") not in at.offer.title
        assert not at.room


@told
def whatever_is_made_up_says_so():
    assert not Offer.objects.filter(is_demo=False).exists()
    assert not Place.objects.exclude(is_demo=True, name__endswith="(Vorführung)").exists()
    organisations = Organisation.objects.filter(partner__isnull=False)
    assert not organisations.exclude(is_demo=True, name__endswith="(Vorführung)").exists()
    assert not organisations.exclude(name__regex=r"(Muster|Beispiel|muster|beispiel)").exists()
    assert len(set(organisations.values_list("name", flat=True))) == organisations.count()


@told
def nobody_real_is_called_written_to_or_linked():
    for model in (Offer, Partner):
        assert not model.objects.exclude(phone__startswith="0221 4710-").exists()
        assert not model.objects.exclude(Q(email="") | Q(email__endswith=MAIL_DOMAIN)).exists()
        assert not model.objects.exclude(Q(website="") | Q(website__startswith="https://demo.invalid/")).exists()
    assert not OfferAtPlace.objects.exclude(Q(phone="") | Q(phone__startswith="0221 4710-")).exists()


@told
def entries_differ_from_each_other():
    said = Counter(Offer.objects.values_list("title", "summary", "description"))
    assert len(said) / said.total() > 0.9
    in_centre = Counter(Offer.objects.values_list("partner__centre", "title"))
    assert max(in_centre.values()) == 1


@told
def places_lie_near_a_point_of_their_postcode_in_a_town_of_their_centre():
    for place in Place.objects.filter(is_protected=False).select_related("municipality", "centre__carrier"):
        points = place.municipality.postcodes.filter(code=place.postcode)
        assert any(
            abs(point.latitude - place.latitude) < NEAR and abs(point.longitude - place.longitude) < NEAR
            for point in points
        ), place
        carrier = place.centre.carrier
        assert place.municipality.district_id == carrier.district_id
        assert carrier.municipality_id in {None, place.municipality_id}


@told
def an_entry_is_held_at_places_of_its_own_centre_by_a_partner_of_that_kind():
    for at in OfferAtPlace.objects.exclude(place=None).select_related("place", "offer__partner"):
        assert at.place.centre_id == at.offer.partner.centre_id
    by = {kind.code: kind.by for kind in all_kinds()}
    for key, partner_kind in Offer.objects.values_list("external_key", "partner__kind"):
        assert partner_kind in by[key.split(":")[0]]


@told
def combinations_make_sense():
    for_children = Offer.objects.filter(external_key__startswith="hausaufgabenhilfe:")
    assert for_children.exists()
    assert not Slot.objects.filter(at__offer__in=for_children).exclude(in_school_holidays=False, opens__hour__gte=13)
    groups = Slot.objects.filter(at__offer__external_key__startswith="griffbereit:")
    assert groups.exists()
    assert not groups.filter(opens__hour__gte=11).exists()
    women_only = Offer.objects.filter(is_women_only=True)
    assert not women_only.exclude(terms__code__in=["women", "young-people"]).exists()
    assert not Offer.objects.filter(is_free=True, amount_fee__isnull=False).exists()


@told
def there_is_every_sort_of_hours_and_of_dates():
    assert set(Slot.objects.values_list("rhythm", flat=True)) == set(Slot.Rhythm.values)
    assert set(DateChange.objects.values_list("kind", flat=True)) == set(DateChange.Kind.values)
    assert Closure.objects.exists()
    assert set(Slot.objects.values_list("by_appointment", flat=True)) == {True, False}
    assert set(Slot.objects.values_list("in_school_holidays", flat=True)) == {True, False}
    assert OfferLanguage.objects.filter(slot__isnull=False).exists()
    assert OfferAtPlace.objects.filter(is_remote=True).count() > 30
    assert not Occurrence.objects.filter(day__lt=TODAY).exists()
    assert Occurrence.objects.values("at__offer").distinct().count() > 900


@told
def checks_age_honestly_over_eighteen_months_and_some_entries_were_never_checked():
    public = Offer.objects.filter(status=OfferStatus.PUBLISHED)
    ages = [age_in_days(offer.checked_on, TODAY) for offer in public]
    known = [age for age in ages if age is not None]
    assert max(known) > 480
    assert min(known) < 14
    assert max(known) < 550
    assert set(public.filter(checked_on=None).values_list("checked_how", flat=True)) == {Offer.Checked.IMPORT}
    assert not any(offer.checked_on and offer.checked_on < offer.published_on for offer in public)


@told
def every_status_and_stage_occurs_and_an_evaluated_offer_says_what_was_found():
    assert set(Offer.objects.values_list("status", flat=True)) == set(OfferStatus.values)
    assert set(Offer.objects.values_list("stage", flat=True)) == set(Stage.values)
    for offer in Offer.objects.filter(stages__isnull=False).distinct().prefetch_related("stages"):
        steps = list(offer.stages.all())
        assert steps[-1].stage == offer.stage
        assert all(step.evaluation for step in steps[1:])
        assert all(step.began_on <= TODAY for step in steps)


@told
def translations_are_unchecked_and_some_are_outdated():
    assert set(OfferText.objects.filter(language=EASY).values_list("checked_by_function", flat=True)) <= {EXAMPLE, ""}
    texts = OfferText.objects.exclude(language=EASY).select_related("offer")
    assert not texts.exclude(checked_on=None).exists()
    assert not texts.filter(origin=OfferText.Origin.HUMAN).exists()
    kinds = {code: len(of_kinds) for code, of_kinds in translations().items()}
    assert kinds["en"] >= 40
    assert kinds["ar"] >= 40
    assert kinds["tr"] >= 15
    assert kinds["uk"] >= 15
    assert {text.source_sha256 == text.offer.text_sha256() for text in texts} == {True, False}


@told
def what_is_stored_can_be_read_edited_and_kept_as_any_other_entry():
    for offer in Offer.objects.order_by("pk")[::50]:
        content = OfferContent.of(offer)
        assert content.terms
        assert content.at
        assert OfferContent.from_data(content.as_data()).differences(content) == {}


@told
def building_blocks_hang_together():
    kinds = all_kinds()
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert all(len(of_need) >= 15 for of_need in kinds_by_need().values())
    assert {kind.when for kind in kinds} <= {*PATTERNS, "holidays"}
    assert all(set(kind.by) & set(ALWAYS) for kind in kinds), "some centre has nobody who could offer it"
    assert {name for kind in kinds for name in kind.by} == set(PARTNER_KINDS.values())
    known = set(Term.objects.values_list("kind", "code"))
    assert {term for kind in kinds for term in kind.terms} <= known
    codes = {kind.code for kind in kinds}
    assert all(set(of_kinds) <= codes for of_kinds in translations().values())
    assert {key.split(":")[0] for key in Offer.objects.values_list("external_key", flat=True)} == codes


@told
def the_pairs_for_the_recall_test_name_kinds_that_are_there_in_every_language():
    with PAIRS.open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file))
    assert len(pairs) >= 160
    assert len({(pair["query"], pair["kind"]) for pair in pairs}) == len(pairs)
    assert all(pair["why"] for pair in pairs)
    assert {pair["kind"] for pair in pairs} <= {kind.code for kind in all_kinds()}
    assert {pair["language"] for pair in pairs} == {"de", "en", "ar", "tr", "uk"}
    assert set(Language.objects.filter(pk__in={pair["language"] for pair in pairs}).values_list("pk", flat=True))
    public = Offer.objects.filter(status=OfferStatus.PUBLISHED)
    there = {key.split(":")[0] for key in public.values_list("external_key", flat=True)}
    assert {pair["kind"] for pair in pairs} <= there


@pytest.mark.postgres
def test_what_is_said_above_is_true_of_the_stock(stock, subtests):
    for said in SAID:
        with subtests.test(said.__name__):
            said()


def contents() -> list[tuple]:
    return [
        (
            offer.uid,
            offer.external_key,
            offer.partner.organisation.name,
            repr(OfferContent.of(offer).as_data()["values"]),
        )
        for offer in Offer.objects.order_by("external_key").select_related("partner__organisation")[::10]
    ]


def test_loading_again_changes_nothing_and_loading_anew_makes_the_same(stock):
    before, counted = contents(), rows()
    demo.load(World(on=TODAY))
    assert rows() == counted
    demo.remove()
    demo.load(World(on=TODAY))
    assert contents() == before


@pytest.mark.postgres
def test_removal_leaves_nothing_also_in_the_search_and_names_what_it_deletes(db):
    before = rows()
    demo.load(World(on=TODAY))
    assert rows()["core.SearchEntry"] > before["core.SearchEntry"] + 1_000
    entry = Offer.objects.filter(is_demo=True).select_related("partner__centre").first()
    Proposal.objects.create(
        centre=entry.partner.centre, offer=entry, title="Sprachcafé", organisation_name="Verein",
        organisation_kind="CLUB", content={}, submitted_on=TODAY, due_on=TODAY,
    )  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        demo.remove()
    deleted = [one["sql"] for one in asked if 'DELETE FROM "offers_' in one["sql"]]
    assert len(deleted) > 10
    assert [sql[:200] for sql in deleted if "SELECT" in sql] == []
    after = {name: count for name, count in rows().items() if count != before[name]}
    assert not after


def test_a_made_up_place_that_a_real_entry_uses_and_the_entry_stay(stock, member, acting):
    where = Place.objects.filter(centre__key="05122", is_protected=False).first()
    real = Offer.objects.create(partner=story.partner(), title="Echt", summary="Ein Eintrag eines wirklichen Vereins")
    OfferAtPlace.objects.create(offer=real, place=where)
    demo.remove()
    assert list(Offer.objects.all()) == [real]
    assert list(Place.objects.all()) == [where]


def test_people_of_the_demonstration_have_entries_of_their_own_house(db):
    whole.load()
    for code in ("VF-BRUECKE", "VF-ANKER"):
        assert Offer.objects.filter(partner__organisation__code=code, status=OfferStatus.PUBLISHED).exists()


def test_words_for_isolation_tests_go_into_the_stock_but_never_into_a_protected_address(db, tmp_path):
    whole.load(canaries=tmp_path / "words.json")
    assert Offer.objects.filter(description__contains="kanari").count() == Offer.objects.count()
    assert not Place.objects.filter(is_protected=True).exclude(street="", directions="").exists()
    assert Place.objects.filter(is_protected=False, directions__contains="kanari").exists()
