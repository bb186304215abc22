"""The page of the counter's form: what was typed, what is wrong, what papers are asked for, and what was found meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import time
from typing import Any
from uuid import uuid4

from flask import render_template, request

from contracts import words
from contracts.local import local_day
from services.gateway.drafts import Sent
from services.gateway.orders import services
from services.gateway.pages.complaints import listed
from services.gateway.pages.controls import Control, controls
from services.gateway.pages.form import Trouble
from services.gateway.pages.receive import keeping
from services.gateway.pages.receive.order import ReceiveForm
from services.gateway.rpc import Unavailable

Body = dict[str, Any]
REUSED = "idempotency_key_reused"


@dataclass(frozen=True, slots=True)
class Page:
    """What the page shows beside its questions. `known` says that somebody's data were just filled in."""

    trouble: Trouble | None = None
    key: str = ""
    kept_at: datetime | None = None
    restored: bool = False
    known: bool = False
    earlier: tuple[Body, ...] = ()
    published: tuple[Body, ...] = field(default=())


def shown(given: Mapping[str, Any], page: Page) -> str:
    """The form with what was typed."""
    wrong = page.trouble or Trouble()
    return render_template(
        "receive.html",
        page=page,
        asked=dict(_by_name(controls(ReceiveForm(), given, wrong.fields))),
        trouble=page.trouble,
        complaints=list(listed(wrong.fields)),
        key=page.key or request.form.get("key") or str(uuid4()),
        another_key=str(uuid4()) if wrong.code == REUSED else "",
        opened=request.form.get("opened") or str(int(time())),
        needed=needed(),
        sent=_sent(),
    )


def _by_name(questions: tuple[Control, ...]) -> Iterator[tuple[str, Control]]:
    for each in questions:
        yield each.name, each
        yield from _by_name(each.parts)


def needed() -> dict[str, tuple[str, ...]]:
    """Of which categories each paper is asked, as the rules stand today; of none while nobody can say."""
    today = local_day(datetime.now(UTC)).isoformat()
    try:
        rules = services().ask("escalation", "rules", "documents", today)
    except Unavailable:
        return {}  # the form still works: intake says afterwards what is missing
    return {
        paper: tuple(rule["key"] for rule in rules if paper in rule["value"]["papers"])
        for paper in words.DOCUMENTS
    }


def _sent() -> Sent | None:
    """What this account registered last, for who comes back from a power cut and does not know whether it went through."""
    return keeping.last_sent() if request.method == "GET" else None
