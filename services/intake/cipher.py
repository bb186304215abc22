"""Client-side field level encryption, explicit mode, with one data key per applicant.

This is libmongocrypt through its own Python package, as pymongo's ClientEncryption uses it, and the key documents are
the ones every MongoDB driver reads. Only the key vault is ours: ClientEncryption writes each key, and reads it back,
by itself; here a new key is handed out, so that many are written in one go (docs/decisions/0007 has the measurement).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import bson
from bson.binary import UUID_SUBTYPE, Binary
from bson.raw_bson import RawBSONDocument
from pymongo.collection import Collection
from pymongo.encryption import Algorithm
from pymongocrypt.mongocrypt import MongoCryptOptions
from pymongocrypt.synchronous.explicit_encrypter import ExplicitEncrypter
from pymongocrypt.synchronous.state_machine import MongoCryptCallback

from eventlog.mongo.client import Document

_ALGORITHM = Algorithm.AEAD_AES_256_CBC_HMAC_SHA_512_Random


@dataclass(frozen=True, slots=True)
class DataKey:
    """An applicant's key, itself encrypted with the master key. `document` must be stored before what it encrypts."""

    id: Binary
    document: RawBSONDocument


class _KeyVault(MongoCryptCallback):  # type: ignore[misc]
    """What libmongocrypt asks for: keys by id, those not stored yet first."""

    def __init__(self, stored: Collection[Document]) -> None:
        self._stored = stored.with_options(bson.CodecOptions(document_class=RawBSONDocument))
        self.fresh: dict[bytes, bytes] = {}

    def insert_data_key(self, data_key: bytes) -> bytes:
        return data_key

    def fetch_keys(self, filter: bytes) -> Iterator[bytes]:  # noqa: A002 - the package's name
        wanted = bson.decode(filter)
        ids = wanted["$or"][0]["_id"]["$in"]
        fresh = [self.fresh[bytes(each)] for each in ids if bytes(each) in self.fresh]
        yield from fresh
        if len(fresh) < len(ids):
            yield from (bytes(document.raw) for document in self._stored.find(wanted))

    def bson_encode(self, doc: Document) -> bytes:
        return bson.encode(doc)

    def close(self) -> None:
        """Nothing to close: the client is not ours."""

    def kms_request(self, _: Any) -> None:
        raise RuntimeError("the master key is local")

    def collection_info(self, *_: Any) -> bytes:
        raise RuntimeError("encryption is explicit")

    def mark_command(self, *_: Any) -> bytes:
        raise RuntimeError("encryption is explicit")


class Cipher:
    """Encrypts and decrypts single values. Safe for many workers."""

    def __init__(self, keys: Collection[Document], master: bytes) -> None:
        self._vault = _KeyVault(keys)
        options = MongoCryptOptions({"local": {"key": master}}, bypass_encryption=True)
        self._encrypter = ExplicitEncrypter(self._vault, options)

    def new_key(self, applicant: str) -> DataKey:
        """A key that is stored nowhere yet."""
        raw = self._encrypter.create_data_key("local", key_alt_names=[applicant])
        document = RawBSONDocument(raw)
        return DataKey(Binary(bytes(document["_id"]), UUID_SUBTYPE), document)

    def encrypt(self, values: dict[str, str], key: DataKey | Binary) -> dict[str, Binary]:
        """Each value on its own, randomised: the same text never looks the same."""
        id_ = key.id if isinstance(key, DataKey) else key
        if isinstance(key, DataKey):
            self._vault.fresh[bytes(id_)] = bytes(key.document.raw)
        try:
            return {name: self._encrypt(value, id_) for name, value in values.items()}
        finally:
            self._vault.fresh.pop(bytes(id_), None)

    def hide(self, content: bytes, key: Binary) -> Binary:
        """A part of a file, encrypted as a value is."""
        return self._encrypt(content, key)

    def show(self, value: Binary) -> bytes:
        """The part of a file. Raises pymongocrypt's error when the key is gone."""
        return bytes(self._decrypt(value))

    def _encrypt(self, value: str | bytes, key: Binary) -> Binary:
        encrypted = self._encrypter.encrypt(
            bson.encode({"v": value}), _ALGORITHM, key_id=bytes(key)
        )
        return Binary(bytes(bson.decode(encrypted)["v"]), 6)

    def decrypt(self, value: Binary) -> str:
        """The text. Raises pymongocrypt's error when the key is gone."""
        return str(self._decrypt(value))

    def _decrypt(self, value: Binary) -> Any:
        decrypted = self._encrypter.decrypt(bson.encode({"v": value}))
        return bson.decode(decrypted)["v"]
