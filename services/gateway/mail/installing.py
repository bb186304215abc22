"""Puts mail into the application: the outbox, the letters that came, and whether the office sends at all."""

from __future__ import annotations

from flask import Flask, current_app
from pymongo.database import Database

from eventlog.settings import Settings
from services.gateway.identity.tools import derived
from services.gateway.mail.cipher import Cipher
from services.gateway.mail.imap import Mailbox
from services.gateway.mail.incoming import Incoming
from services.gateway.mail.message import Sender, sender_of
from services.gateway.mail.outbox import Document, Outbox
from services.gateway.mail.rounds import Route
from services.gateway.mail.server import server_of


def install(app: Flask, given: Settings, database: Database[Document]) -> None:
    """Give the pages what they need of mail. Raises message.BadAddress where the office's own address is none."""
    app.config.update(
        OUTBOX=outbox_of(given, database),
        INCOMING=incoming_of(given, database),
        MAIL_CIPHER=_cipher(given),
        MAIL_SENDER=_sender(given),
    )


def outbox_of(given: Settings, database: Database[Document]) -> Outbox:
    """The outbox, ready for use."""
    letters = Outbox(database, _cipher(given))
    letters.prepare()
    return letters


def incoming_of(given: Settings, database: Database[Document]) -> Incoming:
    """The letters that came, ready for use."""
    key = derived(given.secret("gateway_key_file"), b"same mail")
    came = Incoming(database, _cipher(given), key)
    came.prepare()
    return came


def _cipher(given: Settings) -> Cipher:
    return Cipher(derived(given.secret("gateway_key_file"), b"mail"))


def _sender(given: Settings) -> Sender | None:
    """Whom letters are from; None where the office sends none."""
    return sender_of(str(given["mail_from"])) if given["smtp_url"] else None


def route(given: Settings) -> Route | None:
    """How letters leave; None where the office sends none."""
    server, sender = server_of(given, "smtp"), _sender(given)
    return Route(server, sender) if server and sender else None


def mailbox(given: Settings) -> Mailbox | None:
    """Where mail comes in; None where it does not."""
    server = server_of(given, "imap")
    if server is None:
        return None
    folders = str(given["imap_folder"]), str(given["imap_done_folder"])
    return Mailbox(server, *folders, int(given["imap_most_bytes"]))


def outbox() -> Outbox:
    """The letters that go out."""
    kept: Outbox = current_app.config["OUTBOX"]
    return kept


def incoming() -> Incoming:
    """The letters that came in."""
    kept: Incoming = current_app.config["INCOMING"]
    return kept


def cipher() -> Cipher:
    """What mail is sealed with."""
    kept: Cipher = current_app.config["MAIL_CIPHER"]
    return kept


def sender() -> Sender | None:
    """Whom letters are from; None where the office sends none."""
    found: Sender | None = current_app.config["MAIL_SENDER"]
    return found
