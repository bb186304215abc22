"""The second factor: one-time passwords by time (RFC 6238), and codes on paper for who lost the telephone.

Pure but for drawing secrets. The secret is kept sealed, the codes as keyed hashes; both keys are made from the
gateway's own.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime
from hashlib import sha256

import pyotp
import segno
from cryptography.fernet import Fernet

ISSUER = "Terbuka"
PERIOD = 30
DIGITS = 6
# Telephones' clocks go wrong by less than one period.
_DRIFT = (0, -1, 1)
CODES = 10
_CODE_LENGTH = 10
_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """A secret of 160 bits, as telephones read it."""
    return pyotp.random_base32()


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The period whose code this is: the present one or a neighbour. Who takes a code must take no period twice."""
    one = pyotp.TOTP(secret, digits=DIGITS, interval=PERIOD)
    present = int(now.timestamp()) // PERIOD
    steps = (present + drift for drift in _DRIFT)
    typed = code.encode()
    return next(
        (at for at in steps if hmac.compare_digest(one.generate_otp(at).encode(), typed)), None
    )


def picture(secret: str, account: str) -> str:
    """The secret as a QR code, in an address that an image may have."""
    address = pyotp.TOTP(secret, digits=DIGITS, interval=PERIOD).provisioning_uri(
        name=account, issuer_name=ISSUER
    )
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff"))


def readable(secret: str) -> str:
    """The secret in groups of four, for who types it."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def recovery_codes() -> list[str]:
    """New codes of 50 random bits for one use each."""
    return [_recovery_code() for _ in range(CODES)]


def _recovery_code() -> str:
    signs = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))
    half = _CODE_LENGTH // 2
    return f"{signs[:half]}-{signs[half:]}"


def cleaned(typed: str) -> str:
    """A code without what people put between its signs."""
    return "".join(sign for sign in typed.lower() if sign.isalnum())


class FactorKeys:
    """What seals secrets and hashes recovery codes."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(urlsafe_b64encode(key))
        self._key = key

    def seal(self, secret: str) -> str:
        """The secret as it is kept."""
        return self._fernet.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        """The secret. Raises cryptography.fernet.InvalidToken after the gateway's key was changed."""
        return self._fernet.decrypt(sealed.encode()).decode()

    def digest(self, code: str) -> str:
        """A recovery code as it is kept. It is random enough that no slow hash is needed."""
        return hmac.new(self._key, cleaned(code).encode(), sha256).hexdigest()
