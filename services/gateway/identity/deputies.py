"""Who may stand in for whom, and when: plain rules, without accounts kept anywhere or the time of day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from contracts.commands import COMMANDS
from services.gateway.identity.absences import Absence
from services.gateway.identity.accounts import Account


def may_stand_in(role: str, for_role: str) -> bool:
    """Whether a role may give every order that another may: a deputy gets no right that they lack."""
    orders = _orders(for_role)
    return role == for_role or (bool(orders) and orders <= _orders(role))


def _orders(role: str) -> frozenset[str]:
    return frozenset(name for name, contract in COMMANDS.items() if role in contract.roles)


def able(deputy: Account | None, absent: Account | None) -> bool:
    """Whether somebody can act for somebody, as both accounts stand now."""
    if deputy is None or absent is None or deputy.disabled:
        return False
    return deputy.name != absent.name and may_stand_in(deputy.role, absent.role)


def wrong_deputy(deputy: Account | None, absent: Account) -> str:
    """Why somebody may not be named, as a word; "" when they may."""
    if absent.disabled:
        return "absent_closed"
    if deputy is None:
        return "unknown"
    if deputy.disabled:
        return "closed"
    if deputy.name == absent.name:
        return "oneself"
    return "" if may_stand_in(deputy.role, absent.role) else "role"


Span = tuple[date, date]


def wrong_days(days: Span, account: str, known: Sequence[Absence]) -> tuple[str, Absence] | None:
    """Why an account may not be away on these days, with the absence that stands against it.

    `overlaps`: they are away already. `stands_in`: they stand in for somebody, who would be left without.
    """
    meeting = [each for each in known if each.meets(*days)]
    for each in meeting:
        if each.account == account:
            return "overlaps", each
    return next((("stands_in", each) for each in meeting if each.deputy == account), None)


def away(days: Span, deputy: str, known: Sequence[Absence]) -> Absence | None:
    """The absence for which a deputy could not stand in on all of these days."""
    return next((each for each in known if each.account == deputy and each.meets(*days)), None)
