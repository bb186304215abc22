import io
import tracemalloc
from hashlib import sha256

import pytest

from contracts.attachments import PART_BYTES
from contracts.errors import Rejected
from services.gateway.attachments.spool import spooled

MOST = 1_000_000


def refused(content, most=MOST):
    with pytest.raises(Rejected) as refusal, spooled(io.BytesIO(content), most):
        pass
    return refusal.value.code


def test_a_file_is_there_whole_with_its_size_and_digest():
    content = b"isi" * 200_000
    with spooled(io.BytesIO(content), MOST) as kept:
        assert b"".join(kept.parts()) == content
        assert (kept.size, kept.sha256) == (len(content), sha256(content).hexdigest())


def test_every_part_but_the_last_is_full():
    with spooled(io.BytesIO(bytes(2 * PART_BYTES + 1)), MOST) as kept:
        assert [len(part) for part in kept.parts()] == [PART_BYTES, PART_BYTES, 1]


def test_a_file_may_be_as_large_as_is_said_and_no_larger():
    with spooled(io.BytesIO(bytes(MOST)), MOST) as kept:
        assert kept.size == MOST
    assert refused(bytes(MOST + 1)) == "file_too_large"


def test_an_empty_file_is_broken():
    assert refused(b"") == "upload_broken"


def test_what_is_too_large_is_not_read_to_its_end():
    endless = _Endless()
    with pytest.raises(Rejected), spooled(endless, MOST):
        pass

    assert endless.given < 2 * MOST


class _Endless(io.RawIOBase):
    given = 0

    def read(self, size=-1):
        self.given += size
        return bytes(size)


def test_memory_stays_flat():
    size = 20 * 1024 * 1024
    tracemalloc.start()
    try:
        with spooled(_Long(size), size) as kept:
            parts = sum(1 for _ in kept.parts())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert parts == 80
    assert peak < 8 * PART_BYTES


class _Long(io.RawIOBase):
    def __init__(self, size):
        self.left = size

    def read(self, size=-1):
        given = min(size, self.left)
        self.left -= given
        return bytes(given)
