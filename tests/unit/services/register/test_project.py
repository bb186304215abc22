"""The views of requests and of list entries, as the desk sees them grow."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.envelope import causal_order
from services.register.project import VIEWS
from services.register.project.entries import entry
from services.register.project.requests import request
from tests.suites.events import event
from tests.suites.facts import DATA
from tests.suites.office import histories

LIST_ENTRY = "list-entry/1"
MOVED_TO = ("2026-09-01", "2026-08-31")
MOVED = dict(zip(("due_on", "target_on"), MOVED_TO, strict=True))
ARRIVED = ("RequestReceived", "RequestSubmitted")


def story(*facts, subject="request/1"):
    """Events with clocks that count, an hour apart."""
    pairs = [each if isinstance(each, tuple) else (each, {}) for each in facts]
    return [
        event(
            name,
            version=at,
            subject=subject,
            data=changed,
            time=datetime(2026, 8, 12, at, tzinfo=UTC).isoformat(),
        )
        for at, (name, changed) in enumerate(pairs, start=1)
    ]


def shown(*facts):
    return request(story(*facts))


class TestStates:
    @pytest.mark.parametrize(
        ("facts", "state", "is_open"),
        [
            (("RequestReceived",), "received", True),
            (("RequestReceived", "IncompletenessNotified"), "incomplete", True),
            (ARRIVED, "submitted", True),
            (("RequestReceived", "IncompletenessNotified", "RequestLapsed"), "lapsed", False),
            (("RequestReceived", "RequestDeclined"), "declined", False),
            ((*ARRIVED, "RequestWithdrawn"), "withdrawn", False),
            (
                (*ARRIVED, ("InformationClassified", {"outcome": "available"})),
                "available",
                True,
            ),
            ((*ARRIVED, "InformationClassified"), "coordination", True),
            ((*ARRIVED, "ExemptionFlagged"), "exempt", True),
            ((*ARRIVED, "ExemptionFlagged", "Escalated"), "coordination", True),
            ((*ARRIVED, "Decided"), "decided", True),
            ((*ARRIVED, "ApplicantNotified"), "notified", True),
            ((*ARRIVED, "InformationDelivered"), "delivered", True),
            ((*ARRIVED, "InformationDelivered", "Closed"), "closed", False),
            ((*ARRIVED, "InformationDelivered", "Closed", "Reopened"), "submitted", True),
        ],
    )
    def test_the_state_follows_the_facts(self, facts, state, is_open):
        seen = shown(*facts)

        assert (seen["state"], seen["open"]) == (state, is_open)

    def test_before_anything_arrived_there_is_nothing_to_show(self):
        assert request([]) is None

    def test_what_comes_before_receipt_is_not_shown(self):
        assert shown("DeadlineSet", "InformationClassified") is None


class TestFields:
    def test_what_was_asked_is_shown(self):
        seen = shown("RequestReceived")

        assert {name: seen[name] for name in DATA["RequestReceived"]} == DATA["RequestReceived"]

    def test_who_entered_it_and_when_is_shown(self):
        seen = shown("RequestReceived")

        assert (seen["entered_by"], seen["entered_at"]) == ("desk:ani", "2026-08-12T01:00:00+00:00")

    def test_a_paper_form_holds_its_line_of_the_book_while_papers_are_missing(self):
        paper = {"paper_serial": 7, "number": "0007/X", "received_at": "2025-12-31T20:00:00+07:00"}
        line = shown(("RequestReceived", paper), "IncompletenessNotified", "RequestLapsed")

        assert (line["serial"], line["year"], line["number"], line["state"]) == (
            7,
            2025,
            "0007/X",
            "lapsed",
        )

    def test_a_declined_request_says_why_and_has_no_number(self):
        line = shown("RequestReceived", "RequestDeclined")

        assert line["declined"] == {
            "reason": "not_indonesian",
            "legal_basis": "UU 14/2008 pasal 1 angka 12",
        }
        assert (line["number"], line["serial"], line["year"]) == (None, None, None)
        assert line["closed_at"] == "2026-08-12T02:00:00+00:00"

    def test_what_was_not_declined_says_nothing_of_it(self):
        assert shown(*ARRIVED)["declined"] is None

    def test_the_register_number_is_shown(self):
        seen = shown(*ARRIVED)

        assert (seen["number"], seen["serial"], seen["year"]) == (
            "0001/PPID-KPU-DKI/VIII/2026",
            1,
            2026,
        )

    def test_papers_add_up(self):
        seen = shown(
            ("RequestReceived", {"documents": ["notarial_deed"]}),
            "IncompletenessNotified",
            "DocumentsReceived",
        )

        assert seen["documents"] == ["identity_card", "notarial_deed"]
        assert seen["missing"] == []

    def test_with_the_number_nothing_is_missing(self):
        assert (
            shown("RequestReceived", "IncompletenessNotified", "RequestSubmitted")["missing"] == ()
        )

    def test_the_due_date_follows_the_clock(self):
        dues = [
            shown(*ARRIVED, *clocks)["due_on"]
            for clocks in ((), ("DeadlineSet",), ("DeadlineSet", "DeadlineExtended"))
        ]

        assert dues == [None, "2026-08-28", "2026-09-08"]

    def test_an_extension_is_shown(self):
        assert shown(*ARRIVED, "DeadlineExtended")["extended"] is True

    def test_a_date_that_moved_is_shown_and_is_no_longer_missed(self):
        seen = shown(*ARRIVED, "DeadlineSet", "DeadlineMissed", ("DeadlineMoved", MOVED))

        assert (seen["due_on"], seen["target_on"], seen["missed"]) == (*MOVED_TO, False)

    def test_the_time_to_object_stands_beside_the_due_date(self):
        window = {"clock": "objection_window", "due_on": "2026-10-09"}
        seen = shown(*ARRIVED, "DeadlineSet", ("DeadlineSet", window))

        assert (seen["due_on"], seen["objection_until"]) == ("2026-08-28", "2026-10-09")

    def test_clocks_of_an_objection_change_no_due_date(self):
        other = ("DeadlineSet", {"clock": "objection_answer", "due_on": "2026-10-09"})

        assert shown(*ARRIVED, "DeadlineSet", other)["due_on"] == "2026-08-28"

    def test_the_regime_is_shown(self):
        assert shown(*ARRIVED, ("RegimeChosen", {"regime": "election"}))["regime"] == "election"

    def test_a_missed_deadline_is_shown(self):
        assert shown(*ARRIVED, "DeadlineSet", "DeadlineMissed")["missed"] is True

    def test_how_long_the_answer_took_is_shown(self):
        seen = shown(*ARRIVED, "DeadlineSet", "ClockStopped")

        assert (seen["working_days_used"], seen["late"]) == (5, False)

    def test_how_long_the_papers_took_is_not_how_long_the_answer_took(self):
        seen = shown(*ARRIVED, ("ClockStopped", {"clock": "completion"}))

        assert (seen["working_days_used"], seen["late"]) == (None, None)

    def test_the_unit_and_its_date_are_shown(self):
        seen = shown(*ARRIVED, "Escalated", "DispositionGiven")

        assert (seen["unit"], seen["internal_due_on"]) == ("Bagian Teknis", "2026-08-20")

    def test_the_test_and_the_decision_are_shown(self):
        seen = shown(*ARRIVED, "ConsequenceTested", ("Decided", {"grounds": ["17a"]}))

        assert (seen["test"], seen["grounds"]) == (DATA["ConsequenceTested"], ["17a"])
        assert seen["decision"]["outcome"] == "full"

    def test_letter_and_hand_over_are_shown_with_their_times(self):
        seen = shown(*ARRIVED, "ApplicantNotified", "InformationDelivered")

        assert seen["notification"]["at"] == "2026-08-12T03:00:00+00:00"
        assert seen["delivery_note"]["at"] == "2026-08-12T04:00:00+00:00"

    def test_how_it_ended_is_shown(self):
        seen = shown(*ARRIVED, "InformationDelivered", "Closed")

        assert (seen["closing"], seen["closed_at"]) == ("granted", "2026-08-12T04:00:00+00:00")

    def test_a_flag_shows_its_grounds_and_its_basis(self):
        seen = shown(*ARRIVED, ("ExemptionFlagged", {"basis": {"entry": "1"}}))

        assert (seen["outcome"], seen["grounds"], seen["basis"]) == (
            "exempt",
            ["17h"],
            {"entry": "1"},
        )

    def test_another_classification_takes_the_flag_away(self):
        seen = shown(*ARRIVED, "ExemptionFlagged", "InformationClassified")

        assert (seen["outcome"], seen["grounds"], seen["basis"]) == ("coordinate", (), None)

    def test_a_reopened_request_has_no_answer_any_more(self):
        seen = shown(*ARRIVED, "Decided", "ApplicantNotified", "Closed", "Reopened")

        assert {seen[name] for name in ("decision", "notification", "closing", "closed_at")} == {
            None
        }
        assert seen["number"] is not None


class TestFiles:
    def test_those_that_are_kept_are_shown_without_their_content(self):
        (file,) = shown(*ARRIVED, "AttachmentKept")["attachments"]

        told = DATA["AttachmentKept"]
        assert file == {
            "id": told["attachment"],
            **{name: told[name] for name in told if name != "attachment"},
            "kept_at": "2026-08-12T03:00:00+00:00",
            "kept_by": "desk:ani",
        }

    def test_one_that_was_dropped_or_refused_is_not_shown(self):
        facts = (("AttachmentKept", {"attachment": id_}) for id_ in ("1", "2"))
        dropped = ("AttachmentDropped", {"attachment": "1"})
        files = shown(*ARRIVED, *facts, dropped, "AttachmentRefused")["attachments"]

        assert [each["id"] for each in files] == ["2"]

    def test_a_file_opens_nothing_that_has_ended(self):
        assert shown(*ARRIVED, "RequestWithdrawn", "AttachmentKept")["state"] == "withdrawn"


class TestDeliveries:
    def test_what_was_sent_is_shown_in_the_order_of_recording(self):
        back = ("DeliveryRecorded", {"state": "returned"})
        first, second = shown(*ARRIVED, "DeliveryRecorded", back)["deliveries"]

        assert first == {
            **DATA["DeliveryRecorded"],
            "recorded_at": "2026-08-12T03:00:00+00:00",
            "recorded_by": "desk:ani",
        }
        assert (first["state"], second["state"]) == ("sent", "returned")

    def test_a_letter_that_comes_back_opens_nothing(self):
        assert shown(*ARRIVED, "Closed", "DeliveryRecorded")["state"] == "closed"

    def test_it_stays_when_the_request_begins_anew(self):
        assert shown(*ARRIVED, "DeliveryRecorded", "Closed", "Reopened")["deliveries"]

    def test_it_makes_nobodys_reading_stale(self):
        before, after = shown(*ARRIVED), shown(*ARRIVED, "DeliveryRecorded")

        assert after["versions"] != before["versions"]
        assert after["by_people"] == before["by_people"]


class TestVersions:
    def test_the_version_names_each_service_that_said_something(self):
        seen = shown(*ARRIVED, "Closed", "DeadlineSet")

        assert seen["version"] == "escalation4-intake2-register3"
        assert seen["versions"] == {"escalation": 4, "intake": 2, "register": 3}

    def test_events_are_counted_and_the_newest_time_is_shown(self):
        seen = shown(*ARRIVED, "DeadlineSet")

        assert (seen["events"], seen["updated_at"]) == (3, "2026-08-12T03:00:00+00:00")

    def test_what_each_service_must_have_heard_is_told(self):
        seen = shown(*ARRIVED, "InformationClassified", "Closed")

        assert seen["heard"] == {
            "classification": {"intake": 2, "register": 4},
            "escalation": {"classification": 3, "intake": 2, "register": 4},
            "intake": {"register": 4},
            "register": {"classification": 3, "intake": 2},
        }

    def test_what_services_add_by_themselves_is_not_of_people(self):
        events = story(*ARRIVED)
        clock = event("DeadlineSet", actor="system:escalation")

        assert request([*events, clock])["by_people"] == {"intake": 2}


class TestEntries:
    def test_a_published_entry_is_shown(self):
        seen = entry(story("ListEntryPublished", subject=LIST_ENTRY))

        assert {name: seen[name] for name in DATA["ListEntryPublished"]} == DATA[
            "ListEntryPublished"
        ]
        assert (seen["revoked_at"], seen["version"]) == (None, "classification1")

    def test_a_revoked_entry_says_when_and_why(self):
        seen = entry(story("ListEntryPublished", "ListEntryRevoked", subject=LIST_ENTRY))

        assert (seen["revoked_at"], seen["revocation"]) == ("2026-08-12T02:00:00+00:00", "Dicabut")

    @pytest.mark.parametrize("facts", [(), ("ListEntryRevoked",), ("Closed",)])
    def test_what_was_never_published_is_not_shown(self, facts):
        assert entry(story(*facts, subject=LIST_ENTRY)) is None


@given(histories(), st.randoms(use_true_random=False))
def test_a_view_does_not_depend_on_the_order_in_which_events_are_told(events, chance):
    shuffled = list(events)
    chance.shuffle(shuffled)

    for view in VIEWS:
        for subject in {each.subject for each in events if view.shows(each.subject)}:
            about = [each for each in events if each.subject == subject]
            mixed = [each for each in shuffled if each.subject == subject]
            assert view.fold(causal_order(mixed)) == view.fold(causal_order(about))


@given(histories())
def test_a_request_is_shown_from_the_moment_it_was_received(events):
    about = causal_order(each for each in events if each.subject == "request/1")

    for known in range(len(about)):
        received = any(each.name == "RequestReceived" for each in about[:known])
        assert (request(about[:known]) is not None) == received


@given(histories())
def test_a_request_that_ended_is_not_open(events):
    about = causal_order(each for each in events if each.subject == "request/1")

    seen = request(about)

    assert seen is None or seen["open"] == (_end([each.name for each in about]) is None)


AGAIN = {"Reopened", "DecisionOrdered"}
ENDS = {"Closed", "RequestWithdrawn", "RequestLapsed", "RequestDeclined"}


def _end(names):
    """What ended it: the first that did, unless it was closed and opened again. An order overtakes closing."""
    end, ordered = None, False
    for name in names:
        if name in ENDS and end is None and not (ordered and name == "Closed"):
            end = name
        elif name in AGAIN and end == "Closed":
            end = None
        ordered = name == "DecisionOrdered" or (ordered and name != "ApplicantNotified")
    return end
