"""Files on the pages of a case: chosen in a form, listed, downloaded for a purpose, dropped for a reason."""

import io

import pytest

from contracts import roles
from services.gateway.attachments.scanner import Verdict
from tests.integration.gateway.conftest import hidden
from tests.suites import uploads
from tests.suites.clamd import EICAR, FOUND

CASE, FILES = "/cases/1", "/cases/1/attachments"


@pytest.fixture
def desk(at_desk):
    """At the counter, with a case that came in; a scanner knows one signature."""
    lines, visitor = at_desk("S3 registered")

    def scan(file):
        file.seek(0)
        return Verdict("infected", FOUND) if EICAR in file.read() else Verdict("clean")

    visitor.client.application.config["SCAN"] = scan
    return lines, visitor


def send(visitor, content=uploads.PDF, name="KTP Siti.pdf", **typed):
    form = {"kind": "identity_card", **typed, **hidden(visitor.get(FILES))}
    if content is not None:
        form["file"] = (io.BytesIO(content), name)
    return visitor.post(FILES, form, content_type="multipart/form-data")


def attachments(lines):
    return lines.register_request("request/1")["attachments"]


class TestKeeping:
    def test_a_chosen_file_is_kept_and_listed(self, desk):
        lines, visitor = desk
        done = send(visitor)
        case = visitor.get(CASE)

        (file,) = attachments(lines)
        assert (done.status_code, done.headers["Location"]) == (302, f"{CASE}#files")
        assert (file["kind"], file["scanned"]) == ("identity_card", "clean")
        assert f'id="file-{file["id"]}"' in case.text
        assert "Siti" not in str(lines.office.events())

    def test_the_form_stands_a_click_from_the_case(self, desk):
        _, visitor = desk

        assert f'href="{FILES}"' in visitor.get(CASE).text

    def test_the_same_form_sent_twice_keeps_one_file(self, desk):
        lines, visitor = desk
        form = {"kind": "answer", **hidden(visitor.get(FILES))}
        for _ in range(2):
            given = {**form, "file": (io.BytesIO(uploads.PDF), "x.pdf")}
            visitor.post(FILES, given, content_type="multipart/form-data")

        assert len({command.id for command in lines.given}) == 1

    def test_what_was_not_scanned_says_that_it_must_stay(self, desk):
        _, visitor = desk
        visitor.client.application.config["SCAN"] = lambda _: Verdict("not_scanned")
        send(visitor)

        assert "Belum boleh dikirim" in visitor.get(CASE).text


class TestRefusing:
    @pytest.mark.parametrize(
        ("content", "status"),
        [(None, 422), (uploads.HTML, 415), (uploads.pdf(EICAR), 422), (b"", 422)],
        ids=["nothing chosen", "HTML", "infected", "empty"],
    )
    def test_what_is_wrong_with_the_file_stands_at_it_and_above(self, desk, content, status):
        lines, visitor = desk
        refused = send(visitor, content)

        assert refused.status_code == status
        assert 'href="#field-file"' in refused.text
        assert 'id="field-file-error"' in refused.text
        assert attachments(lines) == ()

    def test_what_was_typed_stays(self, desk):
        _, visitor = desk
        refused = send(visitor, uploads.HTML, kind="signed_paper", signs="receipt")

        assert '<option value="receipt" selected>' in refused.text

    def test_a_signed_paper_says_which(self, desk):
        lines, visitor = desk
        refused = send(visitor, kind="signed_paper")

        assert refused.status_code == 422
        assert 'href="#field-signs"' in refused.text
        assert not lines.uploads

    def test_a_case_that_a_colleague_changed_is_read_again(self, desk):
        lines, visitor = desk
        old = hidden(visitor.get(FILES))
        send(visitor)
        form = {"kind": "answer", **old, "file": (io.BytesIO(uploads.PDF), "x.pdf")}
        refused = visitor.post(FILES, form, content_type="multipart/form-data")

        assert refused.status_code == 412
        assert len(attachments(lines)) == 1

    @pytest.mark.parametrize("role", [roles.HEAD, roles.AUDITOR, roles.ADMINISTRATOR])
    def test_others_see_the_list_and_no_way_to_change_it(self, at_desk, role):
        _, visitor = at_desk("S3 registered, with a file", role)
        case = visitor.get(CASE)

        assert 'id="file-1"' in case.text
        assert FILES not in case.text
        assert visitor.get(FILES).status_code == 403

    def test_a_file_larger_than_the_rule_allows_is_answered_in_words(self, desk, monkeypatch):
        lines, visitor = desk
        limits = {"most_bytes": 50, "most_files": 2}
        monkeypatch.setattr(lines, "intake_attachment_limits", lambda: limits, raising=False)
        refused = send(visitor, uploads.PDF)

        assert refused.status_code == 413
        assert 'href="#field-file"' in refused.text


class TestFetching:
    def test_it_is_downloaded_for_a_purpose(self, desk):
        lines, visitor = desk
        send(visitor, uploads.pdf(b"isi"))
        path = f"{FILES}/{attachments(lines)[0]['id']}"
        fetched = visitor.post(path, {"purpose": "Memeriksa"}, page=CASE)

        assert fetched.data == uploads.pdf(b"isi")
        assert fetched.headers["Content-Disposition"].startswith("attachment; filename=")
        assert fetched.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"

    def test_without_a_purpose_it_is_not(self, desk):
        lines, visitor = desk
        send(visitor)
        path = f"{FILES}/{attachments(lines)[0]['id']}"

        assert visitor.post(path, {"purpose": " "}, page=CASE).status_code == 400
        assert visitor.get(path).status_code == 405

    def test_nor_by_a_form_that_others_forged(self, desk):
        lines, visitor = desk
        send(visitor)
        path = f"{FILES}/{attachments(lines)[0]['id']}"

        assert visitor.client.post(path, data={"purpose": "Memeriksa"}).status_code == 400


class TestDropping:
    def test_it_is_dropped_for_a_reason(self, desk):
        lines, visitor = desk
        send(visitor)
        path = f"{FILES}/{attachments(lines)[0]['id']}/drop"
        assert path in visitor.get(CASE).text
        done = visitor.post(path, {"reason": "Salah unggah", **hidden(visitor.get(path))})

        assert done.status_code == 302
        assert attachments(lines) == ()
        assert lines.given[-1].data["reason"] == "Salah unggah"

    def test_why_must_be_said(self, desk):
        lines, visitor = desk
        send(visitor)
        path = f"{FILES}/{attachments(lines)[0]['id']}/drop"
        refused = visitor.post(path, hidden(visitor.get(path)))

        assert refused.status_code == 422
        assert 'href="#field-reason"' in refused.text
        assert len(attachments(lines)) == 1
