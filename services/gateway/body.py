"""Reading a request's body strictly: JSON objects in UTF-8, of known fields."""

from __future__ import annotations

import json
from typing import Any

from flask import request
from marshmallow import Schema, ValidationError
from werkzeug.exceptions import RequestEntityTooLarge

from contracts.errors import Rejected

MOST_BYTES = 1_048_576


def read_body(schema: Schema) -> dict[str, Any]:
    """The body as it was sent, once `schema` finds nothing wrong with it. Raises Rejected."""
    body = _json()
    errors = schema.validate(body)
    if errors:
        raise Rejected("invalid_fields", "Some fields are missing or wrong.", errors)
    return body


def read_text(mimetype: str) -> str:
    """The body as text of a type, in UTF-8. Raises Rejected."""
    raw = _raw()
    _require_type(mimetype)
    return _decoded(raw)


def _raw() -> bytes:
    raw = request.get_data(cache=True)
    # Without a Content-Length nobody knows how much would have come: what fills the limit was cut off there.
    if request.content_length is None and len(raw) >= MOST_BYTES:
        raise RequestEntityTooLarge
    return raw


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        raise Rejected("not_utf8", "The body is not UTF-8.") from None


def _json() -> dict[str, Any]:
    raw = _raw()
    if not raw:
        return {}
    _require_type("application/json")
    text = _decoded(raw)
    try:
        body = json.loads(text, parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Rejected("malformed_json", "The body is not JSON.") from None
    if not isinstance(body, dict):
        raise Rejected("invalid_fields", "The body is not a JSON object.")
    return body


def _require_type(mimetype: str) -> None:
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if request.mimetype != mimetype or charset not in ("utf-8", "utf8"):
        raise Rejected("media_type_not_supported", f"Send {mimetype} in UTF-8.")


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def read_query(schema: Schema) -> dict[str, Any]:
    """The parameters of the address, as the schema reads them. Raises Rejected."""
    try:
        loaded: dict[str, Any] = schema.load(request.args.to_dict())
    except ValidationError as error:
        raise Rejected(
            "filter_invalid", "A parameter is unknown or wrong.", dict(error.messages_dict)
        ) from None
    return loaded
