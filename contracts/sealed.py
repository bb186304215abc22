"""How a person and their files travel between gateway and intake: sealed, because the broker writes its queues to disk.

Both hold the same key (Fernet: AES-128-CBC with HMAC-SHA256). Whoever reads a queue or its files sees a token.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet


class Seal:
    """Seals and opens small JSON objects, and parts of files, with one key."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    def close(self, content: Mapping[str, Any]) -> str:
        """A token that only a holder of the key can read."""
        return self._fernet.encrypt(json.dumps(content).encode()).decode()

    def close_part(self, content: bytes) -> str:
        """The same for a part of a file: nothing is told of what kind it is."""
        return self._fernet.encrypt(content).decode()

    def open_part(self, token: str) -> bytes:
        """The part of a file. Raises as `open` does."""
        return self._fernet.decrypt(token.encode())

    def open(self, token: str) -> Any:
        """What was sealed. Raises cryptography.fernet.InvalidToken for anything else."""
        return json.loads(self._fernet.decrypt(token.encode()))
