"""Which page is open to whom: read off the application, tried in every role, and printed for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.routing.converters import IntegerConverter

from contracts import roles

PAGE = Path(__file__).resolve().parents[2] / "docs" / "pages.md"
STAFF = [role for role in roles.ROLES if role in roles.STAFF]
_EXAMPLES = {
    "day": "2026-08-12",
    "on": "2026-08-12",
    "date": "2026-08-12",
    "month": "2026-08",
    "list_": "public",
}
_HEAD = """\
# Which page is open to whom

Made by tests/suites/routes.py from the application's own routes; every line is tried in every role. Whoever is not signed
in is asked to. What a page lets people order is decided again by the service that owns it
([permissions](permissions.md)).

| page | {names} |
|---|{lines}|
"""


@dataclass(frozen=True, slots=True)
class Route:
    """One page, or what its form is sent to. `roles` is None where everybody may come."""

    path: str
    example: str
    method: str
    roles: frozenset[str] | None


def routes(app: Flask) -> list[Route]:
    """Every route for people, by its path."""
    found = [each for rule in app.url_map.iter_rules() for each in _of(app, rule)]
    return sorted(found, key=lambda route: (route.path, route.method))


def _of(app: Flask, rule: Rule) -> Iterator[Route]:
    if rule.rule.startswith(("/api/", "/static/")) or "question" in rule.arguments:
        return
    allowed = getattr(app.view_functions[rule.endpoint], "roles", None)
    for method in sorted((rule.methods or set()) & {"GET", "POST"}):
        yield Route(rule.rule, _example(app, rule), method, allowed)


def _example(app: Flask, rule: Rule) -> str:
    values = {name: _value(rule, name) for name in rule.arguments}
    return app.url_map.bind("").build(rule.endpoint, values, method=_method(rule))


def _method(rule: Rule) -> str:
    return "GET" if "GET" in (rule.methods or ()) else "POST"


def _value(rule: Rule, name: str) -> object:
    converter = rule._converters[name]
    if isinstance(converter, IntegerConverter):
        return 2026
    if hasattr(converter, "items"):
        return min(converter.items)
    return _EXAMPLES.get(name, "1")


def page(found: list[Route]) -> str:
    """The table for people."""
    names = " | ".join(f"`{role}`" for role in STAFF)
    head = _HEAD.format(names=names, lines="|".join("---" for _ in STAFF))
    return head + "".join(f"{_line(route)}\n" for route in found)


def _line(route: Route) -> str:
    marks = (
        "everybody" if route.roles is None else "yes" if role in route.roles else ""
        for role in STAFF
    )
    return f"| {route.method} `{route.path}` | {' | '.join(marks)} |".replace(
        "|  |", "| |"
    ).replace("|  |", "| |")
