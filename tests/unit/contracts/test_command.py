import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.command import Actor, checked, from_message, to_message
from contracts.commands import COMMANDS
from contracts.errors import STATUS, Rejected
from contracts.roles import ROLES
from tests.suites.orders import ORDERS, order, refusal

EVERY_ORDER = sorted(COMMANDS)


def test_the_ordinary_orders_are_all_there_are():
    assert set(ORDERS) == set(COMMANDS)


@pytest.mark.parametrize("name", EVERY_ORDER)
def test_an_order_survives_its_way_as_json(name):
    given_ = order(name, seen={"intake": 1})

    assert from_message(json.loads(json.dumps(to_message(given_)))) == given_


@pytest.mark.parametrize("name", EVERY_ORDER)
def test_an_ordinary_order_is_followed(name):
    assert checked(COMMANDS[name], order(name)).name == name


@pytest.mark.parametrize("name", EVERY_ORDER)
def test_every_other_role_is_refused(name):
    others = set(ROLES) - COMMANDS[name].roles

    assert {refusal(checked, COMMANDS[name], order(name, role=role)) for role in others} == {
        "role_not_allowed"
    }


@pytest.mark.parametrize("name", EVERY_ORDER)
def test_the_system_gives_no_orders(name):
    assert refusal(checked, COMMANDS[name], order(name, role="system")) == "role_not_allowed"


@pytest.mark.parametrize("name", EVERY_ORDER)
def test_a_field_nobody_asked_for_is_refused(name):
    assert refusal(checked, COMMANDS[name], order(name, more=1)) == "invalid_fields"


@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for name in EVERY_ORDER for field in ORDERS[name]]
)
@given(value=st.sampled_from([1.5, True, {"a": 1}, "\x00", "x\ud800", [["deep"]]]))
def test_a_field_of_another_kind_is_refused_by_name(name, field, value):
    if type(value) is type(ORDERS[name][field]) and not isinstance(value, str | float):
        value = "yes"
    with pytest.raises(Rejected) as refused:
        checked(COMMANDS[name], order(name, **{field: value}))
    assert set(refused.value.errors) == {field}


def test_a_message_without_its_parts_is_a_bug():
    with pytest.raises(KeyError):
        from_message({"name": "CloseRequest"})


def test_an_actor_is_written_as_role_and_account():
    assert str(Actor("ani", "desk")) == "desk:ani"


def test_every_order_has_a_meaning():
    assert all(contract.meaning.endswith(".") for contract in COMMANDS.values())


class TestRefusals:
    def test_every_code_has_a_status(self):
        assert {status // 100 for status in STATUS.values()} <= {4, 5}

    def test_a_code_nobody_knows_is_a_bug(self):
        with pytest.raises(ValueError, match="no_such_code"):
            Rejected("no_such_code")

    def test_a_refusal_says_its_code_and_why(self):
        assert str(Rejected("wrong_phase", "It is closed.")) == "wrong_phase: It is closed."
        assert str(Rejected("wrong_phase")) == "wrong_phase"

    def test_a_refusal_can_be_made_again_from_its_arguments(self):
        first = Rejected("invalid_fields", "No.", {"a": ["b"]})
        again = Rejected(*first.args)

        assert (again.code, again.detail, again.errors) == ("invalid_fields", "No.", {"a": ["b"]})
