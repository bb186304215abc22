import pytest

from contracts.command import to_message
from contracts.errors import Rejected
from eventlog.door import obeyed, refused
from eventlog.log import Appended
from tests.suites.events import event
from tests.suites.orders import order

RESULT = Appended(7, "request/1", 3, (event(id="e1"), event("Closed", id="e2")), "")


def test_a_followed_order_is_answered_with_what_came_of_it():
    assert obeyed(to_message(order("WithdrawRequest")), lambda _: RESULT) == {
        "subject": "request/1",
        "version": 3,
        "events": [{"id": "e1", "name": "RequestWithdrawn"}, {"id": "e2", "name": "Closed"}],
        "repeated": False,
    }


def test_the_order_arrives_as_it_was_given():
    given, arrived = order("WithdrawRequest", seen={"intake": 1}), []

    obeyed(to_message(given), lambda command: arrived.append(command) or RESULT)

    assert arrived == [given]


def test_a_role_that_may_not_order_it_is_refused():
    message = to_message(order("WithdrawRequest", role="auditor"))

    with pytest.raises(Rejected) as error:
        obeyed(message, lambda _: pytest.fail("followed"))
    assert error.value.code == "role_not_allowed"


def test_fields_that_do_not_fit_are_refused_with_their_names():
    message = to_message(order("WithdrawRequest", reason=""))

    with pytest.raises(Rejected) as error:
        obeyed(message, lambda _: pytest.fail("followed"))
    assert (error.value.code, set(error.value.errors)) == ("invalid_fields", {"reason"})


def test_an_order_nobody_knows_is_a_bug():
    message = {**to_message(order("WithdrawRequest")), "name": "ForgetRequest"}

    with pytest.raises(KeyError):
        obeyed(message, lambda _: RESULT)


def test_a_refusal_among_several_answers_says_why():
    assert refused(Rejected("wrong_phase", "It is closed.", {"a": ["b"]})) == {
        "refused": ["wrong_phase", "It is closed.", {"a": ["b"]}]
    }
