"""A real browser on the running platform: Debian's Chromium by Playwright, judged by axe and by its own console."""

import os
import shutil
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path

from django.conf import settings

from tests.support import cast

ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-dev-shm-usage",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TOLD = ["violations", "incomplete"]
"""Of what passes nothing is described; describing it takes three quarters of the time of a run."""
AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 812}
NARROW = {"width": 360, "height": 740}
LOOKS = ((DESKTOP, False), (PHONE, True))
"""On what a page is looked at unless a test wants more: a window in the light, a phone in the dark."""
EVERY_LOOK = tuple((viewport, dark) for viewport in (NARROW, DESKTOP) for dark in (False, True))
PATIENCE_MS = 15_000 if not os.environ.get("VERBUND_SLOW_LINE") else 60_000


LEADING_ON = ("click", "press", "goto", "go_back", "go_forward", "reload")
"""What a person does on a page that may lead to another one; Playwright knows them of pages and of places on them."""
SLOW = {"offline": False, "latency": 60, "downloadThroughput": 150_000, "uploadThroughput": 150_000}
"""A bad line, for VERBUND_SLOW_LINE=1: 60 ms on the way, 150 kB in a second. It shows which test looks too early."""
SLOWER = 6
"""How many times slower the browser computes then: what comes with the first painting comes late, as `autofocus`."""

PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The same browser without and with a window; without one it takes a third less time."""


def program() -> str | None:
    """Return the Chromium of this machine; None without one."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def teach_patience(*kinds) -> None:
    """Let each act of Playwright's `kinds` that leads to another page end when that page is there, not when it begins.

    Playwright itself comes back as soon as the first byte of the new page has arrived; what is asked then
    (`is_visible`, `count`, axe) would be answered of a page half read, more often the busier the machine is.
    """

    def patient(act):
        @wraps(act)
        def acting(self, *args, **options):
            result = act(self, *args, **options)
            page = getattr(self, "page", self)
            if not page.is_closed():
                page.wait_for_load_state()
            return result

        return acting

    for kind in kinds:
        for name in LEADING_ON:
            if hasattr(kind, name):
                setattr(kind, name, patient(getattr(kind, name)))


@dataclass
class Site:
    """The running platform as one browser sees it: open pages, sign in, check, take pictures."""

    browser: object
    url: str
    complaints: list[str] = field(default_factory=list)
    contexts: list = field(default_factory=list)
    windows: dict = field(default_factory=dict)
    """The window in which each person looks at pages, by the key of the membership; None is a visitor's."""

    def open(self, path: str = "/", *, member=None, viewport: dict = DESKTOP, dark: bool = False, **options):
        """Open a page in a new window, as a visitor or signed in as a member; returns Playwright's page."""
        context = self.browser.new_context(
            viewport=viewport, locale="de-DE", color_scheme="dark" if dark else "light", **options
        )
        context.set_default_timeout(PATIENCE_MS)
        self.contexts.append(context)
        if member is not None:
            cookie = cast.client_of(member).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.url}])
        page = context.new_page()
        if os.environ.get("VERBUND_SLOW_LINE"):
            line = context.new_cdp_session(page)
            line.send("Network.enable")
            line.send("Network.emulateNetworkConditions", SLOW)
            line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"Skriptfehler: {error}"))
        page.on("request", self._watch)
        page.on("response", self._judge)
        page.goto(self.url + path)
        return page

    def look_at(self, path: str, name: str, *, member=None, looks=LOOKS, unfold: str = "") -> None:
        """Open a page as a member, let axe look at it and keep its pictures; what `unfold` selects is opened first."""
        key = member and member.pk
        if key not in self.windows:
            self.windows[key] = self.open(path, member=member)
        else:
            self.windows[key].goto(self.url + path)
        if unfold:
            self.windows[key].locator(unfold).evaluate_all("all => all.forEach(one => one.open = true)")
        look_at(self.windows[key], name, looks)

    def sign_in(self, member, *, password: str = cast.PASSWORD, **options):
        """Open a window and sign in through the form, as people do."""
        page = self.open("/anmelden/", **options)
        page.fill("input[name=login]", member.user.email)
        page.fill("input[name=password]", password)
        page.click("main button[type=submit]")
        return page

    def _hear(self, message) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.complaints.append(f"Konsole: {message.text} ({message.location.get('url', '')})")

    def _watch(self, request) -> None:
        if not request.url.startswith((self.url, "data:", "about:", "blob:")):
            self.complaints.append(f"Anfrage an Dritte: {request.url}")

    def _judge(self, response) -> None:
        if response.status >= 500:
            self.complaints.append(f"Serverfehler {response.status}: {response.url}")

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def axe_findings(page) -> list[str]:
    """Return what axe finds on the page, one line each; contrast it cannot decide counts as found."""
    page.evaluate("scrollTo(0, 0)")  # what is stuck to the top covers nothing there
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("options => axe.run(document, options)", {"runOnly": RULES, "resultTypes": TOLD})
    undecided = [finding for finding in result["incomplete"] if finding["id"] == "color-contrast"]
    return [
        f"{finding['id']}: {finding['help']}: {node['html'][:160]} {(node.get('any') or [{}])[0].get('message', '')}"
        for finding in [*result["violations"], *undecided]
        for node in finding["nodes"]
    ]


def assert_accessible(page) -> None:
    """Fail with every finding of axe on this page, and if the page is wider than its window."""
    findings = axe_findings(page)
    assert not findings, f"{page.url}\n" + "\n".join(findings)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} ist {overflow} px breiter als das Fenster."


def look_at(page, name: str, looks=LOOKS) -> None:
    """Let axe look at a page in windows of these sizes, light or dark, and keep a picture of each."""
    for viewport, dark in looks:
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme="dark" if dark else "light")
        assert_accessible(page)
        picture(page, f"{name}-{viewport['width']}{'-dunkel' if dark else ''}")


def wants_pictures() -> bool:
    return bool(os.environ.get("VERBUND_SCREENSHOTS"))


def picture(page, name: str) -> None:
    """Keep a picture of the whole page under var/screenshots, when VERBUND_SCREENSHOTS is set."""
    if wanted := os.environ.get("VERBUND_SCREENSHOTS"):
        folder = settings.BASE_DIR / "var" / "screenshots" if wanted == "1" else Path(wanted)
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=True)
