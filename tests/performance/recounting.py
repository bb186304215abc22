"""Row: a holiday declared late, and 10,000 open requests counted again, with the list of what moved."""

from __future__ import annotations

from datetime import UTC, datetime
from time import monotonic

from contracts.command import Actor, Command
from contracts.envelope import Fact
from deploy.local.stack import Stack
from eventlog.log import Commit
from eventlog.mongo.client import connect, database_of
from eventlog.mongo.inbox import MongoInbox
from eventlog.mongo.log import MongoLog
from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.parking import Reasons
from eventlog.record import Circumstances, record
from eventlog.settings import load
from eventlog.store import Store, new_id, utc_now
from services.escalation import decide
from services.escalation.calendar import SUBJECT
from services.escalation.tools import EscalationTools, build
from tests.performance.histories import request_events
from tests.performance.table import Row

REQUESTS = 10_000
MOST_SECONDS = 10.0
# The day after the receipt of every request of the histories, which are all due on 28 August.
NOW = datetime(2026, 8, 13, 3, 0, tzinfo=UTC)
DAY = {"date": "2026-08-24", "kind": "local", "day_name": "Banjir"}


def recount_row(stack: Stack) -> Row:
    """Declare a day, count, and read the whole list of moves; everything that the agenda does, and nothing before."""
    tools = build(load("escalation"), _store(stack))
    _fill(tools)
    tools.recount.look(NOW)
    began = monotonic()
    tools.calendar.obey(_declaration(), decide.declare_holidays)
    counted = tools.recount.look(NOW)
    listed = _listed(tools)
    took = monotonic() - began
    looked_at, moved = (counted.looked_at, counted.moved) if counted else (0, 0)
    complete = looked_at == moved == listed == REQUESTS
    return Row(
        f"holiday declared late, {REQUESTS:,} open requests counted again",
        f"{took:.1f} s; {moved:,} moved, {listed:,} listed",
        "none",
        None,
        f"< {MOST_SECONDS:.0f} s with the list of moves",
        complete and took < MOST_SECONDS,
    )


def _store(stack: Stack) -> Store:
    client = connect(stack.addresses.mongo, "bench")
    database = database_of(client, "escalation", "recount")
    log, inbox = MongoLog(database), MongoInbox(database)
    store = Store(
        client, database, log, inbox, MongoNumberedLog(database), Reasons(database, utc_now)
    )
    store.prepare()
    return store


def _fill(tools: EscalationTools) -> None:
    """Open requests as escalation knows them: what intake said, and the clock that runs."""
    inbox, log = tools.handler.inbox, tools.handler.log
    commits = []
    for number in range(REQUESTS):
        received, submitted, deadline, *_ = request_events(number)
        inbox.receive(submitted)
        given = Circumstances(
            "escalation", received.subject, NOW, "system:escalation", new_id(), "", "", new_id
        )
        set_ = record((Fact("DeadlineSet", deadline.data),), given, 0, submitted.requestclock)
        commits.append(Commit(received.subject, 0, new_id(), "", lambda _, set_=set_: set_))
    log.append_all(commits)


def _declaration() -> Command:
    data = {"days": [DAY], "decree": "SE 1/2026", "source": "KPU Provinsi"}
    actor = Actor("bench", "administrator")
    return Command("DeclareHolidays", new_id(), "", actor, SUBJECT, data)


def _listed(tools: EscalationTools) -> int:
    """How many moves the list has, read page by page."""
    listed, before = 0, ""
    while page := tools.query.moves("", before, 200):
        listed, before = listed + len(page), page[-1]["_id"]
    return listed
