"""The gateway's WSGI application, put together from its settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from time import monotonic

import structlog
from flask import Flask, Response, g, request
from pymongo.database import Database

from contracts.sealed import Seal
from eventlog import settings
from eventlog.broker import connected
from eventlog.mongo.client import Document, connect
from eventlog.store import utc_now
from services.gateway import drafts, openapi, problems, shell
from services.gateway.api import (
    applicants,
    attachments,
    calendar,
    deadlines,
    documents,
    duties,
    lists,
    numbers,
    objections,
    privacy,
    register,
    reports,
    requests,
    rules,
)
from services.gateway.attachments import limits
from services.gateway.attachments.scanner import scanner
from services.gateway.auth import accounts
from services.gateway.body import MOST_BYTES
from services.gateway.identity import installing as identity
from services.gateway.mail import installing as mail
from services.gateway.pages import installing as pages
from services.gateway.pages import status
from services.gateway.pages.health.looking import System
from services.gateway.rpc import Services
from telemetry import logs, metrics
from telemetry.health import Health

BLUEPRINTS = (
    requests.blueprint,
    attachments.blueprint,
    lists.blueprint,
    reports.blueprint,
    register.blueprint,
    applicants.blueprint,
    objections.blueprint,
    privacy.blueprint,
    calendar.blueprint,
    deadlines.blueprint,
    documents.blueprint,
    duties.blueprint,
    rules.blueprint,
    numbers.blueprint,
)


def create() -> Flask:
    """The application of one process."""
    logs.configure("gateway")
    given = settings.load("gateway")
    lines = Services(given["amqp_uri"], int(given["slots"]), float(given["rpc_seconds"]))
    return build(given, lines, connect(given["mongo_uri"], "gateway")[given["database"]])


def build(
    given: settings.Settings,
    services: Services,
    database: Database[Document],
    now: Callable[[], datetime] = utc_now,
) -> Flask:
    """The application on given lines to the services, with a database and a clock of its own."""
    app = Flask(__name__)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config.update(
        MAX_CONTENT_LENGTH=MOST_BYTES,
        SERVICES=services,
        ACCOUNTS=accounts(given.secret("tokens_file")),
        SEAL=Seal(given.secret("seal_key_file")),
        PEPPER=given.secret("pepper_file"),
        PUBLIC_ADDRESS=str(given["public_address"]).rstrip("/"),
        VISIBLE_SECONDS=float(given["visible_seconds"]),
        SCAN=scanner(str(given["scanner"]), float(given["scanner_seconds"])),
    )
    _measure(app)
    limits.install(app)
    shell.install(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.register_blueprint(openapi.blueprint)
    # a status is only read, by people who have no session that others could borrow
    exempt = (*BLUEPRINTS, openapi.blueprint, status.blueprint)
    identity.install(app, given, database, now, exempt=exempt)
    app.config["DRAFTS"] = drafts.as_set(given, database, now)
    app.config["SYSTEM"] = System(
        services, database.client, str(given["database_prefix"]), str(given["amqp_uri"])
    )
    mail.install(app, given, database)
    pages.install(app, database, now)
    problems.install(app)
    _answer_operators(
        app,
        Health(
            {
                "broker": lambda: _reaches(given["amqp_uri"]),
                "database": lambda: bool(database.command("ping")["ok"]),
            }
        ),
    )
    return app


def _reaches(uri: str) -> bool:
    with connected(uri, timeout=2):
        return True


def _measure(app: Flask) -> None:
    @app.before_request
    def start() -> None:
        structlog.contextvars.clear_contextvars()
        g.started = monotonic()

    @app.after_request
    def finish(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "unknown"
        took = monotonic() - g.started
        metrics.HTTP.labels(request.method, route, response.status_code).observe(took)
        return response


def _answer_operators(app: Flask, health: Health) -> None:
    @app.get("/<any(metrics, healthz, readyz):question>")
    def operators(question: str) -> Response:
        status, content_type, body = health.answer(f"/{question}")
        return Response(body, status, content_type=content_type)
