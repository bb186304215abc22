"""Status permohonan, for applicants: no account, a number and a secret. Who has not both learns nothing, not even whether there is such a request."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import force_locale

from contracts.local import local_day
from services.gateway.identity.limits import forms, limiter, sign_ins, was_refused
from services.gateway.languages import LANGUAGES, language
from services.gateway.orders import services
from services.gateway.pages.standing import Standing, standing
from services.gateway.tracking import tracking_secret

blueprint = Blueprint("status", __name__)
Shown = dict[str, Any]
LONGEST = 120
REFUSED = 422


def about_one_number() -> str:
    """How often a number may be refused, whoever asks: from many addresses as from one."""
    return str(current_app.config["STATUS_LIMIT"])


def asked_number() -> str:
    """What is counted; people type a secret where the number belongs, so not as it was typed."""
    return sha256(_number(request.form.get("number", "")).encode()).hexdigest()


@blueprint.get("/status")
@limiter.limit(forms)
def ask() -> str:
    """The form; the number may come with the address, as the receipt's QR code has it."""
    return render_template("status.html", number=_number(request.args.get("number", "")))


@blueprint.post("/status")
@limiter.limit(sign_ins, deduct_when=was_refused)
@limiter.limit(about_one_number, key_func=asked_number, deduct_when=was_refused)
def told() -> str | tuple[str, int]:
    """How the request stands, or the one answer to every number and secret that do not fit."""
    number = _number(request.form.get("number", ""))
    case = _fitting(number, request.form.get("secret", ""))
    if case is None:
        return render_template("status.html", number=number, refused=True), REFUSED
    return render_template(
        "status.html", number=number, received=case["received_at"], told=_in_every_language(case)
    )


@blueprint.after_request
def for_nobody_else(response: Response) -> Response:
    """No search engine lists it, no cache keeps it."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


def _fitting(number: str, secret: str) -> Shown | None:
    """The request of a number, if the secret is its own. Whether there is none takes as long to find out."""
    found: Shown | None = services().ask("register", "tracked", number)
    about = found["_id"].partition("/")[2] if found else number
    right = tracking_secret(about, current_app.config["PEPPER"])
    fits = hmac.compare_digest(_plain(secret).encode(), _plain(right).encode())
    return found if fits else None


def _in_every_language(case: Shown) -> list[tuple[str, Standing]]:
    """The language of the page first."""
    today = local_day(datetime.now(UTC)).isoformat()
    told = []
    for code in sorted(LANGUAGES, key=lambda code: code != language()):
        with force_locale(code):
            told.append((code, standing(case, today)))
    return told


def _number(typed: str) -> str:
    return "".join(typed.split()).upper()[:LONGEST]


def _plain(secret: str) -> str:
    """Without the hyphens that make it readable, however it was typed."""
    return "".join(sign for sign in secret[:LONGEST].upper() if sign.isalnum())
