"""Puts the staff's pages into the gateway."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from flask import Flask
from pymongo.database import Database

from services.gateway.pages import (
    assignment,
    attachments,
    case,
    cases,
    duties,
    objections,
    papers,
    privacy,
    registers,
    reports,
    shapes,
    status,
    steps,
    today,
)
from services.gateway.pages.deputies import BLUEPRINTS as DEPUTIES
from services.gateway.pages.health import BLUEPRINTS as HEALTH
from services.gateway.pages.lists import BLUEPRINTS as LISTS
from services.gateway.pages.mail import BLUEPRINTS as MAIL
from services.gateway.pages.presence import Document, Presence
from services.gateway.pages.receive import BLUEPRINTS as RECEIVE
from services.gateway.pages.settings import BLUEPRINTS as SETTINGS

BLUEPRINTS = (
    today.blueprint,
    cases.blueprint,
    case.blueprint,
    steps.blueprint,
    assignment.blueprint,
    attachments.blueprint,
    *DEPUTIES,
    *RECEIVE,
    *MAIL,
    status.blueprint,
    *objections.BLUEPRINTS,
    papers.blueprint,
    registers.blueprint,
    *reports.BLUEPRINTS,
    duties.blueprint,
    *privacy.BLUEPRINTS,
    *LISTS,
    *SETTINGS,
    *HEALTH,
)


def install(app: Flask, database: Database[Document], now: Callable[[], datetime]) -> None:
    """Add every page, and what the templates ask of values."""
    presence = Presence(database, now)
    presence.prepare()
    app.config["PRESENCE"] = presence
    shapes.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
