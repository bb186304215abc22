"""What an explanation says, in Indonesian and in English."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.escalation import regimes, starts
from services.escalation.calendar import DayOff
from services.escalation.state import Clock

Data = Mapping[str, Any]
_WEEKDAYS = (
    ("Senin", "Monday"),
    ("Selasa", "Tuesday"),
    ("Rabu", "Wednesday"),
    ("Kamis", "Thursday"),
    ("Jumat", "Friday"),
    ("Sabtu", "Saturday"),
    ("Minggu", "Sunday"),
)
_KINDS = {
    "public": ("Hari libur nasional", "Public holiday"),
    "joint_leave": ("Cuti bersama", "Joint leave"),
    "local": ("Hari libur setempat", "Local holiday"),
    "election_day": ("Hari pemungutan suara", "Polling day"),
}
_REASONS = {
    regimes.IN_THE_STAGES: "Election information, received in the election stages.",
    regimes.OUTSIDE_THE_STAGES: "Received outside the election stages.",
    regimes.NOT_ABOUT_IT: "Not election information.",
}
_DUTIES = {
    "annual_report": ("Laporan tahunan layanan informasi", "Yearly report on the service"),
    "monthly_report": ("Laporan bulanan kepada Ka. Bag", "Monthly report to the head of division"),
    "periodic_information": ("Pemutakhiran informasi berkala", "Update of periodic information"),
}
_CLOCKS = {
    "answer": ("jawaban tertulis", "the written answer"),
    "completion": ("kelengkapan dokumen", "the missing papers"),
    "objection_window": ("mengajukan keberatan", "filing an objection"),
}


class Words(dict[str, str]):
    """A sentence in both languages, as JSON has it."""

    def __init__(self, indonesian: str, english: str) -> None:
        super().__init__(id=indonesian, en=english)


def weekday(number: int) -> Words:
    """The name of a day of the week, Monday being 0."""
    return Words(*_WEEKDAYS[number])


def note(said: str | None) -> Words | None:
    """Why day 0 is not the receipt."""
    return Words(said, starts.IN_ENGLISH.get(said, said)) if said else None


def chosen(reason: str) -> Words:
    """Why the request runs on its regime; an officer's own words stay as they are."""
    return Words(reason, _REASONS.get(reason, reason))


def not_yet() -> Words:
    """Of a day before day 0."""
    return Words("Belum dihitung: sebelum hari ke-0.", "Not counted yet: before day 0.")


def day_zero() -> Words:
    """Of the day the law counts from."""
    return Words("Hari ke-0: tidak dihitung.", "Day 0: not counted.")


def over() -> Words:
    """Of a day after the due date."""
    return Words("Sesudah batas waktu.", "After the due date.")


def ordinal(number: int, days: int) -> Words:
    """Of a working day that counts."""
    if number <= days:
        return Words(f"Hari kerja ke-{number}.", f"Working day {number}.")
    more = number - days
    return Words(
        f"Hari kerja ke-{number}, hari ke-{more} perpanjangan.",
        f"Working day {number}, day {more} of the extension.",
    )


def day_off(off: DayOff | None, *, counts_for_house: bool) -> Words:
    """Of a day that does not count: what was declared for it, or that it is a weekend."""
    if off is None:
        return Words("Akhir pekan: tidak dihitung.", "Weekend: not counted.")
    kind_id, kind_en = _KINDS[off.kind]
    perhaps = (" (perkiraan)", " (estimated)") if off.estimated else ("", "")
    house = (
        (" Dihitung untuk target internal.", " Counted for the internal target.")
        if counts_for_house
        else ("", "")
    )
    return Words(
        f"{kind_id}{perhaps[0]}: {off.name}. Tidak dihitung.{house[0]}",
        f"{kind_en}{perhaps[1]}: {off.name}. Not counted.{house[1]}",
    )


def summary(name: str, received_on: date, running: Clock) -> Words:
    """The whole in a sentence."""
    what_id, what_en = _CLOCKS[name]
    length = f"{running.days} + {running.extension}" if running.extension else f"{running.days}"
    return Words(
        f"Batas waktu {what_id}: {running.due_on}, yaitu {length} hari kerja sesudah "
        f"{running.start_on}; diterima {received_on}.",
        f"{what_en.capitalize()} is due on {running.due_on}, {length} working days after "
        f"{running.start_on}; received on {received_on}.",
    )


def of_clock(name: str, said: Words) -> Words:
    """What is said of a clock, with what that clock is for."""
    what_id, what_en = _CLOCKS[name]
    return Words(f"{what_id.capitalize()}: {said['id']}", f"{what_en.capitalize()}: {said['en']}")


def set_(data: Data) -> Words:
    """That a clock started."""
    days, start, due = data["days"], data["start_on"], data["due_on"]
    return Words(
        f"{days} hari kerja sejak {start}: batas waktu {due}.",
        f"{days} working days from {start}: due on {due}.",
    )


def extended(data: Data) -> Words:
    """That it was extended."""
    days, due, why = data["days"], data["due_on"], data["explanation"]
    return Words(
        f"Diperpanjang {days} hari kerja sampai {due}: {why}",
        f"Extended by {days} working days to {due}: {why}",
    )


def moved(data: Data) -> Words:
    """That its date is another now."""
    before, due, why = data["due_before"], data["due_on"], data["because"]
    return Words(f"Bergeser dari {before} ke {due}: {why}", f"Moved from {before} to {due}: {why}")


def duty(key: str) -> Words:
    """What the office owes."""
    return Words(*_DUTIES[key])


def duty_stands(standing: str, due: date, done: date | None) -> Words:
    """How far it is with a duty, in a sentence."""
    if done:
        late = (" Terlambat.", " Late.") if done > due else ("", "")
        return Words(f"Selesai {done}.{late[0]}", f"Done on {done}.{late[1]}")
    if standing == "overdue":
        return Words(f"Batas waktu {due} terlewati.", f"{due} has passed.")
    if standing == "upcoming":
        return Words(
            f"Periode belum berakhir; batas waktu {due}.",
            f"The period is not over yet; due on {due}.",
        )
    return Words(f"Batas waktu {due}.", f"Due on {due}.")


def stopped(data: Data) -> Words:
    """That it ended."""
    used, on = data["working_days_used"], data["stopped_on"]
    late = (" Terlambat.", " Late.") if data["late"] else ("", "")
    return Words(
        f"Berhenti {on} sesudah {used} hari kerja.{late[0]}",
        f"Stopped on {on} after {used} working days.{late[1]}",
    )
