"""Questions to escalation: the calendar, the rules, what moved, what there is to tell, and what a change would move."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from itertools import islice
from time import monotonic, sleep
from typing import Any

from contracts.envelope import Fact
from contracts.local import local_day
from contracts.rules import SUBJECT as RULES
from contracts.rules import Rule, Rules, evolve_rules
from eventlog.log import Log
from eventlog.mongo.own_view import OwnList
from eventlog.rulebook import first_rules
from services.escalation import clock
from services.escalation.calendar import DayOff, decreed_until, evolve_calendar
from services.escalation.comparison import differences
from services.escalation.law import Law
from services.escalation.recount import Recount

Shown = dict[str, Any]
MOST = 200
LOOK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Query:
    """Reads; writes nothing. Pages go by key, the newest first."""

    log: Log
    law: Callable[[], Law]
    notices: OwnList
    recount: Recount

    def calendar(self, year: int, now: datetime) -> Shown:
        """The declared days of a year, and how far ahead the calendar is decreed."""
        calendar = self.law().calendar
        days = [_day(day, off) for day, off in sorted(calendar.days.items()) if day.year == year]
        return {"items": days, "decreed_until": decreed_until(calendar, local_day(now)).isoformat()}

    def compared(self, now: datetime) -> Shown:
        """Where the calendar differs from the package, and for how many days from today on it is decreed."""
        calendar, today = self.law().calendar, local_day(now)
        until = decreed_until(calendar, today)
        return {
            "differences": list(differences(calendar)),
            "decreed_until": until.isoformat(),
            "decreed_days": len(clock.days_between(today, until)) - 1,
        }

    def rules(self, kind: str, on: str, known_at: str = "") -> list[Shown]:
        """Every period of every rule, or those of a kind, or those in force on a day; as they stand, or as they stood."""
        day = date.fromisoformat(on) if on else None
        rules = self._rules_at(known_at) if known_at else self.law().rules
        return [
            _rule(rule)
            for rule in sorted(rules.periods, key=lambda r: (r.kind, r.key, r.valid_from))
            if kind in ("", rule.kind) and (day is None or rule.in_force(day))
        ]

    def rule_changes(self, kind: str, key: str) -> list[Shown]:
        """Which values of a rule were put in force, by whom and when, in the order in which they were."""
        return [
            {"valid_to": None, **event.data, "by": event.actor, "at": event.time}
            for event in self.log.stream(RULES)
            if event.name == "RuleEnacted"
            and (event.data["kind"], event.data["key"]) == (kind, key)
        ]

    def near(self, days: Sequence[str], now: datetime) -> Shown:
        """Which day it is, until when a due date is near, and how many working days are left until some days.

        Less than nothing is left of a day that has passed: so many working days it is late.
        """
        law, today = self.law(), local_day(now)
        working = law.legal(today)
        soon = law.rules.days("remind.soon", today).value["count"]
        return {
            "today": today.isoformat(),
            "soon_until": clock.due_date(today, soon, working).isoformat(),
            "left": {day: _left(today, date.fromisoformat(day), working) for day in set(days)},
        }

    def _rules_at(self, moment: str) -> Rules:
        """What a letter of that time was written by, whatever was enacted for its day since."""
        known = (event for event in self.log.stream(RULES) if event.time <= moment)
        return reduce(evolve_rules, known, first_rules())

    def moves(self, since: str, before: str, limit: int) -> list[Shown]:
        """Dates that moved, since a time."""
        wanted = {"name": "DeadlineMoved", **({"time": {"$gte": since}} if since else {})}
        return self._told(wanted, before, limit)

    def told(self, owner: str, before: str, limit: int) -> list[Shown]:
        """What the owner of open requests is told: what moved, is near, or has passed."""
        return self._told({"open": True, **({"for": owner} if owner else {})}, before, limit)

    def _told(self, wanted: Mapping[str, Any], before: str, limit: int) -> list[Shown]:
        self.notices.catch_up()
        query = {**wanted, **({"_id": {"$lt": before}} if before else {})}
        found = self.notices.documents.find(query, sort=[("_id", -1)], limit=min(limit, MOST))
        return list(found)

    def preview(self, facts: tuple[Fact, ...], now: datetime) -> Shown:
        """What would move if days were declared or revoked, rules enacted or ended, and which rules would give way."""
        law = self.law()
        changed = Law(
            reduce(evolve_rules, facts, law.rules), reduce(evolve_calendar, facts, law.calendar)
        )
        moves = self.recount.would_move(changed, local_day(now))
        first = [_move(subject, fact) for subject, fact in islice(moves, MOST)]
        return {
            "would_move": len(first) + sum(1 for _ in moves),
            "moves": first,
            "gives_way": [each for fact in facts for each in fact.data.get("gives_way") or ()],
        }

    def counted(self, subject: str, version: int, seconds: float) -> Shown | None:
        """What came of the count that followed a change of the law; None when it takes too long."""
        deadline = monotonic() + seconds
        while (found := self._counted(subject, version)) is None and monotonic() < deadline:
            sleep(LOOK_SECONDS)
        return found

    def _counted(self, subject: str, version: int) -> Shown | None:
        if self.log.version(subject) == version:
            return None
        events = self.log.stream(subject)
        counts: Iterator[Shown] = (
            {**event.data, "counted_at": event.time, "changed_at": events[version - 1].time}
            for event in events[version:]
            if event.name == "ClocksRecomputed"
        )
        return next(counts, None)


def _left(today: date, day: date, working: clock.WorkingDay) -> int:
    if day < today:
        return -clock.working_days_between(day, today, working)
    return clock.working_days_between(today, day, working)


def _day(day: date, off: DayOff) -> Shown:
    return {
        "date": day.isoformat(),
        "kind": off.kind,
        "day_name": off.name,
        "decree": off.decree,
        "source": off.source,
        "estimated": off.estimated,
    }


def _rule(rule: Rule) -> Shown:
    return {
        "kind": rule.kind,
        "key": rule.key,
        "value": dict(rule.value),
        "legal_basis": rule.legal_basis,
        "valid_from": rule.valid_from.isoformat(),
        "valid_to": rule.valid_to.isoformat() if rule.valid_to else None,
    }


def _move(subject: str, fact: Fact) -> Shown:
    return {"_id": subject, **fact.data}
