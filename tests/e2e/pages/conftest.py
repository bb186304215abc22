"""A browser on the whole product: Debian's Chromium, and everybody of the office signed in."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, sync_playwright

from deploy.local.stack import Stack
from tests.suites import chromium

PATIENCE = 15_000  # ms until what must appear counts as missing
LANGUAGES = ("id", "en")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium.PATH, args=list(chromium.FLAGS)
        )
        yield started
        started.close()


@dataclass
class Office:
    """Opens pages as somebody of the office.

    Who signed in once is remembered: a password is slow to check, on purpose. Tests that end a session or that share
    no drafts with others ask for one of their own.
    """

    browser: Browser
    stack: Stack
    opened: ExitStack
    remembered: dict[str, StorageState] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return self.stack.addresses.gateway

    def visitor(self, lang: str = "id", **options: object) -> BrowserContext:
        """A browser of somebody who is not signed in."""
        context = self.browser.new_context(
            base_url=self.address,
            viewport={"width": 1280, "height": 900},
            locale="id-ID",
            **options,
        )
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "lang", "value": lang, "url": self.address}])
        self.opened.callback(context.close)
        return context

    def signed_in(
        self, role: str, lang: str = "id", *, anew: bool = False, **options: object
    ) -> Page:
        """A page in a browser of its own, signed in as the demo account of a role."""
        if anew:
            page = self.visitor(lang, **options).new_page()
            self.sign_in(page, role)
            return page
        if role not in self.remembered:
            self.remembered[role] = self.signed_in(role, anew=True).context.storage_state()
        context = self.visitor(lang, storage_state=self.remembered[role], **options)
        return context.new_page()

    def sign_in(self, page: Page, role: str) -> None:
        """Fill in the form of signing in, which is opened unless it stands there already."""
        entry = self.stack.accounts[role]
        if "/sign-in" not in page.url:
            page.goto("/sign-in")
        page.locator("[name=account]").fill(entry["account"])
        page.locator("[name=password]").fill(entry["password"])
        page.locator("[name=password]").press("Enter")
        page.wait_for_url(lambda address: "/sign-in" not in address)


@pytest.fixture(scope="session")
def remembered() -> dict[str, StorageState]:
    return {}


@pytest.fixture
def office(browser: Browser, stack: Stack, remembered: dict[str, StorageState]) -> Iterator[Office]:
    with ExitStack() as opened:
        yield Office(browser, stack, opened, remembered)


@pytest.fixture
def signed_in(office: Office) -> Callable[..., Page]:
    """`signed_in("desk")`, `signed_in("auditor", "en")`."""
    return office.signed_in
