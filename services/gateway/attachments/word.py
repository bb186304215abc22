"""Whether a file is a Word document (docx) that does nothing by itself: no macros, no controls, no template from elsewhere."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree as ET
from zipfile import BadZipFile, ZipFile

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_MAIN = f"{MEDIA_TYPE}.main+xml"
_TYPES = "[Content_Types].xml"
# A document is small compared with these; whatever unpacks to more was made to harm.
_MOST_PARTS, _MOST_BYTES, _MOST_XML = 5_000, 400_000_000, 1_000_000
_ACTS_BY_ITSELF = ("macroenabled", "vbaproject", "vbadata", "activex")
_FETCHED_BY_ITSELF = ("attachedtemplate", "oleobject", "frame", "subdocument")
_BROKEN = (
    BadZipFile, KeyError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error, EOFError,
    ET.ParseError,
)  # fmt: skip


def is_plain(file: IO[bytes]) -> bool:
    """Whether it is such a document. False for anything that cannot be read as one."""
    try:
        with ZipFile(file) as archive:
            return _fits(archive) and _is_word(archive) and not _acts(archive)
    except _BROKEN:
        return False


def _fits(archive: ZipFile) -> bool:
    parts = archive.infolist()
    return len(parts) <= _MOST_PARTS and sum(part.file_size for part in parts) <= _MOST_BYTES


def _is_word(archive: ZipFile) -> bool:
    types = list(_types(archive))
    plain = not any(word in type_.lower() for type_ in types for word in _ACTS_BY_ITSELF)
    return _MAIN in types and plain and "word/document.xml" in archive.namelist()


def _types(archive: ZipFile) -> Iterator[str]:
    return (element.get("ContentType", "") for element in _read(archive, _TYPES))


def _acts(archive: ZipFile) -> bool:
    names = archive.namelist()
    if any(word in name.lower() for name in names for word in _ACTS_BY_ITSELF):
        return True
    return any(_fetches(archive, name) for name in names if name.lower().endswith(".rels"))


def _fetches(archive: ZipFile, name: str) -> bool:
    """Whether a part of the document brings something in from elsewhere that is opened without asking."""
    return any(
        each.get("TargetMode", "").lower() == "external"
        and each.get("Type", "").rpartition("/")[2].lower() in _FETCHED_BY_ITSELF
        for each in _read(archive, name)
    )


def _read(archive: ZipFile, name: str) -> ET.Element:
    with archive.open(name) as part:
        text = part.read(_MOST_XML + 1)
    if len(text) > _MOST_XML:
        raise ValueError(name)
    # expat itself limits how far entities grow; the text is short, and what names files is read by nobody
    return ET.fromstring(text)  # noqa: S314
