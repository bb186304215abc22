"""How large a request may be: large where a view takes files, small everywhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, current_app, request

View = Callable[..., Any]
# What a form has beside its file.
BESIDE = 1_048_576


def takes_files(most: int) -> Callable[[View], View]:
    """Mark a view as one that takes a file of at most so many bytes. It goes outermost, so that it is what is registered."""

    def mark(view: View) -> View:
        view.most_bytes = most + BESIDE  # type: ignore[attr-defined]
        return view

    return mark


def install(app: Flask) -> None:
    """Lift the limit for the views that are marked, before anybody reads what is sent."""

    @app.before_request
    def lift() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        most = getattr(view, "most_bytes", None)
        if most is not None:
            request.max_content_length = most
