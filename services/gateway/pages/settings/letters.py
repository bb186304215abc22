"""The settings of letters as a form asks for them: letterhead, who signs, how letters are numbered, who gets copies."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema

from contracts import wording
from contracts.fields import part, prose, several, text
from contracts.numbering import MOST

Questions = dict[str, Any]
MOST_COPIES = 20


class SignerPart(Schema):
    """What somebody signs as, and who it is where that is known."""

    signer_title = text(data_key="title")
    signer_name = text(optional=True, data_key="name")
    signer_rank = text(optional=True, data_key="rank")
    signer_nip = text(optional=True, data_key="nip")


def head() -> Questions:
    """What stands at the top of every paper, and the place before its date."""
    names = ("office", "desk", "address", "contact", "place")
    return {f"head_{name}": text(data_key=name) for name in names}


def signers() -> Questions:
    """Who signs, by role."""
    roles = ("desk", "ppid_officer", "division_head", "ppid_superior")
    return {f"signs_{role}": part(SignerPart, data_key=role) for role in roles}


def numbers() -> Questions:
    """How letters and memos are numbered."""
    return {f"pattern_{kind}": text(MOST, data_key=kind) for kind in ("letter", "memo")}


def parts(paper: str) -> Questions:
    """What the office says itself on a kind of paper."""
    return {
        name: prose(optional=not (name.startswith("opening") and wording.opens(paper)))
        for name in wording.FIELDS
    }


def copies() -> Questions:
    """Who gets copies of letters to applicants and to objectors."""
    return {
        f"copies_{to}": several(text(), MOST_COPIES, data_key=to)
        for to in ("applicant", "objector")
    }
