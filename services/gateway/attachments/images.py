"""Images are written anew from their pixels, so that nothing else in them is kept: no place, no camera, no hidden file."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Any

from PIL import Image, ImageOps

from services.gateway.attachments.content import JPEG, refused
from services.gateway.attachments.spool import Spooled

# A page of A3 in 400 dots an inch has 31 million.
MOST_PIXELS = 40_000_000
_FORMATS = {JPEG: "JPEG", "image/png": "PNG"}
_QUALITY = 90
_BROKEN = (
    Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError, SyntaxError, TypeError,
    KeyError, IndexError, EOFError, OverflowError, struct.error, zlib.error,
)  # fmt: skip
# An image in memory is many times its file: one at a time is enough for a process.
_ONE = Lock()


@contextmanager
def rewritten(file: IO[bytes], media_type: str) -> Iterator[Spooled]:
    """The same image without anything but its pixels, turned as it was meant. Raises Rejected for what is none."""
    with TemporaryFile() as clean:
        try:
            with _ONE:
                _write(file, clean, _FORMATS[media_type])
        except _BROKEN as broken:
            raise refused() from broken
        size = clean.seek(0, 2)
        clean.seek(0)
        yield Spooled(clean, size, file_digest(clean, "sha256").hexdigest())


def _write(file: IO[bytes], clean: IO[bytes], format_: str) -> None:
    file.seek(0)
    with Image.open(file, formats=[format_]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise ValueError("too many pixels")
        upright = ImageOps.exif_transpose(image)
        dots = image.info.get("dpi")
        plain = _plain(upright, format_)
        plain.info = {}
        plain.save(clean, format_, **_options(format_, dots))


def _plain(image: Image.Image, format_: str) -> Image.Image:
    """In a mode that every viewer shows alike; a palette with holes becomes transparency."""
    if format_ == "JPEG":
        return image if image.mode in ("L", "RGB") else image.convert("RGB")
    if "transparency" in image.info:
        return image.convert("RGBA")
    return image


def _options(format_: str, dots: Any) -> dict[str, Any]:
    size = {"dpi": dots} if dots else {}
    return {**size, "quality": _QUALITY, "optimize": False} if format_ == "JPEG" else size
