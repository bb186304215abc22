"""What a password must be: long, and not what somebody would try first."""

from __future__ import annotations

from services.gateway.identity.passwords import LONGEST, SHORTEST

_FEWEST_SIGNS = 5
_KNOWN = ("password", "katasandi", "rahasia", "terbuka", "indonesia", "jakarta", "qwerty", "123456")


def weakness(password: str, account: str) -> str | None:
    """Why a password is not good enough: too_short, too_long, too_plain; None when it is."""
    if len(password) < SHORTEST:
        return "too_short"
    if len(password) > LONGEST:
        return "too_long"
    if len(set(password)) < _FEWEST_SIGNS or _without_what_is_guessed(password, account):
        return "too_plain"
    return None


def _without_what_is_guessed(password: str, account: str) -> bool:
    """Whether too little is left when the words are taken out that everybody tries."""
    left = password.lower()
    for word in (account.lower(), *_KNOWN):
        left = left.replace(word, "")
    return len(left) < SHORTEST // 2
