"""The list from which a centre keeps its entries, with ten thousand of them: all in one centre, and spread over all."""

from bench.harness import Figures, Visitor, measure
from bench.offers_world import KEY, OFFERS, prepare
from bench.registry import operation
from tests.support import cast
from verbund.accounts.models import User
from verbund.accounts.roles import Role
from verbund.directory.models import Centre, Membership, Partner
from verbund.offers.models import Offer

STAFF = "pflege-messung@verbund.example"
OTHERS = {
    "by_title_ms": "sortierung=titel",
    "words_ms": "q=sprachcaf%C3%A9",
    "unchecked_ms": "ungeprueft=1",
    "without_dates_ms": "ohne-termine=1",
    "last_page_ms": "seite=200",
}


@operation("editor_list", limit="orm page", goal="≤ 15 SQL, ≤ 23 ms")
def editor_list() -> Figures:
    """The list as it opens; beside it other orders and filters, and a centre of usual size."""
    prepare()
    visitor = Visitor(_staff())
    usual = measure(lambda: visitor.get("/angebote/pflege/").expect(200))
    homes = dict(Partner.objects.filter(offers__external_key__startswith=KEY).values_list("pk", "centre_id"))
    Partner.objects.filter(pk__in=homes).update(centre=Centre.objects.get(key="05122"))
    try:
        figures = measure(lambda: visitor.get("/angebote/pflege/").expect(200), rows=OFFERS)
        others = {name: round(_cpu_of(visitor, query), 3) for name, query in OTHERS.items()}
    finally:
        for pk, centre in homes.items():
            Partner.objects.filter(pk=pk).update(centre=centre)
    own = Offer.objects.filter(partner__centre__key="05122").count()
    figures.more = {"usual_centre_ms": round(usual.cpu_ms, 3), "usual_centre_rows": own, **others}
    return figures


def _cpu_of(visitor: Visitor, query: str) -> float:
    return measure(lambda: visitor.get(f"/angebote/pflege/?{query}").expect(200), rounds=2, times=10).cpu_ms


def _staff() -> Membership:
    """Return the person of the measurement, made once."""
    found = Membership.objects.filter(user__email=STAFF).select_related("user").first()
    if found:
        return found
    user = User.objects.create_user(STAFF, cast.PASSWORD, display_name="Messung")
    return cast.member(Role.CENTRE_STAFF, user=user)
