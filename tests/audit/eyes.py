"""A page in a browser, looked at by axe in the light, in the dark, at twice the size and on a narrow screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.audit.office import Office
from tests.audit.pages import Sight

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# colours, and the size of the screen: 640 pixels are what is left of 1280 at twice the size
MODES = {
    "light": ("light", 1280, 900),
    "dark": ("dark", 1280, 900),
    "twice the size": ("light", 640, 450),
    "narrow": ("light", 360, 780),
}
# axe could not tell whether the contrast is enough: then a person cannot be sure of it either
_MUST_BE_TOLD = {"color-contrast"}
# of a single figure, and of text on a drawing, axe never knows; test_colours.py does
_NEVER_KNOWN = {"shortTextContent", "imgNode"}
_RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations', 'incomplete']})"
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, on which page, in which mode."""

    sight: Sight
    mode: str
    rule: str
    where: str

    def __str__(self) -> str:
        """One line of the table."""
        return f"{self.sight.path} ({self.sight.role or 'nobody'}, {self.mode}): {self.rule} {self.where}"


def look(browser: Browser, office: Office, sights: list[Sight]) -> Iterator[Fault]:
    """Everything that is wrong with any of the pages in any of the modes."""
    yield from _with_each(browser, office, sights, _as_it_is)


def look_at_mistakes(browser: Browser, office: Office, sights: list[Sight]) -> Iterator[Fault]:
    """The same of every form that is sent empty and comes back. What may be sent empty is written."""
    yield from _with_each(browser, office, sights, _sent_empty)


def _with_each(
    browser: Browser,
    office: Office,
    sights: list[Sight],
    at: Callable[[Page, Sight], Iterator[Fault]],
) -> Iterator[Fault]:
    for role in {sight.role: None for sight in sights}:
        context = _signed_in(browser, office, role)
        for sight in sights:
            if sight.role == role:
                page = context.new_page()
                yield from at(page, sight)
                page.close()
        context.close()


def _signed_in(browser: Browser, office: Office, role: str) -> BrowserContext:
    context = browser.new_context(base_url=office.address, reduced_motion="reduce")
    context.add_cookies(
        [
            {"name": name, "value": value, "url": office.address}
            for name, value in office.cookies(role).items()
        ]
    )
    return context


def _as_it_is(page: Page, sight: Sight) -> Iterator[Fault]:
    said = _listen(page)
    page.goto(sight.path)
    yield from _faults(page, sight)
    for error in said:
        if "status of 4" not in error:  # a refusal on purpose is reported as an error of loading
            yield Fault(sight, "any mode", "console", error[:200])


def _sent_empty(page: Page, sight: Sight) -> Iterator[Fault]:
    page.goto(sight.path)
    forms = page.locator("main form[novalidate]")
    if forms.count():
        with page.expect_navigation():
            forms.first.evaluate("form => form.submit()")
        if page.locator(".govuk-error-summary").count():
            yield from _faults(page, sight, "sent empty, ")


def _faults(page: Page, sight: Sight, how: str = "") -> Iterator[Fault]:
    page.evaluate(_axe())
    for mode, (scheme, width, height) in MODES.items():
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": height})
        for rule, where in _found(page.evaluate(_RUN, RULES)):
            yield Fault(sight, how + mode, rule, where)
        wider = page.evaluate(_WIDER)
        if wider > 0:
            yield Fault(sight, how + mode, "scrolls sideways", f"by {wider} pixels")


@cache
def _axe() -> str:
    return AXE.read_text()


def _listen(page: Page) -> list[str]:
    """What the browser complains about from now on."""
    said: list[str] = []
    page.on("console", lambda told: said.append(told.text) if told.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def _found(results: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for result in results["violations"]:
        yield from ((result["id"], _place(node)) for node in result["nodes"])
    for result in results["incomplete"]:
        if result["id"] in _MUST_BE_TOLD:
            unsure = [node for node in result["nodes"] if _why(node) not in _NEVER_KNOWN]
            yield from ((f"{result['id']} (not sure)", _place(node)) for node in unsure)


def _why(node: dict[str, Any]) -> str:
    """The reason why axe is not sure."""
    told = [check["data"] for check in node["any"] if isinstance(check.get("data"), dict)]
    return next((str(data.get("messageKey")) for data in told), "")


def _place(node: dict[str, Any]) -> str:
    why = node.get("failureSummary", "").replace("\n", " ")[:160]
    return f"{' '.join(map(str, node['target']))} {why}"
