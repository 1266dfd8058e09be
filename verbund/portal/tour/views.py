"""The page /rundgang/: the way of Solingen, then the five texts fact by fact, and how much of them is there."""

from django.template.loader import get_template
from django.urls import reverse
from django.views.decorators.http import require_safe

from verbund.core.demo_guard import is_demo_request
from verbund.core.permissions import public
from verbund.core.views import show
from verbund.portal.tour import facts, targets

COVERED, MISSING = "da", "offen"


@public
@require_safe
def tour(request):
    """The tour; `?stand=da` shows only what is there, `?stand=offen` only what is not yet."""
    state = request.GET.get("stand", "")
    state = state if state in {COVERED, MISSING} else ""
    links = _links(request.actor, is_demo=is_demo_request(request))
    coverage = facts.coverage()
    context = {
        "state": state,
        "filters": [("", coverage.total), (COVERED, coverage.covered), (MISSING, coverage.missing)],
        "coverage": coverage,
        "to_come": facts.to_come(),
        "way": [{"step": step, "links": _of(step, links)} for step in facts.way_of_solingen()],
        "texts": [{"text": text, "rows": _rows(text, state, links)} for text in facts.texts()],
    }
    return show(request, "portal/tour.html", context)


def _rows(text, state: str, links: dict[str, str]) -> list[dict]:
    wanted = {COVERED: (True,), MISSING: (False,)}.get(state, (True, False))
    return [{"fact": fact, "links": _of(fact, links)} for fact in text.facts if fact.is_covered in wanted]


def _of(row, links: dict[str, str]) -> list[str]:
    return [links[name] for name in row.screens]


def _links(actor, *, is_demo: bool) -> dict[str, str]:
    """Return every screen as the page shows it to an actor; rendered once, since most are named often."""
    names = facts.screens()
    screens = targets.Screens.load(names, is_demo=is_demo)
    found = {name: screens.target(name) for name in names}
    accounts = targets.accounts_for(one.role for one in found.values() if one.role) if is_demo else {}
    link, sign_in_url = get_template("portal/tour_link.html"), reverse("accounts:demo-sign-in")
    return {
        name: link.render({"link": _link(one, actor, accounts), "demo_sign_in_url": sign_in_url})
        for name, one in found.items()
    }


def _link(target, actor, accounts: dict) -> dict:
    """Return label, address and, in the demonstration, the account that opens the screen.

    Somebody signed in gets a link only where it opens for them; a visitor is asked to sign in.
    """
    account = accounts.get(target.role)
    is_own = bool(account and actor.is_signed_in and account["value"] == actor.user.pk)
    opens = is_own if account else target.may(actor)
    return {
        "label": target.label,
        "url": target.url,
        "is_link": opens or not actor.is_signed_in,
        "needs_account": not opens,
        "account": None if is_own else account,
    }
