"""How a person travels between gateway and intake: sealed, because the broker writes its queues to disk.

Both hold the same key (Fernet: AES-128-CBC with HMAC-SHA256). Whoever reads a queue or its files sees a token.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet


class Seal:
    """Seals and opens small JSON objects with one key."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    def close(self, content: Mapping[str, Any]) -> str:
        """A token that only a holder of the key can read."""
        return self._fernet.encrypt(json.dumps(content).encode()).decode()

    def open(self, token: str) -> Any:
        """What was sealed. Raises cryptography.fernet.InvalidToken for anything else."""
        return json.loads(self._fernet.decrypt(token.encode()))
