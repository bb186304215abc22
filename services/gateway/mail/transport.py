"""Handing a message to the office's mail server (SMTP), within a time limit, and what its answer means.

Once the server has said 250 to the message it is out, whatever happens to the connection then.
"""

from __future__ import annotations

import re
import smtplib
from contextlib import suppress
from email.message import EmailMessage

from services.gateway.mail.server import IMPLICIT, STARTTLS, Server

SECONDS = 20.0  # for each answer of the server
PERMANENT = 500
_ENHANCED = re.compile(rb"[245]\.[0-9]{1,3}\.[0-9]{1,3}")


class NotNow(Exception):
    """The message did not go, and may go later. The text is a code, never the server's words: those name people."""


class Never(Exception):
    """The server will not take this message. The text is a code, as above."""


def send(server: Server, message: EmailMessage, sender: str, recipient: str) -> None:
    """Hand a message over. Raises NotNow or Never."""
    try:
        _hand_over(server, message, sender, recipient)
    except smtplib.SMTPRecipientsRefused as refused:
        raise _answered(*next(iter(refused.recipients.values()))) from refused
    except smtplib.SMTPAuthenticationError as refused:
        raise NotNow("sign_in_refused") from refused  # the setting is wrong, not the letter
    except smtplib.SMTPResponseException as refused:
        raise _answered(refused.smtp_code, refused.smtp_error) from refused
    except smtplib.SMTPNotSupportedError as refused:
        raise NotNow("server_unsafe") from refused
    except (OSError, smtplib.SMTPException) as broken:  # SSLError and timeouts are OSErrors
        raise NotNow("server_away") from broken


def _hand_over(server: Server, message: EmailMessage, sender: str, recipient: str) -> None:
    connection = _connected(server, sender.rpartition("@")[2])
    try:
        if server.tls == STARTTLS:
            connection.starttls(context=server.context())
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(message, sender, [recipient])
    finally:
        with suppress(smtplib.SMTPException, OSError):
            connection.quit()
        connection.close()


def _connected(server: Server, name: str) -> smtplib.SMTP:
    """`name` is what we call ourselves; smtplib would ask the machine's resolver, which may take long."""
    if server.tls == IMPLICIT:
        return smtplib.SMTP_SSL(
            server.host,
            server.port,
            local_hostname=name,
            timeout=SECONDS,
            context=server.context(),
        )
    return smtplib.SMTP(server.host, server.port, local_hostname=name, timeout=SECONDS)


def _answered(code: int, said: bytes | str) -> NotNow | Never:
    text = said if isinstance(said, bytes) else said.encode("utf-8", "replace")
    enhanced = _ENHANCED.search(text)
    told = f"{code} {enhanced[0].decode()}" if enhanced else str(code)
    return Never(told) if code >= PERMANENT else NotNow(told)
