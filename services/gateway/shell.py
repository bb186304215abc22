"""What every page is given: its languages, its themes, the way round, and the addresses of styles and scripts."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, request, url_for

from services.gateway import languages, navigation, preferences, refusal_texts

STATIC = Path(__file__).parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"


def install(app: Flask) -> None:
    """Give the templates what the layout needs."""
    languages.install(app)
    preferences.install(app)
    app.jinja_env.globals.update(
        asset=asset,
        language=languages.language,
        languages=languages.LANGUAGES,
        navigation=navigation.groups,
        refusal_text=refusal_texts.text,
        switched=preferences.address,
        theme=preferences.theme,
    )
    app.after_request(_keep_for_ever)


def asset(name: str) -> str:
    """The address of a style or a script; another one whenever its content is."""
    return url_for("static", filename=name, v=_digest(name))


@cache
def _digest(name: str) -> str:
    """Read once a process: assets change when the product is set up anew, and then it starts anew."""
    file = STATIC / name
    return sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "missing"


def _keep_for_ever(response: Response) -> Response:
    if (
        request.endpoint == "static"
        and "v" in request.args
        and response.status_code < HTTPStatus.BAD_REQUEST
    ):
        response.headers["Cache-Control"] = FOR_EVER
    return response
