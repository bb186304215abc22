"""Somebody goes away and names their deputy in the browser; the deputy reads the note and goes on with the case."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from contracts.local import local_day
from tests.e2e.pages.conftest import LANGUAGES
from tests.e2e.pages.forms import send

NOTE = "Pemohon datang lagi hari Jumat"
FOR = {"id": "untuk ", "en": "for "}


@pytest.fixture
def claimed(desk):
    """A case that is the work of who goes away."""
    case = desk.receive(received_at=datetime.now(UTC).isoformat(timespec="seconds"))
    desk.step(case["id"], "assignment", {"assignee": "demo-desk", "note": None})
    return case["id"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_deputy_sees_the_work_of_who_is_away_until_they_are_back(signed_in, claimed, lang):
    away, deputy = signed_in("desk", lang), signed_in("ppid_officer", lang)
    back = local_day(datetime.now(UTC)) + timedelta(days=2)

    away.goto("/account/deputy")
    send(away, to=back.isoformat(), deputy="demo-ppid_officer", note=NOTE)
    expect(away.locator(".banner--calm")).to_be_visible()
    deputy.goto("/today")
    section = deputy.locator("#for-demo-desk")
    expect(section).to_contain_text(NOTE)
    deputy.goto("/cases?assignee=demo-ppid_officer")
    line = deputy.locator("#found tr", has=deputy.locator(f'a[href="/cases/{claimed}"]'))
    expect(line).to_contain_text(FOR[lang])
    line.locator("a").first.click()
    expect(deputy).to_have_url(re.compile(f"/cases/{claimed}$"))
    expect(deputy.locator("[aria-labelledby=whose]")).to_contain_text(FOR[lang])

    away.locator('form[action$="/end"] button').click()
    deputy.goto("/today")
    expect(deputy.locator("#for-demo-desk")).to_have_count(0)
