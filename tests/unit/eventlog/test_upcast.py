from dataclasses import replace

import pytest

from contracts.envelope import MalformedEvent, to_cloudevent
from eventlog.upcast import UPCASTS, read_event
from tests.suites.events import event

V1, V2, V3 = (f"id.terbuka.intake.RequestWithdrawn.v{version}" for version in (1, 2, 3))
CASTS = {
    V1: (V2, lambda data: {**data, "by": "applicant"}),
    V2: (V3, lambda data: {**data, "by": [data["by"]]}),
}


def test_an_event_of_today_is_read_as_it_is():
    made = event()

    assert read_event(to_cloudevent(made)) == made


def test_an_old_event_is_read_as_one_of_today():
    old = event()

    assert read_event(to_cloudevent(old), CASTS) == replace(
        old, type=V3, data={"reason": "Sudah didapat", "by": ["applicant"]}
    )


def test_an_event_in_between_takes_the_rest_of_the_way():
    between = replace(event(), type=V2, data={"by": "proxy"})

    assert read_event(to_cloudevent(between), CASTS).data == {"by": ["proxy"]}


def test_reading_changes_nothing_that_is_stored():
    stored = to_cloudevent(event())
    before = {**stored, "data": dict(stored["data"])}
    read_event(stored, CASTS)

    assert stored == before


def test_what_is_no_event_is_not_read():
    with pytest.raises(MalformedEvent):
        read_event({}, CASTS)


def test_every_upcast_leads_to_an_event_of_the_same_name():
    assert all(old.rsplit(".", 1)[0] == new.rsplit(".", 1)[0] for old, (new, _) in UPCASTS.items())
