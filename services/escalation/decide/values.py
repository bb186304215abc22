"""Which values a rule may have: the shape of its kind, so that whoever counts by it finds what it looks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping

from contracts import wording, words
from contracts.attachments import MOST_BYTES
from contracts.errors import Rejected
from contracts.numbering import require_pattern
from contracts.roles import DESK, HEAD, OFFICER, SUPERIOR
from contracts.rules import Rule, Rules

Check = Callable[[object], bool]
LONGEST_COUNT = 1000
LONGEST_TEXT = 4000
LONGEST_LINE = 300
MOST_LINES = 20
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def require_value(rule: Rule, rules: Rules) -> None:
    """Raises Rejected for a key that nothing asks for, or a value of another shape than its kind has."""
    shape = _SHAPES[rule.kind](rule.key, rules)
    if shape is None:
        raise Rejected(
            "rule_value_wrong",
            f"There is no {rule.kind} {rule.key}.",
            {"key": ["Nothing is counted by it."]},
        )
    wrong = {
        name: ["Missing or wrong."] for name, fits in shape.items() if _misfit(rule, name, fits)
    }
    wrong |= {name: ["Unknown field."] for name in set(rule.value) - set(shape)}
    if rule.kind == wording.KIND:
        wrong |= wording.faults(rule.key, rule.value)
    if wrong:
        raise Rejected(
            "rule_value_wrong",
            f"This is no value of {rule.kind} {rule.key}.",
            {"value": dict(sorted(wrong.items()))},
        )


def _misfit(rule: Rule, name: str, fits: Check) -> bool:
    return name not in rule.value or not fits(rule.value[name])


def _one_of(allowed: Collection[object]) -> Check:
    return lambda value: isinstance(value, str) and value in allowed


def _some_of(allowed: Collection[str]) -> Check:
    def fits(value: object) -> bool:
        named = value if isinstance(value, list) else [None]
        return all(each in allowed for each in named) and len(set(named)) == len(named)

    return fits


def _text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_TEXT


def _line(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value.strip()) <= LONGEST_LINE and value.isprintable()


def _lines(value: object) -> bool:
    return isinstance(value, list) and len(value) <= MOST_LINES and all(map(_line, value))


def _signer(value: object) -> bool:
    """What somebody signs as; who it is may not be known yet."""
    known = value if isinstance(value, dict) else {}
    return (
        {"title"} <= set(known) <= {"title", "name", "rank", "nip"}
        and _line(known["title"])
        and all(each is None or _line(each) for each in known.values())
    )


def _truth(value: object) -> bool:
    return isinstance(value, bool)


def _count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST_COUNT


def _whole_to(most: int) -> Check:
    return lambda value: (
        isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most
    )


def _years(value: object) -> bool:
    return value is None or _count(value)


def _hour(value: object) -> bool:
    return isinstance(value, str) and _HOUR.fullmatch(value) is not None


def _pattern(value: object) -> bool:
    try:
        require_pattern(value if isinstance(value, str) else "")
    except Rejected:
        return False
    return True


Shape = Mapping[str, Check]
SIGNERS = (DESK, OFFICER, HEAD, SUPERIOR)
_WORDING: Shape = {"id": _text, "en": _text}
_DAY_COUNTS = _one_of(("day_off", "working_day"))
_SETTINGS: Mapping[str, Shape] = {
    "clock.starts": {"at": _one_of(("receipt", "completeness", "registration"))},
    "clock.joint_leave": {"legal": _DAY_COUNTS, "target": _DAY_COUNTS},
    "clock.office_hours": {
        "opens": _hour,
        "closes": _hour,
        "after_hours": _one_of(("same_day", "next_working_day")),
    },
    "applicant.eligible": {"indonesian": _some_of(words.CATEGORIES)},
    "attachments.limits": {
        "most_bytes": _whole_to(MOST_BYTES),
        "most_files": _whole_to(LONGEST_COUNT),
    },
    "number.request": {"pattern": _pattern},
    "number.objection": {"pattern": _pattern},
    "letter.head": dict.fromkeys(("office", "desk", "address", "contact", "place"), _line),
    "letter.signers": dict.fromkeys(SIGNERS, _signer),
    "letter.number": {"letter": _pattern, "memo": _pattern},
    "letter.copies": {"applicant": _lines, "objector": _lines},
}


def _days(key: str, rules: Rules) -> Shape | None:
    """Lengths keep their unit: who counts working days cannot count months."""
    units = {rule.value["unit"] for rule in rules.periods if (rule.kind, rule.key) == ("days", key)}
    return {"count": _count, "unit": _one_of(units)} if units else None


def _documents(key: str, _: Rules) -> Shape | None:
    return {"papers": _some_of(words.DOCUMENTS)} if key in words.CATEGORIES else None


def _regime(key: str, _: Rules) -> Shape | None:
    return {"topics": _some_of(words.TOPICS)} if key in words.REGIMES else None


def _ground(key: str, _: Rules) -> Shape | None:
    if key in words.OBJECTION_GROUNDS:
        return {**_WORDING, "needs_request": _truth, "amicable": _truth}
    if key in words.GROUNDS:
        return {**_WORDING, "permanent": _truth, "most_years": _years, "needs_statute": _truth}
    return None


def _reason(key: str, _: Rules) -> Shape | None:
    return _WORDING if key in words.EXTENSION_REASONS else None


def _wording(key: str, rules: Rules) -> Shape | None:
    known = any((rule.kind, rule.key) == ("text", key) for rule in rules.periods)
    return _WORDING if known else None


def _parts(key: str, _: Rules) -> Shape | None:
    """What is wrong with a part is said in more words than that it is wrong: see wording.faults."""
    return dict.fromkeys(wording.FIELDS, lambda _: True) if key in wording.PAPERS else None


_SHAPES: Mapping[str, Callable[[str, Rules], Shape | None]] = {
    "days": _days,
    "documents": _documents,
    "setting": lambda key, _: _SETTINGS.get(key),
    "regime": _regime,
    "ground": _ground,
    "reason": _reason,
    "text": _wording,
    wording.KIND: _parts,
}
