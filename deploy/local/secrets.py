"""The secrets of a local stack: made once, kept in its folder, readable by their owner only.

Losing vault.key loses every applicant. These are for one machine; docs/how-to/ says how to keep real ones.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts.roles import ROLES, STAFF
from services.gateway.identity.passwords import generated

VAULT_KEY_BYTES = 96


def signing_key() -> str:
    """A new Ed25519 key in PEM, for signing checkpoints."""
    return (
        Ed25519PrivateKey.generate()
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


FILES: Mapping[str, Callable[[], str]] = {
    "vault.key": lambda: b64encode(secrets.token_bytes(VAULT_KEY_BYTES)).decode(),
    "seal.key": lambda: Fernet.generate_key().decode(),
    "lookup.key": lambda: secrets.token_hex(32),
    "pepper": lambda: secrets.token_hex(32),
    "gateway.key": lambda: secrets.token_hex(32),
    "checkpoint.key": signing_key,
    "demo-tokens.json": lambda: json.dumps({role: secrets.token_urlsafe(24) for role in ROLES}),
}


def folder_of(stack: Path) -> Path:
    """Where the secrets of a stack lie."""
    return stack / "secrets"


def make(stack: Path) -> None:
    """Make what does not exist yet; never change what does."""
    folder = folder_of(stack)
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name, content in FILES.items():
        _write_once(folder / name, content)
    _write_once(folder / "tokens.json", lambda: _hashed(demo_tokens(stack)))


def demo_tokens(stack: Path) -> dict[str, str]:
    """The bearer token of each role's demo account."""
    text = (folder_of(stack) / "demo-tokens.json").read_text(encoding="utf-8")
    tokens: dict[str, str] = json.loads(text)
    return tokens


def demo_accounts(stack: Path) -> dict[str, dict[str, str]]:
    """The account and password with which each role of the office signs in to the demonstration; made when first asked for."""
    path = folder_of(stack) / "demo-passwords.json"
    _write_once(path, lambda: json.dumps({role: generated() for role in ROLES if role in STAFF}))
    passwords: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return {
        role: {"account": f"demo-{role}", "password": password}
        for role, password in passwords.items()
    }


def _hashed(tokens: Mapping[str, str]) -> str:
    accounts = {
        sha256(token.encode()).hexdigest(): {"account": f"demo-{role}", "role": role}
        for role, token in tokens.items()
    }
    return json.dumps(accounts, indent=1)


def _write_once(path: Path, content: Callable[[], str]) -> None:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(content(), encoding="utf-8")
