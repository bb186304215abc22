"""Events and commits for tests that do not care what the events say."""

from uuid import uuid4

from contracts.catalogue import current
from contracts.envelope import Event
from eventlog.log import Commit
from tests.suites.facts import DATA

TIME = "2026-08-12T03:00:00+00:00"
SUBJECT = "request/1"


def event(name="RequestWithdrawn", *, version=1, clock=None, **given):
    """A recorded fact. Its clock is its version unless told otherwise; `data` changes what it says."""
    contract = current(name)
    subject = given.get("subject", SUBJECT)
    return Event(
        id=given.get("id", str(uuid4())),
        source=f"/terbuka/{contract.service}",
        type=contract.type,
        subject=subject,
        time=given.get("time", TIME),
        stream=given.get("stream", subject),
        streamversion=version,
        requestclock=clock or version,
        correlationid=given.get("correlationid", subject),
        causationid="order",
        actor=given.get("actor", "desk:ani"),
        traceparent="",
        data={**DATA[name], **given.get("data", {})},
    )


def events(count, *, subject=SUBJECT, after=0):
    """The next events of a stream."""
    return tuple(event(subject=subject, version=after + step) for step in range(1, count + 1))


def commit(stream=SUBJECT, expected=0, *, count=1, command_id=None, fingerprint="", series=""):
    """What a writer wants: `count` new events behind the version it has read."""
    return Commit(
        stream=stream,
        expected=expected,
        command_id=command_id or str(uuid4()),
        fingerprint=fingerprint,
        events=lambda _: events(count, subject=stream, after=expected),
        series=series,
    )


def numbered_commit(stream, series, *, expected=0, command_id=None, count=1, claim=0):
    """A commit whose one event says which number of the series it got, the first of `count`."""

    def facts(number):
        return (
            event("RequestSubmitted", subject=stream, version=expected + 1, data=_serial(number)),
        )

    return Commit(stream, expected, command_id or str(uuid4()), "", facts, series, count, claim)


def _serial(number):
    return {"serial": number, "number": f"{number:04d}"}


def serials(log):
    """The numbers that were given, in the order of the log."""
    return [
        each.data["serial"]
        for done in log.read(0, 100_000)
        for each in done.events
        if "serial" in each.data
    ]
