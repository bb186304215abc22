import re

import pytest
from playwright.sync_api import expect

from contracts.roles import STAFF
from tests.e2e.pages.conftest import LANGUAGES

DAY = {"id": "Hari ini", "en": "Today"}


@pytest.mark.parametrize("role", sorted(STAFF))
def test_everybody_of_the_office_signs_in_and_sees_the_day(signed_in, role):
    page = signed_in(role)

    page.goto("/")

    expect(page).to_have_url(re.compile("/today$"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pages_speak_the_language_that_was_chosen(signed_in, lang):
    page = signed_in("desk", lang)

    page.goto("/today")

    expect(page.locator("h1")).to_contain_text(DAY[lang])
