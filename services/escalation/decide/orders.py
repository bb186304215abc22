"""What an objection orders of its request: that it is decided anew, by a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from contracts.envelope import Event, Fact
from contracts.local import local_day
from eventlog.handle import Decision
from services.escalation import clock
from services.escalation.decide.runs import due_after, ended, fact_of
from services.escalation.law import Law
from services.escalation.state import RequestState

_BY = {"ObjectionAnswered": "ppid_superior", "DisputeSettled": "commission", "CourtRuled": "court"}
_BASIS = {
    "ppid_superior": "UU 14/2008 pasal 36: tanggapan Atasan PPID",
    "commission": "UU 14/2008 pasal 46: putusan Komisi Informasi",
    "court": "UU 14/2008 pasal 49: putusan pengadilan",
}


@dataclass(frozen=True, slots=True)
class Order:
    """An order of the superior, the commission or a court."""

    id: str  # of the event that gave it
    objection: str
    by: str
    text: str
    given_on: date
    execute_on: date | None


def order_in(event: Event) -> Order | None:
    """The order that an event gives, if it gives one."""
    by, text = _BY.get(event.name), event.data.get("order")
    if not (by and text):
        return None
    until = event.data.get("execute_on")
    return Order(
        id=event.id,
        objection=event.subject.partition("/")[2],
        by=by,
        text=text,
        given_on=local_day(event.time),
        execute_on=date.fromisoformat(until) if until else None,
    )


def order_decision(
    order: Order, regime: str, state: RequestState, now: datetime, law: Law
) -> Decision:
    """The request is to be decided anew, even if it was closed: what ran on it ends, and it has a date again.

    Whoever took the request back wants no other decision.
    """
    if state.gave_up:
        return ()
    today = local_day(now)
    data = {"objection": order.objection, "ordered_by": order.by, "order": order.text}
    until = {"execute_on": order.execute_on.isoformat()} if order.execute_on else {}
    return (
        Fact("DecisionOrdered", {**data, **until}),
        *ended(state, ("answer", "objection_window"), "DecisionOrdered", today, law),
        _runs(order, regime, law),
    )


def _runs(order: Order, regime: str, law: Law) -> Fact:
    """Until the day that was ordered, or the working day before it; where none was, for as long as a new request has."""
    start = order.given_on
    note = "Dihitung sejak perintah dicatat"
    if order.execute_on:
        days = clock.working_days_between(start, order.execute_on, law.legal(start))
        due = clock.due_date(start, max(days, 1), law.legal(start))
    else:
        days = law.rules.days(f"{regime}.answer", start).value["count"]
        due = due_after(start, f"{regime}.answer", law)
    return fact_of("answer", regime, start, max(days, 1), due, _BASIS[order.by], note=note)
