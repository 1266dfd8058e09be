"""Make the PNG icons of the finder as an application from their drawing (needs Chromium): python tools/icons.py."""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "verbund" / "offers" / "static" / "offers" / "app-icon.svg"
SIZES = (192, 512)


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for size in SIZES:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.goto(DRAWING.as_uri())
            page.screenshot(path=DRAWING.with_name(f"{DRAWING.stem}-{size}.png"))
        browser.close()


if __name__ == "__main__":
    main()
