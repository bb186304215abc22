"""Forms that others forged are refused. The API is exempt: it knows bearer tokens only, which no browser adds by itself."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, Flask, current_app, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import HTTPException

from contracts.errors import Rejected
from services.gateway.identity.guard import signed_in
from services.gateway.identity.onward import to_sign_in


def install(app: Flask, exempt: Iterable[Blueprint]) -> None:
    """Ask every form for its token, except where only programs call."""
    app.config.update(WTF_CSRF_TIME_LIMIT=None)  # as long as the session
    protection = CSRFProtect(app)
    for blueprint in exempt:
        protection.exempt(blueprint)
    app.register_error_handler(CSRFError, _refused)


def _refused(_: HTTPException) -> ResponseReturnValue:
    """A form without its token. Most often the session ended while somebody filled it in: they sign in and come back."""
    view = current_app.view_functions.get(request.endpoint or "")
    if hasattr(view, "roles") and signed_in() is None:
        return to_sign_in()
    too_old = Rejected("form_expired", "The form is too old, or not ours. Open its page again.")
    return current_app.handle_user_exception(too_old)
