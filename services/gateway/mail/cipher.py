"""Seals what mail says of people, before it is written to the database (AES-256-GCM).

What was sealed for one place cannot be moved to another: its place is part of the seal.
"""

from __future__ import annotations

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class Unreadable(Exception):
    """Sealed with another key or for another place, or altered."""


class Cipher:
    """Seals and opens with one key of 32 bytes."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def close(self, content: bytes, place: str) -> bytes:
        """What only a holder of the key can read, and only as that of its place."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, content, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """What was sealed. Raises Unreadable."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise Unreadable(place) from error

    def token(self, content: Any, place: str) -> str:
        """The same for a value that travels through a form."""
        return urlsafe_b64encode(self.close(json.dumps(content).encode(), place)).decode()

    def content_of(self, token: str, place: str) -> Any:
        """The value in a token. Raises Unreadable."""
        try:
            sealed = urlsafe_b64decode(token.encode("ascii"))
        except ValueError as error:
            raise Unreadable(place) from error
        return json.loads(self.open(sealed, place))
