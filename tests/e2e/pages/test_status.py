"""The applicant's page: no account, the printed number and secret, and no difference between two ways of being wrong."""

import re
import time
from datetime import UTC, datetime
from statistics import median

import httpx
import pytest
from playwright.sync_api import expect

ASKED = 8  # of each; an address that is refused more often has to wait
MOST_APART = 0.03  # s between the medians of two answers that must not be told apart


@pytest.fixture(scope="module")
def tracking(desk):
    return desk.receive(received_at=datetime.now(UTC).isoformat())["tracking"]


def test_the_applicant_reads_how_the_request_stands(office, tracking):
    page = office.visitor().new_page()
    page.goto(f"/status?number={tracking['number']}")
    expect(page.locator("#secret")).to_be_focused()
    page.keyboard.type(tracking["secret"])
    page.keyboard.press("Enter")

    expect(page.locator("section[lang=id]")).to_contain_text("Sedang diproses")
    expect(page.locator("section[lang=id]")).to_contain_text("Dijawab paling lambat")
    expect(page.locator("section[lang=en]")).to_contain_text("In process")


def test_a_wrong_number_and_a_wrong_secret_cannot_be_told_apart(stack, tracking):
    right = tracking["number"]
    wrong = re.sub("^[0-9]+", "9876", right)
    with httpx.Client(base_url=stack.addresses.gateway, timeout=10) as http:
        secret = asked(http, right, "AAAA-BBBB-CCCC")
        number = asked(http, wrong, tracking["secret"])

    assert {status for status, _, _ in (*secret, *number)} == {422}
    texts = {text.replace(right, "N") for _, text, _ in secret}
    assert texts == {text.replace(wrong, "N") for _, text, _ in number}
    apart = median(took for _, _, took in secret) - median(took for _, _, took in number)
    assert abs(apart) < MOST_APART


def asked(http, number, secret):
    answers = []
    for _ in range(ASKED):
        begun = time.monotonic()
        answer = http.post("/status", data={"number": number, "secret": secret})
        answers.append((answer.status_code, answer.text, time.monotonic() - begun))
    return answers
