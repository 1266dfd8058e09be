"""What pays for what a centre did: shares of cost items that are one together, within the time of the notice."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.support import cast as cast_of
from verbund.accounts.roles import Role
from verbund.advising.accompaniments import operations as accompaniments
from verbund.advising.accompaniments.operations import StepFacts
from verbund.advising.cutting.operations import cut_passage
from verbund.advising.models import Accompaniment
from verbund.advising.networks.operations import describe_network, move_meeting
from verbund.advising.networks.operations.networks import NETWORK_FIELDS
from verbund.advising.openings.operations import agree_opening
from verbund.advising.tests import network_story as networks
from verbund.advising.tests import opening_story as openings
from verbund.core import audit
from verbund.core.versions import StaleVersion
from verbund.funding import operations, queries
from verbund.funding.models import Attribution
from verbund.funding.operations import NoSuchItem, OutsideGrantPeriod, Share, SharesNotOne
from verbund.funding.tests import story as grants
from verbund.offers import place_operations
from verbund.offers.models import Term
from verbund.offers.tests import story

pytestmark = pytest.mark.django_db
APRIL, MAY = date(2023, 4, 17), date(2023, 5, 8)
HALF, WHOLE = Decimal("0.5"), Decimal(1)


@pytest.fixture
def notice():
    return grants.final(grants.call_for(2023), grants.people(), amount="193500", on=APRIL)


@pytest.fixture
def staff(member):
    return member(Role.CENTRE_STAFF)


def advised(key: str = "05122", on: date = MAY) -> Accompaniment:
    partner = story.partner(key, kind="DAYCARE", name="Kita Sonnenweg")
    field = Term.objects.get(kind="FIELD", code="early-education")
    return Accompaniment.objects.create(
        centre=partner.centre, partner=partner, field=field, occasion="Elternarbeit", started_on=on
    )


def attribute(happening, *shares, actor, seen=None):
    sign = operations.sign_of(operations.shares_of(happening)) if seen is None else seen
    operations.attribute(happening, shares, seen=sign, actor=actor)


def test_half_a_post_and_half_other_money_pay_for_an_accompaniment(notice, staff, acting):
    happening, item = advised(), queries.cost_items_of(notice)[0]
    attribute(happening, Share(notice.pk, item, HALF), Share(None, "Haushalt der Stadt", HALF), actor=acting(staff))

    assert operations.shares_of(happening) == [Share(notice.pk, item, HALF), Share(None, "Haushalt der Stadt", HALF)]
    assert queries.attributed_sums(notice) == [{"item": item, "happenings": 1, "shares": Decimal("0.500000")}]
    assert [entry["what"] for entry in audit.history_of(happening)] == ["Kostenpositionen zugeordnet"]

    attribute(happening, actor=acting(staff))
    assert not Attribution.objects.exists()


def test_what_is_paid_bears_the_name_the_institution_bears_now(
    notice, staff, acting, django_capture_on_commit_callbacks
):
    happening, actor = advised(), acting(staff)
    attribute(happening, Share(notice.pk, queries.cost_items_of(notice)[0], WHOLE), actor=actor)
    partner = happening.partner
    values = {name: getattr(partner, name) for name in place_operations.PARTNER_FIELDS}
    with django_capture_on_commit_callbacks(execute=True):
        place_operations.edit_partner(partner, "Kita Regenbogen", values, seen=partner.version, actor=actor)
    assert Attribution.objects.get().title == "Kita Regenbogen: Elternarbeit"


def test_an_opening_is_paid_and_its_day_of_agreement_stays_within_the_grant(notice, staff, acting, client_of):
    cast, item = openings.people(), queries.cost_items_of(notice)[0]
    opening = openings.proposed(cast, on=APRIL)
    openings.goal(opening, cast)
    attribute(opening, Share(notice.pk, item, WHOLE), actor=acting(staff))
    assert item in client_of(staff).get(opening.get_absolute_url()).text
    outsider = client_of(cast_of.member(Role.CENTRE_STAFF, at="05978"))
    assert outsider.get(reverse("advising:opening-paid", args=[opening.pk])).status_code == 404

    how = {"agreement": "Wir öffnen uns.", "agreed_until": None, "actor": acting(staff)}
    with pytest.raises(OutsideGrantPeriod):
        agree_opening(opening, agreed_on=date(2024, 1, 2), on=date(2024, 1, 2), **how)
    agree_opening(opening, agreed_on=MAY, on=MAY, **how)
    assert Attribution.objects.get().happened_on == MAY


def test_meetings_that_are_paid_bear_the_name_the_network_bears_now(notice, staff, acting):
    actor = acting(staff)
    circle = networks.network(actor, valid_from=date(2023, 1, 1))
    meeting = networks.planned(circle, actor, day=MAY)
    attribute(meeting, Share(notice.pk, queries.cost_items_of(notice)[0], WHOLE), actor=actor)
    values = {name: getattr(circle, name) for name in NETWORK_FIELDS} | {"name": "Runder Tisch Arbeit"}
    describe_network(circle, **values, seen=circle.version, actor=actor)
    assert Attribution.objects.get().title.startswith("Runder Tisch Arbeit, ")


def test_a_name_cut_out_of_an_accompaniment_stands_no_longer_at_what_pays_for_it(notice, staff, acting):
    happening, actor = advised(), acting(staff)
    Accompaniment.objects.filter(pk=happening.pk).update(occasion="Familie Beispielnachname sucht einen Platz")
    happening.refresh_from_db()
    attribute(happening, Share(notice.pk, queries.cost_items_of(notice)[0], WHOLE), actor=actor)
    assert Attribution.objects.get().title == "Kita Sonnenweg: Familie Beispielnachname sucht einen Platz"

    cut_passage(happening, "Familie Beispielnachname", reason="Name", actor=actor)
    assert Attribution.objects.get().title == "Kita Sonnenweg: [entfernt] sucht einen Platz"

    earlier = StepFacts(done_on=APRIL, what="Erster Besuch")
    accompaniments.record_step(happening, earlier, on=MAY, actor=actor)
    assert Attribution.objects.get().happened_on == APRIL


def test_the_beginning_does_not_move_out_of_the_period_of_the_grant_that_pays(notice, staff, acting, client_of):
    happening, item, actor = advised(), queries.cost_items_of(notice)[0], acting(staff)
    attribute(happening, Share(notice.pk, item, WHOLE), actor=actor)
    before = StepFacts(done_on=date(2022, 12, 31), what="Erstes Gespräch")
    sentence = rf"Für den 31\.12\.2022 zahlt der Bescheid {re.escape(notice.file_reference)} nicht.*01\.01\.2023 bis"
    with pytest.raises(OutsideGrantPeriod, match=sentence):
        accompaniments.record_step(happening, before, on=MAY, actor=actor)
    step = accompaniments.record_step(happening, StepFacts(done_on=MAY, what="Besuch"), on=MAY, actor=actor)
    with pytest.raises(OutsideGrantPeriod):
        accompaniments.edit_step(step, before, seen=step.version, on=MAY, actor=actor)
    page = reverse("advising:accompaniment-edit", args=[happening.pk])
    form = client_of(staff).get(page).context["form"]
    typed = {name: form[name].value() or [] for name in form.fields} | {"started_on": "31.12.2022"}
    answer = client_of(staff).post(page, typed)
    assert (answer.status_code, "Ändern Sie zuerst, was es bezahlt." in answer.text) == (422, True)
    happening.refresh_from_db()
    assert (happening.started_on, Attribution.objects.get().happened_on) == (MAY, MAY)

    attribute(happening, Share(None, "Haushalt der Stadt", WHOLE), actor=actor)
    accompaniments.record_step(happening, before, on=MAY, actor=actor)
    assert Attribution.objects.get().happened_on == before.done_on


def test_a_meeting_a_grant_pays_for_is_not_moved_out_of_its_period(notice, staff, acting):
    actor, item = acting(staff), queries.cost_items_of(notice)[0]
    meeting = networks.planned(networks.network(actor, valid_from=date(2023, 1, 1)), actor, day=MAY)
    attribute(meeting, Share(notice.pk, item, WHOLE), actor=actor)
    values = {"begins": meeting.begins, "ends": meeting.ends, "place": meeting.place, "online_url": meeting.online_url}
    with pytest.raises(OutsideGrantPeriod):
        move_meeting(meeting, day=date(2024, 1, 8), seen=meeting.version, actor=actor, **values)
    move_meeting(meeting, day=date(2023, 12, 11), seen=meeting.version, actor=actor, **values)
    assert Attribution.objects.get().happened_on == date(2023, 12, 11)


def test_what_is_paid_bears_the_name_of_the_institution_it_was_merged_into_and_its_own_again(notice, member, acting):
    happening, lead = advised(), acting(member(Role.CENTRE_LEAD))
    attribute(happening, Share(notice.pk, queries.cost_items_of(notice)[0], WHOLE), actor=lead)
    kept = story.partner("05122", kind="DAYCARE", name="Städtische Kita Sonnenweg")
    [merge] = accompaniments.merge_partners(kept, [happening.partner], reason="doppelt", on=MAY, actor=lead)
    assert Attribution.objects.get().title == "Städtische Kita Sonnenweg: Elternarbeit"
    accompaniments.undo_merge(merge, on=MAY, actor=lead)
    assert Attribution.objects.get().title == "Kita Sonnenweg: Elternarbeit"


def test_what_does_not_add_up_or_does_not_belong_is_refused(notice, staff, acting):
    happening, item, actor = advised(), queries.cost_items_of(notice)[0], acting(staff)
    refused = [
        (SharesNotOne, [Share(notice.pk, item, HALF)]),
        (SharesNotOne, [Share(notice.pk, item, Decimal("1.5")), Share(None, "Spende", Decimal("-0.5"))]),
        (NoSuchItem, [Share(notice.pk, "erfundene Position", WHOLE)]),
        (NoSuchItem, [Share(notice.pk, item, HALF), Share(notice.pk, item, HALF)]),
    ]
    for error, shares in refused:
        with pytest.raises(error):
            attribute(happening, *shares, actor=actor)
    with pytest.raises(NoSuchItem):
        attribute(advised(on=date(2022, 12, 31)), Share(notice.pk, item, WHOLE), actor=actor)
    with pytest.raises(NoSuchItem):
        attribute(advised("05978"), Share(notice.pk, item, WHOLE), actor=actor)
    assert not Attribution.objects.exists()


def test_who_was_slower_overwrites_nothing(notice, staff, acting):
    happening, item, actor = advised(), queries.cost_items_of(notice)[0], acting(staff)
    seen = operations.sign_of([])
    attribute(happening, Share(notice.pk, item, WHOLE), actor=actor, seen=seen)
    with pytest.raises(StaleVersion):
        attribute(happening, Share(None, "Spende", WHOLE), actor=actor, seen=seen)


@pytest.mark.postgres
def test_the_database_refuses_the_same_item_twice_and_a_share_above_one(notice):
    happening = advised()
    row = {"centre": happening.centre, "happening": happening.happening_key, "happened_on": MAY, "title": "-"}
    Attribution.objects.create(**row, path="/", item="Spende", share=HALF)
    for wrong in ({"item": "Spende", "share": HALF}, {"item": "Stadt", "share": Decimal("1.1")}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attribution.objects.create(**row, path="/", **wrong)


def test_the_page_takes_shares_and_the_notice_shows_them_one_by_one_only_to_the_centre(
    notice, staff, member, client_of
):
    happening = advised()
    page = reverse("advising:accompaniment-paid", args=[happening.pk])
    client = client_of(staff)
    form = {
        "seen": operations.sign_of([]), "zahlt-TOTAL_FORMS": "2", "zahlt-INITIAL_FORMS": "0",
        "zahlt-0-item": f"{notice.pk}:0", "zahlt-0-share": "60", "zahlt-1-item": "OTHER", "zahlt-1-share": "30",
    }  # fmt: skip
    assert "Welches andere Geld" in client.get(page).text
    assert "Schreiben Sie, welches Geld es ist." in client.post(page, form).text
    form |= {"zahlt-1-other": "Haushalt der Stadt"}
    refused = client.post(page, form)
    assert (refused.status_code, "zusammen 90\u00a0%" in refused.text) == (422, True)
    assert client.post(page, form | {"zahlt-1-share": "40"}).status_code == 302
    assert "Haushalt der Stadt, 40\u00a0%" in client.get(happening.get_absolute_url()).text

    spent = reverse("funding:attributed", args=[notice.pk])
    shown = {role: client_of(member(role)).get(spent).text for role in (Role.TREASURY, Role.GRANT_OFFICER)} | {
        Role.CENTRE_STAFF: client.get(spent).text
    }
    assert {role: "Kita Sonnenweg" in text for role, text in shown.items()} == {
        Role.TREASURY: False, Role.GRANT_OFFICER: False, Role.CENTRE_STAFF: True,
    }  # fmt: skip
    assert all("0,60" in text for text in shown.values())


def test_another_centre_finds_neither_page_nor_amounts(notice, member, client_of):
    happening = advised()
    other = client_of(member(Role.CENTRE_STAFF, at="05978"))
    assert other.get(reverse("advising:accompaniment-paid", args=[happening.pk])).status_code == 404
    assert other.get(reverse("funding:attributed", args=[notice.pk])).status_code == 404
