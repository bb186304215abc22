from datetime import UTC, datetime

import click
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from deploy.local.secrets import signing_key
from eventlog.chain import GENESIS
from terbuka import checkpoints

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


class Log:
    def __init__(self, *hashes):
        self.hashes = [GENESIS, *hashes]

    def head(self):
        return len(self.hashes) - 1

    def hash_at(self, position):
        if position > self.head():
            raise KeyError(position)
        return self.hashes[position]


@pytest.fixture
def key():
    return Ed25519PrivateKey.generate()


def test_a_log_holds_what_was_signed_of_it(key):
    signed = checkpoints.signed_now(Log("aa", "bb"), NOW, key)

    assert (signed.position, signed.hash) == (2, "bb")
    assert checkpoints.fault_of(signed, Log("aa", "bb", "cc"), key.public_key()) is None


def test_an_empty_log_can_be_signed(key):
    assert checkpoints.signed_now(Log(), NOW, key).position == 0


def test_a_log_that_was_rewritten_is_found_out(key):
    signed = checkpoints.signed_now(Log("aa", "bb"), NOW, key)

    assert "position 2" in checkpoints.fault_of(signed, Log("aa", "xx", "cc"), key.public_key())


def test_a_log_that_was_cut_off_is_found_out(key):
    signed = checkpoints.signed_now(Log("aa", "bb"), NOW, key)

    assert "ends at 1" in checkpoints.fault_of(signed, Log("aa"), key.public_key())


def test_another_ones_signature_is_not_genuine(key):
    signed = checkpoints.signed_now(Log("aa"), NOW, Ed25519PrivateKey.generate())

    assert "not genuine" in checkpoints.fault_of(signed, Log("aa"), key.public_key())


class TestFiles:
    def test_a_checkpoint_comes_back_from_its_file(self, key, tmp_path):
        signed = checkpoints.signed_now(Log("aa"), NOW, key)
        (tmp_path / "file").write_text(signed.to_json())

        assert checkpoints.read(tmp_path / "file") == signed

    @pytest.mark.parametrize("text", ["", "[]", '{"position": 1}', '{"other": 1}'])
    def test_what_is_no_checkpoint_is_refused(self, tmp_path, text):
        (tmp_path / "file").write_text(text)

        with pytest.raises(click.UsageError, match="no checkpoint"):
            checkpoints.read(tmp_path / "file")

    def test_the_local_stacks_key_can_sign(self, tmp_path):
        (tmp_path / "key").write_text(signing_key())

        assert isinstance(checkpoints.private_key(tmp_path / "key"), Ed25519PrivateKey)

    def test_a_public_key_is_enough_to_verify(self, key, tmp_path):
        pem = key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        (tmp_path / "key").write_bytes(pem)
        signed = checkpoints.signed_now(Log("aa"), NOW, key)

        assert (
            checkpoints.fault_of(signed, Log("aa"), checkpoints.public_key(tmp_path / "key"))
            is None
        )

    @pytest.mark.parametrize("read", [checkpoints.private_key, checkpoints.public_key])
    def test_what_is_no_key_is_refused(self, tmp_path, read):
        (tmp_path / "key").write_text("nothing")

        with pytest.raises(click.UsageError, match="PEM"):
            read(tmp_path / "key")

    def test_a_key_of_another_kind_is_refused(self, tmp_path):
        other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        pem = other.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        (tmp_path / "key").write_bytes(pem)

        with pytest.raises(click.UsageError, match="Ed25519"):
            checkpoints.private_key(tmp_path / "key")
