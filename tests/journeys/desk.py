"""A desk of the demonstration: one browser window in which the person and the day are changed as its bar allows."""

import re
from datetime import date

from playwright.sync_api import expect

from tests.support import browser as browsers

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
NAME_OF_FOCUS = """() => {
    const found = document.activeElement;
    return (found?.labels?.[0] ?? found)?.innerText?.trim() ?? "";
}"""
FOCUS_IS_VISIBLE = """() => {
    const found = document.activeElement;
    const shown = getComputedStyle(found);
    return found.matches(":focus-visible") && (shown.outlineStyle !== "none" || shown.boxShadow !== "none");
}"""


class Desk:
    """What people do at a page, in their words: open, press, follow, fill, choose; and what they see."""

    def __init__(self, site, path: str = "/vorfuehrung/", **options):
        self.site = site
        self.page = site.open(path, viewport=DESKTOP, reduced_motion="reduce", **options)

    def open(self, path: str) -> None:
        self.page.goto(self.site.url + path)

    def another(self, path: str) -> "Desk":
        """Open the window of somebody else, not signed in."""
        return Desk(self.site, path)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.site.url)

    def on(self, day: date) -> None:
        """Work on a day of the demonstration."""
        self.open("/vorfuehrung/")
        self.page.get_by_label("Vorführtag", exact=True).fill(day.isoformat())
        self.press("An diesem Tag arbeiten")

    def become(self, name: str, path: str = "") -> None:
        """Change the role with one click on the bar, or on the page of all roles, and open a page as that person."""
        if self.page.locator(".demo-bar").get_by_role("button", name=name, exact=True).is_visible():
            self.press(name, within=".demo-bar")
        else:
            self.open("/vorfuehrung/")
            self.press(name)
        if path:
            self.open(path)

    def press(self, label: str, within: str = "main") -> None:
        """Press a button; it sends a form and leads to a page."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("button", name=label, exact=True).first.click()

    def press_twice(self, label: str) -> None:
        """Press a button twice before the first answer is there."""
        self.page.evaluate("document.body.dataset.pressed = ''")
        self.page.locator("main").get_by_role("button", name=label, exact=True).first.dblclick(no_wait_after=True)
        expect(self.page.locator("body:not([data-pressed])")).to_be_attached()
        self.page.wait_for_load_state()

    def reach(self, name: str) -> None:
        """Go on with the tab key until the named control has the focus, and fail unless that can be seen."""
        for _step in range(60):
            if self.page.evaluate(NAME_OF_FOCUS) == name:
                assert self.page.evaluate(FOCUS_IS_VISIBLE), f"{self.path}: Der Fokus auf „{name}“ ist nicht zu sehen."
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{self.path}: „{name}“ ist mit der Tastatur nicht zu erreichen.")

    def enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follow(self, label: str, within: str = "main") -> None:
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("link", name=label, exact=True).first.click()

    def jump(self, label: str) -> None:
        """Follow a link to another place of the same page."""
        self.page.get_by_role("link", name=label, exact=True).click()
        assert "#" in self.page.url

    def send(self, label: str, **typed: str) -> None:
        """Fill the fields of these names, in whatever way they are chosen or typed, and press the button."""
        for name, value in typed.items():
            field = self.page.locator(f'main [name="{name}"]').first
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=value)
            elif field.get_attribute("type") == "radio":
                self.page.check(f'main [name="{name}"][value="{value}"]')
            else:
                field.fill(value)
        self.press(label)

    def fill(self, label: str, typed: str, within: str = "main") -> None:
        self.page.locator(within).get_by_label(label, exact=True).first.fill(typed)

    def choose(self, label: str, option: str, within: str = "main") -> None:
        self.page.locator(within).get_by_label(label, exact=True).first.select_option(label=option)

    def choose_starting(self, label: str, beginning: str) -> None:
        """Choose the option whose words begin so."""
        field = self.page.get_by_label(label, exact=True).first
        options = [option.strip() for option in field.locator("option").all_inner_texts()]
        found = [option for option in options if option.startswith(beginning)]
        assert found, f"{self.path}: {label} bietet {options}"
        field.select_option(label=found[0])

    def check(self, label: str, within: str = "main") -> None:
        self.page.locator(within).get_by_label(label, exact=True).first.check()

    def check_all(self, label: str, within: str = "main") -> None:
        for box in self.page.locator(within).get_by_label(label, exact=True).all():
            box.check()

    def attach(self, kind: str, name: str, content: bytes = PDF) -> None:
        """Upload a document on the page of an application."""
        self.begin_attachment(kind, name, content)
        self.press("Hochladen")

    def begin_attachment(self, kind: str, name: str, content: bytes = PDF) -> None:
        disclosure = self.page.locator("details", has_text="Anlage hinzufügen")
        if disclosure.get_attribute("open") is None:
            disclosure.locator("summary").click()
        self.choose("Art der Anlage", kind)
        upload = {"name": name, "mimeType": "application/pdf", "buffer": content}
        self.page.get_by_label("PDF-Datei").set_input_files(upload)

    def download(self, label: str) -> bytes:
        """Return the document behind a link, asked for in this session."""
        href = self.page.get_by_role("link", name=re.compile(label)).first.get_attribute("href")
        answer = self.page.request.get(self.site.url + href)
        assert answer.status == 200
        return answer.body()

    def status_of(self, path: str) -> int:
        """Return the status with which this session's request for a page is answered."""
        return self.page.request.get(self.site.url + path, max_redirects=0).status

    def forge(self, path: str, **fields) -> int:
        """Send a form that the page does not offer, with this session and its proof of origin; returns the status."""
        proof = self.page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        form = {"csrfmiddlewaretoken": proof, **fields}
        return self.page.request.post(self.site.url + path, form=form, max_redirects=0).status

    def sees(self, text: str, within: str = "body") -> None:
        """Fail unless the words stand on the page; no-break spaces count as spaces."""
        shown = _plain(self.page.locator(within).first.inner_text())
        assert _plain(text) in shown, f"{self.path}: „{text}“ steht nicht in:\n{shown}"

    def sees_typed(self, label: str, typed: str) -> None:
        """Fail unless the field holds what was typed."""
        assert self.page.get_by_label(label, exact=True).first.input_value() == typed

    def misses_button(self, label: str) -> None:
        expect(self.page.get_by_role("button", name=label, exact=True, disabled=False)).to_have_count(0)

    def inspect(self, name: str) -> None:
        """Look at a page with axe on the phone in the light and on the desktop in the dark, and keep its pictures."""
        for viewport, scheme in ((PHONE, "light"), (DESKTOP, "dark")):
            self._look(viewport, scheme)
            browsers.assert_accessible(self.page)
        self.keep(name)

    def keep(self, name: str) -> None:
        """Keep pictures of a page whose shape `inspect` has seen elsewhere, when pictures are wanted."""
        if browsers.wants_pictures():
            for viewport in (PHONE, DESKTOP):
                for scheme in ("dark", "light"):
                    self._look(viewport, scheme)
                    browsers.picture(self.page, f"{name}-{viewport['width']}-{scheme}")

    def _look(self, viewport: dict, scheme: str) -> None:
        self.page.set_viewport_size(viewport)
        self.page.emulate_media(color_scheme=scheme)


def _plain(text: str) -> str:
    return " ".join(text.replace("\u202f", " ").replace("\xa0", " ").split())
