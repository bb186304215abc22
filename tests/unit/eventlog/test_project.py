from eventlog.numbered import Recorded
from eventlog.project import View, affected, contiguous
from tests.suites.events import event, events

NAMES = View("names", "request/", lambda told: {"names": [each.name for each in told]})
NOTHING = View("nothing", "day/", lambda _: None)


def recorded(*told):
    return [Recorded(position, each) for position, each in enumerate(told, start=1)]


def test_a_view_shows_the_subjects_of_its_kind():
    assert NAMES.shows("request/1")
    assert not NAMES.shows("applicant/1")


def test_the_fold_is_told_causes_before_effects():
    told = recorded(event("Closed", clock=3), event("RequestReceived", clock=1))

    assert NAMES.document("request/1", told)["names"] == ["RequestReceived", "Closed"]


def test_a_document_has_the_position_of_its_newest_event():
    told = [Recorded(9, event()), Recorded(7, event(version=2))]

    assert NAMES.document("request/1", told)["position"] == 9


def test_a_document_is_called_like_its_subject():
    assert NAMES.document("request/1", recorded(event()))["_id"] == "request/1"


def test_where_there_is_nothing_to_show_there_is_no_document():
    assert NOTHING.document("day/1", recorded(event())) is None


def test_affected_are_the_subjects_that_some_view_shows():
    told = recorded(
        event(subject="request/1"), event(subject="request/1"), event(subject="applicant/1")
    )

    assert affected([NAMES, NOTHING], told) == {"request/1"}


def test_events_that_follow_have_no_hole():
    assert contiguous(0, recorded(*events(3)))
    assert contiguous(5, [])


def test_a_hole_is_seen():
    told = recorded(*events(4))

    assert not contiguous(0, [told[0], told[2]])
    assert not contiguous(0, told[1:])
    assert not contiguous(1, told)
