"""Duties of the office, which no applicant starts: the yearly and the monthly report, and what is published periodically.

A report is owed from the end of its period until it is issued, for each period that ends after the office's first
event: a fresh installation owes nothing of the years before it. Periodic information is owed anew from each day on
which some was published. Each duty is a subject with one clock, so the agenda reminds of it as of any other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from contracts.envelope import Event
from contracts.local import local_day
from eventlog.handle import Handler
from eventlog.mongo.own_view import OwnView
from services.escalation import clock, decide, phrases
from services.escalation.decide.runs import due_after
from services.escalation.law import Law
from services.escalation.state import DutyState
from telemetry import metrics

PREFIX = "duty/"
ANNUAL, MONTHLY, PERIODIC = "annual_report", "monthly_report", "periodic_information"
REPORTS = {4: ANNUAL, 7: MONTHLY}  # by how long the name of the period is: 2026, 2026-08
DECEMBER = 12
Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty for one period. `start_on` is day 0: the end of what is reported, or the last publication."""

    key: str
    period: str
    start_on: date

    @property
    def subject(self) -> str:
        """Where it is recorded."""
        return f"{PREFIX}{self.key}/{self.period}"

    @property
    def report(self) -> str | None:
        """The report that fulfils it, as reporting calls it."""
        return None if self.key == PERIODIC else f"report/{self.period}"


def reports_owed(first: date, before: date) -> Iterator[Duty]:
    """Of every month and year that ends on a day or after it, and before another."""
    for end in clock.month_ends(first, before):
        yield Duty(MONTHLY, f"{end:%Y-%m}", end)
        if end.month == DECEMBER:
            yield Duty(ANNUAL, f"{end:%Y}", end)


def published(on: date) -> Duty:
    """What publishing periodic information on a day makes the office owe: the next time."""
    return Duty(PERIODIC, on.isoformat(), on)


def row(duty: Duty, state: DutyState, on: date, law: Law) -> Shown | None:
    """A duty as it stands on a day; None where no rule sets it."""
    rule = law.rules.find("days", duty.key, duty.start_on)
    if rule is None:
        return None
    set_ = state.clocks.get(duty.key)
    due = set_.due_on if set_ else due_after(duty.start_on, duty.key, law)
    done = state.done_on if state.done_on and state.done_on <= on else None
    standing = _standing(duty, due, done, on)
    return {
        "duty": duty.key,
        "name": phrases.duty(duty.key),
        "period": duty.period,
        "counted_from": duty.start_on.isoformat(),
        "due_on": due.isoformat(),
        "legal_basis": rule.legal_basis,
        "done_on": done.isoformat() if done else None,
        "state": standing,
        "overdue": standing == "overdue",
        "late": (done or on) > due,
        "text": phrases.duty_stands(standing, due, done),
    }


def _standing(duty: Duty, due: date, done: date | None, on: date) -> str:
    if done:
        return "done"
    if on > due:
        return "overdue"
    return "upcoming" if duty.report and on <= duty.start_on else "owed"


@dataclass(frozen=True, slots=True)
class Duties:
    """Begins duties when their period is over, ends them when they are done, and lists them. Doing so twice is harmless."""

    handler: Handler[DutyState]
    view: OwnView
    law: Callable[[], Law]

    def look(self, now: datetime) -> None:
        """Begin what is owed since its period ended, and end what was done: also after any outage."""
        first, today = self._first(), local_day(now)
        if first is None:
            return
        self.view.catch_up()
        known = self._begun("")
        for duty in (published(first), *reports_owed(first, today)):
            if duty.subject not in known:
                self._begin(duty)
        self.view.catch_up()
        self._end_all()
        self._measure(today)

    def hear(self, event: Event) -> None:
        """End what an event fulfils; publishing periodic information also begins the next time."""
        if event.name == "ReportIssued":
            period = event.data["period"]
            self._end_report(f"{PREFIX}{REPORTS.get(len(period))}/{period}", event.subject)
        elif _publishes_periodic(event):
            self._begin(published(local_day(event.time)))
            self.view.catch_up()
            self._end_all()

    def listed(self, on: date) -> list[Shown]:
        """Every duty on a day, those whose period still runs too, the earliest due first."""
        first = self._first()
        if first is None:
            return []
        self.view.catch_up()
        duties = self._all(first, on)
        known = self.handler.known_all([each.subject for each in duties])
        law = self.law()
        rows = (row(each, known[each.subject].state, on, law) for each in duties)
        return sorted((each for each in rows if each), key=lambda each: each["due_on"])

    def _all(self, first: date, on: date) -> Sequence[Duty]:
        this_year = Duty(ANNUAL, f"{on:%Y}", on.replace(month=12, day=31))
        reports = {*reports_owed(first, clock.months_after(on, 1)), this_year}
        return (*reports, *(each for each in self._periodic() if each.start_on <= on))

    def _first(self) -> date | None:
        """The day of the office's first event, which escalation records at its first start."""
        commits = self.handler.log.read(0, 1)
        return local_day(commits[0].events[0].time) if commits else None

    def _measure(self, today: date) -> None:
        """Missed clocks wait for nothing more, so the agenda's view has no date of theirs."""
        self.view.catch_up()
        late = [{"due_on": {"$lt": today.isoformat()}}, {"due_on": {"$exists": False}}]
        wanted = {"_id": {"$regex": f"^{PREFIX}"}, "open": True, "$or": late}
        metrics.OVERDUE_DUTIES.set(self.view.documents.count_documents(wanted))

    def _begin(self, duty: Duty) -> None:
        self.handler.conclude(
            duty.subject,
            f"duty:{duty.subject}",
            lambda state, _: decide.begin_duty(duty.key, state, duty.start_on, self.law()),
        )

    def _end_all(self) -> None:
        for subject in self._begun("", open_=True):
            _, key, period = subject.split("/")
            if key != PERIODIC:
                self._end_report(subject, f"report/{period}")
        self._end_periodic()

    def _end_report(self, subject: str, report: str) -> None:
        heard = self.handler.inbox.about(report)
        issued = sorted(local_day(each.time) for each in heard if each.name == "ReportIssued")
        if issued:
            self._end(subject, "ReportIssued", issued[0])

    def _end_periodic(self) -> None:
        """What was published later fulfils what was owed before it, in whatever order it was heard of."""
        periodic, running = self._periodic(), self._begun(PERIODIC, open_=True)
        for before, after in pairwise(periodic):
            if before.subject in running:
                self._end(before.subject, "ListEntryPublished", after.start_on)

    def _end(self, subject: str, because: str, on: date) -> None:
        key = subject.split("/")[1]
        self.handler.conclude(
            subject,
            f"done:{subject}",
            lambda state, _: decide.do_duty(key, state, because, on, self.law()),
        )

    def _periodic(self) -> list[Duty]:
        days = (date.fromisoformat(each.rpartition("/")[2]) for each in self._begun(PERIODIC))
        return [published(day) for day in sorted(days)]

    def _begun(self, key: str, *, open_: bool = False) -> set[str]:
        wanted: dict[str, Any] = {"_id": {"$regex": f"^{PREFIX}{key}"}}
        if open_:
            wanted["open"] = True
        return {each["_id"] for each in self.view.documents.find(wanted, {"_id": 1})}


def _publishes_periodic(event: Event) -> bool:
    data = event.data
    return (
        event.name == "ListEntryPublished"
        and data["list"] == "public"
        and data.get("availability") == "periodic"
    )
