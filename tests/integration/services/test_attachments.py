"""Files in a real vault: they come in parts, are seen when they are whole, read for a purpose, and gone with their applicant."""

import os
import time
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count

import bson
import pytest
from cryptography.fernet import Fernet, InvalidToken
from pymongo.errors import AutoReconnect
from pymongocrypt.errors import MongoCryptError

from contracts.attachments import PART_BYTES
from contracts.errors import Rejected
from contracts.sealed import Seal
from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from services.intake.attachments import Attachments
from services.intake.cipher import Cipher
from services.intake.files import Files
from services.intake.paper import Paper
from services.intake.reception import Reception, applicant_id_of, request_id
from services.intake.state import (
    ApplicantState,
    NumbersState,
    RequestState,
    evolve,
    evolve_applicant,
    evolve_numbers,
)
from services.intake.vault import KEYS, Keys, Vault
from tests.suites.orders import order
from tests.suites.practice import PRACTICE, practice_with

NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)
KEYRING = Keys(os.urandom(96), os.urandom(32))
MARKER = b"Penanda Kuningan 78"
SMALL = MARKER * 100
LARGE = os.urandom(2 * PART_BYTES) + SMALL
PURPOSE, READER = "pemeriksaan", "desk:ani"


class Shelf:
    """Intake on logs in memory, with one request of one applicant, and files on a real database."""

    def __init__(self, client, database, prefix):
        self.time = NOW
        self.ids = count(1)
        self.log = MemoryLog()
        self.seal = Seal(Fernet.generate_key())
        self.vault = Vault(client, database, f"{prefix}_keys", KEYRING, self.now)
        self.vault.prepare()
        self.files = Files(database, self.vault, self.now, self.new_id)
        self.files.prepare()
        self.practice, self.held = PRACTICE, False
        self.request = self.receive("order 1")

    def now(self):
        return self.time

    def new_id(self):
        return f"id {next(self.ids)}"

    def _handler(self, initial, fold):
        return Handler("intake", self.log, MemoryInbox(), initial, fold, self.now, self.new_id)

    @property
    def reception(self):
        return Reception(
            self._handler(RequestState(), evolve),
            self._handler(ApplicantState(), evolve_applicant),
            self.vault,
            self.seal,
            Paper(self._handler(NumbersState(), evolve_numbers), lambda: self.practice),
            lambda: self.practice,
            self.now,
            erase_files=self.files.erase,
        )

    @property
    def attachments(self):
        return Attachments(
            self.reception.requests,
            self.files,
            self.seal,
            lambda: self.practice,
            self.now,
            self.new_id,
            lambda _: self.held,
        )

    def receive(self, id_):
        sealed = self.seal.close({"name": "Siti", "phone": "+6281234567890"})
        command = order("ReceiveRequest", id_=id_, applicant=sealed, subject="")
        self.reception.receive(command)
        return request_id(command)

    def applicant(self, id_="order 1"):
        return applicant_id_of(order("ReceiveRequest", id_=id_))

    def erase(self):
        subject = f"applicant/{self.applicant()}"
        self.reception.erase(order("EraseApplicant", id_="erasure", subject=subject))

    def send(self, content, request=None):
        """All parts of a file; the id of the upload."""
        upload = self.attachments.open(request or self.request)
        for number, part in enumerate(parts(content)):
            self.add(upload, number, part)
        return upload

    def add(self, upload, number, content):
        self.attachments.add(upload, number, self.seal.close_part(content))

    def keep(self, upload, content, request=None, id_=None, **changed):
        digest = sha256(content).hexdigest()
        told = {"attachment": upload, "size": len(content), "sha256": digest, **changed}
        subject = f"request/{request or self.request}"
        command = order("KeepAttachment", id_=id_ or f"keep {upload}", subject=subject, **told)
        return self.attachments.keep(command)

    def kept(self, content):
        upload = self.send(content)
        self.keep(upload, content)
        return upload

    def drop(self, upload):
        subject = f"request/{self.request}"
        command = order("DropAttachment", id_=f"drop {upload}", subject=subject, attachment=upload)
        return self.attachments.drop(command)

    def read(self, upload, request=None, purpose=PURPOSE):
        return self.attachments.read(request or self.request, upload, purpose, READER)

    def content(self, upload):
        known = self.read(upload)
        return b"".join(self.part(known["reading"], number) for number in range(known["parts"]))

    def part(self, reading, number):
        return self.seal.open_part(self.attachments.part(reading, number))


def parts(content):
    return [content[at : at + PART_BYTES] for at in range(0, len(content), PART_BYTES)]


@pytest.fixture
def shelf(client, database, prefix):
    return Shelf(client, database, prefix)


def refusal(attempt, *arguments, **named):
    with pytest.raises(Rejected) as refused:
        attempt(*arguments, **named)
    return refused.value.code


def stored(database):
    return {name: database[name].count_documents({}) for name in ("files", "file_parts")}


def on_disk(database):
    """Everything the service's database holds, byte for byte."""
    names = database.list_collection_names()
    return b"".join(bson.encode(each) for name in names for each in database[name].find())


class TestKeeping:
    @pytest.mark.parametrize("content", [SMALL, LARGE], ids=["one part", "several parts"])
    def test_a_file_is_read_as_it_was_kept(self, shelf, content):
        assert shelf.content(shelf.kept(content)) == content

    def test_nothing_of_it_stands_in_the_database(self, shelf, database):
        shelf.kept(SMALL)

        assert MARKER not in on_disk(database)

    def test_it_stands_under_the_applicants_own_key(self, shelf, database, client, prefix):
        shelf.kept(SMALL)
        hidden = database["file_parts"].find_one()["content"]
        client[f"{prefix}_keys"][KEYS].delete_many({"keyAltNames": shelf.applicant()})

        with pytest.raises(MongoCryptError):
            Cipher(client[f"{prefix}_keys"][KEYS], KEYRING.master).show(hidden)

    def test_a_part_that_comes_twice_is_there_once(self, shelf, database):
        upload = shelf.send(LARGE)
        for number, part in reversed(list(enumerate(parts(LARGE)))):
            shelf.add(upload, number, part)
        shelf.keep(upload, LARGE)

        assert stored(database)["file_parts"] == 3
        assert shelf.content(upload) == LARGE

    def test_parts_may_come_in_any_order(self, shelf):
        upload = shelf.attachments.open(shelf.request)
        for number, part in reversed(list(enumerate(parts(LARGE)))):
            shelf.add(upload, number, part)
        shelf.keep(upload, LARGE)

        assert shelf.content(upload) == LARGE

    def test_the_same_order_again_is_answered_as_before(self, shelf):
        """A client that lost the answer sends the file once more: as another upload, under the same key."""
        first, again = shelf.send(SMALL), shelf.send(SMALL)
        kept = shelf.keep(first, SMALL, id_="once")

        assert shelf.keep(again, SMALL, id_="once").events == kept.events
        assert refusal(shelf.read, again) == "not_found"

    def test_what_came_sealed_by_another_is_not_taken(self, shelf):
        upload = shelf.attachments.open(shelf.request)
        foreign = Seal(Fernet.generate_key()).close_part(SMALL)

        with pytest.raises(InvalidToken):
            shelf.attachments.add(upload, 0, foreign)

    def test_limits_are_told_before_anything_is_sent(self, shelf):
        limits = {"most_bytes": 20 * 1024 * 1024, "most_files": 20}

        assert shelf.attachments.limits() == limits

    def test_nothing_is_taken_for_a_request_that_is_not_there(self, shelf, database):
        assert refusal(shelf.attachments.open, "nothing") == "not_found"
        assert stored(database)["files"] == 0

    def test_a_request_with_as_many_files_as_it_may_have_takes_no_upload(self, shelf, database):
        limits = {"most_bytes": 10_000, "most_files": 1}
        shelf.practice = practice_with("setting", "attachments.limits", limits)
        shelf.kept(SMALL)

        assert refusal(shelf.attachments.open, shelf.request) == "too_many_files"
        assert stored(database)["files"] == 1


class TestBroken:
    """A half-finished upload is never seen, and goes."""

    @pytest.mark.parametrize(
        "told",
        [
            {"sha256": "0" * 64},
            {"size": len(LARGE) - 1},
            {"size": len(LARGE) + PART_BYTES},
        ],
        ids=["another digest", "too little", "too much"],
    )
    def test_what_is_not_what_was_said_is_not_kept(self, shelf, told):
        upload = shelf.send(LARGE)

        assert refusal(shelf.keep, upload, LARGE, **told) == "upload_broken"
        assert refusal(shelf.read, upload) == "not_found"

    @pytest.mark.parametrize("missing", [0, 1, 2])
    def test_a_file_of_which_a_part_is_missing_is_not_kept(self, shelf, missing):
        upload = shelf.attachments.open(shelf.request)
        for number, part in enumerate(parts(LARGE)):
            if number != missing:
                shelf.add(upload, number, part)

        assert refusal(shelf.keep, upload, LARGE) == "upload_broken"

    def test_it_is_not_read_before_it_is_kept(self, shelf):
        upload = shelf.send(SMALL)

        assert refusal(shelf.read, upload) == "not_found"
        assert shelf.vault.reads_of(shelf.applicant()) == []

    @pytest.mark.parametrize("number", [-1, 10**6])
    def test_there_are_not_more_parts_than_a_file_can_have(self, shelf, number):
        upload = shelf.attachments.open(shelf.request)

        assert refusal(shelf.add, upload, number, b"x") == "upload_broken"

    @pytest.mark.parametrize("content", [b"", b"x" * (PART_BYTES + 1)], ids=["empty", "too large"])
    def test_a_part_has_its_size(self, shelf, content):
        upload = shelf.attachments.open(shelf.request)

        assert refusal(shelf.add, upload, 0, content) == "upload_broken"

    def test_an_upload_that_nobody_began_takes_nothing(self, shelf, database):
        assert refusal(shelf.add, "nobody's", 0, b"x") == "upload_broken"
        assert stored(database)["file_parts"] == 0

    def test_an_upload_that_took_too_long_is_over(self, shelf):
        upload = shelf.send(SMALL)
        shelf.time += timedelta(hours=1)

        assert refusal(shelf.add, upload, 1, b"x") == "upload_broken"
        assert refusal(shelf.keep, upload, SMALL) == "upload_broken"

    def test_an_upload_for_one_request_is_not_kept_with_another(self, shelf):
        other = shelf.receive("order 2")
        upload = shelf.send(SMALL)

        assert refusal(shelf.keep, upload, SMALL, request=other) == "upload_broken"

    def test_what_was_never_kept_is_destroyed_after_a_day(self, shelf, database):
        shelf.send(LARGE)
        kept = shelf.kept(SMALL)
        shelf.time += timedelta(days=2)

        assert [shelf.attachments.sweep(), shelf.attachments.sweep()] == [1, 0]
        assert stored(database) == {"files": 1, "file_parts": 1}
        assert shelf.content(kept) == SMALL

    def test_what_came_lately_is_left_alone(self, shelf, database):
        shelf.send(SMALL)
        shelf.time += timedelta(hours=2)

        assert shelf.attachments.sweep() == 0
        assert stored(database)["files"] == 1


class TestReading:
    def test_a_read_is_written_down_with_purpose_and_reader(self, shelf):
        upload = shelf.kept(SMALL)
        shelf.read(upload)

        (line,) = shelf.vault.reads_of(shelf.applicant())
        told = {"applicant": shelf.applicant(), "attachment": upload}
        assert line == {**told, "purpose": PURPOSE, "reader": READER, "at": NOW}

    def test_it_is_told_what_the_file_is(self, shelf):
        known = shelf.read(shelf.kept(LARGE))

        assert (known["size"], known["parts"], known["scanned"]) == (len(LARGE), 3, "clean")
        assert known["sha256"] == sha256(LARGE).hexdigest()

    @pytest.mark.parametrize("purpose", ["", "  "])
    def test_nothing_is_read_without_a_purpose(self, shelf, purpose):
        upload = shelf.kept(SMALL)

        assert refusal(shelf.read, upload, purpose=purpose) == "purpose_missing"

    def test_the_file_of_another_request_is_not_found(self, shelf):
        upload, other = shelf.kept(SMALL), shelf.receive("order 2")

        assert refusal(shelf.read, upload, request=other) == "not_found"
        assert shelf.vault.reads_of(shelf.applicant()) == []

    def test_no_part_is_given_without_a_reading(self, shelf):
        shelf.kept(SMALL)

        assert refusal(shelf.part, "nothing", 0) == "not_found"

    def test_a_reading_ends(self, shelf):
        known = shelf.read(shelf.kept(SMALL))
        shelf.time += timedelta(hours=1, seconds=1)

        assert refusal(shelf.part, known["reading"], 0) == "not_found"

    def test_a_file_has_no_more_parts_than_it_has(self, shelf):
        known = shelf.read(shelf.kept(SMALL))

        assert refusal(shelf.part, known["reading"], 1) == "not_found"


class TestDropping:
    def test_a_dropped_file_is_gone(self, shelf, database):
        upload = shelf.kept(LARGE)
        shelf.drop(upload)

        assert refusal(shelf.read, upload) == "not_found"
        assert stored(database) == {"files": 0, "file_parts": 0}

    def test_dropping_again_is_answered_as_before(self, shelf):
        upload = shelf.kept(SMALL)

        assert shelf.drop(upload).events == shelf.drop(upload).events

    def test_others_stay(self, shelf):
        upload, other = shelf.kept(SMALL), shelf.kept(LARGE)
        shelf.drop(upload)

        assert shelf.content(other) == LARGE

    def test_nothing_is_dropped_that_an_objection_may_need(self, shelf):
        upload = shelf.kept(SMALL)
        shelf.held = True

        assert refusal(shelf.drop, upload) == "legal_hold"
        assert shelf.content(upload) == SMALL

    def test_what_was_said_to_be_dropped_before_a_crash_is_destroyed_later(
        self, shelf, database, monkeypatch
    ):
        upload = shelf.kept(SMALL)
        shelf.time += timedelta(days=2)
        shelf.attachments.sweep()  # by now it is settled
        with monkeypatch.context() as broken:
            broken.setattr(Files, "drop", _away)
            with pytest.raises(AutoReconnect):
                shelf.drop(upload)
        assert refusal(shelf.read, upload) == "not_found"

        shelf.time += timedelta(days=2)
        assert shelf.attachments.sweep() == 1
        assert stored(database) == {"files": 0, "file_parts": 0}

    def test_what_was_not_dropped_after_all_stays(self, shelf, monkeypatch):
        upload = shelf.kept(SMALL)
        with monkeypatch.context() as broken:
            broken.setattr(MemoryLog, "append", _away)
            with pytest.raises(AutoReconnect):
                shelf.drop(upload)
        shelf.time += timedelta(days=2)

        assert shelf.attachments.sweep() == 0
        assert shelf.content(upload) == SMALL


def _away(*_):
    raise AutoReconnect


class TestErasing:
    def test_with_the_applicant_their_files_are_gone(self, shelf, database):
        upload, other = shelf.kept(LARGE), shelf.receive("order 2")
        theirs = shelf.send(SMALL, other)
        shelf.keep(theirs, SMALL, request=other)
        known = shelf.read(upload)
        shelf.erase()

        assert refusal(shelf.read, upload) == "applicant_erased"
        assert refusal(shelf.part, known["reading"], 0) == "applicant_erased"
        assert stored(database) == {"files": 1, "file_parts": 1}

    def test_a_copy_of_the_parts_stays_unreadable(self, shelf, database, client, prefix):
        shelf.kept(SMALL)
        copied = database["file_parts"].find_one()["content"]
        shelf.erase()

        afresh = Cipher(client[f"{prefix}_keys"][KEYS], KEYRING.master)
        with pytest.raises(MongoCryptError):
            afresh.show(copied)

    def test_nothing_more_is_taken_for_who_was_erased(self, shelf, database):
        upload = shelf.send(SMALL)
        shelf.erase()

        assert refusal(shelf.attachments.open, shelf.request) == "applicant_erased"
        assert refusal(shelf.add, upload, 1, b"x") == "upload_broken"
        assert refusal(shelf.keep, upload, SMALL) == "applicant_erased"
        assert stored(database) == {"files": 0, "file_parts": 0}

    def test_a_part_that_comes_during_the_erasure_leaves_nothing_behind(
        self, shelf, database, monkeypatch
    ):
        upload = shelf.attachments.open(shelf.request)
        hide = Cipher.hide

        def late(*arguments):
            hidden = hide(*arguments)
            shelf.erase()
            return hidden

        monkeypatch.setattr(Cipher, "hide", late)

        assert refusal(shelf.add, upload, 0, SMALL) == "upload_broken"
        assert stored(database) == {"files": 0, "file_parts": 0}


def test_twenty_megabytes_are_taken_in_quickly_and_part_by_part(shelf):
    """One part keeps a worker for milliseconds; seeing that a file is whole must stay far below a call's limit."""
    content = os.urandom(20 * 1024 * 1024)
    upload = shelf.send(content)
    began = time.monotonic()
    shelf.keep(upload, content)

    assert time.monotonic() - began < 4
