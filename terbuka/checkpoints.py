"""Signed checkpoints as files, and the keys that make and verify them."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from eventlog.chain import SignedCheckpoint, genuine, sign
from eventlog.mongo.numbered import MongoNumberedLog

VARIABLE = "TERBUKA_CHECKPOINT_KEY_FILE"


def signed_now(log: MongoNumberedLog, now: datetime, key: Ed25519PrivateKey) -> SignedCheckpoint:
    """A statement about the log's last position."""
    head = log.head()
    return sign(head, log.hash_at(head), now.isoformat(timespec="seconds"), key)


def fault_of(
    checkpoint: SignedCheckpoint, log: MongoNumberedLog, key: Ed25519PublicKey
) -> str | None:
    """Why a checkpoint does not hold of a log; None when it does."""
    if not genuine(checkpoint, key):
        return "the checkpoint's signature is not genuine"
    try:
        stored = log.hash_at(checkpoint.position)
    except KeyError:
        return (
            f"the log ends at {log.head()}, before the checkpoint's position {checkpoint.position}"
        )
    if stored != checkpoint.hash:
        return f"position {checkpoint.position} has another hash than the checkpoint says"
    return None


def read(path: Path) -> SignedCheckpoint:
    """A checkpoint's file."""
    try:
        return SignedCheckpoint(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise click.UsageError(f"{path} is no checkpoint") from error


def private_key(path: Path) -> Ed25519PrivateKey:
    """The key that signs, PEM."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError as error:
        raise click.UsageError(f"{path} is no private key in PEM") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise click.UsageError(f"{path} is no Ed25519 key")
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """The key that verifies, PEM; an auditor needs no other."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except ValueError as error:
        raise click.UsageError(f"{path} is no public key in PEM") from error
    if not isinstance(key, Ed25519PublicKey):
        raise click.UsageError(f"{path} is no Ed25519 key")
    return key
