"""What intake decides about files of a request: kept, refused because infected, or destroyed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts.attachments import INFECTED, signs_wrongly
from contracts.command import Command
from contracts.envelope import Fact
from contracts.errors import Rejected
from contracts.local import local_day
from eventlog.handle import Decision
from services.intake.practice import Limits, Practice
from services.intake.state import NEW, Attachment, RequestState

_OF_KEPT = ("attachment", "kind", "signs", "media_type", "size", "sha256", "scanned")
_OF_REFUSED = ("kind", "media_type", "size", "sha256", "found")


def keep_attachment(
    command: Command, state: RequestState, now: datetime, practice: Practice
) -> Decision:
    """Keep a file, in whatever state its request is: letters come late, too. What is infected is refused, and recorded."""
    data = command.data
    require_room(state, practice.limits(local_day(now)))
    _require_paper(data)
    if data["scanned"] == INFECTED:
        return (Fact("AttachmentRefused", {name: data.get(name) for name in _OF_REFUSED}),)
    if data["size"] > (most := practice.limits(local_day(now)).most_bytes):
        raise Rejected("file_too_large", f"A file has at most {most} bytes.")
    if find_attachment(state, data["attachment"]) or data["attachment"] in state.dropped:
        raise Rejected("already_done", "This upload was kept before.")
    return (Fact("AttachmentKept", {name: data.get(name) for name in _OF_KEPT}),)


def require_room(state: RequestState, limits: Limits) -> None:
    """Raises Rejected where there is no such request, or when it has as many files as it may have."""
    if state.phase == NEW:
        raise Rejected("not_found", "There is no such request.")
    if len(state.attachments) >= limits.most_files:
        raise Rejected("too_many_files", f"A request has at most {limits.most_files} files.")


def _require_paper(data: Any) -> None:
    if wrong := signs_wrongly(data["kind"], data.get("signs")):
        raise Rejected("invalid_fields", "Some fields are missing or wrong.", {"signs": [wrong]})


def drop_attachment(
    command: Command, state: RequestState, _: datetime, *, held: bool = False
) -> Decision:
    """Say that a file is destroyed; never while an objection, a dispute or a court case may need it."""
    attachment = require_attachment(state, command.data["attachment"])
    if held:
        raise Rejected("legal_hold", "An objection, a dispute or a court case is open.")
    told = {"attachment": attachment.id, "reason": command.data["reason"]}
    return (Fact("AttachmentDropped", told),)


def require_attachment(state: RequestState, id_: str) -> Attachment:
    """A file of this request. Raises Rejected for any other."""
    found = find_attachment(state, id_)
    if found is None:
        raise Rejected("not_found", "The request has no such file.")
    return found


def find_attachment(state: RequestState, id_: str) -> Attachment | None:
    """A file of this request, None for any other."""
    return next((each for each in state.attachments if each.id == id_), None)
