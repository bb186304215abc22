from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.catalogue import EVENTS, current, known, restricted_fields, violations
from contracts.envelope import MalformedEvent
from tests.suites.events import event
from tests.suites.facts import DATA
from tests.suites.office import histories

FIELDS = [(name, field) for name in DATA for field in DATA[name]]


@given(histories())
def test_everything_the_services_record_is_known(events):
    assert [known(each) for each in events] == list(events)


@pytest.mark.parametrize("contract", EVENTS.values(), ids=lambda contract: contract.name)
def test_a_contract_has_one_type_and_a_meaning(contract):
    assert contract.type == f"id.terbuka.{contract.service}.{contract.name}.v{contract.version}"
    assert contract.meaning


def test_a_type_nobody_records_is_not_known():
    with pytest.raises(MalformedEvent, match="unknown type"):
        known(replace(event(), type="id.terbuka.intake.RequestWithdrawn.v2"))


@pytest.mark.parametrize("time", ["", "yesterday", "2026-08-12", "2026-08-12T03:00:00", "٢٠٢٦"])
def test_a_time_that_is_none_is_not_known(time):
    with pytest.raises(MalformedEvent, match="time"):
        known(event(time=time))


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_an_event_without_a_field_is_known_only_when_it_may_be_missing(name, field):
    data = {key: value for key, value in DATA[name].items() if key != field}
    type_ = current(name).type
    needed = bool(violations(type_, data))

    try:
        known(replace(event(name), data=data))
        missed = False
    except MalformedEvent as error:
        missed = field in str(error)
    assert missed == needed


@pytest.mark.parametrize(("name", "field"), FIELDS)
def test_a_field_of_another_kind_is_not_known(name, field):
    other = 1.5 if not isinstance(DATA[name][field], bool) else "yes"

    with pytest.raises(MalformedEvent, match=field):
        known(event(name, data={field: other}))


def test_words_of_a_later_version_pass():
    assert known(event("Closed", data={"outcome": "granted_on_the_moon"}))


def test_fields_of_a_later_version_pass():
    assert known(event("Closed", data={"later": [1, {"a": None}]}))


@pytest.mark.parametrize("value", ["2026-02-30", "12/08/2026", ""])
def test_a_day_that_is_none_is_not_known(value):
    with pytest.raises(MalformedEvent, match="due_on"):
        known(event("DeadlineSet", data={"due_on": value}))


@pytest.mark.parametrize("value", [True, 2**60, "5", None])
def test_a_number_that_is_none_is_not_known(value):
    with pytest.raises(MalformedEvent, match="days"):
        known(event("DeadlineSet", data={"days": value}))


@given(st.sampled_from(FIELDS), st.none() | st.booleans() | st.integers() | st.text())
def test_whatever_stands_in_a_field_is_known_or_malformed(place, value):
    name, field = place
    try:
        known(event(name, data={field: value}))
    except MalformedEvent as error:
        assert field in str(error)  # noqa: PT017 - either outcome is right


def test_what_people_type_is_restricted():
    assert restricted_fields(current("RequestReceived").type) == {"information", "purpose"}


def test_what_people_do_not_type_is_not():
    assert restricted_fields(current("DeadlineSet").type) == frozenset()


def test_an_event_nobody_records_has_no_contract():
    with pytest.raises(KeyError):
        current("RequestForgotten")
