"""The page of the trail: who came in, who was refused, who changed accounts, who read a person."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from contracts.roles import ADMINISTRATOR, AUDITOR
from services.gateway.identity.accounts import NAME
from services.gateway.identity.guard import page_allowed
from services.gateway.identity.tools import tools
from services.gateway.identity.trail import KINDS

blueprint = Blueprint("access_log", __name__, url_prefix="/settings/access-log")
LINES = 50
_ID = re.compile(r"[0-9a-f-]{36}")


@blueprint.get("")
@page_allowed(frozenset({ADMINISTRATOR, AUDITOR}))
def shown() -> ResponseReturnValue:
    """Lines, the newest first, by account and kind. What is no account or kind filters nothing."""
    typed = request.args.get
    account = _fitting(NAME, typed("account", ""))
    before = _fitting(_ID, typed("before", ""))
    kind = typed("kind", "") if typed("kind") in KINDS else ""
    lines = tools().trail.page(LINES + 1, before=before, account=account, kind=kind)
    asked: dict[str, Any] = {
        name: value for name, value in (("account", account), ("kind", kind)) if value
    }
    more = len(lines) > LINES
    return render_template(
        "access_log.html",
        lines=lines[:LINES],
        kinds=KINDS,
        account=account,
        kind=kind,
        next=url_for("access_log.shown", **asked, before=lines[LINES - 1]["_id"]) if more else "",
        first=url_for("access_log.shown", **asked) if before else "",
    )


def _fitting(pattern: re.Pattern[str], typed: str) -> str:
    return typed if pattern.fullmatch(typed) else ""
