"""Keeping a file: it is looked into, scanned, cleaned, sent to the vault in parts, and then ordered to be kept.

Until that order is followed nobody sees it. Whoever lost the answer sends the file again with the same key, and is
answered as the first time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from flask import current_app

from contracts.attachments import INFECTED
from contracts.command import Command
from contracts.errors import Rejected
from services.gateway.attachments import content, images
from services.gateway.attachments.scanner import Scan, Verdict
from services.gateway.attachments.spool import Spooled, spooled, too_large
from services.gateway.orders import Outcome, follow, give, services, showing

Shown = dict[str, Any]
SHOWING = showing("register", "request_showing")
NAME = "KeepAttachment"
# The upload of a file that was not sent.
NOWHERE = "-"


def keep(
    id_: str, told: Mapping[str, Any], stream: IO[bytes], seen: Any, key: str | None = None
) -> tuple[Outcome, Shown | None]:
    """Keep a file with a request: `told` is its kind, and which paper it signs. Answers what is shown of it.

    Raises Rejected for a file that is not taken: by its type, its size, or by what was found in it.
    """
    most = int(services().ask("intake", "attachment_limits")["most_bytes"])
    with spooled(stream, most) as sent:
        media_type = content.media_type(sent.file)
        scan: Scan = current_app.config["SCAN"]
        verdict = scan(sent.file)
        with _to_keep(sent, media_type, verdict) as file:
            if file.size > most:
                raise too_large(most)
            data = _order(id_, told, media_type, verdict, file)
        fingerprint = {**told, "sha256": sent.sha256}
    command = give(NAME, data, fingerprint, f"request/{id_}", seen, key)
    outcome = follow(command, SHOWING)
    if "AttachmentRefused" in outcome.events:
        raise Rejected("file_infected", f"The file is infected ({verdict.found}). It was not kept.")
    return outcome, _kept(command, outcome)


@contextmanager
def _to_keep(sent: Spooled, media_type: str, verdict: Verdict) -> Iterator[Spooled]:
    """What is kept of what was sent: all of it, or the pixels of an image."""
    if media_type not in content.IMAGES or verdict.scanned == INFECTED:
        yield sent
        return
    with images.rewritten(sent.file, media_type) as clean:
        yield clean


def _order(
    id_: str, told: Mapping[str, Any], media_type: str, verdict: Verdict, file: Spooled
) -> Shown:
    """The order, once the file is in the vault; what is infected goes nowhere."""
    return {
        "attachment": NOWHERE if verdict.scanned == INFECTED else _sent(id_, file),
        "kind": told["kind"],
        "signs": told.get("signs"),
        "media_type": media_type,
        "size": file.size,
        "sha256": file.sha256,
        "scanned": verdict.scanned,
        "found": verdict.found,
    }


def _sent(id_: str, file: Spooled) -> str:
    """Send a file to the vault, part by part, each sealed; the id of the upload.

    Where the vault takes nothing, the order itself is told why: or it was followed before, and is answered as then.
    """
    try:
        upload: str = services().ask("intake", "open_upload", id_)
    except Rejected:
        return NOWHERE
    seal = current_app.config["SEAL"]
    for number, part in enumerate(file.parts()):
        services().ask("intake", "add_part", upload, number, seal.close_part(part))
    return upload


def _kept(command: Command, outcome: Outcome) -> Shown | None:
    """The file as it is shown; as it was recorded the first time, for an order that was followed before."""
    if outcome.shown is None:
        return None
    upload = command.data["attachment"]
    kept = next((each for each in outcome.shown["attachments"] if each["id"] == upload), None)
    return kept or _recorded(command)


def _recorded(command: Command) -> Shown:
    timeline = services().ask("register", "timeline", command.subject)
    data = next(event["data"] for event in timeline if event["causationid"] == command.id)
    return {"id": data["attachment"], **{k: v for k, v in data.items() if k != "attachment"}}
