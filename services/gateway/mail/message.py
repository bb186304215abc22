"""A letter as an e-mail message: a few words, and the paper as a file. The same letter always has the same Message-ID.

Headers are set through the standard library's policy, which refuses line ends in them, and an address is validated
before it is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from email_validator import EmailNotValidError, validate_email

_BODY: Mapping[str, str] = {
    "id": """\
Yth. Pemohon informasi,

Bersama surel ini kami sampaikan {title}{about}.
Dokumennya terlampir sebagai PDF.

Jangan mengirim data pribadi sebagai balasan. Bila ada pertanyaan, hubungi
meja layanan informasi kami.

{office}
""",
    "en": """\
Dear applicant,

Please find attached: {title}{about}.

Do not send personal data in reply. If you have questions, please contact our
information desk.

{office}
""",
}
_ABOUT: Mapping[str, Mapping[str, str]] = {
    "request": {"id": " untuk permohonan {number}", "en": " for request {number}"},
    "objection": {"id": " untuk keberatan {number}", "en": " for objection {number}"},
}


class BadAddress(ValueError):
    """No letter can be sent to this."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is sent: the paper with its title, in which language, about which request or objection.

    `number` is that one's, "" while it has none.
    """

    title: str
    number: str
    lang: str
    paper: bytes
    about: str = "request"


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom a letter is from: the office's name and its address."""

    name: str
    address: str

    @property
    def domain(self) -> str:
        """Where Message-IDs are from."""
        return self.address.rpartition("@")[2]


def sender_of(setting: str) -> Sender:
    """The office from `PPID KPU DKI Jakarta <ppid@example.org>`. Raises BadAddress."""
    name, address = parseaddr(setting)
    return Sender(name, checked(address))


def checked(address: str) -> str:
    """An address as servers take it. Raises BadAddress for anything that is none."""
    try:
        found = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as wrong:
        raise BadAddress("no e-mail address") from wrong
    return str(found.ascii_email)


def message_id(letter: str, sender: Sender) -> str:
    """The Message-ID of a letter; whoever gets it twice can tell by it."""
    return f"<letter.{letter}@{sender.domain}>"


def message(
    id_: str, content: Content, sender: Sender, recipient: str, now: datetime
) -> EmailMessage:
    """The message, ready to be sent, with its Message-ID. Raises BadAddress; ValueError for what fits no header."""
    made = EmailMessage(policy=SMTP)
    made["From"] = Address(sender.name, addr_spec=sender.address)
    made["To"] = Address(addr_spec=checked(recipient))
    made["Subject"] = f"[{content.number}] {content.title}" if content.number else content.title
    made["Date"] = now
    made["Message-ID"] = id_
    about = _ABOUT[content.about][content.lang].format(number=content.number)
    body = _BODY[content.lang].format(
        title=content.title, about=about if content.number else "", office=sender.name
    )
    made.set_content(body, cte="quoted-printable")
    made.add_attachment(
        content.paper, maintype="application", subtype="pdf", filename=f"{_file(content)}.pdf"
    )
    return made


def _file(content: Content) -> str:
    """A file's name in plain letters: `0001-PPID-KPU-DKI-VIII-2026 Tanda bukti penerimaan`."""
    text = f"{content.number} {content.title}".strip()
    return "".join(sign if sign.isalnum() or sign in " -_." else "-" for sign in text)
