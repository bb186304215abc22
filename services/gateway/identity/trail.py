"""The gateway's own trail: who came in, who was refused, who changed what an account may do, who read people's data.

Lines are added and never changed. A name that belongs to no account is not written down: it may be a password.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pymongo.database import Database

from eventlog.store import new_id
from telemetry import metrics

Document = dict[str, Any]
SIGNED_IN, REFUSED, SIGNED_OUT = "signed_in", "refused", "signed_out"
PASSWORD_CHANGED, FACTOR_SET, FACTOR_REMOVED = "password_changed", "factor_set", "factor_removed"
RECOVERY_USED = "recovery_used"
CREATED, ROLE_CHANGED, DISABLED, ENABLED = "created", "role_changed", "disabled", "enabled"
LINKED = "linked"
DEPUTY_NAMED, ABSENCE_ENDED = "deputy_named", "absence_ended"
PERSON_READ, LETTER_READ = "person_read", "letter_read"
KINDS = (
    SIGNED_IN, REFUSED, SIGNED_OUT, PASSWORD_CHANGED, FACTOR_SET, FACTOR_REMOVED, RECOVERY_USED,
    CREATED, ROLE_CHANGED, DISABLED, ENABLED, LINKED, PERSON_READ,
    LETTER_READ, DEPUTY_NAMED, ABSENCE_ENDED,
)  # fmt: skip
_COUNTED = frozenset({SIGNED_IN, REFUSED, SIGNED_OUT})


class Trail:
    """Writes lines and reads them, the newest first."""

    def __init__(self, database: Database[Document], now: Callable[[], datetime]) -> None:
        self._lines = database["trail"]
        self._now = now

    def prepare(self) -> None:
        """Make the indexes of the two questions that are asked."""
        self._lines.create_index([("account", 1), ("_id", -1)])
        self._lines.create_index([("kind", 1), ("_id", -1)])

    def add(
        self,
        kind: str,
        account: str,
        *,
        by: str,
        address: str = "",
        about: Mapping[str, str] | None = None,
    ) -> None:
        """Write a line. `account` is whom it is about ("" for nobody we know), `by` who did it, `about` the rest."""
        if kind in _COUNTED:
            metrics.SIGN_INS.labels(kind).inc()
        self._lines.insert_one(
            {
                "_id": new_id(),
                "at": self._now(),
                "kind": kind,
                "account": account,
                "by": by,
                "address": address,
                "about": dict(about or {}),
            }
        )

    def page(
        self, limit: int, *, before: str = "", account: str = "", kind: str = ""
    ) -> list[Document]:
        """Lines older than `before`, the newest first."""
        asked: Document = {
            **({"account": account} if account else {}),
            **({"kind": kind} if kind else {}),
            **({"_id": {"$lt": before}} if before else {}),
        }
        return list(self._lines.find(asked).sort("_id", -1).limit(limit))
