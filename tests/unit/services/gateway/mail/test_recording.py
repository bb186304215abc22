from dataclasses import replace
from datetime import UTC, datetime

import pytest

from contracts import words
from contracts.command import checked
from contracts.commands import COMMANDS
from services.gateway.documents.kinds import KINDS, REQUEST
from services.gateway.mail.outbox import FAILED, SENT, Letter
from services.gateway.mail.recording import ORDER, delivery, item_of

NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)
LETTER = Letter(
    "1", "r", "receipt", "e", "id", "<letter.1@x.id>", "ani", "desk", NOW, state=SENT, changed_at=NOW
)  # fmt: skip
INSIDE = {"memo", "disposition"}  # papers that stay in the office


@pytest.mark.parametrize(
    "letter", [LETTER, replace(LETTER, state=FAILED, said="550 5.1.1"), replace(LETTER, message_id=f"<{'x' * 200}>")]
)  # fmt: skip
def test_the_register_takes_the_order(letter):
    assert checked(COMMANDS[ORDER], delivery(letter))


def test_the_same_letter_makes_the_same_order():
    assert delivery(LETTER) == delivery(replace(LETTER))


def test_another_turn_makes_another():
    assert delivery(LETTER).id != delivery(replace(LETTER, turn=2)).id


def test_what_failed_says_why():
    told = delivery(replace(LETTER, state=FAILED, said="550")).data

    assert (told["state"], told["remark"], told["proof"]) == ("failed", "550", None)


@pytest.mark.parametrize("kind", [name for name, kind in KINDS.items() if name not in INSIDE])
def test_every_paper_for_applicants_can_be_recorded_as_sent(kind):
    assert item_of(kind) in words.SENDABLE


@pytest.mark.parametrize("kind", sorted(INSIDE))
def test_what_stays_in_the_office_cannot(kind):
    assert KINDS[kind].about == REQUEST
    assert item_of(kind) not in words.SENDABLE
