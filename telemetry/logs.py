"""Structured logs: one JSON object a line, each with the correlation id of what it belongs to.

Events carry no personal data, and nothing else is logged of a request; the last processor takes out what looks like
a NIK, a phone number or an e-mail address all the same, because a library may log what it likes.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

_PERSONAL = re.compile(
    r"(?P<nik>(?<!\d)\d{16}(?!\d))|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]+)|(?P<phone>(?<![\w-])(?<!\d\.)(?:\+62|08)[\d -]{7,14}\d(?![\w-]))"
)
_OWN_HANDLERS = ("gunicorn.error", "gunicorn.access")
_QUIET = ("nameko", "kombu", "amqp", "pymongo", "eventlet", "werkzeug")


def redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Blacken what looks like a person's number or address anywhere in the line."""
    for key, value in event.items():
        event[key] = _blackened(value)
    return event


def _blackened(value: Any) -> Any:
    """The same, as far as JSON can hold it; what it cannot hold is written as text first."""
    match value:
        case None | bool() | float():
            return value
        case str():
            return _PERSONAL.sub(lambda found: f"[{found.lastgroup}]", value)
        case int():
            text = str(value)
            return value if (shown := _blackened(text)) == text else shown
        case Mapping():
            return {_blackened(str(key)): _blackened(part) for key, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_blackened(part) for part in value]
    return _blackened(repr(value))


def configure(process: str) -> None:
    """Send the logs of this process, its own and its libraries', to standard error."""
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        _named(process),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                redact,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    _install(handler)


def _install(handler: logging.Handler) -> None:
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in _OWN_HANDLERS:
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def _named(process: str) -> Any:
    def add(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        event["process"] = process
        return event

    return add
