"""Where somebody goes after signing in: an address of our own, or the beginning."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Request, Response, redirect, request, url_for

BEGINNING = "/"
_LONGEST = 1500


def own_address(wanted: str | None) -> str:
    """An address within these pages; the beginning for any other.

    Browsers read a backslash as a slash and drop control characters, so neither may stand in it.
    """
    if not wanted or len(wanted) > _LONGEST or not wanted.isprintable() or "\\" in wanted:
        return BEGINNING
    parts = urlsplit(wanted)
    if parts.scheme or parts.netloc or not wanted.startswith("/") or wanted.startswith("//"):
        return BEGINNING
    return BEGINNING if parts.path.startswith("/sign-") else wanted


def page_of(asked: Request) -> str:
    """The page somebody was on: of a form that was sent, the one it stood on."""
    if "HX-Request" in asked.headers:
        return _within(asked, asked.headers.get("HX-Current-URL"))
    if asked.method in ("GET", "HEAD"):
        return own_address(asked.full_path.removesuffix("?"))
    return _within(asked, asked.referrer)


def _within(asked: Request, address: str | None) -> str:
    parts = urlsplit(address or "")
    if parts.netloc != asked.host:
        return BEGINNING
    return own_address(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def send_to(address: str) -> Response:
    """Go there, the whole page: htmx would put what it is led to into a part of the old one."""
    if "HX-Request" in request.headers:
        return Response(status=204, headers={"HX-Redirect": address})
    return redirect(address, 303)  # type: ignore[return-value]  # always a Response here


def to_sign_in() -> Response:
    """Sign in first, then come back here."""
    page = page_of(request)
    if page == BEGINNING:
        return send_to(url_for("sign_in.ask"))
    return send_to(url_for("sign_in.ask", next=page))
