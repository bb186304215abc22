"""What a file is, by its content. Four types are taken; whatever else it may be, and however it is called, is refused."""

from __future__ import annotations

from typing import IO

import filetype

from contracts.errors import Rejected
from services.gateway.attachments import word

PDF, JPEG, PNG, ZIP = "application/pdf", "image/jpeg", "image/png", "application/zip"
IMAGES = (JPEG, PNG)
_HEAD = 8192
# A PDF ends with this mark; some programs write a little behind it.
_END, _TAIL = b"%%EOF", 4096


def media_type(file: IO[bytes]) -> str:
    """One of words.FILE_TYPES. Raises Rejected for anything else."""
    file.seek(0)
    guessed = filetype.guess_mime(file.read(_HEAD))
    if guessed in IMAGES:
        return str(guessed)
    if guessed == PDF and _is_whole_pdf(file):
        return PDF
    if guessed in (word.MEDIA_TYPE, ZIP) and word.is_plain(file):
        return word.MEDIA_TYPE
    raise refused()


def refused() -> Rejected:
    """A file that is of no type that is taken, or only pretends to be."""
    return Rejected(
        "file_type_not_allowed",
        "Send a PDF, a JPEG or PNG image, or a Word document (docx) without macros.",
    )


def _is_whole_pdf(file: IO[bytes]) -> bool:
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    return _END in file.read()
