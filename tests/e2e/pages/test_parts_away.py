"""A service that stands still, in the browser: which one is said in plain words, and what was typed is there when it is back."""

import uuid

import pytest
from playwright.sync_api import expect

from tests.e2e.pages.conftest import LANGUAGES, PATIENCE
from tests.e2e.pages.test_receive import RECEIVED, emptied
from tests.e2e.parts import stopped

AWAY = {
    "id": "Yang tidak menjawab: layanan register",
    "en": "What does not answer: the register service",
}
TROUBLED = {"id": "Ada bagian yang terganggu", "en": "Some part is disturbed"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_says_which_service_is_away_and_opens_again_when_it_is_back(
    stack, desk, signed_in, lang
):
    desk.receive()
    clerk, keeper = signed_in("desk", lang), signed_in("administrator", lang)
    with stopped(stack, "register"):
        assert clerk.goto("/cases").status == 503
        expect(clerk.locator("main")).to_contain_text(AWAY[lang])
        keeper.goto("/services-health")
        expect(keeper.locator("main")).to_contain_text(TROUBLED[lang])

    clerk.locator('main a[href="/cases"]').click()
    expect(clerk.locator("main table")).to_be_visible()


def test_what_was_typed_while_nobody_takes_requests_in_is_sent_later_and_once(
    stack, desk, signed_in
):
    told = f"Rekapitulasi {uuid.uuid4()}"
    counter = emptied(signed_in("desk"))
    counter.fill("#field-applicant-name", "Siti Rahmawati")
    counter.fill("#field-information", told)
    with stopped(stack, "intake"):
        counter.keyboard.press("Control+Enter")
        expect(counter.locator("main")).to_contain_text("tidak menjawab", timeout=PATIENCE)
    counter.goto("/receive")
    expect(counter.locator("#field-information")).to_have_value(told)
    counter.keyboard.press("Control+Enter")

    expect(counter).to_have_url(RECEIVED)
    listed = desk.see("/requests", limit=20)["items"]
    assert [each["information"] for each in listed].count(told) == 1
