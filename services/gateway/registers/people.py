"""The columns that say who it is: the person where somebody opened them for a purpose, else only how they are filed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import current_app, g
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from services.gateway.identity.visitor import note_reading
from services.gateway.orders import services
from services.gateway.registers.columns import Cell, Column, Line, joined, words

PEOPLE_SECONDS = 60.0  # two hundred people are decrypted one by one
PERSON = "person"  # where a line carries who it is, once that was opened


def _told(name: str) -> Callable[[Line], Cell]:
    return lambda line: (line.get(PERSON) or {}).get(name)


def identity(line: Line) -> Cell:
    """Who it is in one cell: name, number of identity, address and contact; else how they are filed."""
    person = line.get(PERSON)
    if person is None:
        return joined(words(line.get("category")), line.get("applicant_id"))
    return joined(*(person.get(name) for name in ("name", "nik", "address", "phone", "email")))


def contact(line: Line) -> Cell:
    """How they are reached."""
    person = line.get(PERSON) or {}
    return ", ".join(person[name] for name in ("phone", "email") if person.get(name)) or None


def opened(lines: Sequence[Line], purpose: str) -> list[Line]:
    """Lines with who it is; each read is written down with its purpose. Raises Rejected without one."""
    wanted = sorted({line["applicant_id"] for line in lines if line.get("applicant_id")})
    note_reading(wanted, purpose)
    sealed = services().ask(
        "intake", "applicants", wanted, purpose, str(g.actor), seconds=PEOPLE_SECONDS
    )
    known = current_app.config["SEAL"].open(sealed)
    gone = {"name": str(gettext("Data pemohon sudah dihapus"))}
    return [
        {**line, PERSON: known.get(line["applicant_id"], gone)}
        if line.get("applicant_id")
        else line
        for line in lines
    ]


FILED = (Column("3-6", _("Pemohon (kategori dan id)"), identity, 22),)
OPENED = (
    Column("3", _("Nama"), _told("name"), 24),
    Column("4", _("Alamat"), _told("address"), 30),
    Column("5", _("Nomor kontak"), contact, 20),
    Column("6", _("Pekerjaan"), _told("occupation"), 16),
)
