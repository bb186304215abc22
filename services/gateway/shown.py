"""What callers see of the views: ids without their kind, and nothing of the machinery."""

from __future__ import annotations

from base64 import b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Any

from contracts.errors import Rejected

Shown = dict[str, Any]
Key = Callable[[Shown], object]
_MACHINERY = ("_id", "position", "versions", "heard", "by_people")


def public(document: Mapping[str, Any]) -> Shown:
    """A document of a view as the API shows it."""
    shown = {name: value for name, value in document.items() if name not in _MACHINERY}
    return {"id": document["_id"].partition("/")[2], **shown}


def page(documents: list[Shown], limit: int, key: str | Key = "_id") -> Shown:
    """One page of a list, with the cursor of the next when this one is full. `key` is what the list goes by."""
    full = len(documents) == limit
    return {
        "items": [public(document) for document in documents],
        "next_cursor": to_cursor(_key(documents[-1], key)) if full and documents else None,
    }


def _key(document: Shown, key: str | Key) -> object:
    return document[key] if isinstance(key, str) else key(document)


def to_cursor(key: object) -> str:
    """Where a page ended, as one opaque word."""
    return urlsafe_b64encode(str(key).encode()).decode()


def from_cursor(cursor: str | None) -> str:
    """The key in a cursor, "" without one. Raises Rejected for a made-up one."""
    if not cursor:
        return ""
    try:
        return b64decode(cursor, altchars=b"-_", validate=True).decode()
    except ValueError:
        raise Rejected("cursor_invalid", "This cursor was not given by a list.") from None
