"""Files through the API: taken if they are what they may be, given out for a purpose, never more than the desk wanted."""

import os
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import bson
import httpx
import psutil
import pytest

from tests.e2e.desk import new_key
from tests.e2e.parts import logs_of
from tests.e2e.test_refusals import refused
from tests.suites import uploads
from tests.suites.clamd import EICAR, FOUND

MARKER = b"Penanda Kuningan 79"
LARGEST = 20 * 1024 * 1024
MEGABYTE = 1024 * 1024
PURPOSE = "Memeriksa identitas"


class Folder:
    """The files of one request, as the desk handles them."""

    def __init__(self, desk):
        self.desk, self.request = desk, desk.receive()["id"]
        self.path = f"/requests/{self.request}/attachments"

    def send(self, content, *, key="", version="", kind="received_letter", **more):
        headers = {
            "Idempotency-Key": key or new_key(),
            "If-Match": f'"{version or self.version}"',
            **more.pop("headers", {"Content-Type": "application/octet-stream"}),
        }
        given = {"content": content} if content is not None else {}
        query = {"kind": kind, **more.pop("params", {})}
        return self.desk.ask("POST", self.path, params=query, headers=headers, **given, **more)

    def kept(self, content, **more):
        answer = self.send(content, **more)
        assert answer.status_code == 201, answer.text
        return answer.json()

    @property
    def version(self):
        return self.desk.see(f"/requests/{self.request}")["version"]

    def shown(self):
        return [each["id"] for each in self.desk.see(self.path)["items"]]

    def fetch(self, id_, purpose=PURPOSE, desk=None):
        query = {"purpose": purpose} if purpose is not None else {}
        return (desk or self.desk).get(f"{self.path}/{id_}", **query)


@pytest.fixture
def folder(desk):
    return Folder(desk)


class TestKeeping:
    def test_a_file_comes_out_as_it_went_in(self, folder):
        content = uploads.pdf(MARKER)
        kept = folder.kept(content)

        assert folder.fetch(kept["id"]).content == content
        assert (kept["media_type"], kept["size"]) == ("application/pdf", len(content))
        assert (kept["sha256"], kept["scanned"]) == (sha256(content).hexdigest(), "clean")

    def test_it_is_shown_with_its_request_and_in_its_timeline(self, folder, desk):
        kept = folder.kept(uploads.PDF)

        (shown,) = desk.see(f"/requests/{folder.request}")["attachments"]
        timeline = desk.see(f"/requests/{folder.request}/timeline")["items"]
        assert shown["id"] == kept["id"]
        assert kept["id"] in [each["data"].get("attachment") for each in timeline]
        assert folder.version == kept["version"]

    def test_a_form_brings_it_as_well(self, folder):
        files = {"file": ("Surat Siti Rahmawati.pdf", uploads.PDF, "text/html")}
        kept = folder.kept(None, files=files, headers={})

        assert folder.fetch(kept["id"]).content == uploads.PDF
        assert "Siti" not in str(folder.desk.see(f"/requests/{folder.request}/timeline"))

    def test_a_signed_paper_says_which(self, folder):
        kept = folder.kept(uploads.PDF, kind="signed_paper", params={"signs": "receipt"})

        assert kept["signs"] == "receipt"

    def test_of_an_image_only_the_pixels_are_kept(self, folder):
        fetched = folder.fetch(folder.kept(uploads.photo())["id"])

        assert fetched.headers["Content-Type"] == "image/jpeg"
        assert b"Kembojawangi" not in fetched.content

    def test_a_word_document_is_kept(self, folder):
        content = uploads.word()

        assert folder.fetch(folder.kept(content, kind="answer")["id"]).content == content

    def test_sent_again_with_its_key_it_is_answered_as_before(self, folder):
        key, version = new_key(), folder.version
        first = folder.kept(uploads.PDF, key=key, version=version)
        again = folder.kept(uploads.PDF, key=key, version=version)

        assert again["id"] == first["id"]
        assert folder.shown() == [first["id"]]

    def test_another_file_with_the_same_key_is_not_taken(self, folder):
        key = new_key()
        folder.kept(uploads.PDF, key=key)

        refused(folder.send(uploads.pdf(b"x"), key=key), 422, "idempotency_key_reused")

    def test_whoever_has_not_read_the_request_keeps_nothing(self, folder):
        old = folder.version
        folder.kept(uploads.PDF)

        refused(folder.send(uploads.PDF, version=old), 412, "stale_version")
        assert len(folder.shown()) == 1


class TestRefusing:
    @pytest.mark.parametrize(
        "content",
        [
            uploads.zipped({"KTP.pdf": uploads.PDF}),
            uploads.HTML,
            uploads.PROGRAM,
            uploads.png_bomb(),
        ],
        ids=["a zip named .pdf", "HTML", "a program", "an image of gigabytes"],
    )
    def test_what_is_not_what_it_is_called_is_refused(self, folder, content):
        files = {"file": ("KTP.pdf", content, "application/pdf")}
        answer = folder.send(None, files=files, headers={})

        refused(answer, 415, "file_type_not_allowed")
        assert folder.shown() == []

    def test_an_infected_file_is_refused_and_that_is_recorded(self, folder, desk):
        content = uploads.pdf(EICAR)
        problem = refused(folder.send(content), 422, "file_infected")
        timeline = desk.see(f"/requests/{folder.request}/timeline")["items"]
        (recorded,) = (each["data"] for each in timeline if ".AttachmentRefused." in each["type"])

        assert FOUND in problem["detail"]
        assert (recorded["found"], recorded["sha256"]) == (FOUND, sha256(content).hexdigest())
        assert folder.shown() == []

    def test_one_byte_more_than_the_rule_allows_is_too_much(self, folder):
        answer = folder.send(_large(LARGEST + 1))

        refused(answer, 413, "file_too_large")
        assert folder.shown() == []

    def test_an_empty_file_is_broken(self, folder):
        refused(folder.send(b""), 422, "upload_broken")

    def test_a_form_without_a_file_is_told_so(self, folder):
        answer = folder.send(None, data={"x": "y"}, files={"other": b"x"}, headers={})

        assert "file" in refused(answer, 422, "invalid_fields")["errors"]

    @pytest.mark.parametrize(
        ("kind", "signs"),
        [("selfie", None), ("", None), ("answer", "receipt"), ("signed_paper", None)],
    )
    def test_what_it_is_must_be_said_rightly(self, folder, kind, signs):
        more = {"params": {"signs": signs}} if signs else {}

        refused(folder.send(uploads.PDF, kind=kind, **more), 400, "filter_invalid")

    def test_nothing_is_kept_with_a_request_that_is_not_there(self, folder):
        folder.path = "/requests/nothing/attachments"

        refused(folder.send(uploads.PDF), 404, "not_found")


class TestFetching:
    def test_it_is_a_download_whatever_it_is(self, folder):
        kept = folder.kept(uploads.PDF)
        headers = folder.fetch(kept["id"]).headers

        assert headers["Content-Disposition"].startswith("attachment; filename=")
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Content-Length"] == str(kept["size"])

    def test_who_read_it_and_what_for_is_written_down(self, folder, desk):
        kept = folder.kept(uploads.PDF)
        folder.fetch(kept["id"])
        applicant = desk.see(f"/requests/{folder.request}")["applicant_id"]
        (line,) = desk.as_("auditor").see(f"/applicants/{applicant}/reads")["items"]

        assert (line["attachment"], line["purpose"]) == (kept["id"], PURPOSE)
        assert line["reader"].startswith("desk:")

    @pytest.mark.parametrize("purpose", [None, "", " "])
    def test_without_a_purpose_it_is_not_given(self, folder, purpose):
        refused(folder.fetch(folder.kept(uploads.PDF)["id"], purpose), 400, "purpose_missing")

    def test_the_file_of_another_request_is_not_found(self, folder, desk):
        kept, other = folder.kept(uploads.PDF), Folder(desk)

        refused(other.fetch(kept["id"]), 404, "not_found")
        refused(folder.fetch("nothing"), 404, "not_found")

    @pytest.mark.parametrize("role", ["auditor", "administrator", "integration", "division_head"])
    def test_only_those_who_may_read_the_person_may_read_it(self, folder, desk, role):
        kept = folder.kept(uploads.PDF)

        refused(folder.fetch(kept["id"], desk=desk.as_(role)), 403, "role_not_allowed")

    def test_what_was_altered_in_the_database_does_not_come_out(self, folder, mongo):
        kept = folder.kept(uploads.pdf(MARKER))
        _alter(mongo, kept, 0, by=folder.kept(uploads.pdf(b"Lain")))

        refused(folder.fetch(kept["id"]), 500, "internal_error")

    def test_nor_does_it_come_out_whole_when_it_is_large(self, folder, mongo):
        kept = folder.kept(_large(3 * MEGABYTE))
        _alter(mongo, kept, 5, by=folder.kept(_large(3 * MEGABYTE)))

        with pytest.raises(httpx.RemoteProtocolError):
            folder.fetch(kept["id"])


def _alter(mongo, file, number, by):
    """Put a part of another file of the same applicant into a file."""
    parts = mongo["terbuka_intake"]["file_parts"]
    foreign = parts.find_one({"file": by["id"], "number": number})["content"]
    parts.update_one({"file": file["id"], "number": number}, {"$set": {"content": foreign}})


class TestDropping:
    def test_a_dropped_file_is_gone(self, folder, desk, mongo):
        kept = folder.kept(uploads.PDF)
        gone = f"{folder.path}/{kept['id']}?reason=Salah"
        answer = desk.write("DELETE", gone, version=kept["version"])

        assert answer.json()["attachments"] == []
        refused(folder.fetch(kept["id"]), 404, "not_found")
        assert mongo["terbuka_intake"]["file_parts"].find_one({"file": kept["id"]}) is None

    def test_why_must_be_said(self, folder, desk):
        kept = folder.kept(uploads.PDF)
        answer = desk.write("DELETE", f"{folder.path}/{kept['id']}", version=kept["version"])

        refused(answer, 400, "filter_invalid")
        assert folder.shown() == [kept["id"]]


def test_with_the_person_their_files_are_gone(folder, desk, mongo):
    kept = folder.kept(uploads.PDF)
    applicant = desk.see(f"/requests/{folder.request}")["applicant_id"]
    desk.as_("administrator").write("DELETE", f"/applicants/{applicant}?purpose=Diminta")

    refused(folder.fetch(kept["id"]), 409, "applicant_erased")
    refused(folder.send(uploads.PDF), 409, "applicant_erased")
    assert mongo["terbuka_intake"]["file_parts"].find_one({"applicant": applicant}) is None


def test_nothing_of_a_file_is_found_where_it_does_not_belong(folder, mongo, stack):
    folder.fetch(folder.kept(uploads.pdf(MARKER))["id"])
    folder.send(uploads.pdf(EICAR + MARKER))
    databases = [name for name in mongo.list_database_names() if name.startswith("terbuka")]
    kept = [
        bson.encode(document)
        for name in databases
        for collection in mongo[name].list_collection_names()
        for document in mongo[name][collection].find()
    ]

    assert not [1 for each in kept if MARKER in each]
    assert not [path for path in logs_of(stack) if MARKER in path.read_bytes()]


def _large(size):
    """A PDF of so many bytes that no compression makes smaller."""
    head, tail = uploads.PDF[:9], uploads.PDF[9:]
    return head + os.urandom(size - len(uploads.PDF)) + tail


class TestLarge:
    """The largest file there may be, in parts: no process ever holds all of it."""

    @pytest.fixture
    def peaks(self, stack):
        """How much memory gateway and intake took at most while a block ran, beyond what they had."""

        def measured(act):
            processes = [each for name in ("gateway", "intake") for each in _tree(stack, name)]
            for each in processes:
                Path(f"/proc/{each}/clear_refs").write_text("5", encoding="ascii")
            before = [_memory(each, "VmRSS") for each in processes]
            done = act()
            after = [_memory(each, "VmHWM") for each in processes]
            grown = [high - low for high, low in zip(after, before, strict=True)]
            return done, max(grown)

        return measured

    def test_it_goes_in_and_out_while_memory_stays_flat(self, folder, peaks):
        content = _large(LARGEST)
        folder.kept(_large(2 * MEGABYTE))  # what a process takes once is taken
        kept, up = peaks(lambda: folder.kept(content))
        fetched, down = peaks(lambda: folder.fetch(kept["id"]))

        assert sha256(fetched.content).digest() == sha256(content).digest()
        assert up < LARGEST / 2, f"{up / MEGABYTE:.1f} MB more"
        assert down < LARGEST / 2, f"{down / MEGABYTE:.1f} MB more"

    def test_others_are_served_meanwhile(self, folder, desk):
        with ThreadPoolExecutor(1) as worker:
            sent = worker.submit(folder.kept, _large(LARGEST))
            seen = 0
            while not sent.done():
                desk.receive()
                seen += 1

        assert sent.result()["size"] == LARGEST
        assert seen


def _tree(stack, name):
    process = psutil.Process(stack.supervisor.pid(name))
    return [process.pid, *(each.pid for each in process.children(recursive=True))]


def _memory(pid, what):
    text = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    line = next(each for each in text.splitlines() if each.startswith(what))
    return int(line.split()[1]) * 1024
