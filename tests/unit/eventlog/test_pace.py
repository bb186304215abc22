from threading import Event as Signal
from time import monotonic

from eventlog.pace import LONGEST, SHORTEST, Pace


class Watch:
    """A stop signal that notes how long it was waited for."""

    def __init__(self):
        self.waits = []

    def wait(self, seconds):
        self.waits.append(seconds)


def test_rests_grow_up_to_the_longest():
    watch = Watch()
    pace = Pace(watch)
    for _ in range(20):
        pace.rest()

    assert watch.waits[0] == SHORTEST
    assert watch.waits == sorted(watch.waits)
    assert watch.waits[-1] == LONGEST


def test_after_work_rests_are_short_again():
    watch = Watch()
    pace = Pace(watch)
    for _ in range(20):
        pace.rest()
    pace.worked(full=True)
    pace.rest()

    assert watch.waits[-1] == SHORTEST


def test_a_full_batch_is_followed_at_once_by_the_next():
    watch = Watch()
    Pace(watch).worked(full=True)

    assert watch.waits == []


def test_a_batch_that_was_not_full_lets_others_gather():
    watch = Watch()
    Pace(watch, 0.1).worked(full=False)

    assert watch.waits == [0.1]


def test_who_breathes_slowly_may_rest_as_long():
    watch = Watch()
    pace = Pace(watch, 0.5)
    for _ in range(40):
        pace.rest()

    assert watch.waits[-1] == 0.5


def test_a_pause_is_as_long_as_asked_for():
    watch = Watch()
    Pace(watch).pause(0.5)

    assert watch.waits == [0.5]


def test_a_stop_ends_every_wait():
    stop = Signal()
    stop.set()
    began = monotonic()
    Pace(stop).pause(60)

    assert monotonic() - began < 10
