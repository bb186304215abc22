"""The office's mailbox (IMAP): what lies in its folder, and moving away what was stored.

Messages are taken as raw bytes, one at a time; one that is too large comes with its head only.
"""

from __future__ import annotations

import imaplib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from time import mktime
from typing import Any

from imap_tools import (
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailBoxStartTls,
    MailBoxUnencrypted,
)

from services.gateway.mail.incoming import Arrived, Place
from services.gateway.mail.server import IMPLICIT, STARTTLS, Server

SECONDS = 30.0
AWAY = (OSError, imaplib.IMAP4.error, ImapToolsError)
_SIZE = re.compile(rb"RFC822\.SIZE ([0-9]+)")
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A folder of a mailbox, and the folder beside it that stored messages go to."""

    server: Server
    folder: str
    done: str
    most_bytes: int

    @contextmanager
    def opened(self) -> Iterator[Folder]:
        """The folder, as long as it is needed. Raises one of AWAY."""
        box = _box(self.server)
        try:
            box.login(self.server.user, self.server.password, initial_folder=self.folder)
            if not box.folder.exists(self.done):
                box.folder.create(self.done)
            yield Folder(box, self)
        finally:
            _leave(box)


def _box(server: Server) -> BaseMailBox:
    if server.tls == IMPLICIT:
        return MailBox(server.host, server.port, SECONDS, ssl_context=server.context())
    if server.tls == STARTTLS:
        return MailBoxStartTls(server.host, server.port, SECONDS, ssl_context=server.context())
    return MailBoxUnencrypted(server.host, server.port, SECONDS)


def _leave(box: BaseMailBox) -> None:
    try:
        box.logout()
    except AWAY:
        box.client.shutdown()  # it is gone already; our side is not


class Folder:
    """An open folder."""

    def __init__(self, box: BaseMailBox, mailbox: Mailbox) -> None:
        self._box = box
        self._mailbox = mailbox
        told = box.folder.status(mailbox.folder, ["UIDVALIDITY"])
        self._validity = int(told["UIDVALIDITY"])

    def messages(self) -> Iterator[Arrived]:
        """What lies in it, the oldest first; not more at a time than can be stored in a while."""
        for uid in self._box.uids()[:_AT_ONCE]:
            found = self._message(uid)
            if found is not None:
                yield found

    def move(self, arrived: Arrived) -> None:
        """Put a message to those that are stored."""
        self._box.move(str(arrived.place.uid), self._mailbox.done)

    def _message(self, uid: str) -> Arrived | None:
        about = self._fetch(uid, "(RFC822.SIZE INTERNALDATE)")
        if about is None:  # somebody moved it meanwhile
            return None
        size = int(_number(about))
        whole = size <= self._mailbox.most_bytes
        content = self._fetch(uid, "(BODY.PEEK[])" if whole else "(BODY.PEEK[HEADER])")
        if not isinstance(content, tuple):
            return None
        place = Place(self._mailbox.folder, self._validity, int(uid))
        raw = bytes(content[1])[: self._mailbox.most_bytes]
        return Arrived(place, _received_at(about), size, raw, whole=whole)

    def _fetch(self, uid: str, what: str) -> Any:
        _, answer = self._box.client.uid("fetch", uid, what)
        return next((each for each in answer if each), None)


def _number(about: Any) -> bytes:
    found = _SIZE.search(about[0] if isinstance(about, tuple) else about)
    return found[1] if found else b"0"


def _received_at(about: Any) -> datetime:
    """When the server got it, by its own clock: the date in the message is what the sender says."""
    told = imaplib.Internaldate2tuple(about[0] if isinstance(about, tuple) else about)
    return datetime.fromtimestamp(mktime(told), UTC) if told else datetime.now(UTC)
