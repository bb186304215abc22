from datetime import UTC, datetime

import pytest

from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from services.escalation import moves
from services.escalation.agenda import Kind, clocks
from services.escalation.state import RequestState, evolve
from services.escalation.timekeeping import reminders
from tests.suites.events import event
from tests.suites.facts import fact
from tests.suites.law import LAW
from tests.suites.orders import given

RUNNING = ("RequestSubmitted", "DeadlineSet")


def reminded(on, *facts):
    now = datetime.fromisoformat(f"{on}T10:00:00+07:00").astimezone(UTC)
    return reminders(given(RequestState(), evolve, *facts), now, LAW)


def approached(left, stage="soon"):
    return fact("DeadlineApproached", working_days_left=left, stage=stage)


TODAY = approached(0, "today")
MISSED = fact("DeadlineMissed")
SAID = ("DeadlineApproached", ("DeadlineApproached", {"stage": "today"}))
WINDOW = {"clock": "objection_window", "start_on": "2026-08-28", "days": 30, "due_on": "2026-10-09"}


def but_the_window(said):
    """What is said of the answer; from silence the applicant may object, which is said last."""
    assert said[-1].data["clock"] == "objection_window"
    return said[:-1]


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-08-24", ()),
        ("2026-08-25", ()),  # a holiday brings nothing nearer
        ("2026-08-26", (approached(2),)),
        ("2026-08-27", (approached(1),)),
        ("2026-08-28", (approached(0), TODAY)),
    ],
)
def test_time_says_what_is_near_and_what_has_passed(on, said):
    assert reminded(on, *RUNNING) == said


@pytest.mark.parametrize("on", ["2026-08-29", "2026-09-20"])
def test_after_an_outage_each_reminder_that_was_owed_is_said(on):
    assert but_the_window(reminded(on, *RUNNING)) == (approached(0), TODAY, MISSED)


def test_after_a_very_long_outage_the_time_to_object_is_over_as_well():
    said = reminded("2027-08-29", *RUNNING)

    assert [(each.name, each.data["clock"]) for each in said[-2:]] == [
        ("DeadlineSet", "objection_window"),
        ("ClockStopped", "objection_window"),
    ]


def test_from_silence_the_applicant_may_object():
    said = reminded("2026-08-31", *RUNNING, *SAID)[-1]

    assert {key: said.data[key] for key in WINDOW} == WINDOW


def test_that_the_time_to_object_ends_is_said():
    said = reminded("2026-10-08", ("DeadlineSet", WINDOW))

    assert said == (
        fact(
            "DeadlineApproached",
            clock="objection_window",
            due_on="2026-10-09",
            working_days_left=1,
        ),
    )


def test_when_the_time_to_object_is_over_nothing_was_missed():
    said = reminded("2026-10-10", ("DeadlineSet", WINDOW))

    assert said[2:] == (
        fact(
            "ClockStopped",
            clock="objection_window",
            because="window_over",
            stopped_on="2026-10-09",
            working_days_used=30,
            due_on="2026-10-09",
        ),
    )


def test_that_it_is_near_is_said_once():
    assert reminded("2026-08-27", *RUNNING, "DeadlineApproached") == ()


def test_that_it_has_passed_is_said_after_that_it_was_near():
    assert but_the_window(reminded("2026-08-31", *RUNNING, *SAID)) == (MISSED,)


def test_that_it_has_passed_is_said_once():
    assert reminded("2026-08-31", *RUNNING, "DeadlineMissed") == ()


def test_a_stopped_clock_says_nothing():
    assert reminded("2026-08-31", *RUNNING, "ClockStopped") == ()


def test_an_extended_clock_is_near_once_more():
    said = reminded("2026-09-07", *RUNNING, "DeadlineApproached", "DeadlineExtended")

    assert said == (fact("DeadlineApproached", due_on="2026-09-08", working_days_left=1),)


def test_each_clock_is_reminded_of_by_itself():
    completion = ("DeadlineSet", {"clock": "completion", "due_on": "2026-08-18"})

    said = reminded("2026-08-28", completion, "DeadlineSet")

    assert said[2:] == (
        fact("DeadlineMissed", clock="completion", due_on="2026-08-18"),
        approached(0),
        TODAY,
    )


def test_without_a_clock_there_is_nothing_to_say():
    assert reminded("2026-08-28", "RequestSubmitted") == ()


class TestAgenda:
    def test_a_request_stands_at_its_due_date(self):
        assert due("DeadlineSet") == {"due_on": "2026-08-28"}

    def test_of_two_clocks_the_earlier_counts(self):
        completion = ("DeadlineSet", {"clock": "completion", "due_on": "2026-08-18"})

        assert due("DeadlineSet", completion) == {"due_on": "2026-08-18"}

    def test_an_extension_moves_it(self):
        assert due("DeadlineSet", "DeadlineExtended") == {"due_on": "2026-09-08"}

    @pytest.mark.parametrize("end", ["ClockStopped", "DeadlineMissed"])
    def test_a_clock_with_nothing_more_to_say_is_not_on_it(self, end):
        assert due("DeadlineSet", end) == {}


HANDLER = Handler(
    "escalation", MemoryLog(), MemoryInbox(), RequestState(), evolve, datetime.now, str
)
AGENDA = clocks((Kind("request/", HANDLER, reminders, moves.moved),))


def due(*facts):
    pairs = [each if isinstance(each, tuple) else (each, {}) for each in facts]
    shown = AGENDA([event(name, data=changed) for name, changed in pairs])
    return {"due_on": shown["due_on"]} if "due_on" in shown else {}
