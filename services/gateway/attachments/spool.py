"""Where a file lies while it is looked at: in a temporary file without a name, which is gone with its process.

So memory stays flat, however large the file is. The file is in the machine's temporary folder for seconds, in the clear.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO

from contracts.attachments import PART_BYTES
from contracts.errors import Rejected


@dataclass(frozen=True, slots=True)
class Spooled:
    """A whole file, with its digest in hexadecimal."""

    file: IO[bytes]
    size: int
    sha256: str

    def parts(self) -> Iterator[bytes]:
        """The file in parts as they travel, from its beginning."""
        self.file.seek(0)
        while part := self.file.read(PART_BYTES):
            yield part


@contextmanager
def spooled(stream: IO[bytes], most: int) -> Iterator[Spooled]:
    """A stream as a file of at most `most` bytes. Raises Rejected for a longer one, and for an empty one."""
    with TemporaryFile() as file:
        yield _filled(file, stream, most)


def _filled(file: IO[bytes], stream: IO[bytes], most: int) -> Spooled:
    digest, size = sha256(), 0
    while block := stream.read(PART_BYTES):
        size += len(block)
        if size > most:
            raise too_large(most)
        digest.update(block)
        file.write(block)
    if not size:
        raise Rejected("upload_broken", "The file is empty.")
    return Spooled(file, size, digest.hexdigest())


def too_large(most: int) -> Rejected:
    """A file that is larger than the rule allows."""
    return Rejected("file_too_large", f"A file has at most {most} bytes.")
