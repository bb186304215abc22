"""An objection of the demonstration: filed against a refusal, granted by the superior, and the request decided anew."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts.local import local_day
from contracts.roles import DESK, SUPERIOR
from deploy.local.waiting import wait_until
from terbuka.demo.desk import Desk, Order, Shown
from terbuka.demo.paths import DAYS_TO_CARRY_OUT, OBJECTED, Step, anew
from terbuka.demo.rows import Row

SECONDS_TO_ORDER = 30
RESULT = "granted"
OBJECTION = {"grounds": ["35a"], "case_position": "Notulensi sudah menjadi putusan yang terbuka"}
ANSWER = {
    "result": RESULT,
    "reasons": "Rapat sudah selesai dan putusannya diumumkan",
    "letter_number": "KB-009/PPID/2026",
    "order": "Berikan notulensi kepada pemohon",
}


def object_to(desk: Desk, row: Row, id_: str) -> tuple[Step, ...]:
    """Take the row that is objected to through its objection to its second answer; none of any other row."""
    if row.number != OBJECTED:
        return ()
    refused_at = _first_closed(desk, id_)
    filed = desk.give(_order(row, "objection", DESK, "/objections", filing(id_, refused_at)))
    path = f"/objections/{filed['id']}"
    answer = _order(row, "answer", SUPERIOR, f"{path}/answer", answering(refused_at))
    desk.step(answer, path, filed["version"])
    shown = _ordered(desk, f"/requests/{id_}")
    steps = anew(row)
    for step in steps:
        order = _order(
            row, f"anew-{step.path}", step.role, f"/requests/{id_}/{step.path}", step.body
        )
        shown = desk.step(order, f"/requests/{id_}", shown["version"])
    return (Step("objection"), Step("answer", {"outcome": RESULT}), *steps)


def filing(id_: str, refused_at: str) -> dict[str, Any]:
    """The objection, handed in as soon as its request was closed: the same whenever it is played."""
    return {"request": id_, "filed_at": refused_at, **OBJECTION}


def answering(refused_at: str) -> dict[str, Any]:
    """The superior's answer, with a day for what it orders that lies far enough ahead for an interrupted play."""
    execute_on = local_day(datetime.fromisoformat(refused_at) + DAYS_TO_CARRY_OUT).isoformat()
    return {**ANSWER, "execute_on": execute_on}


def _order(row: Row, name: str, role: str, path: str, body: Any) -> Order:
    return Order(role, path, body, f"demo-{row.number}-{name}")


def _first_closed(desk: Desk, id_: str) -> str:
    """When the refusal was closed, also once it was closed anew."""
    events = desk.see(f"/requests/{id_}/timeline", DESK)["items"]
    return next(str(event["time"]) for event in events if event["type"].endswith(".Closed.v1"))


def _ordered(desk: Desk, path: str) -> Shown:
    """The request once it knows what the answer orders."""
    seen: list[Shown] = []

    def ordered() -> bool:
        seen.append(desk.see(path, DESK))
        return bool(seen[-1]["ordered"])

    wait_until(ordered, "the objection's order stands on its request", SECONDS_TO_ORDER)
    return seen[-1]
