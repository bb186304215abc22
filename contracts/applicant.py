"""The applicant's data: what the office must write down of a person or a body (UU 14/2008 art. 22(2)).

They travel sealed and rest in intake's vault. No event, log line or metric holds any of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema

from contracts.fields import part, text


class DocumentNumbers(Schema):
    """Numbers printed on the papers handed in."""

    identity_card = text(60, optional=True)
    notarial_deed = text(120, optional=True)
    entity_approval = text(120, optional=True)
    power_of_attorney = text(120, optional=True)


class Applicant(Schema):
    """A person, a group or a legal entity."""

    name = text(300)
    nik = text(32, optional=True)
    entity_approval_number = text(120, optional=True)
    address = text(500, optional=True)
    phone = text(40, optional=True)
    email = text(254, optional=True)
    occupation = text(120, optional=True)


class Person(Applicant):
    """What is sealed: the applicant with the numbers of the papers."""

    documents = part(DocumentNumbers, optional=True)


_PERSON = Person()


def faults_of(person: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is wrong with a person's data; empty when all is well."""
    return _PERSON.validate(person)


def warnings_about(person: Mapping[str, Any]) -> tuple[str, ...]:
    """What looks odd or is missing. It never blocks: odd NIKs exist, and a person may have no phone."""
    found = []
    if person.get("nik") and not plausible_nik(str(person["nik"])):
        found.append("nik_malformed")
    if not person.get("address"):
        found.append("address_missing")
    if not person.get("phone") and not person.get("email"):
        found.append("contact_missing")
    return tuple(found)


_NIK = re.compile(
    r"\d{6}(?:0[1-9]|[12]\d|3[01]|4[1-9]|[56]\d|7[01])(?:0[1-9]|1[0-2])\d\d(?!0000)\d{4}"
)


def plausible_nik(nik: str) -> bool:
    """Sixteen digits PPKKCC DDMMYY SSSS, a woman's day plus 40. There is no check digit."""
    return nik.isascii() and _NIK.fullmatch(nik) is not None
