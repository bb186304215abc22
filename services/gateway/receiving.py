"""Receiving a request, whoever sends it: a program or the desk's form. What comes open leaves sealed, and the receipt is the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app, url_for

from contracts.local import local_day
from services.gateway import forms
from services.gateway.orders import Outcome, follow, give, services, showing
from services.gateway.tracking import tracking_secret

Shown = dict[str, Any]
SHOWING = showing("register", "request_showing")
# Escalation sets the due date, which belongs to the receipt; of what is declined it never hears.
_DUE: Mapping[str, int] = {"escalation": 1}
_KEPT = (
    "channel", "received_at", "information", "purpose", "obtain", "copy_format", "delivery", "topic", "paper_serial",
)  # fmt: skip


def received(body: Shown, key: str | None = None) -> Outcome:
    """Have a request received that fits `forms.ReceiveBody`. The key stands in a header unless a page brings it."""
    return follow(give("ReceiveRequest", _order(body), body, key=key), SHOWING, also=_awaited)


def _awaited(events: tuple[str, ...]) -> Mapping[str, int]:
    return {} if "RequestDeclined" in events else _DUE


def _order(body: Shown) -> Shown:
    return {
        **{name: body.get(name) for name in _KEPT},
        "category": body["applicant"]["category"],
        "indonesian": body["applicant"].get("indonesian"),
        "documents": forms.kinds(body.get("documents")),
        "applicant": current_app.config["SEAL"].close(forms.person(body)),
    }


def receipt(outcome: Outcome) -> Shown | None:
    """What whoever entered it is told; None while the views do not show it yet."""
    shown = outcome.shown
    if shown is None:
        return None
    request_id = outcome.subject.partition("/")[2]
    return {
        "id": request_id,
        "state": _state(outcome.events),
        **{
            name: shown[name]
            for name in ("number", "missing", "due_on", "warnings", "version", "applicant_id")
        },
        "similar_to": [similar.partition("/")[2] for similar in shown["similar_to"]],
        "tracking": tracking(request_id, shown),
        **({"declined": explained(shown)} if shown.get("declined") else {}),
    }


def _state(events: tuple[str, ...]) -> str:
    """How a request is after it was entered, by what was recorded, whatever happened since."""
    arrived = {
        "RequestSubmitted": "submitted",
        "IncompletenessNotified": "incomplete",
        "RequestDeclined": "declined",
    }
    return next(state for name, state in arrived.items() if name in events)


def tracking(request_id: str, shown: Shown) -> Shown:
    """What the applicant follows the request with: its number, or its id as long as it has none, and the secret."""
    secret = tracking_secret(request_id, current_app.config["PEPPER"])
    return {"number": shown["number"] or request_id, "secret": secret}


def explained(shown: Shown) -> Shown:
    """Why a request is declined, in words for the applicant, and where what is published stands."""
    on = local_day(shown["received_at"]).isoformat()
    texts = services().ask("escalation", "rules", "text", on)
    told = next((rule["value"] for rule in texts if rule["key"] == "applicant.not_eligible"), None)
    return {**shown["declined"], "text": told, "published": url_for("lists.listed", kind="public")}
