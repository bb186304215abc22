"""What the law asks of whoever withholds information on a ground of art. 17: statute, period, and a ground in force.

The list of exempt information and a decision about one request ask the same, so it stands here once. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from contracts.errors import Rejected
from contracts.rules import Rule, Rules

Faults = dict[str, list[str]]
MISSING = ["Missing."]


def require_grounds(grounds: Sequence[str], rules: Rules, on: date) -> tuple[Rule, ...]:
    """The rules behind some grounds. Raises Rejected when there are none, or one is not in force that day."""
    if not grounds:
        raise _no_ground("An exemption needs a ground of art. 17.", "Missing.")
    found = {ground: rules.find("ground", ground, on) for ground in grounds}
    unknown = [ground for ground, rule in found.items() if rule is None]
    if unknown:
        raise _no_ground("A ground is not in force.", f"Not in force: {', '.join(unknown)}.")
    return tuple(rule for rule in found.values() if rule)


def _no_ground(detail: str, fault: str) -> Rejected:
    return Rejected("ground_missing", detail, {"grounds": [fault]})


def require_fields(faults: Faults) -> None:
    """Raises Rejected that names every field at once."""
    if faults:
        raise Rejected("ground_fields_missing", "The law asks for more to withhold this.", faults)


def statute_faults(grounds: Sequence[Rule], statute: str | None) -> Faults:
    """Some grounds only point to another statute, which must be named with its article."""
    lacking = not statute and any(rule.value["needs_statute"] for rule in grounds)
    return {"statute": ["Name statute and article."]} if lacking else {}


def period_faults(field: str, grounds: Sequence[Rule], until: str | None, begin: date) -> Faults:
    """An exemption ends (UU 14/2008 art. 20), unless each of its grounds may last for good."""
    faults = list(_period_faults(grounds, date.fromisoformat(until) if until else None, begin))
    return {field: faults} if faults else {}


def _period_faults(grounds: Sequence[Rule], until: date | None, begin: date) -> Iterator[str]:
    if until and until < begin:
        yield "Ends before it begins."
    for rule in grounds:
        most = rule.value["most_years"]
        if until is None and not rule.value["permanent"]:
            yield f"{rule.key} is never permanent."
        elif until and most and _longer(begin, until, most):
            yield f"{rule.key} lasts {most} years at most."


def _longer(begin: date, until: date, years: int) -> bool:
    return (until.year - years, until.month, until.day) > (begin.year, begin.month, begin.day)
