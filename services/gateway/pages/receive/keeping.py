"""Drafts beside the form. Whatever happens to them, nobody is kept from registering a request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from functools import cache
from typing import TypeVar

import pymongo
import structlog
from flask import current_app, g, request
from marshmallow import Schema, fields
from pymongo.errors import PyMongoError

from contracts.errors import Rejected
from services.gateway.drafts import Draft, Drafts, Sent
from services.gateway.orders import checked_key
from services.gateway.pages.receive.order import ReceiveForm

SECONDS = 2.0  # a database that is away holds nobody up
MOST_SIGNS = 60_000  # all fields together have fewer, as long as they are what they may be
Found = TypeVar("Found")
log = structlog.get_logger()


def drafts() -> Drafts:
    """Where drafts are kept."""
    kept: Drafts = current_app.config["DRAFTS"]
    return kept


def by_the_way(do: Callable[[], Found]) -> Found | None:
    """Do something about a draft beside something that matters more: tried for a moment, and missed without harm."""
    try:
        with pymongo.timeout(SECONDS):
            return do()
    except PyMongoError as error:
        log.warning("draft_out_of_reach", error=type(error).__name__)
        return None


def keep() -> datetime | None:
    """Keep what stands in the form that was sent; when. None if it was received already. Raises Rejected, PyMongoError."""
    key, typed = checked_key(request.form.get("key", "")), tuple(_typed())
    if sum(len(value) for _, value in typed) > MOST_SIGNS:
        raise Rejected("body_too_large", "No request is as long as this.")
    with pymongo.timeout(SECONDS):
        return drafts().keep(g.account.name, key, typed)


def put_aside() -> None:
    """Keep what stands in a form that was refused, if it can be kept."""
    with suppress(Rejected):  # no form of ours sends that, and it was refused already
        by_the_way(keep)


def _typed() -> Iterator[tuple[str, str]]:
    for name, value in request.form.items(multi=True):
        if name in _names():
            yield name, value


@cache
def _names() -> frozenset[str]:
    return frozenset(_within(ReceiveForm()))


def _within(schema: Schema, above: str = "") -> Iterator[str]:
    for name, each in schema.fields.items():
        if isinstance(each, fields.Nested):
            yield from _within(each.schema, f"{above}{name}.")
        else:
            yield above + name


def found() -> Draft | None:
    """The draft of who is signed in."""
    return by_the_way(lambda: drafts().find(g.account.name))


def last_sent() -> Sent | None:
    """The form that this account sent last."""
    return by_the_way(lambda: drafts().last_sent(g.account.name))


def drop() -> None:
    """Throw the draft away. Raises PyMongoError."""
    with pymongo.timeout(SECONDS):
        drafts().drop(g.account.name)


def finish(key: str, request_id: str) -> None:
    """The form was received: its draft is not needed any more."""
    by_the_way(lambda: drafts().finish(g.account.name, key, request_id))
