"""Whether a name and a password, or a code, belong together. Who asks learns nothing else, neither by words nor by time.

Why somebody was refused stands in the trail only.
"""

from __future__ import annotations

from services.gateway.identity import factor, passwords, trail
from services.gateway.identity.accounts import NAME, Account
from services.gateway.identity.tools import Tools


def entered(tools: Tools, name: str, password: str, address: str) -> Account | None:
    """The account that name and password open now."""
    account = tools.accounts.find(name) if NAME.fullmatch(name) else None
    free = tools.attempts.take(name)
    fits = passwords.matches(password, account.password if account else None)
    reason = _reason(account, free=free, fits=fits)
    if account is None or reason:
        known = account.name if account else ""
        tools.trail.add(trail.REFUSED, known, by=known, address=address, about={"reason": reason})
        return None
    tools.attempts.forget(name)
    return _by_todays_rules(tools, account, password)


def _reason(account: Account | None, *, free: bool, fits: bool) -> str:
    if account is None:
        return "unknown"
    if not free:
        return "locked"
    if not fits:
        return "password"
    return "disabled" if account.disabled else ""


def _by_todays_rules(tools: Tools, account: Account, password: str) -> Account | None:
    if not passwords.outdated(account.password):
        return account
    tools.accounts.rehash(account, password)
    return tools.accounts.find(account.name)


def confirmed(tools: Tools, account: Account, typed: str, address: str) -> bool:
    """Whether this is a code of the account's second factor that was never used, or a recovery code that is left."""
    code = factor.cleaned(typed)
    target = f"code:{account.name}"
    reason = "code" if tools.attempts.take(target) else "locked"
    if reason == "code" and (
        _by_time(tools, account, code) or _on_paper(tools, account, code, address)
    ):
        tools.attempts.forget(target)
        return True
    about = {"reason": reason}
    tools.trail.add(trail.REFUSED, account.name, by=account.name, address=address, about=about)
    return False


def _by_time(tools: Tools, account: Account, code: str) -> bool:
    step = factor.step_of(tools.keys.open(account.factor), code, tools.now())
    return step is not None and tools.accounts.use_step(account.name, step)


def _on_paper(tools: Tools, account: Account, code: str, address: str) -> bool:
    used = tools.accounts.use_code(account.name, tools.keys.digest(code))
    if used:
        tools.trail.add(trail.RECOVERY_USED, account.name, by=account.name, address=address)
    return used
