"""Giving a file out: for a purpose that is written down first, part by part, and never whole if it is not what was kept.

It is always a download, never shown in place: what somebody sent in must not run on our address.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from typing import Any

import structlog
from flask import Response, current_app, g, stream_with_context

from contracts.words import FILE_TYPES
from services.gateway.orders import services

log = structlog.get_logger()
_ENDINGS = dict(zip(FILE_TYPES, ("pdf", "jpg", "png", "docx"), strict=True))
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store",
}


class Altered(Exception):
    """What came out of the vault is not what went in."""


def fetched(id_: str, attachment: str, purpose: str) -> Response:
    """A file of a request, as a download. Raises Rejected without a purpose, and for the file of another request."""
    known = services().ask("intake", "read_attachment", id_, attachment, purpose, str(g.actor))
    parts = _checked(known, _parts(known))
    first = next(parts)  # what fails at once is still answered as a problem
    name = f"{known['kind']}-{attachment[:13]}.{_ENDINGS[known['media_type']]}"
    body = stream_with_context(chain([first], parts))
    response = Response(body, mimetype=known["media_type"], headers=HEADERS)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.content_length = known["size"]
    return response


def _parts(known: dict[str, Any]) -> Iterator[bytes]:
    seal = current_app.config["SEAL"]
    for number in range(known["parts"]):
        sealed = services().ask("intake", "attachment_part", known["reading"], number)
        yield seal.open_part(sealed)


def _checked(known: dict[str, Any], parts: Iterator[bytes]) -> Iterator[bytes]:
    """Each part but the last goes out at once; the last only if all of it is what was kept."""
    digest, held = sha256(), b""
    for part in parts:
        if held:
            yield held
        digest.update(part)
        held = part
    if digest.hexdigest() != known["sha256"].lower():
        log.error("file_altered", attachment=known["id"])
        raise Altered(known["id"])
    yield held
