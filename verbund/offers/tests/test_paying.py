"""Who pays for an offer: cost items of the centre's own notices, other money, shares that are one together."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.core.models import AuditEntry
from verbund.core.versions import StaleVersion
from verbund.funding.models import PlannedPost
from verbund.funding.tests import story as grants
from verbund.offers import operations
from verbund.offers.models import OfferFunding
from verbund.offers.paying.calculations import first_day_not_whole
from verbund.offers.paying.operations import ForeignNotice, Payer, SharesNotWhole, say_who_pays, sign_of, stored_payers
from verbund.offers.tests import story
from verbund.offers.tests.editing_story import rows
from verbund.programmes.models import Programme

pytestmark = pytest.mark.django_db
S = OfferFunding.Source
ITEM = f"Fachkraft 1 ({PlannedPost.Function.SOCIAL_EDUCATION.label})"


@pytest.fixture
def notice():
    """The grant of Solingen for 2023."""
    return grants.granted(grants.call_for(2023), grants.people(), amount="193500")


@pytest.fixture
def people(member):
    partner = story.partner()
    return {
        "partner": partner,
        "staff": member(Role.CENTRE_STAFF),
        "provider": member(Role.PROVIDER_MEMBER, partner.organisation),
        "other centre": member(Role.CENTRE_LEAD, at="05978"),
        "officer": member(Role.GRANT_OFFICER),
        "volunteer": member(Role.VOLUNTEER),
        "visitor": None,
    }


@pytest.fixture
def offer(people, acting):
    content, actor = story.content(at=[story.tuesdays(story.place())]), acting(people["staff"])
    made = operations.create_offer(people["partner"], content, on=today(), actor=actor)
    operations.publish_offer(made, on=today(), actor=actor)
    return made


@pytest.fixture
def say(offer, people, acting):
    """`say(payer, …)` writes down who pays, as the staff of the centre does."""

    def say_it(*payers, seen=None):
        seen = sign_of(stored_payers(offer)) if seen is None else seen
        say_who_pays(offer, payers, seen=seen, actor=acting(people["staff"]))

    return say_it


def post_of(notice, share="1", item=ITEM, **more) -> Payer:
    programme = notice.application.call.programme_id
    return Payer(S.PROGRAMME, programme_id=programme, notice_id=notice.pk, item=item, share=Decimal(share), **more)


def typed(client, offer, *given) -> dict:
    page = client.get(reverse("offers:payers", args=[offer.pk])).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]
    return {"seen": seen} | rows("zahlt", *given)


def test_staff_name_the_item_of_their_notice_and_other_money(notice, offer, people, client_of):
    client, address = client_of(people["staff"]), reverse("offers:payers", args=[offer.pk])
    half = {"payer": f"{notice.pk}:0", "share": "50", "valid_from": "01.01.2023", "valid_until": "31.12.2023"}
    city = half | {"payer": "MUNICIPAL", "share": "50,0", "note": "Haushalt der Stadt"}
    version = offer.version

    assert client.post(address, typed(client, offer, half, city)).status_code == 302
    assert stored_payers(offer) == [
        post_of(notice, "0.5", valid_from=date(2023, 1, 1), valid_until=date(2023, 12, 31)),
        Payer(S.MUNICIPAL, None, None, "Haushalt der Stadt", Decimal("0.5"), date(2023, 1, 1), date(2023, 12, 31)),
    ]
    page = client.get(reverse("offers:kept-offer", args=[offer.pk])).content.decode()
    assert f"{ITEM}, 50\u00a0%, 01.01.2023 bis 31.12.2023" in page
    assert f'href="{notice.get_absolute_url()}"' in page
    assert "kommunale Mittel: Haushalt der Stadt" in page
    said = AuditEntry.objects.get(verb="say_who_pays")
    assert notice.file_reference in said.changes["payers"][1]
    offer.refresh_from_db()
    assert offer.version == version  # who writes the texts meanwhile is not disturbed
    assert client.post(address, typed(client, offer, half, city)).status_code == 302
    assert AuditEntry.objects.filter(verb="say_who_pays").count() == 1


def test_who_may_say_it_and_who_reads_it_where(notice, offer, people, say, client_of):
    say(post_of(notice))
    write, read = reverse("offers:payers", args=[offer.pk]), reverse("offers:paid-by-notice", args=[notice.pk])
    before = list(OfferFunding.objects.values()), AuditEntry.objects.count()
    refused = {"provider": 403, "other centre": 404, "officer": 404, "volunteer": 404, "visitor": 403}
    readers = {"staff": 200, "officer": 200, "provider": 404, "other centre": 404, "volunteer": 404, "visitor": 302}

    answers = {who: client_of(people[who]).post(write, rows("zahlt", {"payer": "OWN"})).status_code for who in refused}
    assert answers == refused
    assert (list(OfferFunding.objects.values()), AuditEntry.objects.count()) == before
    assert {who: client_of(people[who]).get(read).status_code for who in readers} == readers
    assert ITEM in client_of(people["officer"]).get(read).content.decode()
    own_page = client_of(people["provider"]).get(reverse("offers:kept-offer", args=[offer.pk])).content.decode()
    assert "Angebot veröffentlicht" in own_page
    assert not [word for word in (ITEM, notice.file_reference, "wer das Angebot bezahlt") if word in own_page]


def test_a_draft_stays_hidden_from_who_reads_the_notice(notice, offer, people, say, client_of, acting):
    say(post_of(notice))
    operations.end_offer(offer, reason="vorbei", on=today(), actor=acting(people["staff"]))
    page = reverse("offers:paid-by-notice", args=[notice.pk])

    assert offer.title in client_of(people["staff"]).get(page).content.decode()
    assert offer.title not in client_of(people["officer"]).get(page).content.decode()


def test_the_public_reads_the_name_of_the_programme_and_nothing_more(notice, offer, say, client):
    own, year = "Eigenmittel des Vereins", {"valid_from": date(2023, 1, 1)}
    say(post_of(notice, "0.5", **year), Payer(S.OWN, item=own, share=Decimal("0.5"), **year))
    service = reverse("hsds:service", args=[offer.uid])
    answers = str(client.get(service).json()) + client.get(offer.get_absolute_url()).content.decode()

    assert [one["source"] for one in client.get(service).json()["funding"]] == [notice.application.call.programme.name]
    assert not [word for word in (ITEM, own, notice.file_reference) if word in answers]
    say(post_of(notice, valid_until=date(2023, 12, 31)))
    assert "funding" not in client.get(service).json()


def test_a_notice_of_another_centre_or_an_item_it_has_not_is_refused(notice, offer, say, people, client_of):
    foreign = grants.granted(grants.call_for(2023), grants.people("05978"), amount="193500", key="05978")
    other = Programme.objects.exclude(pk=notice.application.call.programme_id).first()
    wrong_programme = Payer(S.PROGRAMME, programme_id=other.pk, notice_id=notice.pk, item=ITEM)
    for payer in (post_of(foreign), post_of(notice, item="Dienstwagen"), wrong_programme):
        with pytest.raises(ForeignNotice):
            say(payer)
    client = client_of(people["staff"])
    sent = typed(client, offer, {"payer": f"{foreign.pk}:0"})
    assert client.post(reverse("offers:payers", args=[offer.pk]), sent).status_code == 422
    assert not OfferFunding.objects.exists()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([("OWN", "50"), ("DONATION", "40")], "ergeben die Anteile zusammen 90\u00a0%, nicht 100 %"),
        ([("OWN", "50"), ("DONATION", "")], "braucht jede Zeile ihren Anteil"),
        ([("OWN", "0")], "über 0"),
        ([("OWN", "-5")], "50 oder 33,33"),
        ([("", "50")], "Was bezahlt"),
        ([("programm:999999", "100")], "Was bezahlt"),
    ],
)
def test_shares_that_do_not_make_a_whole_are_refused_at_the_row(offer, people, client_of, given, sentence):
    client = client_of(people["staff"])
    sent = typed(client, offer, *({"payer": payer, "share": share, "valid_from": "1.1.2023"} for payer, share in given))
    answer = client.post(reverse("offers:payers", args=[offer.pk]), sent)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not OfferFunding.objects.exists()


def test_shares_are_one_on_every_day_on_which_somebody_pays(say):
    first, second = date(2023, 1, 1), date(2023, 7, 1)
    half = Decimal("0.5")
    gap = [
        Payer(S.OWN, share=half, valid_from=first),
        Payer(S.DONATION, share=half, valid_from=first, valid_until=second),
    ]

    assert first_day_not_whole([]) is None
    assert first_day_not_whole(gap) == (date(2023, 7, 2), half)
    assert first_day_not_whole([*gap, Payer(S.MUNICIPAL, share=half, valid_from=date(2023, 7, 2))]) is None
    with pytest.raises(SharesNotWhole, match=r"Ab dem 02\.07\.2023"):
        say(*gap)


def test_of_two_who_write_it_down_the_second_sees_what_the_first_wrote(offer, say, people, client_of):
    client = client_of(people["staff"])
    sent = typed(client, offer, {"payer": "OWN", "note": "Mitgliedsbeiträge"})
    say(Payer(S.DONATION, item="Bürgerstiftung"))
    answer = client.post(reverse("offers:payers", args=[offer.pk]), sent)

    assert answer.status_code == 409
    assert "Spenden: Bürgerstiftung" in answer.content.decode()
    assert "Mitgliedsbeiträge" in answer.content.decode()
    with pytest.raises(StaleVersion):
        say(Payer(S.OWN), seen="")


def test_the_page_of_a_notice_asks_as_much_for_three_offers_as_for_one(
    notice, offer, say, people, acting, client_of, django_assert_max_num_queries
):
    say(post_of(notice))
    client, page = client_of(people["officer"]), reverse("offers:paid-by-notice", args=[notice.pk])
    with django_assert_max_num_queries(30) as one:
        client.get(page)
    for _number in range(2):
        more = operations.create_offer(people["partner"], story.content(), on=today(), actor=acting(people["staff"]))
        OfferFunding.objects.create(offer=more, **vars(post_of(notice)))
    with django_assert_max_num_queries(len(one)):
        client.get(page)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "wrong",
    [
        {"source": "OWN", "programme": "any"},
        {"source": "PROGRAMME"},
        {"source": "OWN", "share": Decimal("1.5")},
        {"source": "OWN", "valid_from": date(2023, 2, 1), "valid_until": date(2023, 1, 1)},
    ],
)
def test_the_database_refuses_what_must_never_be_wrong(wrong, acting, member):
    offer = operations.create_offer(
        story.partner(), story.content(), on=today(), actor=acting(member(Role.CENTRE_STAFF))
    )
    values = wrong | ({"programme": Programme.objects.first()} if "programme" in wrong else {})
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferFunding.objects.create(offer=offer, **values)
