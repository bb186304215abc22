"""What intake knows of a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from contracts.envelope import Event

NEW, INCOMPLETE, SUBMITTED = "new", "incomplete", "submitted"
LAPSED, WITHDRAWN, CLOSED, DECLINED = "lapsed", "withdrawn", "closed", "declined"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that is kept with a request. Its content is in the vault."""

    id: str
    kind: str
    media_type: str
    size: int
    sha256: str
    scanned: str


@dataclass(frozen=True, slots=True)
class RequestState:
    """A request from arrival to register number, whether it has ended since, and the files kept with it."""

    phase: str = NEW
    channel: str = ""
    category: str = ""
    applicant_id: str = ""
    applicant_revision: int = 0
    received_at: str = ""
    documents: frozenset[str] = frozenset()
    missing: tuple[str, ...] = ()
    information: str = ""
    topic: str | None = None
    paper_serial: int | None = None
    number: str | None = None
    attachments: tuple[Attachment, ...] = ()
    dropped: frozenset[str] = frozenset()


def evolve(state: RequestState, event: Event) -> RequestState:
    """The request after one more event, its own or another service's."""
    data = event.data
    match event.name:
        case "RequestReceived":
            return replace(
                state,
                channel=data["channel"],
                category=data["category"],
                applicant_id=data["applicant_id"],
                applicant_revision=data["applicant_revision"],
                received_at=data["received_at"],
                documents=frozenset(data["documents"]),
                information=data["information"],
                topic=data.get("topic"),
                paper_serial=data.get("paper_serial"),
                number=data.get("number"),
            )
        case "IncompletenessNotified":
            return replace(state, phase=INCOMPLETE, missing=tuple(data["missing"]))
        case "DocumentsReceived":
            return replace(
                state,
                documents=state.documents | set(data["documents"]),
                missing=tuple(data["missing"]),
            )
        case "RequestSubmitted":
            return replace(state, phase=SUBMITTED, missing=())
        case "Reopened":
            return replace(state, phase=SUBMITTED) if state.phase == CLOSED else state
        case "AttachmentKept":
            return replace(state, attachments=(*state.attachments, _attachment(data)))
        case "AttachmentDropped":
            gone = data["attachment"]
            left = tuple(each for each in state.attachments if each.id != gone)
            return replace(state, attachments=left, dropped=state.dropped | {gone})
    return _ended(state, event)


def _attachment(data: Mapping[str, Any]) -> Attachment:
    return Attachment(
        id=data["attachment"],
        **{name: data[name] for name in ("kind", "media_type", "size", "sha256", "scanned")},
    )


_ENDS = {
    "RequestDeclined": DECLINED,
    "RequestLapsed": LAPSED,
    "RequestWithdrawn": WITHDRAWN,
    "Closed": CLOSED,
}


def _ended(state: RequestState, event: Event) -> RequestState:
    """What ends it first stays: whoever withdraws and whoever closes may not know of each other."""
    end = _ENDS.get(event.name)
    if end is None or state.phase in _ENDS.values():
        return state
    return replace(state, phase=end)
