"""`python -m tests.audit.pictures`: the main pages of the demonstration as small pictures for the README."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tests.audit.office import Office, open_office
from tests.suites import chromium

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDE = {"width": 1280, "height": 800}
TALL = {"width": 1280, "height": 1180}
NARROW = {"width": 360, "height": 720}
COLOURS = 128


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as somebody sees it. `first` follows the first link of the page that begins so."""

    name: str
    role: str
    path: str
    first: str = ""
    scheme: str = "light"
    size: Any = None


PICTURES = (
    Picture("today", "ppid_officer", "/today"),
    Picture("receive", "desk", "/receive", size=TALL),
    Picture("case", "ppid_officer", "/today", first="/cases/0", size=TALL),
    Picture("report", "ppid_officer", "/reports", first="/reports/annual/", size=TALL),
    Picture("cases-dark", "desk", "/cases", scheme="dark"),
    Picture("today-narrow", "desk", "/today", size=NARROW),
)


def main() -> int:
    """Draw them all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open_office() as office, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.PATH, args=list(chromium.FLAGS)
        )
        for picture in PICTURES:
            _keep(picture.name, _taken(browser, office, picture))
        browser.close()
    return 0


def _taken(browser: Browser, office: Office, picture: Picture) -> bytes:
    context = browser.new_context(
        base_url=office.address,
        viewport=picture.size or WIDE,
        color_scheme=picture.scheme,
        reduced_motion="reduce",
    )
    context.add_cookies(
        [
            {"name": name, "value": value, "url": office.address}
            for name, value in office.cookies(picture.role).items()
        ]
    )
    page = context.new_page()
    page.goto(picture.path)
    if picture.first:
        page.locator(f'main a[href^="{picture.first}"]').first.click()
        page.wait_for_load_state()
    taken = page.screenshot()
    context.close()
    return taken


def _keep(name: str, taken: bytes) -> None:
    """Few colours make a small file, and a page has few."""
    with Image.open(BytesIO(taken)) as image:
        image.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main())
