"""Filling in a form in the browser, whatever kind its questions are, and sending it."""

from playwright.sync_api import Page


def send(page: Page, **typed: object) -> None:
    """Fill in fields by their names and press the form's button."""
    for name, value in typed.items():
        fill(page, name, value)
    page.locator("main form button.govuk-button:not(.govuk-button--secondary)").first.click()


def fill(page: Page, name: str, value: object) -> None:
    """Choose, tick or type a value."""
    field = page.locator(f'main [name="{name}"]')
    kind = field.first.get_attribute("type")
    if kind in ("radio", "checkbox"):
        for one in value if isinstance(value, list) else [value]:
            page.locator(f'main [name="{name}"][value="{one}"]').check()
    elif field.first.evaluate("each => each.tagName") == "SELECT":
        field.select_option(str(value))
    else:
        field.fill(str(value))
