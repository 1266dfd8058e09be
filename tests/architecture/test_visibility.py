"""Who sees what, as a table. Every function has its place in every row; who is in none sees nothing.

A new kind of record gets a row here, with its query and its page. What somebody may not see does not exist for them:
it is in no list, and its page answers 404.
"""

import math
from datetime import timedelta

import pytest
from django.db.models import Q
from django.urls import reverse

from verbund.accounts.roles import Role
from verbund.advising.tests import visibility as advising_records
from verbund.advising.tests import visibility_work as advising_work
from verbund.core import deadlines
from verbund.core.acting import ANONYMOUS
from verbund.core.dates import today
from verbund.core.models import Deadline
from verbund.directory import queries as directory
from verbund.directory.models import Centre, Membership, Organisation, Partner
from verbund.directory.people import queries as people
from verbund.funding import queries as funding
from verbund.funding.models import (
    BudgetTitle,
    Decision,
    Drawdown,
    GrantApplication,
    GrantNotice,
    PaymentList,
    ProofOfUse,
    RecipientAccount,
    RetentionRun,
)
from verbund.offers import queries as offers
from verbund.offers.models import EASY, MissedSearch, Offer, OfferText, Proposal
from verbund.offers.proposals import queries as proposals
from verbund.offers.tests import story
from verbund.offers.words import missing
from verbund.offers.words import queries as words
from verbund.portal import demo
from verbund.staffing import queries as staffing
from verbund.staffing.models import Occupancy, Post

OF_EACH = 5
"""So many records that someone sees, and so many they do not see, are opened of a kind; queries are tried on all."""
NOBODY = frozenset()
EVERYBODY = frozenset(Role)
OWN_HOUSE = {Role.CENTRE_STAFF, Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY}
CENTRE = {Role.CENTRE_STAFF, Role.CENTRE_LEAD}
PROVIDER = {Role.PROVIDER_MEMBER}
AUTHORITY = {Role.GRANT_OFFICER, Role.GRANT_APPROVER, Role.CASHIER}
COORDINATION = {Role.COORDINATOR, Role.CONTROLLER}
PROVERS = {Role.CENTRE_LEAD, Role.SIGNATORY, Role.TREASURY}
MINISTRIES = {Role.MINISTRY_READER, Role.MINISTRY_APPROVER}
OUTSIDE_READERS = AUTHORITY | COORDINATION | MINISTRIES


def every(_actor) -> Q:
    return Q()


def of_own_carrier(path: str):
    return lambda actor: Q(**{f"{path}carrier_id": actor.carrier_id}) if actor.carrier_id else Q(pk__in=[])


def submitted(path: str):
    return but_for_the_school_unit(lambda _actor: Q(**{f"{path}received_on__isnull": False}))


def but_for_the_school_unit(part):
    """The coordination unit for schools reads only the field of education: no base grants."""
    return lambda actor: Q(pk__in=[]) if is_of_school_unit(actor) else part(actor)


def is_of_school_unit(actor) -> bool:
    return actor.role in COORDINATION and actor.field_of_work == "EDUCATION"


def with_the_authority(_actor) -> Q:
    return ~Q(status__in=["DRAFT", "AWAITING_SIGNATURE", "RETURNED"])


def of_own_house(actor) -> Q:
    return people.own_organisations(actor, prefix="organisation__")


def published(_actor) -> Q:
    return Q(status__in=["PUBLISHED", "PAUSED"])


def of_own_centre(actor) -> Q:
    return Q(partner__centre=actor.organisation_id)


def of_same_centre(actor) -> Q:
    return Q(centre=actor.organisation_id)


def of_own_partner(actor) -> Q:
    return Q(partner=actor.organisation_id)


def of_public_offers(_actor) -> Q:
    return Q(offer__status__in=["PUBLISHED", "PAUSED"])


def of_offers_of_own_centre(actor) -> Q:
    return Q(offer__partner__centre=actor.organisation_id) & ~Q(offer__status="ENDED") & ~Q(language=EASY)


def of_own_district(actor) -> Q:
    centre = Centre.objects.select_related("carrier").get(pk=actor.organisation_id)
    return Q(district=None) | Q(district=centre.carrier.district_id)


def without_hearings(_actor) -> Q:
    """Of a hearing know only carrier and authority (§ 28 VwVfG NRW)."""
    return ~Q(subject_type="funding.Hearing")


def of_platform(actor) -> Q:
    """Data protection officers of platform and authority; a carrier's officer sees no files of others."""
    return Q() if actor.carrier_id is None and is_of_platform(actor) else Q(pk__in=[])


def is_of_platform(actor) -> bool:
    house = Organisation.objects.filter(pk=actor.organisation_id or 0)
    authority = Q(parts__kind=Organisation.Kind.GRANTING_AUTHORITY)
    return house.filter(Q(kind=Organisation.Kind.OPERATOR) | authority).exists()


def of_own_carrier_or_of_all_centres(actor) -> Q:
    return Q(organisation_id__in=[actor.carrier_id, 0])


ROWS = {
    # what: (model, query, page, {what part of it: the functions that see that part})
    "centres": (Centre, directory.centres_visible_to, None, {every: EVERYBODY}),
    "applications": (
        GrantApplication,
        funding.applications_visible_to,
        "funding:application",
        {of_own_carrier(""): OWN_HOUSE, submitted(""): OUTSIDE_READERS},
    ),
    "decisions before the notice": (
        Decision,
        funding.decisions_visible_to,
        "funding:decision",
        {every: AUTHORITY},
    ),
    "notices": (
        GrantNotice,
        funding.notices_visible_to,
        "funding:notice",
        {of_own_carrier("decision__application__"): OWN_HOUSE, but_for_the_school_unit(every): OUTSIDE_READERS},
    ),
    "notices as documents": (
        GrantNotice,
        funding.notices_visible_to,
        "funding:notice-document",
        {of_own_carrier("decision__application__"): OWN_HOUSE, but_for_the_school_unit(every): OUTSIDE_READERS},
    ),
    "notices with the offers they pay for": (
        GrantNotice,
        funding.notices_visible_to,
        "offers:paid-by-notice",
        {of_own_carrier("decision__application__"): OWN_HOUSE, but_for_the_school_unit(every): OUTSIDE_READERS},
    ),
    "payouts": (
        Drawdown,
        funding.drawdowns_visible_to,
        None,
        {of_own_carrier("notice__decision__application__"): OWN_HOUSE, but_for_the_school_unit(every): OUTSIDE_READERS},
    ),
    "bank accounts": (
        RecipientAccount,
        funding.accounts_visible_to,
        None,
        {of_own_carrier(""): {Role.SIGNATORY, Role.TREASURY}, every: AUTHORITY},
    ),
    "payment lists": (PaymentList, funding.payment_lists_visible_to, "funding:payment-list", {every: AUTHORITY}),
    "deadlines": (
        Deadline,
        deadlines.visible_to,
        "portal:deadline",
        {
            of_own_carrier_or_of_all_centres: OWN_HOUSE,
            every: AUTHORITY,
            but_for_the_school_unit(without_hearings): COORDINATION | MINISTRIES,
        },
    ),
    "proofs of use": (
        ProofOfUse,
        funding.proofs_visible_to,
        "funding:proof",
        {of_own_carrier("application__"): PROVERS, with_the_authority: AUTHORITY},
    ),
    "runs that delete files": (
        RetentionRun,
        funding.retention_runs_visible_to,
        "funding:retention-run",
        {every: {Role.GRANT_OFFICER, Role.GRANT_APPROVER, Role.OPERATOR}, of_platform: {Role.DATA_PROTECTION_OFFICER}},
    ),
    "budget titles": (BudgetTitle, funding.titles_visible_to, "funding:title", {every: AUTHORITY | MINISTRIES}),
    "offers": (
        Offer,
        offers.offers_visible_to,
        None,
        {published: EVERYBODY, of_own_centre: CENTRE, of_own_partner: PROVIDER, every: COORDINATION},
    ),
    "offers one keeps": (
        Offer,
        offers.kept_offers,
        "offers:kept-offer",
        {of_own_centre: CENTRE, of_own_partner: PROVIDER},
    ),
    "translations to check": (
        OfferText,
        words.texts_visible_to,
        "offers:text",
        {of_public_offers: {Role.TRANSLATION_REVIEWER}, of_offers_of_own_centre: CENTRE},
    ),
    "searches in vain": (
        MissedSearch,
        lambda actor: missing.missed_visible_to(actor, on=today()),
        None,
        {every: COORDINATION | {Role.MINISTRY_READER}, of_own_district: CENTRE},
    ),
    "proposals": (
        Proposal,
        proposals.proposals_visible_to,
        "offers:proposal",
        {of_same_centre: CENTRE},
    ),
    "posts one by one": (
        Post,
        staffing.posts_visible_to,
        None,
        {of_own_carrier("centre__"): OWN_HOUSE, every: AUTHORITY},
    ),
    "who holds a post": (
        Occupancy,
        staffing.occupancies_visible_to,
        None,
        {of_own_carrier("post__centre__"): OWN_HOUSE},
    ),
    **advising_records.ROWS,
    **advising_work.ROWS,
    "functions of people": (
        Membership,
        people.memberships_visible_to,
        None,
        {every: {Role.OPERATOR}, of_own_house: EVERYBODY - {Role.OPERATOR}},
    ),
}


@pytest.fixture
def cast(db) -> list[Membership]:
    """The people of the demonstration world: every function, several centres."""
    demo.load()
    make_drafts()
    return list(Membership.objects.filter(user__is_demo=True).select_related("user", "organisation__centre"))


def make_drafts() -> None:
    """Make entries nobody else may see: of two centres, and of every organisation that keeps its own."""
    partners = [story.partner("05122"), story.partner("05978")]
    for membership in Membership.objects.filter(user__is_demo=True, role=Role.PROVIDER_MEMBER):
        usual = {"kind": Partner.Kind.CLUB, "centre": Centre.objects.get(key="05978")}
        partners.append(Partner.objects.get_or_create(organisation=membership.organisation, defaults=usual)[0])
    for partner in partners:
        draft = Offer.objects.create(partner=partner, title="Entwurf", summary="noch nicht öffentlich")
        OfferText.objects.create(offer=draft, language_id="en", title="Draft", summary="Not public yet")
        OfferText.objects.create(offer=draft, language_id=EASY, title="Entwurf", summary="Noch nicht", origin="HUMAN")
    for partner in partners[:2]:
        Proposal.objects.create(
            centre=partner.centre, title="Vorschlag", organisation_name="Verein", organisation_kind=Partner.Kind.CLUB,
            content=story.content().as_data(), submitted_on=today(), due_on=today(),
        )  # fmt: skip
    advising_work.make_hidden(partners)
    PaymentList.objects.create(number=1, made_on=today())
    RetentionRun.objects.create(proposed_on=today())
    advising_records.make_hidden()
    for district in ("05122", "05978", None):
        MissedSearch.objects.create(day=today(), words="nachtbus", language="de", district_id=district)


def expected(model, parts, actor) -> set:
    seen: set = set()
    for part, roles in parts.items():
        if actor.role in roles:
            seen |= set(model.objects.filter(part(actor)).values_list("pk", flat=True))
    return seen


def actor_of(membership):
    return directory.actor_for(membership.user, membership)


def test_everybody_sees_exactly_what_the_table_gives_them_and_a_visitor_the_public_row(cast):
    assert {membership.role for membership in cast} == set(Role)
    assert {what for what, (_model, query, _page, _parts) in ROWS.items() if query(ANONYMOUS).exists()} == {
        "centres",
        "offers",
        "topics",
    }
    wrong = []
    for what, (model, query, _page, parts) in ROWS.items():
        assert model.objects.exists(), f"nothing there to leak: {what}"
        for membership in cast:
            actor = actor_of(membership)
            seen = set(query(actor).values_list("pk", flat=True))
            if seen != expected(model, parts, actor):
                wrong.append(f"{what}: {membership} sees {len(seen)}, not {len(expected(model, parts, actor))}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_a_page_opens_for_those_who_see_the_record_and_does_not_exist_for_others(cast, client_of, member):
    wrong = []
    gone = member(Role.GRANT_OFFICER, valid_until=today() - timedelta(days=1))
    for membership in [gone, *one_of_each(cast)]:
        client = client_of(membership)
        actor = directory.actor_of_choice(membership.user, f"m{membership.pk}", on=today())
        for what, (model, _query, page, parts) in ROWS.items():
            may = expected(model, parts, actor)
            for pk in sample(model, may) if page else ():
                status = client.get(reverse(page, args=[pk])).status_code
                if status != (200 if pk in may else 404):
                    wrong.append(f"{what} {pk}: {status} for {membership}")
    assert not wrong, "\n" + "\n".join(wrong)


def sample(model, may: set) -> list:
    """Return some of the records that are seen and some of those that are not, spread over all; of few, every one."""
    ids = list(model.objects.order_by("-pk").values_list("pk", flat=True))
    parts = ([pk for pk in ids if (pk in may) is wanted] for wanted in (True, False))
    return [pk for part in parts for pk in part[:: math.ceil(len(part) / OF_EACH) or 1]]


def one_of_each(cast) -> list[Membership]:
    """Return one person of each function and kind of organisation, and of the functions of a centre one per centre."""
    first = {}
    for membership in cast:
        place = membership.organisation_id if membership.role in OWN_HOUSE else membership.organisation.kind
        first.setdefault((membership.role, place), membership)
    return list(first.values())
