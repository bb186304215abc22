from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.envelope import (
    MalformedEvent,
    causal_order,
    event_type,
    from_cloudevent,
    schema_urn,
    to_cloudevent,
)
from tests.suites.events import event
from tests.suites.office import histories

SOURCES = st.sampled_from(("/terbuka/intake", "/terbuka/escalation", "/terbuka/register"))
clocked = st.lists(
    st.builds(
        lambda source, clock, version: replace(
            event(), source=source, requestclock=clock, streamversion=version
        ),
        SOURCES,
        st.integers(1, 4),
        st.integers(1, 6),
    ),
    max_size=12,
    unique_by=lambda each: (each.source, each.streamversion),
)


def key(each):
    return each.requestclock, each.source, each.streamversion


class TestCloudEvents:
    def test_an_event_is_a_cloudevent_of_version_1(self):
        message = to_cloudevent(event())

        assert message["specversion"] == "1.0"
        assert message["datacontenttype"] == "application/json"
        assert message["dataschema"] == "urn:terbuka:schema:intake.RequestWithdrawn.v1"

    def test_what_is_written_is_read_again(self):
        made = event()

        assert from_cloudevent(to_cloudevent(made)) == made

    @given(histories())
    def test_everything_recorded_is_read_again(self, events):
        assert [from_cloudevent(to_cloudevent(each)) for each in events] == list(events)

    def test_unknown_attributes_are_ignored(self):
        assert from_cloudevent({**to_cloudevent(event(id="1")), "later": 1}).id == "1"

    @pytest.mark.parametrize("message", [None, 1, "text", [], [("id", "1")]])
    def test_what_is_no_object_is_no_event(self, message):
        with pytest.raises(MalformedEvent, match="object"):
            from_cloudevent(message)

    def test_a_type_has_its_service_its_name_and_its_version(self):
        assert event_type("intake", "RequestReceived", 2) == "id.terbuka.intake.RequestReceived.v2"

    def test_a_schema_is_named_without_an_address(self):
        assert schema_urn("id.terbuka.intake.X.v1") == "urn:terbuka:schema:intake.X.v1"

    def test_an_event_knows_its_name_and_its_service(self):
        made = event("Closed")

        assert (made.name, made.service) == ("Closed", "register")


class TestCausalOrder:
    @given(clocked)
    def test_clocks_never_go_backwards(self, events):
        keys = [key(each) for each in causal_order(events)]

        assert keys == sorted(keys)

    @given(clocked, st.randoms(use_true_random=False))
    def test_the_order_of_arrival_makes_no_difference(self, events, chance):
        shuffled = list(events)
        chance.shuffle(shuffled)

        assert causal_order(shuffled) == causal_order(events)

    @given(histories())
    def test_each_stream_stays_in_its_own_order(self, events):
        ordered = causal_order(each for each in events if each.subject == "request/1")

        for source in {each.source for each in ordered}:
            versions = [each.streamversion for each in ordered if each.source == source]
            assert versions == sorted(versions)

    @given(histories())
    def test_no_two_events_have_the_same_place(self, events):
        ordered = [key(each) for each in events if each.subject == "request/1"]

        assert len(set(ordered)) == len(ordered)

    @given(histories())
    def test_a_cause_stands_before_its_effect(self, events):
        by_id = {each.id: each for each in events}

        for each in events:
            cause = by_id.get(each.causationid)
            assert cause is None or key(cause) < key(each)
