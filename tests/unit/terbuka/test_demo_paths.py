"""Each sample request goes the way that its row expects, and says only what the contracts allow."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from contracts.commands import COMMANDS
from services.gateway import forms
from services.gateway.api.requests import STEPS, lenient
from terbuka.demo.lists import ENTRIES, entry_for
from terbuka.demo.paths import COMPLETED, LEFT_OPEN_AFTER, steps
from terbuka.demo.play import form, named
from terbuka.demo.rows import before, read

ROWS = read()
EACH = pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.number}-{row.expected}")
BODIES = {"documents": forms.CompleteBody, "classification": forms.ClassificationBody}
LEFT_OUT = ("grounds", "blackened")


def way_of(row):
    """The steps of a row when every entry was published."""
    entry = entry_for(row)
    return steps(row, entry.key if entry else None)


def of(number):
    """One row and the names of its steps."""
    return [named(step) for step in way_of(ROWS[number - 1])]


@EACH
def test_the_form_is_one_that_the_gateway_takes(row):
    assert forms.ReceiveBody().validate(form(row)) == {}


@EACH
def test_each_step_says_what_the_gateway_takes(row):
    for step in way_of(row):
        schema = BODIES.get(step.path)
        body = schema() if schema else lenient(COMMANDS[STEPS[step.path]].schema, LEFT_OUT)
        assert body.validate(step.body) == {}, step.path


@EACH
def test_each_step_is_in_a_role_that_may_take_it(row):
    names = {**STEPS, "documents": "CompleteRequest", "classification": "ClassifyInformation"}
    assert all(step.role in COMMANDS[names[step.path]].roles for step in way_of(row))


@EACH
def test_no_step_comes_twice(row):
    """The key of an order is made from its row and step."""
    assert max(Counter(step.path for step in way_of(row)).values(), default=1) == 1


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_an_entry_is_one_that_the_gateway_takes(entry):
    schema = lenient(COMMANDS["PublishListEntry"].schema, ("list", "grounds", "forms"))
    assert schema.validate(entry.body) == {}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_every_entry_is_used(entry):
    assert entry in [entry_for(row) for row in ROWS]


def test_what_is_available_is_handed_over_at_once():
    assert of(2) == ["available", "handover", "closing"]


def test_what_a_list_exempts_is_refused_at_once():
    assert of(3) == ["exempt (listed)", "notification", "closing"]


def test_what_no_list_exempts_goes_the_long_way():
    assert of(9) == [
        "exempt",
        "escalation",
        "disposition",
        "test: exempt",
        "decision: refused",
        "notification",
        "closing",
    ]


def test_what_needs_coordination_goes_through_the_officer():
    assert of(4) == [
        "coordinate",
        "escalation",
        "disposition",
        "decision: full",
        "notification",
        "handover",
        "closing",
    ]


def test_a_part_is_withheld_after_a_test():
    assert of(10)[3:5] == ["test: partial", "decision: partial"]


@pytest.mark.parametrize("number", LEFT_OPEN_AFTER)
def test_some_are_left_open_on_their_way(number):
    last = way_of(ROWS[number - 1])[-1]
    assert last.path == LEFT_OPEN_AFTER[number]


def test_they_are_left_open_at_different_steps():
    assert len(set(LEFT_OPEN_AFTER.values())) == len(LEFT_OPEN_AFTER)


def test_one_incomplete_request_is_completed_and_the_others_wait():
    incomplete = [row.number for row in ROWS if row.expected.startswith("incomplete")]
    assert of(COMPLETED) == ["documents", "available", "handover", "closing"]
    assert all(of(number) == [] for number in incomplete if number != COMPLETED)


@pytest.mark.parametrize(("number", "outcome"), [(35, "not_held"), (37, "not_documented")])
def test_what_is_not_there_is_told_by_the_officer(number, outcome):
    assert of(number)[3:] == [f"decision: {outcome}", "notification", "closing"]


def test_a_duplicate_is_withdrawn():
    assert of(40) == ["withdrawal"]


def test_all_forty_rows_are_read():
    assert [row.number for row in ROWS] == list(range(1, 41))
    assert sum(bool(row.documents) for row in ROWS) == 38


def test_rows_keep_their_time_when_it_has_passed():
    assert before(ROWS, datetime(2026, 11, 24, tzinfo=UTC)) == ROWS


def test_nothing_arrives_in_the_future():
    """Where the clock stands earlier the rows do too, each on its day of the week."""
    now = datetime(2026, 9, 1, tzinfo=UTC)
    moved = before(ROWS, now)
    assert max(row.received_at for row in moved) < now
    assert {was.received_at - row.received_at for was, row in zip(ROWS, moved, strict=True)} == {
        timedelta(weeks=52)
    }
