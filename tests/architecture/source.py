"""The product's own modules, parsed: what they import, call and read."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("contracts", "eventlog", "telemetry", "services", "deploy", "terbuka")


def modules(*packages):
    """The paths of all modules of some packages, from the root."""
    return sorted(
        path.relative_to(ROOT)
        for package in packages or PACKAGES
        for path in (ROOT / package).rglob("*.py")
    )


@cache
def tree(module):
    """A module's syntax tree."""
    return ast.parse((ROOT / module).read_text(encoding="utf-8"))


def imported(module):
    """The full names of everything a module imports."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def attributes(module):
    """The names behind a dot: `weekday` of `day.weekday()`."""
    return {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}


def dotted(module):
    """Dotted names as they are written: `os.environ`."""
    return {
        f"{node.value.id}.{node.attr}"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }


def lines(module):
    """How long a module is."""
    return len((ROOT / module).read_text(encoding="utf-8").splitlines())
