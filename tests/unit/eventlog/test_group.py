from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal
from threading import Lock, Thread

import pytest

from deploy.local.waiting import wait_until
from eventlog.group import Group


def answered(tickets):
    for ticket in tickets:
        ticket.succeed(ticket.wish * 2)


class Slow:
    """A writer that waits to be let go, so that others gather behind it."""

    def __init__(self):
        self.batches = []
        self.first = Signal()
        self.go = Signal()

    def __call__(self, tickets):
        self.batches.append([ticket.wish for ticket in tickets])
        self.first.set()
        assert self.go.wait(10)
        answered(tickets)


def gathered(group, writer, wishes):
    """Submit one wish, and the others while it is being written; the answers in order."""
    with ThreadPoolExecutor(len(wishes)) as people:
        leader = people.submit(group.submit, wishes[0])
        assert writer.first.wait(10)
        others = [people.submit(group.submit, wish) for wish in wishes[1:]]
        wait_until(lambda: len(group._waiting) == len(wishes) - 1, "all others wait", 10)
        writer.go.set()
        return [each.result(10) for each in (leader, *others)]


def test_one_alone_is_written_at_once():
    assert Group(answered).submit(21) == 42


def test_one_after_the_other_is_written_each_by_itself():
    batches = []

    def write(tickets):
        batches.append(len(tickets))
        answered(tickets)

    group = Group(write)

    assert [group.submit(wish) for wish in range(3)] == [0, 2, 4]
    assert batches == [1, 1, 1]


def test_whoever_comes_while_others_are_written_is_written_together():
    writer = Slow()

    assert gathered(Group(writer), writer, list(range(9))) == [0, 2, 4, 6, 8, 10, 12, 14, 16]
    assert [len(batch) for batch in writer.batches] == [1, 8]


def test_a_batch_is_no_larger_than_allowed():
    writer = Slow()
    gathered(Group(writer, most=3), writer, list(range(9)))

    assert [len(batch) for batch in writer.batches] == [1, 3, 3, 2]


def test_wishes_are_written_in_the_order_of_their_arrival():
    writer = Slow()
    group = Group(writer)
    with ThreadPoolExecutor(5) as people:
        people.submit(group.submit, 0)
        writer.first.wait(10)
        for wish in range(1, 5):
            people.submit(group.submit, wish)
            wait_until(lambda wish=wish: len(group._waiting) == wish, "it waits", 10)
        writer.go.set()

    assert [wish for batch in writer.batches for wish in batch] == [0, 1, 2, 3, 4]


def test_only_one_batch_is_written_at_a_time():
    writing, overlaps = Lock(), []

    def write(tickets):
        overlaps.append(not writing.acquire(blocking=False))
        answered(tickets)
        writing.release()

    group = Group(write, most=2)
    with ThreadPoolExecutor(16) as people:
        list(people.map(group.submit, range(300)))

    assert not any(overlaps)


def test_each_gets_its_own_answer():
    with ThreadPoolExecutor(16) as people:
        group = Group(answered, most=7)
        assert list(people.map(group.submit, range(300))) == [2 * wish for wish in range(300)]


def test_a_ticket_may_fail_alone():
    def write(tickets):
        for ticket in tickets:
            if ticket.wish % 2:
                ticket.fail(KeyError(ticket.wish))
            else:
                ticket.succeed(ticket.wish)

    group = Group(write)
    with ThreadPoolExecutor(8) as people:
        waiting = [people.submit(group.submit, wish) for wish in range(20)]

    assert [type(each.exception()) for each in waiting] == [type(None), KeyError] * 10


def test_a_write_that_fails_fails_for_all_in_its_batch():
    def write(_):
        raise OSError("away")

    group = Group(write)
    with ThreadPoolExecutor(8) as people:
        waiting = [people.submit(group.submit, wish) for wish in range(20)]

    assert {type(each.exception()) for each in waiting} == {OSError}


def test_who_was_answered_before_the_write_failed_keeps_the_answer():
    def write(tickets):
        answered(tickets)
        raise OSError("away")

    assert Group(write).submit(21) == 42


def test_after_a_failure_the_group_goes_on():
    faults = iter([OSError("away")])

    def write(tickets):
        for fault in faults:
            raise fault
        answered(tickets)

    group = Group(write)
    with pytest.raises(OSError, match="away"):
        group.submit(1)

    assert group.submit(21) == 42


def test_a_leader_that_is_interrupted_lets_the_others_go_on():
    writer = Slow()

    def write(tickets):
        if tickets[0].wish == "stop":
            writer.first.set()
            assert writer.go.wait(10)
            raise KeyboardInterrupt
        answered(tickets)

    group, ends = Group(write), []

    def interrupted():
        try:
            group.submit("stop")
        except KeyboardInterrupt as end:
            ends.append(end)

    leader = Thread(target=interrupted)
    leader.start()
    assert writer.first.wait(10)
    with ThreadPoolExecutor(1) as people:
        behind = people.submit(group.submit, 21)
        wait_until(lambda: group._waiting, "it waits", 10)
        writer.go.set()
        assert behind.result(10) == 42
    leader.join(10)
    assert len(ends) == 1
