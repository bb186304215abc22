"""At the counter with a real browser: by keyboard alone, through a cut network, an ended session, a second press, and without scripts."""

import re
import time
import uuid
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.pages.conftest import LANGUAGES

RECEIVED = re.compile("/receive/[^/]+/done$")
KEPT = re.compile("Konsep tersimpan pukul")
NEXT = {"id": "Permohonan berikutnya", "en": "Next request"}
MOST_SECONDS, MOST_KEYS = 60, 150
HUMAN_KEYS_A_SECOND = 3  # a clerk who listens while typing


@pytest.fixture
def counter(signed_in) -> Page:
    return emptied(signed_in("desk"))


def emptied(page: Page) -> Page:
    """The form with nothing in it: the drafts of an account are shared by all its browsers."""
    page.goto("/receive")
    discard = page.get_by_role("button", name="Buang konsep ini")
    if discard.count():
        discard.click()
        expect(discard).to_have_count(0)
    return page


@dataclass
class Keys:
    """Somebody at a keyboard, who counts."""

    page: Page
    pressed: int = 0

    def press(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)
            self.pressed += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text, delay=10)
        self.pressed += len(text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_request_is_registered_by_keyboard_alone(counter, lang, capsys):
    counter.goto(f"/receive?lang={lang}")
    keys, begun = Keys(counter), time.monotonic()
    keys.type("3174015208900003")
    keys.press("Tab")
    keys.type("Siti Rahmawati")
    keys.press("Tab")
    keys.type("Jl. Salemba Raya 15")
    keys.press("Tab")
    keys.type("081234567890")
    keys.press("Tab", "Tab", "Tab")
    keys.press("Space", "Tab", "Tab", "Tab", "Tab", "Tab")
    keys.type("Rekapitulasi suara Pemilu 2024 per TPS")
    keys.press("Tab")
    keys.type("Penelitian")
    keys.press("Control+Enter")
    expect(counter).to_have_url(RECEIVED)
    seconds = time.monotonic() - begun

    at_a_desk = keys.pressed / HUMAN_KEYS_A_SECOND
    with capsys.disabled():  # the measure is the point
        print(f" {seconds:.1f} s, {keys.pressed} keystrokes: {at_a_desk:.0f} s at a desk")  # noqa: T201
    assert keys.pressed < MOST_KEYS
    assert at_a_desk < MOST_SECONDS
    expect(counter.locator("h1")).to_contain_text("PPID-KPU-DKI")
    expect(counter.locator(".receipt__due")).to_contain_text("20")
    # the next one is an Enter away
    expect(counter.get_by_role("button", name=NEXT[lang])).to_be_focused()
    keys.press("Enter")
    expect(counter.locator("#field-applicant-nik")).to_be_focused()


def test_what_is_typed_survives_a_cut_network(counter, signed_in):
    context, kept = counter.context, counter.locator("[data-kept]")
    counter.fill("#field-information", "Daftar pemilih")
    expect(kept).to_have_text(KEPT)
    context.set_offline(True)
    counter.locator("#field-information").press_sequentially(" tetap")
    expect(kept).to_contain_text("Jaringan terputus")
    context.set_offline(False)
    expect(kept).to_have_text(KEPT)
    counter.close()
    again = signed_in("desk")
    again.goto("/receive")

    expect(again.get_by_text("dipulihkan")).to_be_visible()
    expect(again.locator("#field-information")).to_have_value("Daftar pemilih tetap")


def test_what_was_kept_before_a_power_cut_is_there_after_it(counter, signed_in):
    counter.fill("#field-applicant-name", "Siti Rahmawati")
    expect(counter.locator("[data-kept]")).to_have_text(KEPT)
    counter.context.set_offline(True)
    counter.fill("#field-information", "tidak sempat tersimpan")
    counter.close()
    again = signed_in("desk")
    again.goto("/receive")

    expect(again.locator("#field-applicant-name")).to_have_value("Siti Rahmawati")


def test_who_signs_in_again_after_the_session_ended_finds_the_draft(office):
    page = emptied(office.signed_in("desk", anew=True))
    page.fill("#field-applicant-name", "Siti Rahmawati")
    expect(page.locator("[data-kept]")).to_have_text(KEPT)
    page.context.clear_cookies(name="terbuka_session")
    page.goto("/receive")
    office.sign_in(page, "desk")

    expect(page).to_have_url(re.compile("/receive$"))
    expect(page.locator("#field-applicant-name")).to_have_value("Siti Rahmawati")


def test_who_signs_in_again_in_another_tab_goes_on_where_they_were(office):
    page = emptied(office.signed_in("desk", anew=True))
    page.context.clear_cookies(name="terbuka_session")
    page.locator("#field-applicant-nik").press_sequentially("3174015208900003")
    page.fill("#field-applicant-name", "Siti Rahmawati")
    expect(page.locator("[data-kept]")).to_contain_text("Sesi Anda berakhir")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#field-applicant-name")).to_have_value("Siti Rahmawati")
    office.sign_in(page.context.new_page(), "desk")
    page.fill("#field-information", "Daftar pemilih")
    expect(page.locator("[data-kept]")).to_have_text(KEPT)
    page.keyboard.press("Control+Enter")

    expect(page).to_have_url(RECEIVED)


def test_pressing_twice_and_going_back_registers_once(counter, desk):
    told = f"Rekapitulasi {uuid.uuid4()}"
    counter.fill("#field-applicant-name", "Siti Rahmawati")
    counter.fill("#field-information", told)
    counter.evaluate("const form = document.querySelector('.receive'); form.requestSubmit(); form.requestSubmit()")  # fmt: skip
    expect(counter).to_have_url(RECEIVED)
    counter.go_back()
    counter.wait_for_load_state()
    counter.keyboard.press("Control+Enter")
    counter.wait_for_load_state()

    listed = desk.see("/requests", limit=20)["items"]
    assert [each["information"] for each in listed].count(told) == 1


def test_who_came_before_and_what_is_public_are_said_while_typing(counter, desk):
    nik = f"31740152089{uuid.uuid4().int % 100_000:05d}"
    person = {"category": "individual", "name": "Siti Rahmawati", "nik": nik, "address": "Jl. Salemba 15"}  # fmt: skip
    number = desk.receive(applicant=person)["number"]
    counter.locator("#field-applicant-nik").press_sequentially(nik)
    expect(counter.locator("#earlier")).to_contain_text(number)
    expect(counter.locator("body")).not_to_contain_text("Siti Rahmawati")
    counter.get_by_role("button", name="Isikan data pemohon ini").click()

    expect(counter.locator("#field-applicant-name")).to_have_value("Siti Rahmawati")
    expect(counter.locator("#field-information")).to_be_focused()


def test_what_is_missing_is_said_before_sending_as_the_category_asks(counter):
    missing = counter.locator("[data-missing]")
    expect(missing).to_contain_text("Kartu identitas")
    counter.get_by_label("Badan hukum", exact=True).check()
    expect(missing).to_contain_text("Akta notaris")
    for paper in ("Kartu identitas", "Akta notaris", "Pengesahan badan hukum"):
        counter.get_by_label(paper, exact=True).check()

    expect(missing).to_have_text("")


def test_everything_works_without_scripts(office):
    office.signed_in("desk")
    page = office.signed_in("desk", java_script_enabled=False)
    emptied(page)
    page.fill("#field-applicant-name", "Siti Rahmawati")
    page.get_by_role("button", name="Simpan konsep").click()
    expect(page.get_by_text("dipulihkan")).to_be_visible()
    page.fill("#field-information", "Daftar pemilih")
    page.get_by_role("button", name="Cari di Daftar Informasi Publik").click()
    expect(page.locator("#field-information")).to_have_value("Daftar pemilih")
    page.locator("#field-applicant-name").press("Enter")

    expect(page).to_have_url(RECEIVED)
    expect(page.locator("h1")).to_contain_text("belum lengkap")
