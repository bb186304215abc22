import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymongo.errors import AutoReconnect

from contracts.envelope import to_cloudevent
from eventlog.consume import Listener, Unhandleable, patiently, read_message
from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from telemetry import metrics
from tests.suites.events import TIME, event
from tests.suites.facts import fact

JSON = "application/json"
GOOD = to_cloudevent(event())
NOW = datetime.fromisoformat(TIME)


def body(**changed):
    return json.dumps({**GOOD, **changed}).encode()


def without(name):
    return json.dumps({key: value for key, value in GOOD.items() if key != name}).encode()


class TestReading:
    def test_an_event_is_read(self):
        assert read_message(body(), JSON) == event(id=GOOD["id"])

    def test_text_is_read_like_bytes(self):
        assert read_message(body().decode(), JSON) == event(id=GOOD["id"])

    def test_attributes_nobody_knows_are_ignored(self):
        assert read_message(body(futureattribute=[1]), JSON) == event(id=GOOD["id"])

    def test_fields_nobody_knows_are_kept(self):
        data = {"reason": "Sudah", "later": {"a": 1}}

        assert read_message(body(data=data), JSON).data == data

    @pytest.mark.parametrize(
        "content_type",
        [None, "", "text/plain", "application/cloudevents+json", "application/json; charset=utf-8"],
    )
    def test_another_content_type_is_not_read(self, content_type):
        with pytest.raises(Unhandleable, match="content type"):
            read_message(body(), content_type)

    @pytest.mark.parametrize(
        "wrong",
        [
            b"",
            b"{",
            b"not json",
            b"\x00",
            body()[:-1],
            body() + b"}",
            b"\xff\xfe\xfa",
            b'{"id": "\xe9"}',
            b"[" * 100_000,
        ],
        ids=lambda wrong: repr(wrong[:12]),
    )
    def test_what_is_not_json_says_so(self, wrong):
        with pytest.raises(Unhandleable, match="not JSON"):
            read_message(wrong, JSON)

    @pytest.mark.parametrize("wrong", [b"null", b"[]", b"1", b'"text"', b"true", b"{}", b"[{}]"])
    def test_json_that_is_no_event_says_so(self, wrong):
        with pytest.raises(Unhandleable, match="malformed"):
            read_message(wrong, JSON)

    @pytest.mark.parametrize("name", sorted(set(GOOD) - {"datacontenttype", "dataschema"}))
    def test_an_event_without_an_attribute_is_not_read(self, name):
        with pytest.raises(Unhandleable, match=name):
            read_message(without(name), JSON)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("specversion", "0.3"),
            ("id", 1),
            ("id", None),
            ("subject", ["request/1"]),
            ("time", "yesterday"),
            ("time", "2026-08-12T03:00:00"),
            ("streamversion", 0),
            ("streamversion", -1),
            ("streamversion", "1"),
            ("streamversion", 1.5),
            ("streamversion", True),
            ("requestclock", 0),
            ("requestclock", None),
            ("data", None),
            ("data", []),
            ("data", {}),
            ("data", {"reason": 1}),
            ("type", "id.terbuka.intake.RequestWithdrawn.v2"),
            ("type", "id.terbuka.intake.Unheard.v1"),
            ("type", "com.example.RequestWithdrawn.v1"),
            ("type", "id.terbuka.intake.RequestWithdrawn"),
            ("type", ""),
        ],
    )
    def test_an_attribute_of_another_kind_is_not_read(self, name, value):
        with pytest.raises(Unhandleable, match="unknown or malformed"):
            read_message(body(**{name: value}), JSON)

    def test_a_reason_is_short(self):
        with pytest.raises(Unhandleable) as parked:
            read_message(body(type="x" * 10_000), JSON)
        assert len(str(parked.value)) <= 500

    @given(st.binary(max_size=200))
    def test_whatever_comes_is_read_or_parked(self, wrong):
        with pytest.raises(Unhandleable):
            read_message(wrong, JSON)

    @given(
        st.sampled_from(sorted(GOOD)),
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.text()),
    )
    def test_whatever_stands_in_an_attribute_is_read_or_parked(self, name, value):
        try:
            read = read_message(body(**{name: value}), JSON)
        except Unhandleable:
            return
        assert read.type == GOOD["type"]


class TestListening:
    def heard(self, *events, reactions=None):
        log, inbox, ids = MemoryLog(), MemoryInbox(), iter("abcdefghij")
        handler = Handler(
            "intake", log, inbox, 0, lambda n, _: n + 1, lambda: NOW, lambda: next(ids)
        )
        listener = Listener("intake.inbox", inbox, handler, reactions or {})
        return [listener.hear(each) for each in events], log, inbox

    def test_an_event_is_kept(self):
        closed = event("Closed")
        said, _, inbox = self.heard(closed)

        assert said == ["ok"]
        assert inbox.about(closed.subject) == (closed,)

    def test_an_event_that_comes_again_is_a_duplicate(self):
        closed = event("Closed")

        assert self.heard(closed, closed, closed)[0] == ["ok", "duplicate", "duplicate"]

    def test_where_the_service_has_something_to_say_it_says_it_once(self):
        closed = event("Closed")
        react = {"Closed": lambda *_: (fact("RequestWithdrawn"),)}

        assert self.heard(closed, closed, reactions=react)[1].head() == 1

    def test_a_reaction_sees_the_event_it_reacts_to(self):
        seen = []
        react = {"Closed": lambda _, state, __: seen.append(state) or ()}
        self.heard(event("Closed"), reactions=react)

        assert seen == [1]

    def test_a_crash_between_keeping_and_reacting_is_mended_by_the_next_delivery(self):
        closed, faults = event("Closed"), iter([OSError("away")])

        def react(*_):
            for fault in faults:
                raise fault
            return (fact("RequestWithdrawn"),)

        log, inbox, ids = MemoryLog(), MemoryInbox(), iter("ab")
        handler = Handler("intake", log, inbox, 0, lambda n, _: n, lambda: NOW, lambda: next(ids))
        listener = Listener("intake.inbox", inbox, handler, {"Closed": react})
        with pytest.raises(OSError, match="away"):
            listener.hear(closed)

        assert listener.hear(closed) == "duplicate"
        assert log.head() == 1

    def test_other_events_are_only_kept(self):
        react = {"Closed": lambda *_: (fact("RequestWithdrawn"),)}

        assert self.heard(event("Reopened"), reactions=react)[1].head() == 0


class TestPatience:
    def test_what_succeeds_is_answered(self):
        assert patiently("q", lambda: 42, lambda _: None) == 42

    def test_while_the_database_is_away_it_is_tried_again(self):
        outcomes, rests = iter([AutoReconnect("away"), AutoReconnect("away"), 42]), []

        def attempt():
            outcome = next(outcomes)
            if isinstance(outcome, Exception):
                raise outcome
            return outcome

        assert patiently("q", attempt, rests.append) == 42
        assert rests == [0.5, 0.5]

    def test_a_waiting_consumer_is_seen_from_outside(self):
        seen = []

        def attempt():
            if not seen:
                raise AutoReconnect("away")

        patiently("paused", attempt, lambda _: seen.append(gauge()))

        assert (seen, gauge()) == ([1.0], 0.0)

    def test_a_bug_rises_at_once(self):
        def attempt():
            raise KeyError("bug")

        with pytest.raises(KeyError):
            patiently("q", attempt, lambda _: pytest.fail("waited"))

    def test_whoever_is_told_to_stop_stops(self):
        def attempt():
            raise AutoReconnect("away")

        def stopping(_):
            raise ConnectionAbortedError("stopping")

        with pytest.raises(ConnectionAbortedError):
            patiently("q", attempt, stopping)


def gauge():
    return metrics.PAUSED.labels("paused")._value.get()
