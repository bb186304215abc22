"""Where a mail server is and how safely it is spoken to: read from one address, `smtps://desk@mail.example.org`."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit

from eventlog.settings import Settings

IMPLICIT, STARTTLS, OFF = "implicit", "starttls", "off"
_SCHEMES = {
    "smtps": (465, IMPLICIT),
    "smtp": (587, STARTTLS),
    "imaps": (993, IMPLICIT),
    "imap": (143, STARTTLS),
}


class BadAddress(ValueError):
    """The setting is no address of a mail server; the process ends at start."""


@dataclass(frozen=True, slots=True)
class Server:
    """One mail server. `tls` is OFF only where the address says so: `?tls=off`, for a relay on the same machine."""

    host: str
    port: int
    tls: str
    user: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""

    def context(self) -> ssl.SSLContext:
        """Certificates are checked against the machine's authorities, or those of a file."""
        return ssl.create_default_context(cafile=self.ca_file or None)


def server_of(given: Settings, kind: str) -> Server | None:
    """The server of a kind, `smtp` or `imap`; None where its setting is empty: then there is none. Raises BadAddress."""
    address = str(given[f"{kind}_url"]).strip()
    if not address:
        return None
    secret = f"{kind}_password_file"
    password = given.secret(secret).decode() if given[secret] else ""
    return read(address, kind, password, str(given["mail_ca_file"]))


def read(address: str, kind: str, password: str = "", ca_file: str = "") -> Server:
    """A server from its address. A password never stands in the address: those end up in logs and lists of processes."""
    parts = urlsplit(address)
    if parts.scheme not in (kind, f"{kind}s") or not parts.hostname or parts.password:
        raise BadAddress(f"an address like {kind}s://user@host:port, the password in a file")
    port, tls = _SCHEMES[parts.scheme]
    wanted = parse_qs(parts.query).get("tls", [tls])[-1]
    if wanted not in (tls, OFF):
        raise BadAddress("tls can only be off")
    user = unquote(parts.username or "")
    return Server(parts.hostname, parts.port or port, wanted, user, password, ca_file)
