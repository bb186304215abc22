"""Puts the staff's pages into the gateway."""

from __future__ import annotations

from flask import Flask

from services.gateway.pages import case, cases, shapes, steps, today

BLUEPRINTS = (
    today.blueprint,
    cases.blueprint,
    case.blueprint,
    steps.blueprint,
)


def install(app: Flask) -> None:
    """Add every page, and what the templates ask of values."""
    shapes.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
