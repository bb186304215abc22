"""Whether a name and a password belong together. Who asks learns nothing else, neither by words nor by time."""

from __future__ import annotations

from services.gateway.identity import passwords
from services.gateway.identity.accounts import Account, Accounts


def entered(accounts: Accounts, name: str, password: str) -> Account | None:
    """The account that name and password open."""
    account = accounts.find(name)
    fits = passwords.matches(password, account.password if account else None)
    if account is None or not fits or account.disabled:
        return None
    if passwords.outdated(account.password):
        accounts.rehash(account, password)
        return accounts.find(name)
    return account
