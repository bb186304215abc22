"""The way round the pages: what stands in the navigation, for whom, and where one is.

Nobody is offered a page that would refuse them: the roles are those of the page itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, g, request
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from contracts.command import Actor


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the navigation."""

    name: str
    address: str
    here: bool


GROUPS = (
    (
        _("Pekerjaan"),
        (
            (_("Hari ini"), "/today"),
            (_("Terima permohonan"), "/receive"),
            (_("Surat masuk"), "/incoming"),
            (_("Permohonan"), "/cases"),
            (_("Keberatan"), "/objections"),
        ),
    ),
    (
        _("Catatan kantor"),
        (
            (_("Daftar informasi"), "/lists/public"),
            (_("Register"), "/registers"),
            (_("Laporan"), "/reports"),
            (_("Kewajiban"), "/duties"),
            (_("Data pribadi"), "/privacy"),
        ),
    ),
    (
        _("Pengelolaan"),
        (
            (_("Pengaturan"), "/settings"),
            (_("Kesehatan layanan"), "/services-health"),
        ),
    ),
)


def groups() -> list[tuple[str, list[Item]]]:
    """The navigation of whoever is signed in; nothing for anybody else."""
    actor: Actor | None = g.get("actor")
    if actor is None:
        return []
    shown = [
        (
            str(name),
            [_item(str(text), address) for text, address in items if open_to(actor.role, address)],
        )
        for name, items in GROUPS
    ]
    return [(name, items) for name, items in shown if items]


def open_to(role: str, address: str) -> bool:
    """Whether there is such a page and the role may open it."""
    try:
        endpoint, _arguments = current_app.url_map.bind("").match(address)
    except RequestRedirect:
        return open_to(role, address + "/")
    except HTTPException:
        return False
    return role in getattr(current_app.view_functions[endpoint], "roles", frozenset())


def _item(name: str, address: str) -> Item:
    area = "/" + address.split("/")[1]
    return Item(name, address, here=request.path == area or request.path.startswith(area + "/"))
