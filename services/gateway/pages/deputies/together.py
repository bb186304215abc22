"""Who is away today and who acts for them, as pages show it: what an absence changes is what a deputy sees, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import g

from contracts.local import local_day
from services.gateway.identity.absences import Absence
from services.gateway.identity.accounts import Account
from services.gateway.identity.deputies import able
from services.gateway.identity.tools import tools


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is away, and their deputy, by their full names."""

    absence: Absence
    name: str
    deputy: str

    @property
    def for_reader(self) -> bool:
        """Whether the deputy is who reads the page."""
        return bool(self.absence.deputy == g.account.name)


def today() -> date:
    """The office's day."""
    return local_day(tools().now())


def away() -> Mapping[str, Away]:
    """Who is away today and has a deputy who can act for them as both accounts stand now, by account."""
    if "away" not in g:
        g.away = _away()
    found: Mapping[str, Away] = g.away
    return found


def _away() -> Mapping[str, Away]:
    running = tools().absences.on(today())
    known = by_name() if running else {}
    return {
        each.account: Away(each, known[each.account].full_name, known[each.deputy].full_name)
        for each in running
        if able(known.get(each.deputy), known.get(each.account))
    }


def by_name() -> dict[str, Account]:
    """Every account by its name."""
    return {each.name: each for each in tools().accounts.everybody()}


def away_one(account: str | None) -> Away | None:
    """The absence of whom a case belongs to, if they are away."""
    return away().get(account or "")


def stood_in_for(deputy: str) -> list[Away]:
    """For whom somebody acts today."""
    return [each for each in away().values() if each.absence.deputy == deputy]


def whose_work(assignee: str) -> list[str]:
    """Whose cases somebody works on today: their own, and those of whom they stand in for."""
    return [assignee, *(each.absence.account for each in stood_in_for(assignee))]
