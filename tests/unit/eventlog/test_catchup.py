"""What an inbox was not asked for is given to it later, from the numbered log."""

from contracts.topology import Subscription, subscription
from eventlog.catchup import BATCH, CatchUp, asked
from eventlog.jobs import CATCHING_UP
from eventlog.memory import MemoryInbox
from eventlog.numbered import Recorded
from tests.suites.events import event, events
from tests.suites.office import Office

CLOSING = Subscription("q.inbox", "q", {"register": ("Closed",)})
MORE = Subscription("q.inbox", "q", {"register": ("Closed", "Reopened")})


class Numbered:
    """As much of a numbered log as a catch-up reads."""

    def __init__(self, told):
        self.told = list(told)

    def read(self, after, limit):
        everything = [Recorded(at, each) for at, each in enumerate(self.told, start=1)]
        return everything[after : after + limit]


class Kept(set):
    """What was asked for, kept in memory."""

    def note(self, events):
        self.clear()
        self.update(events)


def catching_up(told, listening=MORE, inbox=None, kept=None):
    kept = Kept() if kept is None else kept
    inbox = MemoryInbox() if inbox is None else inbox
    return CatchUp(listening, Numbered(told), inbox, lambda: kept, kept.note), inbox, kept


def names(inbox, subject):
    return [each.name for each in inbox.about(subject)]


def test_an_inbox_gets_what_it_is_asked_for_since():
    closed, reopened = event("Closed"), event("Reopened", version=2)
    one, inbox, _ = catching_up([closed, reopened], kept=Kept(asked(CLOSING)))
    inbox.receive(closed)

    assert one.round() == 1
    assert names(inbox, closed.subject) == ["Closed", "Reopened"]


def test_it_gets_nothing_that_it_does_not_hear():
    one, inbox, _ = catching_up([event("RequestReceived")])

    assert one.round() == 0
    assert names(inbox, event("RequestReceived").subject) == []


def test_what_was_on_its_way_in_the_first_round_comes_in_the_second():
    one, _, kept = catching_up([event("Closed")])
    assert one.round() == 1
    assert kept == set()

    one.numbered.told.append(event("Reopened", version=2))
    assert one.round() == 1
    assert kept == asked(MORE)


def test_after_that_it_looks_no_more():
    one, *_ = catching_up([event("Closed")])
    one.round()
    one.round()
    one.numbered.told.append(event("Reopened", version=2))

    assert one.round() == 0


def test_a_process_that_starts_again_looks_only_where_more_is_asked():
    one, *_ = catching_up([event("Closed")], kept=Kept(asked(MORE)))

    assert one.round() == 0


def test_a_long_log_is_read_batch_by_batch():
    told = events(2 * BATCH + 7)
    one, *_ = catching_up(told, listening=subscription("escalation.inbox"))

    assert one.round() == len(told)


def test_only_who_reacts_to_nothing_catches_up_by_itself():
    assert set(CATCHING_UP).isdisjoint(Office().reactions)


def test_a_request_that_was_incomplete_before_deliveries_were_recorded_has_them_recorded():
    """The register's inbox did not hear RequestReceived then, so that it knew of no such request."""
    office = Office()
    office.order("ReceiveRequest", documents=[])
    office.underway["register"].clear()
    assert office.order("RecordDelivery") == "not_found"

    one, *_ = catching_up(
        office.events(), subscription("register.inbox"), office.inboxes["register"]
    )
    one.round()

    assert office.order("RecordDelivery") == ""
