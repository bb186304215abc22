"""Objections, daily supervision (row 7 of the procedure) and the monthly report (row 8) in the browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.pages.conftest import LANGUAGES
from tests.e2e.pages.forms import send

OLD = "2026-01-05T09:00:00+07:00"
RECORDED = {"id": "Tercatat", "en": "Recorded"}
LATE = {"id": "Melewati jangka waktu", "en": "Past the time limit"}
ACKNOWLEDGED = {"id": "Laporan diketahui", "en": "The report was acknowledged"}
# Months of their own, which no other test issues.
MONTHS = {"id": "2024-09", "en": "2024-10"}


def take(page, step):
    """Press the button of an offered step."""
    page.locator(f'.offers a[href$="{step}"]').click()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_objection_is_filed_answered_by_the_superior_and_accepted(desk, signed_in, lang):
    """Nobody answered the request in time, and the objection itself comes late: it is taken in with a flag."""
    case = desk.receive(received_at=OLD)["id"]
    counter, superior = signed_in("desk", lang), signed_in("ppid_superior", lang)

    counter.goto(f"/cases/{case}")
    take(counter, f"/objections/new?request={case}")
    expect(counter.locator(".govuk-warning-text")).to_be_visible()
    send(counter, grounds=["35c"], case_position="Tidak dijawab")
    expect(counter.locator('.case-head [data-state="filed"]')).to_be_visible()
    expect(counter.locator(".case-head")).to_contain_text(LATE[lang])

    superior.goto("/objections?sort=due")
    superior.goto(counter.url)
    take(superior, "/answer")
    send(superior, result="upheld", reasons="Sudah dijawab lisan", letter_number="9/KEB/2026")
    expect(superior.locator('.case-head [data-state="answered"]')).to_be_visible()
    expect(superior.locator('[role="status"]').first).to_contain_text(RECORDED[lang])

    counter.reload()
    take(counter, "/reaction")
    send(counter, reaction="accepts")
    expect(counter).to_have_url(re.compile(r"/objections/[0-9a-f-]+$"))
    expect(counter.locator('.offers a[href$="/reaction"]')).to_have_count(0)


def test_an_answer_that_orders_nothing_to_be_done_comes_back_with_what_was_typed(desk, signed_in):
    case = desk.receive(received_at=OLD)["id"]
    counter, superior = signed_in("desk"), signed_in("ppid_superior")
    counter.goto(f"/objections/new?request={case}")
    send(counter, grounds=["35c"], case_position="Tidak dijawab")
    expect(counter.locator('.case-head [data-state="filed"]')).to_be_visible()

    superior.goto(f"{counter.url}/answer")
    send(superior, result="granted", reasons="Berhak tahu", letter_number="10/KEB/2026")

    expect(superior.locator("#field-order-error")).to_be_visible()
    expect(superior.locator("#field-execute_on-error")).to_be_visible()
    expect(superior.locator('[name="reasons"]')).to_have_value("Berhak tahu")
    counter.reload()
    expect(counter.locator('.case-head [data-state="filed"]')).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_officer_looks_at_the_day_and_says_so(desk, signed_in, lang):
    number = desk.receive()["number"]
    officer = signed_in("ppid_officer", lang)

    officer.goto("/reports")
    officer.locator('a[href^="/reports/daily/"]').click()
    expect(officer.locator("main")).to_contain_text(number)
    send(officer, remark=f"Diperiksa ({lang})")

    expect(officer.locator('[role="status"]').first).to_contain_text(RECORDED[lang])
    expect(officer.locator(".timeline")).to_contain_text(f"Diperiksa ({lang})")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_officer_issues_the_month_and_the_head_of_division_takes_note(signed_in, lang):
    officer, head = signed_in("ppid_officer", lang), signed_in("division_head", lang)
    month = f"/reports/monthly/{MONTHS[lang]}"

    head.goto(month)
    expect(head.locator('form[action$="/acknowledgement"]')).to_have_count(0)
    officer.goto(month)
    send(officer, remark="Tanpa hambatan")
    expect(officer.locator(".timeline")).to_contain_text("Tanpa hambatan")

    head.reload()
    send(head, remark="Teruskan")
    expect(head.locator(".timeline")).to_contain_text(ACKNOWLEDGED[lang])
    expect(head.locator('form[action$="/acknowledgement"]')).to_have_count(0)


def test_a_remark_that_is_too_long_comes_back_whole(signed_in):
    officer = signed_in("ppid_officer")
    remark = "panjang " * 1_251

    officer.goto("/reports")
    officer.locator('a[href^="/reports/daily/"]').click()
    send(officer, remark=remark)

    expect(officer.locator("#field-remark-error")).to_be_visible()
    expect(officer.locator('[name="remark"]')).to_have_value(re.compile(r"^(panjang ?)+$"))


def test_a_case_of_personal_data_is_opened_and_answered(signed_in):
    counter, officer = signed_in("desk"), signed_in("ppid_officer")

    counter.goto("/privacy")
    counter.locator('a[href="/privacy/new"]').click()
    send(counter, kind="access", note="Minta salinan datanya")
    expect(counter).to_have_url(re.compile(r"/privacy/[0-9a-f-]{36}$"))
    expect(counter.locator("main")).to_contain_text("WIB")

    officer.goto(counter.url)
    officer.locator('a[href$="/settlement"]').click()
    send(officer, note="Diserahkan")
    expect(officer.locator('a[href$="/settlement"]')).to_have_count(0)


def test_the_books_of_the_year_open_and_are_taken_along_as_spreadsheets(desk, signed_in):
    number = desk.receive()["number"]
    auditor = signed_in("auditor")
    year = number.rpartition("/")[2]

    auditor.goto("/registers")
    auditor.locator(f'a[href="/registers/requests/{year}"]').click()
    expect(auditor.locator(".book table")).to_be_visible()
    with auditor.expect_download() as waiting:
        auditor.locator(f'.page-head a[href="/registers/requests/{year}.xlsx"]').click()

    assert waiting.value.suggested_filename == f"register-permohonan-{year}.xlsx"


def test_the_officer_sees_what_the_office_owes(signed_in):
    officer = signed_in("ppid_officer")

    officer.goto("/duties")

    expect(officer.locator("tbody tr").first).to_be_visible()
