"""Plays the sample requests through a running desk, in the order in which they arrived."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from contracts.local import local_day
from contracts.roles import DESK, HEAD, OFFICER
from deploy.local.waiting import wait_until
from terbuka.demo import law, lists, people, redress
from terbuka.demo.desk import Desk, Order, Shown
from terbuka.demo.paths import Step, steps
from terbuka.demo.rows import Row, before

ENDED = frozenset({"closed", "withdrawn", "lapsed"})
SECONDS_TO_COUNT = 30
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Played:
    """One request after its play."""

    row: int
    id: str
    number: str | None
    channel: str
    path: tuple[str, ...]
    warnings: tuple[str, ...]
    events: int
    state: str
    received_on: str
    entered_on: str
    regime: str | None = None
    due_moved_to: str | None = None


def play(
    desk: Desk,
    rows: Sequence[Row],
    now: datetime | None = None,
    progress: Progress = lambda _: None,
) -> list[Played]:
    """Publish the lists, take every request its way, declare a day off late, supervise the day and report the first month."""
    now = now or datetime.now(UTC)
    arrived = before(rows, now)
    entries = {entry.key: _publish(desk, entry) for entry in lists.ENTRIES}
    for order in law.before_requests(arrived):
        desk.give(order)
    walked = []
    for row in arrived:
        walked.append(_walk(desk, row, entries))
        progress(1)
    for order in law.after_requests(arrived):
        desk.give(order)
    played = [_played(desk, *each) for each in walked]
    _report(desk, played)
    return played


def _publish(desk: Desk, entry: lists.Entry) -> str:
    order = Order(OFFICER, f"/lists/{entry.list}", entry.body, f"demo-{entry.key}")
    return str(desk.give(order)["id"])


def _walk(desk: Desk, row: Row, entries: Mapping[str, str]) -> tuple[Row, Shown, tuple[Step, ...]]:
    """A request from its receipt to the end of its way."""
    receipt = desk.give(Order(DESK, "/requests", form(row), f"demo-{row.number}-receive"))
    entry = lists.entry_for(row)
    way = steps(row, entries[entry.key] if entry else None)
    shown = receipt
    about = f"/requests/{receipt['id']}"
    for step in way:
        order = Order(
            step.role, f"{about}/{step.path}", step.body, f"demo-{row.number}-{step.path}"
        )
        shown = desk.step(order, about, shown["version"])
    return row, receipt, (*way, *redress.object_to(desk, row, receipt["id"]))


def form(row: Row) -> dict[str, Any]:
    """The form as the desk fills it in."""
    filled = {
        "channel": row.channel,
        "received_at": row.received_at.isoformat(),
        "applicant": people.applicant(row),
        "documents": people.papers(row),
        "information": row.information,
        "purpose": row.purpose,
        "obtain": row.obtain,
        "copy_format": row.copy_format,
        "delivery": row.delivery,
        "topic": law.topic(row),
    }
    return {name: value for name, value in filled.items() if value is not None}


def _report(desk: Desk, played: Sequence[Played]) -> None:
    """The officer looks at the day of the play and reports the first month; the head takes note (SOP 7, 8).

    The day is read from the requests, so that playing again on another day is the same play.
    """
    day = max(each.entered_on for each in played)
    month = min(each.received_on for each in played)[: len("2026-08")]
    _wait_for_figures(desk, day, played)
    for role, path, name in (
        (OFFICER, f"/reports/daily/{day}/supervision", "supervise"),
        (OFFICER, f"/reports/monthly/{month}/issue", "issue"),
        (HEAD, f"/reports/monthly/{month}/acknowledgement", "acknowledge"),
    ):
        desk.give(Order(role, path, {}, f"demo-{name}"))


def _wait_for_figures(desk: Desk, day: str, played: Sequence[Played]) -> None:
    """Reporting counts by itself, a moment after the register shows. What was supervised before was counted before."""
    ours = {each.id for each in played}
    left_open = {each.id for each in played if each.state not in ENDED}

    def counted() -> bool:
        found = desk.see(f"/reports/daily/{day}", OFFICER)
        seen_open = {line["id"] for line in found["lines"] if line["open"]}
        return bool(found["supervision"]) or left_open == seen_open & ours

    wait_until(counted, "reporting has counted the day", SECONDS_TO_COUNT)


def _played(desk: Desk, row: Row, receipt: Shown, way: Sequence[Step]) -> Played:
    shown = _settled(desk, f"/requests/{receipt['id']}")
    return Played(
        row=row.number,
        id=receipt["id"],
        number=shown["number"],
        channel=row.channel,
        path=tuple(named(step) for step in way),
        warnings=tuple(shown["warnings"]),
        events=shown["events"],
        state=shown["state"],
        received_on=local_day(shown["received_at"]).isoformat(),
        entered_on=local_day(shown["entered_at"]).isoformat(),
        regime=shown["regime"],
        due_moved_to=shown["moves"][-1]["due_on"] if shown["moves"] else None,
    )


def _settled(desk: Desk, path: str) -> Shown:
    """A request once the register shows the due date that it has by now."""
    seen: list[Shown] = []

    def shows() -> bool:
        seen.append(desk.see(path, DESK))
        waits = seen[-1]["open"] and seen[-1]["number"]
        return not waits or desk.see(f"{path}/deadline", DESK)["due_on"] == seen[-1]["due_on"]

    wait_until(shows, "the register shows the dates that moved", SECONDS_TO_COUNT)
    return seen[-1]


def named(step: Step) -> str:
    """A step with what was found or decided, as short as a table wants it."""
    match step.path:
        case "classification" if step.body.get("list_entry"):
            return f"{step.body['outcome']} (listed)"
        case "classification":
            return str(step.body["outcome"])
        case "consequence-test":
            return f"test: {step.body['result']}"
        case "answer":
            return f"answer: {step.body['outcome']}"
        case "decision":
            return f"decision: {step.body['outcome']}"
    return step.path
