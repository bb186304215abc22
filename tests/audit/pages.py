"""Which pages there are, and as whom to look at each: found by following every link as everybody of the office.

What the gateway serves and nobody could reach by a link is named too, so that no page is left out unseen.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
from flask import Flask
from werkzeug.exceptions import HTTPException

from deploy.local.processes import environment_of
from eventlog import settings
from eventlog.mongo.client import connect
from services.gateway.app import build
from services.gateway.rpc import Services
from tests.audit.office import Office

# Pages of one kind that lead elsewhere look differently: so many of them are looked at, the others once.
OFTEN = {"case.shown": 8, "objection.shown": 4}
# so many of one kind are asked for on the way to others
_MOST = 80
_BEGINNINGS = ("/today", "/account", "/cases", "/status")
# looked at by whoever is not signed in
_OUTSIDE = {"sign_in.ask": "/sign-in", "status.ask": "/status", "nowhere": "/nothing-here"}
# parts of pages, fetched by scripts
_PARTS = {"list_choosing.choices"}
_NO_PAGES = ("/static/", "/api/", "/metrics", "/healthz", "/readyz", "/sign-out")


@dataclass(frozen=True, slots=True)
class Sight:
    """A page as somebody sees it; `role` is empty for whoever is not signed in."""

    role: str
    path: str
    kind: str


def every_page(office: Office, also: list[str]) -> tuple[list[Sight], list[str]]:
    """Every page as whoever comes to it first, and the kinds that no link led to. `also` are addresses to begin from."""
    app = _application(office)
    looks: dict[str, set[frozenset[str]]] = defaultdict(set)
    found = [sight for role in office.roles for sight in _reached(office, app, role, also, looks)]
    found += [Sight("", path, kind) for kind, path in _OUTSIDE.items()]
    found.append(Sight("auditor", "/receive", "role not allowed"))
    return found, sorted(_pages(app) - set(looks) - set(_OUTSIDE) - _PARTS)


def _application(office: Office) -> Flask:
    """The gateway as its processes build it, to ask which addresses it has."""
    environment = {**os.environ, **environment_of(office.stack.addresses)}
    given = settings.load("gateway", environment)
    database = connect(given["mongo_uri"], "audit")[given["database"]]
    return build(given, Services(given["amqp_uri"], 1, 1), database)


def _pages(app: Flask) -> set[str]:
    """The addresses that people look at."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and hasattr(app.view_functions[rule.endpoint], "roles")
        and not rule.rule.startswith(_NO_PAGES)
    }


def _reached(
    office: Office, app: Flask, role: str, also: list[str], looks: dict[str, set[frozenset[str]]]
) -> Iterator[Sight]:
    """What a role comes to from its first pages, and nobody before saw so."""
    waiting = [*_BEGINNINGS, *also]
    known, asked = set(waiting), Counter[str]()
    with office.visitor(role) as visitor:
        while waiting:
            path = waiting.pop(0)
            kind = _kind(app, path)
            asked[kind] += 1
            if not kind or asked[kind] > _MOST:
                continue
            page = visitor.get(path)
            seen = looks[kind] if page.status_code < httpx.codes.BAD_REQUEST else set()
            if not _is_page(page):
                continue  # a file, or on to another page: reached, and nothing to look at
            links = _links(page)
            new = [link for link in links if link not in known]
            known.update(new)
            waiting += new
            look = frozenset(_kind(app, link) for link in links)
            if look not in seen and len(seen) < OFTEN.get(kind, 1):
                seen.add(look)
                yield Sight(role, path, kind)


def _kind(app: Flask, path: str) -> str:
    if path.startswith(_NO_PAGES):
        return ""
    try:
        endpoint, _ = app.url_map.bind("").match(urlsplit(path).path)
    except HTTPException:
        return ""
    return str(endpoint)


def _is_page(page: httpx.Response) -> bool:
    return page.status_code == httpx.codes.OK and "html" in page.headers.get("Content-Type", "")


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        target = dict(attrs).get("href")
        if tag == "a" and target:
            self.links.append(target)


def _links(page: httpx.Response) -> list[str]:
    """The addresses of our own that a page leads to; switching language or theme leads to the same page."""
    anchors = _Anchors()
    anchors.feed(page.text)
    here = urlsplit(str(page.url))
    parts = [urlsplit(urljoin(str(page.url), urldefrag(link).url)) for link in anchors.links]
    return [
        f"{part.path}?{part.query}" if part.query else part.path
        for part in parts
        if part.netloc == here.netloc and "lang=" not in part.query and "theme=" not in part.query
    ]
