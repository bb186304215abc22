"""Days are counted in one place: escalation's clock, by escalation's calendar. Whoever counts elsewhere counts wrong."""

import ast

import pytest

from tests.architecture.source import ROOT, imported, modules, tree

COUNTS = {"services/escalation/calendar.py", "services/escalation/clock.py"}
# What is left, and why it is no deadline.
LEFT = {
    "services/intake/reception.py": "how far back near-duplicates are looked for; how old a sealed leftover must be",
    "services/intake/similarity.py": "how far apart near-duplicates may lie, in days of the calendar",
    "services/gateway/api/calendar.py": "the days of a range that somebody declares",
    "services/gateway/forms.py": "how long a range of declared days may be",
    "services/gateway/mail/incoming.py": "how long the content of settled mail is kept",
    "services/gateway/mail/outbox.py": "how long the address of a letter that failed is kept",
    "services/escalation/recount.py": "how often the open clocks are gone through anyway",
    "terbuka/demo/paths.py": "when people of the demonstration do what they do",
    "terbuka/demo/rows.py": "dates of the demonstration brought into another year",
}
OF_DAYS = {"weekday", "isoweekday", "toordinal", "fromordinal", "isocalendar", "monthrange"}
PACKAGES = ("holidays", "dateutil", "pandas", "numpy")
IN_BROWSERS = ("new Date(", "setDate(", "getDay(", "setUTCDate(")


def arithmetic(module):
    """What a module does that is arithmetic of days, as it is written there."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute) and (node.attr in OF_DAYS or _length_of_span(node)):
            yield ast.unparse(node)
        if isinstance(node, ast.Call) and _of_days(node):
            yield ast.unparse(node)
    yield from (name for name in imported(module) if name.partition(".")[0] in PACKAGES)


def _length_of_span(node):
    """Of `(end - start).days`."""
    return node.attr == "days" and isinstance(node.value, ast.BinOp)


def _of_days(call):
    """`timedelta(days=3)`, `timedelta(3)`; minutes and hours are others' business."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    named = {each.arg for each in call.keywords}
    return name == "relativedelta" or (
        name == "timedelta" and (bool(call.args) or not named.isdisjoint({"days", "weeks"}))
    )


@pytest.mark.parametrize("module", modules(), ids=str)
def test_days_are_counted_in_one_place(module):
    found = [] if str(module) in {*COUNTS, *LEFT} else list(arithmetic(module))

    assert found == []


@pytest.mark.parametrize("module", sorted(LEFT))
def test_what_is_left_is_still_there(module):
    """A reason without anything to excuse is taken off the list."""
    assert list(arithmetic(module))


def test_browsers_count_nothing():
    pages = [
        path
        for ending in ("js", "ts", "html", "py")
        for path in (ROOT / "services" / "gateway").rglob(f"*.{ending}")
        if not {"node_modules", "static"} & set(path.parts)  # others' libraries, and what is built
    ]
    counting = [
        str(path)
        for path in pages
        if any(word in path.read_text(encoding="utf-8") for word in IN_BROWSERS)
    ]

    assert counting == []
