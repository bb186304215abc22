"""Puts sign-in into the application."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from flask import Blueprint, Flask
from pymongo.database import Database
from werkzeug.middleware.proxy_fix import ProxyFix

from eventlog.settings import Settings
from services.gateway.identity import forgery, headers, sign_in
from services.gateway.identity.accounts import Accounts, Document
from services.gateway.identity.sessions import Lifetime, MongoSessions, Sessions

ALWAYS = "always"


def install(
    app: Flask,
    given: Settings,
    database: Database[Document],
    now: Callable[[], datetime],
    exempt: Iterable[Blueprint],
) -> None:
    """Accounts, sessions, guarded forms and the browser's rules, for every page that is registered."""
    _trust_proxies(app, int(given["trusted_proxies"]))
    key = given.secret("gateway_key_file")
    app.config.update(
        SECRET_KEY=derived(key, b"forms"), DATABASE=database, PEOPLE=Accounts(database)
    )
    lifetime = Lifetime(
        timedelta(minutes=float(given["session_idle_minutes"])),
        timedelta(hours=float(given["session_hours"])),
    )
    sessions = Sessions(database, lifetime, now)
    sessions.prepare()
    app.session_interface = MongoSessions(sessions, always_secure=given["https"] == ALWAYS)
    headers.install(app)
    forgery.install(app, exempt)
    app.register_blueprint(sign_in.blueprint)


def _trust_proxies(app: Flask, number: int) -> None:
    """Take the visitor's address, scheme and host from as many proxies as stand before us, and from nobody else."""
    if number:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=number)  # type: ignore[method-assign]


def derived(key: bytes, purpose: bytes) -> bytes:
    """A key for one purpose, from which neither the secret nor a key for another can be found."""
    return hmac.digest(key, b"terbuka:gateway:" + purpose, "sha256")
