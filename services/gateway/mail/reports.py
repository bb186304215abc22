"""A report of what became of a message (RFC 3464): which messages it is about, what happened and the status. Pure.

Anybody can write one. So it counts only by the Message-ID of something that the office sent, and of its words nothing is
taken over but the numbers of the status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import EmailMessage, Message
from email.policy import default

FAILED = "failed"
MOST_IDS = 50
# One that was cut or that names nobody has a status all the same.
UNSAID = "5.0.0"
_STATUS = re.compile(r"\s*([245]\.[0-9]{1,3}\.[0-9]{1,3})")
_ID = re.compile(r"<[^<>\s]{1,250}>")
_REFERENCES = ("In-Reply-To", "References")


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says: the Message-IDs it is about, what happened ("failed", "delayed", ...) and the status."""

    about: tuple[str, ...]
    action: str
    status: str


def report(raw: bytes) -> Report | None:
    """The report in some bytes; None where they are none, or nobody can read them. Raises nothing."""
    try:
        return _report(message_from_bytes(raw, policy=default))
    # whatever the parser stumbles over, the message is a letter then
    except Exception:  # noqa: BLE001
        return None


def _report(message: EmailMessage) -> Report | None:
    """One that names no message by itself may be an answer to it, as other mail is."""
    if message.get_content_type() != "multipart/report":
        return None
    parts = list(message.iter_parts())
    fields = _fields(parts)
    if fields is None:
        return None
    about = tuple(_originals(parts)) or references(message)
    action, status = _worst(fields)
    return Report(about, action, status)


def references(message: Message) -> tuple[str, ...]:
    """The Message-IDs that a message says it answers."""
    said = " ".join(str(message.get(name, "")) for name in _REFERENCES)
    return tuple(dict.fromkeys(_ID.findall(said)))[:MOST_IDS]


def _fields(parts: Sequence[Message]) -> list[Message] | None:
    """The fields of the report, a block for the message and one for each recipient; None where it has none."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            return [each for each in part.get_payload() if isinstance(each, Message)]
    return None


def _worst(fields: list[Message]) -> tuple[str, str]:
    """Our letters have one recipient. Where somebody forwarded one to several, what failed counts."""
    told = [(_word(each), _status(each)) for each in fields if "Action" in each]
    return next((each for each in told if each[0] == FAILED), told[0] if told else ("", UNSAID))


def _word(fields: Message) -> str:
    return str(fields["Action"]).strip().lower()


def _status(fields: Message) -> str:
    found = _STATUS.match(str(fields.get("Status", "")))
    return found[1] if found else UNSAID


def _originals(parts: Sequence[Message]) -> Iterator[str]:
    """The Message-IDs of what is sent back: the whole message, or its head."""
    for part in parts:
        head = _head(part)
        if head is not None:
            yield from _ID.findall(str(head.get("Message-ID", "")))[:1]


def _head(part: Message) -> Message | None:
    kind = part.get_content_type()
    if kind in ("message/rfc822", "message/rfc822-headers", "message/global"):
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first if isinstance(first, Message) else None
    if kind == "text/rfc822-headers":
        return message_from_string(_text(part))
    return None


def _text(part: Message) -> str:
    content = part.get_payload(decode=True)
    return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
