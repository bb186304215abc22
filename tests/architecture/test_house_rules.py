"""Rules that no linter knows."""

import ast

import pytest

from tests.architecture.source import dotted, imported, lines, modules, tree

LONGEST = 300
READS_ENVIRONMENT = {"eventlog/settings.py"}
PURE = {"state.py", "decide.py", "consume.py", "clock.py", "timekeeping.py", "figures.py"}
ASKS_FOR_TIME = {"now", "utcnow", "today", "time", "monotonic"}


@pytest.mark.parametrize("module", modules(), ids=str)
def test_a_module_is_no_longer_than_one_can_read(module):
    assert lines(module) <= LONGEST


@pytest.mark.parametrize("module", modules(), ids=str)
def test_a_module_says_what_it_is_for(module):
    assert ast.get_docstring(tree(module))


@pytest.mark.parametrize(
    "module", modules("contracts", "eventlog", "telemetry", "services"), ids=str
)
def test_the_environment_is_read_in_one_place(module):
    reads = {"os.environ", "os.getenv", "os.environb"} & (dotted(module) | set(imported(module)))

    assert not reads or str(module) in READS_ENVIRONMENT


@pytest.mark.parametrize(
    "module", [each for each in modules("services") if each.name in PURE], ids=str
)
def test_pure_rooms_are_given_the_time(module):
    calls = {
        node.func.attr
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert calls.isdisjoint(ASKS_FOR_TIME)


@pytest.mark.parametrize("module", modules(), ids=str)
def test_no_fault_is_swallowed(module):
    silent = [
        node.lineno
        for node in ast.walk(tree(module))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or all(isinstance(step, ast.Pass) for step in node.body))
    ]

    assert silent == []
