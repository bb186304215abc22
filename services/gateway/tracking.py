"""The secret an applicant gets with the number: made from the request's id and the office's pepper, stored nowhere.

Twelve characters of an alphabet without 0, O, 1, I and L: 59 bits, written ABCD-EFGH-JKLM.
"""

from __future__ import annotations

import hmac
from hashlib import sha256

ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
LENGTH = 12


def tracking_secret(request_id: str, pepper: bytes) -> str:
    """The same for the same request, as long as the pepper is not changed."""
    number = int.from_bytes(hmac.new(pepper, request_id.encode(), sha256).digest())
    signs = []
    for _ in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "-".join("".join(signs[at : at + 4]) for at in range(0, LENGTH, 4))
