"""The hash chain of a numbered log, and the signed checkpoint that ties it to the world outside.

hash(n) = SHA-256(canonical envelope of n || hash(n - 1)). A chain shows what was altered, removed or put in between;
it cannot show that somebody rewrote all of it. The checkpoint can: export it daily and keep it elsewhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

GENESIS = "0" * 64


def canonical(envelope: Mapping[str, Any]) -> bytes:
    """The one way to write an envelope as bytes: sorted keys, no spaces, UTF-8. Events hold no floating numbers."""
    return json.dumps(envelope, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def link(envelope: Mapping[str, Any], previous: str) -> str:
    """The hash of an event that follows `previous`."""
    return sha256(canonical(envelope) + bytes.fromhex(previous)).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a numbered log as it is stored."""

    position: int
    previous: str
    hash: str
    envelope: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain does not hold, and how."""

    position: int
    reason: str


def first_break(lines: Iterable[Line], position: int = 0, previous: str = GENESIS) -> Break | None:
    """The first fault behind a position whose hash is known; None when every line holds."""
    for line in lines:
        position += 1
        if line.position != position:
            return Break(position, f"missing: the log goes on at {line.position}")
        if line.previous != previous:
            return Break(position, "does not follow the line before it")
        if link(line.envelope, previous) != line.hash:
            return Break(position, "was altered")
        previous = line.hash
    return None


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A statement that the log had this hash at this position at this time."""

    position: int
    hash: str
    time: str
    signature: str = ""

    def unsigned(self) -> bytes:
        """What is signed."""
        return canonical({"position": self.position, "hash": self.hash, "time": self.time})

    def to_json(self) -> str:
        """One line for a file."""
        return json.dumps(asdict(self))


def sign(position: int, hash_: str, time: str, key: Ed25519PrivateKey) -> SignedCheckpoint:
    """A checkpoint that anybody with the public key can verify."""
    bare = SignedCheckpoint(position, hash_, time)
    return SignedCheckpoint(position, hash_, time, key.sign(bare.unsigned()).hex())


def genuine(checkpoint: SignedCheckpoint, key: Ed25519PublicKey) -> bool:
    """Whether the signature is of this key and covers what the checkpoint says."""
    try:
        key.verify(bytes.fromhex(checkpoint.signature), checkpoint.unsigned())
    except (InvalidSignature, ValueError):
        return False
    return True
