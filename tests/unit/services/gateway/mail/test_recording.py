from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from contracts import words
from contracts.command import checked
from contracts.commands import COMMANDS
from services.gateway.documents.kinds import KINDS, OBJECTION, REQUEST
from services.gateway.mail.outbox import FAILED, RETURNED, SENT, Letter
from services.gateway.mail.recording import deliveries

NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)
LETTER = Letter(
    "1", "receipt", "e", "id", "<letter.1@x.id>", "ani", "desk", NOW, request="r", state=SENT, changed_at=NOW
)  # fmt: skip
INSIDE = {"memo", "disposition"}  # papers that stay in the office
BACK = NOW + timedelta(hours=1)
RETURN = replace(LETTER, state=RETURNED, said="5.1.1", sent_at=NOW, changed_at=BACK)
ANSWER = replace(LETTER, request="", objection="o", paper="objection-answer")


def only(letter):
    (order,) = deliveries(letter)
    return order


@pytest.mark.parametrize(
    "letter",
    [
        LETTER,
        replace(LETTER, state=FAILED, said="550 5.1.1"),
        replace(LETTER, message_id=f"<{'x' * 200}>"),
        RETURN,
        ANSWER,
        replace(ANSWER, state=FAILED, said="550 5.1.1"),
        replace(RETURN, request="", objection="o", paper="objection-receipt"),
    ],
)
def test_the_services_take_the_orders(letter):
    for order in deliveries(letter):
        assert checked(COMMANDS[order.name], order)


def test_the_same_letter_makes_the_same_order():
    assert only(LETTER) == only(replace(LETTER))


def test_another_turn_makes_another():
    assert only(LETTER).id != only(replace(LETTER, turn=2)).id


def test_what_failed_says_why():
    told = only(replace(LETTER, state=FAILED, said="550")).data

    assert (told["state"], told["remark"], told["proof"]) == ("failed", "550", None)


def test_what_goes_for_an_objection_is_recorded_with_it():
    order = only(ANSWER)

    assert (order.name, order.subject) == ("RecordObjectionDelivery", "objection/o")
    assert order.data["item"] == "objection_answer"


def test_one_that_came_back_went_out_before_by_the_same_order():
    out, back = deliveries(RETURN)

    assert out == only(LETTER)
    assert (back.data["state"], back.data["remark"]) == ("returned", "5.1.1")
    assert (back.data["happened_at"], back.data["proof"]) == (BACK.isoformat(), LETTER.message_id)


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if name not in INSIDE])
def test_every_paper_for_applicants_can_be_recorded_as_sent(kind):
    items = words.OBJECTION_SENDABLE if KINDS[kind].about == OBJECTION else words.SENDABLE
    assert KINDS[kind].key in items


@pytest.mark.parametrize("kind", sorted(INSIDE))
def test_what_stays_in_the_office_cannot(kind):
    assert KINDS[kind].about == REQUEST
    assert KINDS[kind].key not in words.SENDABLE
