"""Files of a case in the browser: chosen, kept, downloaded for a purpose, dropped; with and without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.pages.forms import send
from tests.suites import uploads


def chosen(content, name="KTP Siti.pdf"):
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_file_is_kept_downloaded_and_dropped(desk, signed_in, scripts):
    case = desk.receive()["id"]
    page = signed_in("desk", java_script_enabled=scripts)

    page.goto(f"/cases/{case}")
    page.locator(f'a[href="/cases/{case}/attachments"]').click()
    page.locator("[name=file]").set_input_files(chosen(uploads.pdf(b"isi")))
    send(page, kind="signed_paper", signs="receipt")
    expect(page.locator('[data-scanned="clean"]')).to_be_visible()

    form = page.locator('form[action*="/attachments/"]')
    form.locator("[name=purpose]").fill("Memeriksa")
    with page.expect_download() as waiting:
        form.locator("button").click()
    assert Path(waiting.value.path()).read_bytes() == uploads.pdf(b"isi")

    page.locator('a[href$="/drop"]').click()
    send(page, reason="Salah unggah")
    expect(page.locator('[data-scanned="clean"]')).to_have_count(0)


def test_what_is_no_file_of_ours_is_told_at_its_field(desk, signed_in):
    case = desk.receive()["id"]
    page = signed_in("desk")

    page.goto(f"/cases/{case}/attachments")
    page.locator("[name=file]").set_input_files(chosen(uploads.HTML))
    send(page, kind="answer")

    expect(page.locator("#field-file-error")).to_be_visible()
    expect(page.locator('[name="kind"][value="answer"]')).to_be_checked()
