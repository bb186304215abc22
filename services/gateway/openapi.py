"""The API's own description, OpenAPI 3.1, made from the routes and the schemas that check every request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from inspect import getdoc
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, Flask, Response, current_app, jsonify
from marshmallow import Schema
from werkzeug.routing import Rule

from contracts import words
from contracts.commands import COMMANDS
from services.gateway import forms
from services.gateway.api import documents, lists, numbers, objections, requests

blueprint = Blueprint("openapi", __name__, url_prefix="/api/v1")
VERSION = "1.0.0"

_BODIES: dict[str, type[Schema] | Schema] = {
    "requests.receive": forms.ReceiveBody,
    "requests.complete": forms.CompleteBody,
    "requests.classify": forms.ClassificationBody,
    **{f"requests.step-{path}": requests.step_body(name) for path, name in requests.STEPS.items()},
    "lists.publish": lists.entry_body(),
    "lists.revoke": COMMANDS["RevokeListEntry"].schema,
    "reports.supervise": COMMANDS["SuperviseDay"].schema,
    "reports.issue": COMMANDS["IssueReport"].schema,
    "reports.acknowledge": COMMANDS["AcknowledgeReport"].schema,
    "reports.issue_year": COMMANDS["IssueReport"].schema,
    "reports.acknowledge_year": COMMANDS["AcknowledgeReport"].schema,
    "applicants.enter": forms.EnterBody,
    "applicants.correct": forms.CorrectBody,
    "numbers.reserve": numbers.order_body("ReserveNumbers"),
    "numbers.void": numbers.order_body("VoidNumber"),
    "objections.file": objections.file_body(),
    **{f"objections.step-{path}": COMMANDS[name].schema for path, name in objections.STEPS.items()},
    "privacy.open_": COMMANDS["OpenPrivacyCase"].schema,
    "privacy.settle": COMMANDS["SettlePrivacyCase"].schema,
    "calendar.declare": forms.DeclareBody,
    "calendar.revoke": forms.RevokeBody,
    "rules.enact": COMMANDS["EnactRule"].schema,
    "rules.end": COMMANDS["EndRule"].schema,
}
_QUERIES: dict[str, type[Schema]] = {
    "requests.listed": forms.RequestFilters,
    "requests.shown": forms.AsOf,
    "lists.listed": forms.PageFilters,
    "register.book": forms.PageFilters,
    "register.feed": forms.FeedFilters,
    "objections.listed": forms.ObjectionFilters,
    "objections.book": forms.PageFilters,
    "privacy.listed": forms.PrivacyFilters,
    "calendar.year": forms.YearQuery,
    "calendar.declare": forms.PreviewQuery,
    "calendar.import_": forms.ImportQuery,
    "calendar.revoke": forms.RevokeQuery,
    "calendar.moves": forms.MovesQuery,
    "calendar.notices": forms.NoticeQuery,
    "duties.listed": forms.DutiesQuery,
    "papers.request_paper": documents.PaperQuery,
    "papers.objection_paper": documents.PaperQuery,
    "rules.listed": forms.RuleFilters,
    "rules.enact": forms.PreviewQuery,
    "rules.end": forms.PreviewQuery,
    "applicants.shown": forms.PurposeQuery,
    "applicants.erase": forms.PurposeQuery,
    "attachments.keep": forms.AttachmentQuery,
    "attachments.fetch": forms.PurposeQuery,
    "attachments.drop": forms.ReasonQuery,
}
# Creations, and steps that take nobody's reading for granted.
_CREATE = (
    "requests.receive", "lists.publish", "objections.file", "privacy.open_", "calendar.declare", "calendar.import_",
    "rules.enact", "numbers.reserve", "numbers.void", "applicants.enter",
)  # fmt: skip
_WITHOUT_IF_MATCH = (*_CREATE, "reports.", "applicants.", "calendar.", "rules.")
_PREVIEWED = ("calendar.declare", "calendar.import_", "rules.enact")
# Created beside a request that was read.
_ADD = ("attachments.keep",)
# What is sent as a file, not as JSON.
_FORM_FILE = {"type": "string", "contentMediaType": "application/octet-stream"}
_FORM = {"type": "object", "properties": {"file": _FORM_FILE}, "required": ["file"]}
_FILES: dict[str, dict[str, Any]] = {
    "calendar.import_": {"text/csv": {"schema": {"type": "string"}}},
    "attachments.keep": {
        **{media_type: {} for media_type in words.FILE_TYPES},
        "multipart/form-data": {"schema": _FORM},
    },
}


@blueprint.get("/openapi.json")
def document() -> Response:
    """The description, open to everybody."""
    return jsonify(describe(current_app))


@cache
def describe(app: Flask) -> dict[str, Any]:
    """The whole description of an application's routes under /api/v1."""
    spec = APISpec("Terbuka", VERSION, "3.1.0", plugins=[MarshmallowPlugin()])
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1") and rule.endpoint != "openapi.document":
            spec.path(
                re.sub(r"<(?:[^<>:]+:)?(\w+)>", r"{\1}", rule.rule),
                operations=dict(_operations(app, rule)),
            )
    described: dict[str, Any] = spec.to_dict()
    return described


def _operations(app: Flask, rule: Rule) -> Iterator[tuple[str, dict[str, Any]]]:
    for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
        yield method.lower(), _operation(app, rule, writes=method != "GET")


def _operation(app: Flask, rule: Rule, *, writes: bool) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": rule.endpoint,
        "summary": getdoc(app.view_functions[rule.endpoint]) or "",
        "security": _security(app, rule),
        "parameters": list(_parameters(rule, writes=writes)),
        "responses": _responses(rule.endpoint, writes=writes),
    }
    if rule.endpoint in _BODIES:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _BODIES[rule.endpoint]}},
        }
    if rule.endpoint in _FILES:
        operation["requestBody"] = {"required": True, "content": _FILES[rule.endpoint]}
    return operation


def _security(app: Flask, rule: Rule) -> list[dict[str, list[str]]]:
    """A token of any of these roles."""
    roles: frozenset[str] = vars(app.view_functions[rule.endpoint])["roles"]
    return [{"token": [role]} for role in sorted(roles)]


def _parameters(rule: Rule, *, writes: bool) -> Iterator[dict[str, Any]]:
    for name in sorted(rule.arguments):
        yield {"in": "path", "name": name, "required": True, "schema": {"type": "string"}}
    if writes:
        yield {
            "in": "header",
            "name": "Idempotency-Key",
            "required": True,
            "schema": {"type": "string"},
        }
    if writes and not rule.endpoint.startswith(_WITHOUT_IF_MATCH):
        yield {"in": "header", "name": "If-Match", "required": True, "schema": {"type": "string"}}
    if rule.endpoint in _QUERIES:
        yield {"in": "query", "schema": _QUERIES[rule.endpoint]}


def _responses(endpoint: str, *, writes: bool) -> dict[str, Any]:
    good = "201" if endpoint in (*_CREATE, *_ADD) or (writes and "reports." in endpoint) else "200"
    refused = {
        "description": "Refused",
        "content": {"application/problem+json": {"schema": {"type": "object"}}},
    }
    # An applicant may have been erased: the one thing that a question can meet and be refused for.
    statuses = (
        (400, 401, 403, 404, 409, 412, 413, 415, 422, 503)
        if writes
        else (400, 401, 403, 404, 409, 503)
    )
    later = {"202": {"description": "Accepted, not shown yet"}} if writes else {}
    preview = {"200": {"description": "What it would do"}} if endpoint in _PREVIEWED else {}
    return {
        **preview,
        good: {"description": "Done" if writes else "Found"},
        **later,
        **{str(code): refused for code in statuses},
    }
