"""What people did stands out in a case's story, and what the clock did stays with what made it."""

from contracts.envelope import Event
from services.gateway.pages.happened import steps


def event(name, id_, cause="", actor="desk:ani"):
    type_ = f"id.terbuka.escalation.{name}.v1"
    return Event(
        id_, "", type_, "request/1", "", "", 1, 1, "", causationid=cause, actor=actor, traceparent="", data={}
    )  # fmt: skip


REGISTERED = event("RequestSubmitted", "registered", "receive")
CLOCK_SET = event("DeadlineSet", "set", "registered", "system:escalation")
CLASSIFIED = event("InformationClassified", "classified", "classify")
NOTIFIED = event("ApplicantNotified", "notified", "notify")
CLOCK_STOPPED = event("ClockStopped", "stopped", "notify")


def told(*events):
    return [(step.event.id, [each.id for each in step.followed]) for step in steps(events)]


def test_the_newest_step_comes_first():
    assert told(REGISTERED, CLASSIFIED) == [("classified", []), ("registered", [])]


def test_what_the_clock_did_stays_with_its_cause_though_others_did_something_before():
    assert told(REGISTERED, CLASSIFIED, CLOCK_SET) == [
        ("classified", []),
        ("registered", ["set"]),
    ]


def test_what_came_of_the_same_order_stays_with_it():
    assert told(REGISTERED, NOTIFIED, CLOCK_STOPPED)[0] == ("notified", ["stopped"])


def test_what_has_no_known_cause_stays_with_what_was_last():
    near = event("DeadlineApproached", "near", "unheard of", "system:escalation")
    assert told(REGISTERED, CLASSIFIED, near)[0] == ("classified", ["near"])


def test_a_clock_that_ran_out_is_a_step_of_its_own_and_told_loudly():
    missed = event("DeadlineMissed", "missed", "registered", "system:escalation")
    newest, _ = steps([REGISTERED, missed])
    assert (newest.event, newest.tone) == (missed, "late")


def test_a_regime_is_a_step_only_where_a_person_chose_it():
    by_rule = event("RegimeChosen", "by rule", "registered", "system:escalation")
    by_officer = event("RegimeChosen", "by officer", "choose", "ppid_officer:budi")
    assert told(REGISTERED, by_rule, by_officer) == [
        ("by officer", []),
        ("registered", ["by rule"]),
    ]


def test_nothing_is_left_out_where_a_story_begins_with_the_clock():
    assert told(CLOCK_SET, CLOCK_STOPPED) == [("set", ["stopped"])]


def test_what_followed_is_named_once():
    (step,) = steps([REGISTERED, CLOCK_SET, CLOCK_STOPPED, CLOCK_SET])
    assert step.names == ["DeadlineSet", "ClockStopped"]
