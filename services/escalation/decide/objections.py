"""What escalation decides of an objection: its filing, the superior's answer, and what the objector makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from contracts import numbering, words
from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import local_day
from eventlog.handle import Decision, Numbered
from services.escalation.decide.grounds import NOT_PROVIDED, grounds_open, window_ends_on
from services.escalation.decide.runs import begun, ended
from services.escalation.law import Law
from services.escalation.state import ANSWERED, FILED, UNFILED, Contested, ObjectionState

# Clocks of two machines are never quite the same.
TOLERANCE = timedelta(minutes=1)
GRANTED = ("granted", "granted_partly")


def file_objection(
    command: Command,
    now: datetime,
    law: Law,
    request: Contested | None,
    pending: frozenset[str] = frozenset(),
) -> Decision:
    """Enter an objection and start the superior's clock. A late one is taken in with a flag: the superior decides.

    `pending` are the grounds on which the superior has still to answer an objection about the same request.
    """
    data = command.data
    filed_at = datetime.fromisoformat(data["filed_at"])
    filed_on = local_day(filed_at)
    _require_grounds(data["grounds"])
    if filed_at > now + TOLERANCE:
        raise _wrong("received_in_future", "filed_at", "It cannot have arrived in the future.")
    if request is None:
        _require_no_request(data, filed_on, law)
    else:
        _require_request(data, filed_at, request)
        _refuse_pending(data["grounds"], pending)
    _require_objector(data.get("objector"))
    about = request or Contested(applicant_id=data.get("applicant_id") or "")
    filed = {
        "request": data.get("request"),
        "applicant_id": about.applicant_id,
        "grounds": list(data["grounds"]),
        "case_position": data["case_position"],
        "filed_at": data["filed_at"],
        "late": _late(data["grounds"], about, filed_on, law),
        "regime": about.regime,
        "warnings": [word for word in words.INELIGIBLE if word == data.get("objector")],
    }
    return _numbered(filed, filed_on, local_day(now), law)


def _numbered(filed: Mapping[str, Any], filed_on: date, today: date, law: Law) -> Numbered:
    """The number is taken in the write that uses it, so a refused or failed write leaves no gap."""
    pattern = law.rules.get("setting", "number.objection", filed_on).value["pattern"]
    runs = begun("objection_answer", filed["regime"], filed_on, today, law)

    def facts(serial: int) -> tuple[Fact, ...]:
        number = numbering.write(pattern, serial, filed_on)
        named = {"number": number, "serial": serial, "year": filed_on.year}
        return (Fact("ObjectionFiled", {**named, **filed}), *runs)

    return Numbered(f"objection/{filed_on.year}", facts)


def _require_grounds(grounds: Any) -> None:
    if not grounds:
        raise _wrong("objection_ground_missing", "grounds", "Name a ground of art. 35(1).")


def _require_no_request(data: Any, on: date, law: Law) -> None:
    if on < law.rules.begins():
        why = f"The law on public information takes effect on {law.rules.begins()}."
        raise _wrong("date_before_law", "filed_at", why)
    needing = [
        ground
        for ground in data["grounds"]
        if law.rules.get("ground", ground, on).value["needs_request"]
    ]
    if needing:
        raise _wrong(
            "objection_needs_request", "request", f"{', '.join(needing)}: about which request?"
        )
    if not data.get("applicant_id"):
        raise _wrong("invalid_fields", "applicant_id", "Without a request, say who objects.")


def _require_request(data: Any, filed_at: datetime, request: Contested) -> None:
    if request.lapsed:
        raise Rejected("wrong_phase", "It lapsed: the applicant may file a new request.")
    if not request.known:
        raise Rejected("not_found", "There is no such registered request.")
    if filed_at < datetime.fromisoformat(request.received_at):
        raise _wrong("date_before_receipt", "filed_at", "The request itself came later.")
    if data.get("applicant_id") not in (None, request.applicant_id):
        raise _wrong("invalid_fields", "applicant_id", "Who asked is who objects.")
    closed = sorted(set(data["grounds"]) - set(grounds_open(request, local_day(filed_at))))
    if closed:
        raise _wrong("wrong_phase", "grounds", f"The request does not give {', '.join(closed)}.")


def _require_objector(known: str | None) -> None:
    """Whoever was erased cannot object by the old id: nobody could tell that it is they."""
    if known == "unknown":
        raise Rejected("not_found", "There is no such applicant.")
    if known == "erased":
        raise _wrong("applicant_erased", "applicant_id", "The applicant's data were erased.")


def _refuse_pending(grounds: Any, pending: frozenset[str]) -> None:
    twice = sorted(set(grounds) & pending)
    if twice:
        raise _wrong(
            "objection_pending",
            "grounds",
            f"An objection on {', '.join(twice)} waits for its answer.",
        )


def _late(grounds: Any, request: Contested, on: date, law: Law) -> bool:
    """What was never published may be missed on any day; every other ground has its window."""
    if set(grounds) == {NOT_PROVIDED}:
        return False
    ends_on = window_ends_on(request, on, law)
    return ends_on is not None and ends_on < on


def answer_objection(
    command: Command, state: ObjectionState, now: datetime, law: Law, request: Contested
) -> Decision:
    """The superior answers in writing. Nobody answers for what they decided themselves."""
    require_phase(state, FILED)
    if command.actor.account in request.deciders:
        raise Rejected("answerer_is_decider", "Somebody else has to answer: you decided it.")
    today = local_day(now)
    _require_result(command.data, today)
    return (
        Fact("ObjectionAnswered", dict(command.data)),
        *ended(state.timed, ("objection_answer",), "ObjectionAnswered", today, law),
        *begun("dispute_window", state.regime, today, today, law),
    )


def _require_result(data: Any, today: date) -> None:
    """To grant is to order something, by a day; to uphold is to order nothing."""
    named = [name for name in ("order", "execute_on") if data.get(name)]
    if data["result"] in GRANTED:
        missing = {name: ["Missing."] for name in ("order", "execute_on") if name not in named}
        if missing:
            raise Rejected("invalid_fields", "Say what has to be done, and by when.", missing)
        if date.fromisoformat(data["execute_on"]) < today:
            raise _wrong("invalid_fields", "execute_on", "That day has passed.")
    elif named or data.get("opened"):
        wrong = {name: ["Only where it is granted."] for name in (*named, "opened")}
        raise Rejected("invalid_fields", "What is upheld orders nothing.", wrong)


def record_reaction(command: Command, state: ObjectionState, now: datetime, law: Law) -> Decision:
    """What the objector makes of the answer. Who accepts it gives up the dispute: its clock ends."""
    require_phase(state, ANSWERED)
    if state.reaction:
        raise Rejected("already_done", "The objector has said so before.")
    reacted = Fact("ObjectorReacted", dict(command.data))
    if command.data["reaction"] != "accepts":
        return (reacted,)
    on = local_day(now)
    return (
        reacted,
        *ended(state.timed, ("dispute_window",), "ObjectorReacted", on, law),
    )


def record_delivery(command: Command, state: ObjectionState, now: datetime) -> Decision:
    """Record what was sent to the objector or what became of it, however far the objection has come."""
    if state.filed_at is None:
        raise Rejected("not_found", "There is no such objection.")
    happened = datetime.fromisoformat(command.data["happened_at"])
    if happened > now + TOLERANCE:
        raise _wrong("date_in_future", "happened_at", "It has not happened yet.")
    if local_day(happened) < local_day(state.filed_at):
        raise _wrong("date_before_receipt", "happened_at", "The objection itself came later.")
    optional = dict.fromkeys(("proof", "remark"))
    return (Fact("ObjectionDeliveryRecorded", {**optional, **command.data}),)


def require_phase(state: ObjectionState, *phases: str) -> None:
    """Raises Rejected unless the objection has come exactly so far."""
    if state.phase == UNFILED:
        raise Rejected("not_found", "There is no such objection.")
    if state.phase not in phases:
        raise Rejected("wrong_phase", f"The objection is {state.phase}.")


def _wrong(code: str, field: str, why: str) -> Rejected:
    return Rejected(code, why, {field: [why]})
