"""Keeping entries on a phone: the list without account, the same list without network, the finder as an application."""

import pytest

from tests.support.browser import NARROW
from verbund.accounts.roles import Role
from verbund.core.dates import today
from verbund.offers import operations
from verbund.offers.tests.finder_world import publish

KEPT = """async () => {
    const found = [];
    for (const name of await caches.keys())
        for (const one of await (await caches.open(name)).keys()) found.push(one.url);
    return found;
}"""
ARE_KEPT = """async paths => {
    const isKept = path => caches.match(new URL(path, location.origin).href, {ignoreVary: true});
    const until = Date.now() + 15000;
    while (Date.now() < until) {
        if ((await Promise.all(paths.map(isKept))).every(Boolean)) return true;
        await new Promise(requestAnimationFrame);
    }
    return false;
}"""


@pytest.fixture
def entries(site, reference, member, acting):
    staff = acting(member(Role.CENTRE_STAFF))
    return [publish(staff, title=title) for title in ("Sprachcafé", "Nähkurs", "Lesekreis")]


def save(page, *titles):
    for title in titles:
        page.get_by_role("button", name=f"Merken: {title}", exact=True).click()


IS_GONE = """async (sign) => {
    for (const name of await caches.keys())
        for (const one of await (await caches.open(name)).keys()) if (one.url.includes(sign)) return false;
    return true;
}"""


def wait_until_kept(page, *paths):
    assert page.evaluate(ARE_KEPT, paths)


def pages_kept(page) -> set[str]:
    """Return the pages among what the browser keeps, without the site's name."""
    kept = (url.split("/", 3)[3] for url in page.evaluate(KEPT))
    return {path for path in kept if not path.startswith("static/") and "qr.svg" not in path}


def test_three_saved_entries_and_their_pages_are_read_without_network(site, entries, picture):
    second = entries[1]
    page = site.open("/angebote/", viewport=NARROW)
    save(page, "Sprachcafé", "Nähkurs", "Lesekreis")
    numbers = "-".join(str(one.pk) for one in entries)
    wait_until_kept(page, f"/merkliste/?e={numbers}", f"/merkliste/qr.svg?e={numbers}")
    wait_until_kept(page, *(f"{one.get_absolute_url()}{end}" for one in entries for end in ("", "qr.svg")))
    page.context.set_offline(True)

    page.click("[data-saved-link]")
    page.wait_for_url(f"**/merkliste/?e={numbers}")
    assert page.locator(".saved-entry__title").all_inner_texts() == ["Sprachcafé", "Nähkurs", "Lesekreis"]
    assert page.get_by_text("Ohne Netz – Stand").is_visible()
    picture(page, "merkliste-ohne-netz")
    page.click(f'[data-leaves-out="{second.pk}"]')
    page.wait_for_url(f"**/merkliste/?e={entries[0].pk}-{entries[2].pk}")
    assert page.locator(".saved-entry__title:visible").all_inner_texts() == ["Sprachcafé", "Lesekreis"]
    page.get_by_role("link", name="Lesekreis", exact=True).click()
    page.wait_for_url(f"**{entries[2].get_absolute_url()}")
    assert page.locator("h1").inner_text() == "Lesekreis"
    assert page.get_by_text("Ohne Netz – Stand").is_visible()
    page.goto(site.url + "/angebote/?was=Nähen")
    assert page.locator("h1").inner_text() == "Ohne Netz"


def test_with_network_again_the_newest_state_is_shown(site, entries, member, acting):
    page = site.open("/angebote/", viewport=NARROW)
    save(page, "Sprachcafé", "Nähkurs")
    address = f"/merkliste/?e={entries[0].pk}-{entries[1].pk}"
    wait_until_kept(page, address)
    operations.end_offer(entries[0], reason="Kurs zu Ende", on=today(), actor=acting(member(Role.CENTRE_STAFF)))

    page.goto(site.url + address)
    assert page.get_by_text("Dieses Angebot ist beendet.").is_visible()
    assert not page.get_by_text("Ohne Netz – Stand").is_visible()


def test_a_page_of_somebody_who_signed_in_is_never_kept(site, entries, member):
    page = site.open("/angebote/", viewport=NARROW, member=member(Role.CENTRE_STAFF))
    save(page, "Sprachcafé")
    wait_until_kept(page, f"/merkliste/?e={entries[0].pk}")
    for path in ("/aufgaben/", "/angebote/?was=Kreis", entries[1].get_absolute_url(), "/angebote/pflege/"):
        page.goto(site.url + path)
        page.wait_for_load_state("networkidle")

    bodies = page.evaluate(
        """async () => {
            const texts = [];
            for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const one of await cache.keys()) texts.push(await (await cache.match(one)).text());
            }
            return texts;
        }"""
    )
    assert "Abmelden" in page.content()
    assert [text[:200] for text in bodies if "Abmelden" in text] == []
    assert not {path for path in pages_kept(page) if path.startswith(("aufgaben", "angebote/pflege"))}


def test_the_finder_can_be_installed_as_an_application(site, entries):
    page = site.open("/angebote/?sprache=ar", viewport=NARROW)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    tools = page.context.new_cdp_session(page)
    errors = tools.send("Page.getInstallabilityErrors")["installabilityErrors"]
    found = tools.send("Page.getAppManifest")

    assert [one["errorId"] for one in errors if one["errorId"] != "in-incognito"] == []
    assert found["errors"] == []
    assert '"dir": "rtl"' in found["data"]


def test_everything_is_removed_from_the_device_at_once(site, entries):
    page = site.open("/angebote/", viewport=NARROW)
    save(page, "Sprachcafé")
    wait_until_kept(page, f"/merkliste/?e={entries[0].pk}")
    page.click("[data-saved-link]")
    page.get_by_text("Alles von diesem Gerät löschen").click()
    page.get_by_role("link", name="Ja, löschen").click()

    page.get_by_text("Hier steht noch nichts.").wait_for()
    page.wait_for_function("localStorage.length === 0")
    page.wait_for_function(IS_GONE, arg=f"e={entries[0].pk}")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("language", ["de", "ar"])
def test_the_list_is_accessible_on_a_phone(site, entries, assert_accessible, picture, language, dark):
    end = f"sprache={language}"
    numbers = "-".join(str(one.pk) for one in entries)
    for name, address in {
        "merkliste": f"/merkliste/?e={numbers}-999999&{end}",
        "merkliste-leer": f"/merkliste/?{end}",
        "finder-merken": f"/angebote/?{end}",
        "angebot-merken": f"{entries[0].get_absolute_url()}?{end}",
        "ohne-netz": f"/merkliste/ohne-netz/?{end}",
    }.items():
        page = site.open(address, viewport=NARROW, dark=dark)
        assert_accessible(page)
        picture(page, f"{name}-{language}{'-dark' if dark else ''}")
