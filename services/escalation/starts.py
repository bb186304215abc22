"""The day an answer is counted from, and why it is not the receipt where it is not.

The law counts from receipt (UU 14/2008 art. 22(7)). Where papers were missing and the applicant was told so in time, it
counts from completeness; told too late, a request counts as complete from the beginning. The house's own target always
counts from receipt.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from contracts.local import WIB, local_day
from services.escalation import clock
from services.escalation.law import Law

COMPLETED = "Dihitung sejak permohonan lengkap: ketidaklengkapan diberitahukan tepat waktu."
BY_SETTING = "Dihitung sejak permohonan lengkap, menurut pengaturan kantor."
REGISTERED = "Dihitung sejak pencatatan dalam register, menurut pengaturan kantor."
AFTER_HOURS = "Diterima di luar jam kerja: hari ke-0 adalah hari kerja berikutnya."
NOTICE_LATE = "Dihitung sejak diterima: ketidaklengkapan diberitahukan melewati batas waktu."
IN_ENGLISH = {
    COMPLETED: "Counted from completeness: the notice of incompleteness was sent in time.",
    BY_SETTING: "Counted from completeness, as the office has set.",
    REGISTERED: "Counted from the entry in the register, as the office has set.",
    AFTER_HOURS: "Received outside office hours: day 0 is the next working day.",
    NOTICE_LATE: "Counted from receipt: the notice of incompleteness was sent too late.",
}


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of how a request came in; empty until it was heard of."""

    received_at: str = ""
    completed_at: str = ""
    notice_on: date | None = None
    registered_on: date | None = None
    topic: str = "other"

    @property
    def received_on(self) -> date:
        """The day it reached the office."""
        return local_day(self.received_at)


@dataclass(frozen=True, slots=True)
class Start:
    """Day 0 of the legal date and of the target, and a note where they differ."""

    on: date
    received_on: date
    note: str | None = None


def of_answer(arrival: Arrival, law: Law) -> Start:
    """The day 0 of an answer. Only for a request that was submitted."""
    received = arrival.received_on
    setting = law.rules.get("setting", "clock.starts", received).value["at"]
    if setting == "registration" and arrival.registered_on:
        return Start(arrival.registered_on, received, _unless(received, arrival, REGISTERED))
    completed_late = local_day(arrival.completed_at) > received
    if completed_late and (setting != "receipt" or _told_in_time(arrival, law)):
        note = COMPLETED if setting == "receipt" else BY_SETTING
        return Start(office_day(arrival.completed_at, law), received, note)
    on = office_day(arrival.received_at, law)
    late = NOTICE_LATE if completed_late else None
    return Start(on, received, AFTER_HOURS if on != received else late)


def _unless(received: date, arrival: Arrival, note: str) -> str | None:
    return None if arrival.registered_on == received else note


def _told_in_time(arrival: Arrival, law: Law) -> bool:
    """Whether the applicant heard within the days of a notice what was missing; so it is taken until the notice is heard of."""
    if arrival.notice_on is None:
        return True
    received = arrival.received_on
    days = law.rules.days("incompleteness.notice", received).value["count"]
    return arrival.notice_on <= clock.due_date(received, days, law.legal(received))


def office_day(moment: str | datetime, law: Law) -> date:
    """The day something counts as received on: the next working day when the office was closed and a setting says so."""
    day = local_day(moment)
    hours = law.rules.get("setting", "clock.office_hours", day).value
    working = law.legal(day)
    if hours["after_hours"] == "same_day" or (working(day) and _clock(moment) < hours["closes"]):
        return day
    return clock.next_working_day(day, working)


def _clock(moment: str | datetime) -> str:
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return at.astimezone(WIB).strftime("%H:%M")
