"""The counter with a real vault: who is stored, who is not, and what a crash or a repetition leaves behind."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from cryptography.fernet import Fernet
from pymongo.errors import AutoReconnect

from contracts.envelope import to_cloudevent
from contracts.errors import Rejected
from contracts.sealed import Seal
from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from services.intake.objectors import Objectors
from services.intake.paper import Paper
from services.intake.query import Query
from services.intake.reception import Reception, applicant_id_of
from services.intake.state import (
    ApplicantState,
    NumbersState,
    RequestState,
    evolve,
    evolve_applicant,
    evolve_numbers,
)
from services.intake.vault import Keys, Vault
from tests.suites.facts import INFORMATION
from tests.suites.orders import order
from tests.suites.practice import PRACTICE, practice_with

NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)
PERSON = {
    "name": "Siti Rahmawati",
    "nik": "3174015208900003",
    "address": "Jl. Salemba Raya 15",
    "phone": "+6281234567890",
    "email": "siti@contoh.id",
}
KEYRING = Keys(os.urandom(96), os.urandom(32))


class Counter:
    """Intake on logs in memory and a vault on a real database."""

    def __init__(self, client, database, prefix):
        self.time = NOW
        self.ids = count(1)
        self.log = MemoryLog()
        self.seal = Seal(Fernet.generate_key())
        self.vault = Vault(client, database, f"{prefix}_keys", KEYRING, lambda: self.time)
        self.vault.prepare()
        self.query = Query(self.vault, self.seal)
        self.practice = PRACTICE

    @property
    def reception(self):
        return Reception(
            self._handler(RequestState(), evolve),
            self._handler(ApplicantState(), evolve_applicant),
            self.vault,
            self.seal,
            self.paper,
            lambda: self.practice,
            lambda: self.time,
        )

    @property
    def objectors(self):
        return Objectors(self.reception.requests, self.reception.applicants, self.vault)

    @property
    def paper(self):
        numbers = self._handler(NumbersState(), evolve_numbers)
        return Paper(numbers, lambda: self.practice)

    def reserve(self):
        return self.paper.reserve(order("ReserveNumbers", id_="reservation", count=3))

    def _handler(self, initial, fold):
        return Handler(
            "intake", self.log, MemoryInbox(), initial, fold, lambda: self.time, self._new_id
        )

    def _new_id(self):
        return f"event {next(self.ids)}"

    def receive(self, id_="order 1", person=PERSON, **changed):
        return self.reception.receive(self.received(id_, person, **changed))

    def received(self, id_="order 1", person=PERSON, **changed):
        sealed = self.seal.close(person)
        return order("ReceiveRequest", id_=id_, applicant=sealed, subject="", **changed)

    def enter(self, id_="order 1", person=PERSON, **changed):
        return self.reception.enter(self.entered(id_, person, **changed))

    def entered(self, id_="order 1", person=PERSON, **changed):
        sealed = self.seal.close(person)
        given = {"applicant": sealed, "indonesian": None, **changed}
        return order("EnterApplicant", id_=id_, subject="", **given)

    def applicant(self, id_="order 1"):
        return applicant_id_of(self.received(id_))

    def correct(self, person, id_="correction"):
        subject = f"applicant/{self.applicant()}"
        sealed = self.seal.close(person)
        return self.reception.correct(
            order("CorrectApplicant", id_=id_, subject=subject, applicant=sealed)
        )

    def erase(self, id_="erasure"):
        subject = f"applicant/{self.applicant()}"
        return self.reception.erase(order("EraseApplicant", id_=id_, subject=subject))

    def shown(self, id_="order 1"):
        return self.seal.open(self.query.applicant(self.applicant(id_), "pemeriksaan", "desk:ani"))

    def people(self):
        return self.vault._people.count_documents({})


@pytest.fixture
def counter(client, database, prefix):
    return Counter(client, database, prefix)


def refusal(attempt, *arguments, **named):
    with pytest.raises(Rejected) as refused:
        attempt(*arguments, **named)
    return refused.value.code


def facts(done, name):
    return next(event.data for event in done.events if event.name == name)


class Broken(MemoryLog):
    """A log whose database goes away before it has written anything, once."""

    def __init__(self):
        super().__init__()
        self.away = True

    def append(self, commit):
        if self.away:
            self.away = False
            raise AutoReconnect
        return super().append(commit)


class TestReceiving:
    def test_the_person_is_in_the_vault_and_the_request_in_the_log(self, counter):
        done = counter.receive()

        assert [event.name for event in done.events] == ["RequestReceived", "RequestSubmitted"]
        assert counter.shown()["name"] == PERSON["name"]

    def test_no_event_names_a_person(self, counter):
        done = counter.receive()
        told = json.dumps([to_cloudevent(event) for event in done.events])

        assert [value for value in PERSON.values() if value in told] == []

    def test_the_event_names_the_applicant_of_the_vault(self, counter):
        done = counter.receive()

        assert facts(done, "RequestReceived")["applicant_id"] == counter.applicant()

    def test_the_same_order_keeps_one_person_and_gets_the_first_result(self, counter):
        command = counter.received()
        first = counter.reception.receive(command)
        again = counter.reception.receive(command)

        assert again == replace(first, repeated=True)
        assert counter.people() == 1

    def test_after_a_crash_between_person_and_event_the_same_order_finds_the_person(self, counter):
        counter.log = Broken()
        command = counter.received()
        with pytest.raises(AutoReconnect):
            counter.reception.receive(command)
        counter.reception.receive(command)

        assert counter.people() == 1
        assert counter.log.head() == 1

    def test_a_key_that_was_used_for_another_order_does_not_replace_the_person(self, counter):
        counter.receive()
        other = replace(counter.received(person={**PERSON, "name": "Lain"}), fingerprint="other")

        assert refusal(counter.reception.receive, other) == "idempotency_key_reused"
        assert counter.shown()["name"] == PERSON["name"]

    def test_an_order_that_is_refused_keeps_nobody(self, counter):
        tomorrow = (NOW + timedelta(days=1)).isoformat()

        assert refusal(counter.receive, received_at=tomorrow) == "received_in_future"
        assert counter.people() == 0

    def test_a_person_without_a_name_is_refused(self, counter):
        assert refusal(counter.receive, person={"nik": PERSON["nik"]}) == "invalid_fields"
        assert (counter.people(), counter.log.head()) == (0, 0)

    def test_what_looks_odd_is_warned_of(self, counter):
        done = counter.receive(person={"name": "Ani", "nik": "123"})

        assert facts(done, "RequestReceived")["warnings"] == [
            "nik_malformed",
            "address_missing",
            "contact_missing",
        ]

    def test_a_person_without_documents_numbers_is_read_without_them(self, counter):
        counter.receive(person={**PERSON, "documents": None, "occupation": None})

        assert counter.shown()["documents"] == {}


class TestEntering:
    def test_the_person_is_in_the_vault_and_the_entry_in_the_log(self, counter):
        done = counter.enter()

        assert done.stream == f"applicant/{counter.applicant()}"
        assert [event.name for event in done.events] == ["ApplicantEntered"]
        assert counter.shown()["nik"] == PERSON["nik"]

    def test_no_event_names_the_person(self, counter):
        told = json.dumps([to_cloudevent(event) for event in counter.enter().events])

        assert [value for value in PERSON.values() if value in told] == []

    def test_the_same_order_enters_one_person(self, counter):
        command = counter.entered()
        first = counter.reception.enter(command)

        assert counter.reception.enter(command) == replace(first, repeated=True)
        assert counter.people() == 1

    def test_a_person_without_a_name_is_refused(self, counter):
        assert refusal(counter.enter, person={"nik": PERSON["nik"]}) == "invalid_fields"
        assert (counter.people(), counter.log.head()) == (0, 0)

    def test_who_was_entered_is_corrected_and_read_as_others_are(self, counter):
        counter.enter()
        counter.correct({**PERSON, "name": "Siti R."})

        assert counter.shown()["name"] == "Siti R."
        assert len(counter.query.reads(counter.applicant())) == 1

    def test_who_was_entered_and_erased_is_not_shown_nor_entered_again(self, counter):
        command = counter.entered()
        first = counter.reception.enter(command)
        counter.erase()

        assert counter.reception.enter(command) == replace(first, repeated=True)
        assert refusal(counter.shown) == "applicant_erased"

    def test_a_person_whose_entry_was_never_recorded_is_erased(self, counter):
        counter.log = Broken()
        with pytest.raises(AutoReconnect):
            counter.enter("lost")
        counter.enter()
        counter.time += timedelta(days=2)

        assert counter.reception.sweep() == 1
        assert refusal(counter.shown, "lost") == "applicant_erased"
        assert counter.shown()["name"] == PERSON["name"]

    def test_an_entry_is_no_request_that_another_could_be_like(self, counter):
        counter.enter()

        assert facts(counter.receive("order 2"), "RequestReceived")["similar_to"] == []


class TestObjecting:
    def test_who_asked_and_who_was_entered_is_known(self, counter):
        request = counter.receive("order 1").stream.partition("/")[2]
        counter.enter("order 2", person={"name": "Ani"})

        assert counter.objectors.objector(None, request) == "known"
        assert counter.objectors.objector(counter.applicant("order 1"), None) == "known"
        assert counter.objectors.objector(counter.applicant("order 2"), None) == "known"

    def test_who_may_not_apply_is_known_as_that(self, counter):
        counter.enter("order 1", indonesian=False)
        counter.receive("order 2", indonesian=False)

        for id_ in ("order 1", "order 2"):
            assert counter.objectors.objector(counter.applicant(id_), None) == "not_indonesian"

    def test_nobody_else_is_known(self, counter):
        assert counter.objectors.objector("nobody", None) == "unknown"
        assert counter.objectors.objector(None, "nothing") == "unknown"

    def test_whose_data_are_gone_is_known_as_erased(self, counter):
        request = counter.receive().stream.partition("/")[2]
        counter.correct(PERSON)
        counter.erase()

        assert counter.objectors.objector(counter.applicant(), None) == "erased"
        assert counter.objectors.objector(None, request) == "erased"

    def test_what_looked_odd_at_the_entry_is_told(self, counter):
        counter.enter(person={"name": "Ani", "phone": "021"}, indonesian=False)

        assert counter.objectors.warnings(counter.applicant()) == [
            "address_missing",
            "not_indonesian",
        ]


class TestPaperForms:
    def test_a_form_is_entered_with_its_person(self, counter):
        counter.reserve()
        done = counter.receive(paper_serial=2)

        assert facts(done, "RequestSubmitted")["serial"] == 2
        assert counter.shown()["name"] == PERSON["name"]

    @pytest.mark.parametrize(
        ("serial", "code"), [(9, "number_not_reserved"), (2, "number_used_already")]
    )
    def test_a_form_that_is_refused_keeps_nobody(self, counter, serial, code):
        counter.reserve()
        counter.receive(paper_serial=2)

        assert refusal(counter.receive, "order 2", paper_serial=serial) == code
        assert counter.people() == 1

    def test_the_same_form_entered_again_by_the_same_order_gets_the_first_result(self, counter):
        counter.reserve()
        command = counter.received(paper_serial=2)
        first = counter.reception.receive(command)

        assert counter.reception.receive(command) == replace(first, repeated=True)


class TestNearDuplicates:
    def test_the_same_person_asking_the_same_is_warned_of(self, counter):
        first = counter.receive()
        second = counter.receive("order 2", information=INFORMATION.upper())

        assert facts(second, "RequestReceived")["similar_to"] == [first.stream]
        assert "near_duplicate" in facts(second, "RequestReceived")["warnings"]

    def test_the_same_person_asking_something_else_is_not(self, counter):
        counter.receive()
        second = counter.receive("order 2", information="Anggaran dan realisasi tahun 2025")

        assert facts(second, "RequestReceived")["similar_to"] == []

    def test_another_person_asking_the_same_is_not(self, counter):
        counter.receive()
        second = counter.receive("order 2", person={**PERSON, "nik": "3174011208900004"})

        assert facts(second, "RequestReceived")["similar_to"] == []

    @pytest.mark.parametrize(("days", "warned"), [(30, True), (31, False)])
    def test_what_was_asked_longer_ago_than_the_window_is_not(self, counter, days, warned):
        first = counter.receive(received_at="2026-08-12T00:10:00+07:00")
        counter.time += timedelta(days=days)
        second = counter.receive("order 2", received_at=counter.time.isoformat())

        assert facts(second, "RequestReceived")["similar_to"] == ([first.stream] if warned else [])

    def test_the_window_is_that_of_the_rules(self, counter):
        counter.practice = practice_with("days", "duplicate.window", {"count": 7, "unit": "days"})
        counter.receive()
        counter.time += timedelta(days=8)
        second = counter.receive("order 2", received_at=counter.time.isoformat())

        assert facts(second, "RequestReceived")["similar_to"] == []

    def test_a_paper_form_entered_late_is_compared_by_its_day_of_receipt(self, counter):
        counter.receive()
        counter.time += timedelta(days=40)
        late = counter.receive("order 2", received_at="2026-08-13T09:00:00+07:00")

        assert "near_duplicate" in facts(late, "RequestReceived")["warnings"]

    def test_an_order_is_not_similar_to_itself(self, counter):
        command = counter.received()
        counter.reception.receive(command)

        assert facts(counter.reception.receive(command), "RequestReceived")["similar_to"] == []

    def test_however_often_somebody_asks_the_request_is_taken_in(self, counter):
        for at in range(25):
            done = counter.receive(f"order {at}")

        assert len(facts(done, "RequestReceived")["similar_to"]) == 20


class TestCompleting:
    def test_numbers_of_late_papers_go_into_the_vault(self, counter):
        done = counter.receive(documents=[])
        sealed = counter.seal.close({"identity_card": "KTP-3174"})
        counter.reception.complete(
            order(
                "CompleteRequest", subject=done.stream, numbers=sealed, received_at=NOW.isoformat()
            )
        )

        assert counter.shown()["documents"] == {"identity_card": "KTP-3174"}

    def test_papers_without_numbers_complete_as_well(self, counter):
        done = counter.receive(documents=[])
        completed = counter.reception.complete(
            order("CompleteRequest", subject=done.stream, received_at=NOW.isoformat())
        )

        assert completed.events[-1].name == "RequestSubmitted"

    def test_a_refused_completion_adds_nothing(self, counter):
        done = counter.receive()
        sealed = counter.seal.close({"identity_card": "KTP-3174"})
        late = order("CompleteRequest", subject=done.stream, numbers=sealed)

        assert refusal(counter.reception.complete, late) == "wrong_phase"
        assert counter.shown()["documents"] == {}

    def test_a_request_is_withdrawn(self, counter):
        done = counter.receive()
        withdrawn = counter.reception.withdraw(order("WithdrawRequest", subject=done.stream))

        assert withdrawn.events[0].name == "RequestWithdrawn"


class TestCorrecting:
    def test_the_corrected_person_is_shown(self, counter):
        counter.receive()
        done = counter.correct({**PERSON, "name": "Siti R."})

        assert facts(done, "ApplicantCorrected")["applicant_revision"] == 2
        assert (counter.shown()["name"], counter.shown()["applicant_revision"]) == ("Siti R.", 2)

    def test_a_correction_that_a_crash_cut_off_gives_way_to_the_next(self, counter):
        counter.receive()
        counter.vault.correct(counter.applicant(), 2, {**PERSON, "name": "Salah"})
        counter.correct({**PERSON, "name": "Benar"})

        assert counter.shown()["name"] == "Benar"

    def test_who_does_not_exist_is_not_corrected(self, counter):
        assert refusal(counter.correct, PERSON) == "not_found"

    def test_a_correction_without_a_name_is_refused(self, counter):
        counter.receive()

        assert refusal(counter.correct, {"nik": PERSON["nik"]}) == "invalid_fields"

    def test_a_correction_that_meets_an_erasure_brings_nobody_back(self, counter):
        counter.receive()
        slow = counter.reception
        known = counter.vault.correct

        class Slow:
            """The vault of a worker that is overtaken between deciding and storing."""

            exists = counter.vault.exists

            @staticmethod
            def correct(*arguments):
                if counter.log.find("erasure") is None:
                    counter.erase()
                known(*arguments)

        sealed = counter.seal.close({**PERSON, "name": "Kembali"})
        correction = order(
            "CorrectApplicant", subject=f"applicant/{counter.applicant()}", applicant=sealed
        )
        assert refusal(replace(slow, vault=Slow).correct, correction) == "applicant_erased"
        assert refusal(counter.shown) == "applicant_erased"
        assert counter.vault._keys.count_documents({}) == 0


class TestErasing:
    def test_who_was_erased_is_not_shown(self, counter):
        counter.receive()
        counter.erase()

        assert refusal(counter.shown) == "applicant_erased"

    def test_the_request_stays(self, counter):
        done = counter.receive()
        counter.erase()

        assert len(counter.log.stream(done.stream)) == 2

    def test_erasing_twice_is_refused_by_another_order_and_repeated_for_the_same(self, counter):
        counter.receive()
        first = counter.erase()

        assert counter.erase() == replace(first, repeated=True)
        assert refusal(counter.erase, "another") == "applicant_erased"

    def test_who_does_not_exist_is_not_erased(self, counter):
        assert refusal(counter.erase) == "not_found"

    def test_the_order_that_brought_the_person_does_not_bring_it_back(self, counter):
        command = counter.received()
        first = counter.reception.receive(command)
        counter.erase()

        assert counter.reception.receive(command) == replace(first, repeated=True)
        assert refusal(counter.shown) == "applicant_erased"


class TestSweeping:
    def left_alone(self, counter):
        """A person whose order was never repeated after a crash."""
        counter.log = Broken()
        with pytest.raises(AutoReconnect):
            counter.receive("lost")
        counter.time += timedelta(days=2)

    def test_a_person_without_a_request_is_erased(self, counter):
        self.left_alone(counter)

        assert counter.reception.sweep() == 1
        assert refusal(counter.shown, "lost") == "applicant_erased"

    def test_a_person_with_a_request_stays(self, counter):
        counter.receive()
        counter.time += timedelta(days=2)

        assert counter.reception.sweep() == 0
        assert counter.shown()["name"] == PERSON["name"]

    def test_a_sweep_that_was_cut_off_is_finished_by_the_next(self, counter):
        self.left_alone(counter)
        counter.vault.without_request(counter.time, lambda _: False)  # and then it was killed

        assert counter.reception.sweep() == 1

    def test_after_a_sweep_there_is_nothing_to_sweep(self, counter):
        self.left_alone(counter)
        counter.reception.sweep()

        assert counter.reception.sweep() == 0


class TestAsking:
    @pytest.mark.parametrize("purpose", ["", "  "])
    def test_nobody_is_shown_without_a_purpose(self, counter, purpose):
        counter.receive()

        assert (
            refusal(counter.query.applicant, counter.applicant(), purpose, "desk:ani")
            == "purpose_missing"
        )
        assert counter.query.reads(counter.applicant()) == []

    def test_the_answer_travels_sealed(self, counter):
        counter.receive()
        answer = counter.query.applicant(counter.applicant(), "pemeriksaan", "desk:ani")

        assert PERSON["name"] not in answer
        assert counter.seal.open(answer)["nik"] == PERSON["nik"]

    def test_reads_are_told_with_their_time(self, counter):
        counter.receive()
        counter.shown()

        assert counter.query.reads(counter.applicant()) == [
            {
                "applicant": counter.applicant(),
                "purpose": "pemeriksaan",
                "reader": "desk:ani",
                "at": NOW.isoformat(),
            }
        ]

    def test_many_are_read_for_one_purpose_and_each_read_is_written_down(self, counter):
        counter.receive()
        known = counter.applicant()

        answer = counter.query.applicants([known, known, "nobody"], "register", "desk:ani")

        assert PERSON["name"] not in answer
        assert {id_: person["name"] for id_, person in counter.seal.open(answer).items()} == {
            known: PERSON["name"]
        }
        assert [read["purpose"] for read in counter.query.reads(known)] == ["register"]

    def test_of_many_nobody_is_shown_without_a_purpose(self, counter):
        counter.receive()
        known = counter.applicant()

        assert refusal(counter.query.applicants, [known], " ", "desk:ani") == "purpose_missing"
        assert counter.query.reads(known) == []
