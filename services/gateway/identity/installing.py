"""Puts sign-in into the application."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from flask import Blueprint, Flask
from pymongo.database import Database
from werkzeug.middleware.proxy_fix import ProxyFix

from eventlog.settings import Settings
from services.gateway.identity import (
    access_log,
    forgery,
    headers,
    limits,
    openid,
    own,
    people,
    second_factor,
    sign_in,
    words,
)
from services.gateway.identity.accounts import Document
from services.gateway.identity.sessions import MongoSessions
from services.gateway.identity.tools import derived, open_tools

ALWAYS = "always"
BLUEPRINTS = (
    sign_in.blueprint,
    own.blueprint,
    second_factor.blueprint,
    people.blueprint,
    access_log.blueprint,
)


def install(
    app: Flask,
    given: Settings,
    database: Database[Document],
    now: Callable[[], datetime],
    exempt: Iterable[Blueprint],
) -> None:
    """Accounts, sessions, guarded forms and the browser's rules, for every page that is registered."""
    _trust_proxies(app, int(given["trusted_proxies"]))
    tools = open_tools(given, database, now)
    tools.prepare()
    app.config.update(
        SECRET_KEY=derived(given.secret("gateway_key_file"), b"forms"),
        DATABASE=database,
        IDENTITY=tools,
    )
    always = given["https"] == ALWAYS
    app.session_interface = MongoSessions(tools.sessions, always_secure=always)
    headers.install(app, always_secure=always)
    forgery.install(app, exempt)
    limits.install(app, given, database)
    app.jinja_env.globals.update(told_kind=words.kind, told_about=words.about)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    openid.install(app, given)


def _trust_proxies(app: Flask, number: int) -> None:
    """Take the visitor's address, scheme and host from as many proxies as stand before us, and from nobody else."""
    if number:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=number)  # type: ignore[method-assign]
