"""How somebody wants the pages to look: the language and the theme, kept in cookies and switched by a link.

`?lang=en` or `?theme=dark` on any page chooses, and leads back to the same page without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from flask import Flask, Response, redirect, request

from services.gateway.languages import LANGUAGES

THEMES = ("system", "light", "dark")
CHOICES: Mapping[str, frozenset[str]] = {"lang": frozenset(LANGUAGES), "theme": frozenset(THEMES)}
ONE_YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Let every page be switched."""

    @app.before_request
    def switch() -> Response | None:
        chosen = {
            name: request.args[name]
            for name, known in CHOICES.items()
            if request.args.get(name) in known
        }
        if not chosen or request.method != "GET" or request.path.startswith("/api/"):
            return None
        answer: Response = redirect(address(), 303)  # type: ignore[assignment]
        for name, value in chosen.items():
            answer.set_cookie(
                name,
                value,
                max_age=ONE_YEAR,
                secure=request.is_secure,
                httponly=True,
                samesite="Lax",
            )
        return answer


def theme() -> str:
    """The theme that was chosen; what the system says for anything else."""
    wanted = request.cookies.get("theme", "")
    return wanted if wanted in THEMES else THEMES[0]


def address(**changes: str) -> str:
    """The page at hand with its query, switched as said.

    One slash begins it and it is quoted, so that no path makes it an address elsewhere.
    """
    kept = [
        (name, value)
        for name, values in request.args.lists()
        for value in values
        if name not in CHOICES
    ]
    query = urlencode([*kept, *changes.items()])
    path = "/" + quote(request.path.lstrip("/"))
    return f"{path}?{query}" if query else path
