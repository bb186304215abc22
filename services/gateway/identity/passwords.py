"""Passwords: argon2id hashes, checked in the same time whether or not there is such an account.

A hash takes 64 MiB and about 150 ms; only a few are worked on at once, so that a flood of wrong passwords fills no
memory.
"""

from __future__ import annotations

import secrets
import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

SHORTEST = 12
LONGEST = 200
GENERATED = 16
# Without signs that look alike in print.
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"
_AT_ONCE = BoundedSemaphore(4)
_HASHER = PasswordHasher()
# Of no password: what is checked when there is no account.
_NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$7GZ8NyPk98687Os9ScQYFg$"
    "GNTCEHJlzYKM0OCD9TZF7LFk3aHlsshtdY90rOy6Wj4"
)


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _AT_ONCE:
        return _HASHER.hash(_plain(password))


def matches(password: str, kept: str | None) -> bool:
    """Whether a password is the one that `kept` was made of; without `kept` it is not, after the same time."""
    with _AT_ONCE:
        try:
            _HASHER.verify(kept or _NOBODY, _plain(password))
        except VerifyMismatchError:
            return False
    return kept is not None


def outdated(kept: str) -> bool:
    """Whether a hash was made by weaker rules than today's."""
    return _HASHER.check_needs_rehash(kept)


def generated() -> str:
    """A new password of 80 random bits, in groups of four that can be read aloud."""
    signs = [secrets.choice(_ALPHABET) for _ in range(GENERATED)]
    return "-".join("".join(signs[at : at + 4]) for at in range(0, GENERATED, 4))


def _plain(password: str) -> str:
    """The same letters from every keyboard; what is too long for a person is cut before it costs time."""
    return unicodedata.normalize("NFKC", password[: LONGEST * 2])
