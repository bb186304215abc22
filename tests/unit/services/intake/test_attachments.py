from datetime import UTC, datetime
from functools import partial

import pytest

from contracts import words
from services.intake import decide
from services.intake.state import RequestState, evolve
from tests.suites.orders import given, names, order, refusal
from tests.suites.practice import PRACTICE, practice_with

NOW = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)
RECEIVED = ("RequestReceived", "RequestSubmitted")
SMALL = practice_with("setting", "attachments.limits", {"most_bytes": 1000, "most_files": 2})


def request(*facts):
    return given(RequestState(), evolve, *RECEIVED, *facts)


def kept(id_, **changed):
    return ("AttachmentKept", {"attachment": id_, **changed})


def keep(state=None, practice=PRACTICE, **changed):
    return decide.keep_attachment(
        order("KeepAttachment", **changed), state or request(), NOW, practice
    )


def drop(state, id_):
    return decide.drop_attachment(order("DropAttachment", attachment=id_), state, NOW)


class TestKeeping:
    def test_a_clean_file_is_kept_with_all_that_is_known_of_it(self):
        (fact,) = keep()

        told = order("KeepAttachment").data
        assert fact.name == "AttachmentKept"
        assert fact.data == {name: told[name] for name in told if name != "found"}

    def test_what_was_not_scanned_is_kept_and_says_so(self):
        (fact,) = keep(scanned="not_scanned")

        assert fact.data["scanned"] == "not_scanned"

    def test_what_is_infected_is_refused_and_recorded_with_what_was_found(self):
        (fact,) = keep(scanned="infected", found="Win.Test.EICAR_HDB-1")

        assert fact.name == "AttachmentRefused"
        assert fact.data["found"] == "Win.Test.EICAR_HDB-1"
        assert "attachment" not in fact.data

    @pytest.mark.parametrize(
        "end", ["RequestDeclined", "RequestLapsed", "RequestWithdrawn", "Closed"]
    )
    def test_letters_come_late_too(self, end):
        assert names(keep(request(end))) == ["AttachmentKept"]

    def test_nothing_is_kept_with_a_request_that_is_not_there(self):
        command = order("KeepAttachment")

        assert refusal(decide.keep_attachment, command, RequestState(), NOW, PRACTICE) == (
            "not_found"
        )

    def test_a_file_may_be_as_large_as_the_rule_says_and_no_larger(self):
        assert names(keep(practice=SMALL, size=1000)) == ["AttachmentKept"]
        assert refusal(lambda: keep(practice=SMALL, size=1001)) == "file_too_large"

    def test_a_request_has_as_many_files_as_the_rule_says(self):
        full = request(kept("1"), kept("2"))

        assert refusal(lambda: keep(full, SMALL, size=1)) == "too_many_files"

    def test_a_file_that_was_dropped_makes_room(self):
        again = request(kept("1"), kept("2"), ("AttachmentDropped", {"attachment": "1"}))

        assert names(keep(again, SMALL, size=1)) == ["AttachmentKept"]

    def test_limits_are_those_of_the_day_on_which_a_file_is_sent(self):
        later = practice_with(
            "setting", "attachments.limits", {"most_bytes": 1, "most_files": 2}, "2026-08-21"
        )

        assert names(keep(practice=later)) == ["AttachmentKept"]

    @pytest.mark.parametrize("facts", [(), (("AttachmentDropped", {"attachment": "1"}),)])
    def test_an_upload_is_kept_once(self, facts):
        state = request(kept("1"), *facts)

        assert refusal(lambda: keep(state, attachment="1")) == "already_done"

    def test_a_signed_paper_says_which(self):
        assert refusal(lambda: keep(signs=None)) == "invalid_fields"

    @pytest.mark.parametrize("kind", sorted({*words.ATTACHMENT_KINDS} - {"signed_paper"}))
    def test_nothing_else_signs_a_paper(self, kind):
        assert names(keep(kind=kind, signs=None)) == ["AttachmentKept"]
        assert refusal(lambda: keep(kind=kind)) == "invalid_fields"


class TestDropping:
    def test_a_file_that_is_kept_is_dropped_with_a_reason(self):
        (fact,) = drop(request(kept("1")), "1")

        assert fact.name == "AttachmentDropped"
        assert fact.data == {"attachment": "1", "reason": order("DropAttachment").data["reason"]}

    def test_nothing_is_destroyed_that_an_objection_may_need(self):
        command = order("DropAttachment", attachment="1")
        held = partial(decide.drop_attachment, held=True)

        assert refusal(held, command, request(kept("1")), NOW) == "legal_hold"

    def test_the_file_of_another_request_is_not_found(self):
        assert refusal(drop, request(kept("1")), "2") == "not_found"

    def test_a_file_is_dropped_once(self):
        gone = request(kept("1"), ("AttachmentDropped", {"attachment": "1"}))

        assert refusal(drop, gone, "1") == "not_found"


class TestKnowing:
    def test_files_are_known_in_the_order_in_which_they_came(self):
        state = request(kept("1"), kept("2"), kept("3"), ("AttachmentDropped", {"attachment": "2"}))

        assert [each.id for each in state.attachments] == ["1", "3"]

    def test_what_was_refused_is_no_file(self):
        assert request("AttachmentRefused").attachments == ()
