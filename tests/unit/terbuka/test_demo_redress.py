"""The objection of the demonstration: the same whenever it is played, and in words that the gateway takes."""

from datetime import date

import pytest

from contracts.commands import COMMANDS
from services.gateway.api.objections import file_body
from services.gateway.api.requests import STEPS, lenient
from terbuka.demo.lists import entry_for
from terbuka.demo.paths import OBJECTED, anew, steps
from terbuka.demo.play import named
from terbuka.demo.redress import answering, filing, object_to
from terbuka.demo.rows import read

ROWS = read()
ROW = ROWS[OBJECTED - 1]
REFUSED_AT = "2026-11-24T03:00:00.123456+00:00"


def test_what_is_objected_to_was_refused_after_a_test():
    assert entry_for(ROW) is None
    assert "decision: refused" in [named(step) for step in steps(ROW, None)]


def test_the_objection_is_one_that_the_gateway_takes():
    assert file_body().validate(filing("1", REFUSED_AT)) == {}


def test_the_answer_is_one_that_the_gateway_takes():
    assert COMMANDS["AnswerObjection"].schema().validate(answering(REFUSED_AT)) == {}


def test_what_is_ordered_is_due_weeks_after_the_refusal():
    assert answering(REFUSED_AT)["execute_on"] == date(2026, 12, 22).isoformat()


def test_what_is_granted_is_decided_told_and_given_anew():
    assert [named(step) for step in anew(ROW)] == [
        "decision: full",
        "notification",
        "handover",
        "closing",
    ]


@pytest.mark.parametrize("step", anew(ROW), ids=lambda step: step.path)
def test_each_step_anew_says_what_the_gateway_takes_in_a_role_that_may(step):
    contract = COMMANDS[STEPS[step.path]]
    assert lenient(contract.schema, ("grounds", "blackened")).validate(step.body) == {}
    assert step.role in contract.roles


def test_the_second_letter_is_another_than_the_first():
    letters = [
        step.body["letter_number"]
        for step in (*steps(ROW, None), *anew(ROW))
        if step.path == "notification"
    ]
    assert len(set(letters)) == len(letters)


def test_nobody_else_objects():
    assert [object_to(None, row, "1") for row in ROWS if row is not ROW] == [()] * 39
