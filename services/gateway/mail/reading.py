"""What a message says: whom it is from, when it was sent, its text and its files. Pure; the bytes come from anybody.

Nothing is trusted: names, subjects and texts are cut to length and cleaned of what no form and no database may carry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import cast

from services.gateway.mail.reports import references

MOST_TEXT = 20_000
MOST_LINE = 300
MOST_FILES = 50
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_UNSEEN = ("script", "style", "head", "title")
_BREAKS = ("p", "br", "div", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table")


class Unreadable(Exception):
    """Nobody can make anything of these bytes."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a message. Its name and its type are what the sender says."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """One message."""

    id: str
    name: str
    address: str
    subject: str
    sent_at: datetime | None
    text: str
    files: tuple[File, ...]
    answers: tuple[str, ...] = ()  # Message-IDs


def read(raw: bytes) -> Message:
    """The message in some bytes. Raises Unreadable, and nothing else whatever they are."""
    try:
        return _read(message_from_bytes(raw, policy=default))
    # the parser has raised a dozen kinds; one message must not stop the mailbox
    except Exception as error:  # noqa: BLE001
        raise Unreadable(type(error).__name__) from None


def _read(message: EmailMessage) -> Message:
    name, address = _sender(message)
    return Message(
        id=line(_header(message, "Message-ID")),
        name=name,
        address=address,
        subject=line(_header(message, "Subject")),
        sent_at=_sent_at(message),
        text=_text(message),
        files=tuple(_files(message)),
        answers=references(message),
    )


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, ""))


def _sender(message: EmailMessage) -> tuple[str, str]:
    """A name is what the sender says, too: `"Ketua KPU" <ani@example.org>`."""
    for field in ("From", "Sender"):
        found = getattr(message.get(field), "addresses", ())
        if found:
            return line(found[0].display_name), line(found[0].addr_spec)
    return "", ""


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        at = parsedate_to_datetime(_header(message, "Date"))
    except (ValueError, OverflowError):
        return None
    return at if at.tzinfo else None


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain", "html"))
    if body is None:
        return ""
    content = str(body.get_content())
    plain = content if body.get_content_subtype() == "plain" else _plain(content)
    return _clean(plain)[:MOST_TEXT]


def _plain(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return _BLANK_LINES.sub("\n\n", "".join(reader.words)).strip()


class _Words(HTMLParser):
    """Takes the words out of HTML. Nothing of it is ever shown as HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, _: object) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in _UNSEEN))

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)


def _files(message: EmailMessage) -> Iterator[File]:
    for count, part in enumerate(message.iter_attachments()):
        if count >= MOST_FILES:
            return
        name = line(part.get_filename() or "") or f"lampiran-{count + 1}"
        yield File(name, part.get_content_type(), _content(part))


def _content(part: EmailMessage) -> bytes:
    if part.is_multipart():  # a message that was forwarded
        return b"".join(each.as_bytes() for each in part.iter_parts())
    return bytes(cast("bytes", part.get_payload(decode=True)) or b"")


def line(text: str) -> str:
    """One line, of bounded length."""
    return " ".join(_clean(text).split())[:MOST_LINE]


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
