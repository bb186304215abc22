"""The office's procedure in the browser, rows 2 to 6: from the first look at the information to the closed line of the register."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.pages.conftest import LANGUAGES
from tests.e2e.pages.forms import send

CLOSED = {"id": "Selesai", "en": "Closed"}


class Clerk:
    """Somebody who works on one case with the mouse: opens it, takes an offered step, fills it in, sends it."""

    def __init__(self, page, case):
        self.page, self.case = page, case

    def take(self, step, **typed):
        self.page.goto(f"/cases/{self.case}")
        self.page.locator(f'.offers a[href="/cases/{self.case}/{step}"]').click()
        send(self.page, **typed)
        return self

    def stands(self, state):
        expect(self.page).to_have_url(re.compile(f"/cases/{self.case}$"))
        expect(self.page.locator(f'.case-head [data-state="{state}"]')).to_be_visible()
        return self


@pytest.fixture
def clerks(desk, signed_in):
    def all_of(lang):
        asked = "Rekapitulasi hasil pemilu per kecamatan"
        now = datetime.now(UTC).isoformat(timespec="seconds")  # its clock still runs
        case = desk.receive(information=asked, received_at=now)["id"]
        roles = ("desk", "ppid_officer", "division_head")
        return [Clerk(signed_in(role, lang), case) for role in roles]

    return all_of


@pytest.mark.parametrize("lang", LANGUAGES)
def test_papers_that_were_missing_are_completed_and_give_the_request_its_number(
    desk, signed_in, lang
):
    before = datetime.now(UTC) - timedelta(minutes=5)
    case = desk.receive(documents=[], received_at=before.isoformat(timespec="seconds"))["id"]
    clerk = Clerk(signed_in("desk", lang), case)

    clerk.take("documents", documents=["identity_card"]).stands("submitted")
    expect(clerk.page.locator("h1")).to_contain_text("PPID-KPU-DKI")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_there_is_handed_over_and_closed(clerks, lang):
    desk, _officer, _head = clerks(lang)

    desk.take("classification", outcome="available", held="yes", held_form=["softcopy"])
    desk.stands("available").take("handover", medium="email", form="softcopy")
    desk.stands("delivered").take("closing").stands("closed")

    expect(desk.page.locator("html")).to_have_attribute("lang", lang)
    expect(desk.page.locator('.case-head [data-state="closed"]')).to_have_text(CLOSED[lang])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_there_goes_to_the_officer_and_comes_back_as_a_letter(clerks, lang):
    desk, officer, _head = clerks(lang)

    desk.take("classification", outcome="coordinate", held="yes").stands("coordination")
    desk.take("escalation", memo_number="ND-7/2026", note="Mohon arahan").stands("coordination")
    officer.take("disposition", unit="Subbagian Data", instruction="Siapkan datanya")
    officer.take("extension", reason="not_yet_documented", explanation="Sedang disusun unit")
    officer.take("decision", outcome="full").stands("decided")
    desk.take("notification", letter_number="12/PPID/2026", medium="email").stands("notified")
    desk.take("handover", medium="email", form="softcopy").take("closing").stands("closed")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_exempt_is_tested_reviewed_refused_and_told(clerks, lang):
    desk, officer, head = clerks(lang)

    desk.take("exemption", grounds=["17h"]).stands("exempt")
    desk.take("escalation", memo_number="ND-8/2026").stands("coordination")
    officer.take(
        "consequence-test",
        minutes_number="BA-2/2026",
        grounds=["17h"],
        consequence="Alamat rumah terbuka",
        public_interest="Tidak lebih besar",
        result="exempt",
        approver="Sekretaris",
    ).stands("coordination")
    head.take(
        "decision",
        outcome="refused",
        grounds=["17h"],
        consequence="Alamat rumah terbuka",
        public_interest="Tidak lebih besar",
        reasons="Rahasia pribadi",
    ).stands("decided")
    desk.take("notification", letter_number="13/PPID/2026", medium="post").stands("notified")
    desk.take("closing").stands("closed")


def test_what_is_refused_comes_back_with_what_was_typed(clerks):
    """The officer prepared the refusal, so somebody else has to decide it."""
    desk, officer, _head = clerks("id")
    desk.take("classification", outcome="coordinate", held="yes")
    desk.take("escalation", memo_number="ND-9/2026")

    officer.take("decision", outcome="refused", reasons="Rahasia pribadi")

    expect(officer.page.locator(".govuk-error-summary")).to_be_visible()
    expect(officer.page.locator('[name="reasons"]')).to_have_value("Rahasia pribadi")
    desk.page.goto(f"/cases/{desk.case}")
    expect(desk.page.locator('.case-head [data-state="coordination"]')).to_be_visible()


def test_the_day_shows_a_case_that_waits_and_leads_to_it(clerks):
    desk, _officer, _head = clerks("id")
    desk.page.goto("/cases?state=submitted")

    desk.page.locator(f'a[href="/cases/{desk.case}"]').click()

    expect(desk.page.locator("h1")).to_contain_text("PPID")


def test_without_scripts_every_step_works_as_well(desk, signed_in):
    case = desk.receive()["id"]
    clerk = Clerk(signed_in("desk", java_script_enabled=False), case)

    clerk.take("classification", outcome="available", held="yes", held_form=["softcopy"])
    clerk.stands("available")
