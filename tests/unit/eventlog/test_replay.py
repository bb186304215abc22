from contracts.topology import Subscription, subscription
from eventlog.numbered import Recorded
from eventlog.replay import BATCH, hears, replay
from tests.suites.events import event, events


class Numbered:
    """As much of a numbered log as a replay reads; it grows while it is read."""

    def __init__(self, told, growing=()):
        self.told = list(told)
        self.growing = list(growing)

    def head(self):
        return len(self.told)

    def read(self, after, limit):
        self.told += self.growing
        self.growing = []
        everything = [Recorded(at, each) for at, each in enumerate(self.told, start=1)]
        return everything[after : after + limit]


EVERYTHING = subscription("register.log")


def replayed(numbered, into=EVERYTHING, after=0):
    sent = []
    return replay(numbered, into, sent.extend, after), sent


def test_everything_is_sent_from_the_beginning_in_order():
    told = events(5)

    assert replayed(Numbered(told)) == (5, list(told))


def test_a_long_log_is_sent_batch_by_batch():
    told = events(2 * BATCH + 7)
    count, sent = replayed(Numbered(told))

    assert (count, sent) == (len(told), list(told))


def test_a_replay_may_begin_behind_a_position():
    told = events(5)

    assert replayed(Numbered(told), after=3) == (2, list(told[3:]))


def test_only_what_the_queue_hears_is_sent():
    told = [event("Closed"), event("RequestReceived"), event("DeadlineMissed")]
    count, sent = replayed(Numbered(told), subscription("intake.inbox"))

    assert (count, [each.name for each in sent]) == (2, ["Closed", "DeadlineMissed"])


def test_what_arrives_meanwhile_comes_by_the_queue_itself():
    told = events(3)

    assert replayed(Numbered(told, growing=events(4, after=3))) == (3, list(told))


def test_of_an_empty_log_nothing_is_sent():
    assert replayed(Numbered([])) == (0, [])


def test_a_queue_hears_what_its_bindings_say():
    listening = Subscription("q", "intake", {"register": ("Closed",)})

    assert hears(listening, event("Closed"))
    assert not hears(listening, event("Reopened"))
    assert not hears(listening, event("RequestReceived"))
