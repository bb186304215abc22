"""Questions to reporting: a day, a month and a year, as they are counted now and as they were frozen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.rules import Rules
from eventlog.mongo.views import MongoViews
from services.reporting import figures

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Query:
    """Reads reporting's own views; writes nothing."""

    views: MongoViews
    rules: Callable[[], Rules]

    def day(self, day: date) -> Shown:
        """A day's figures, the requests behind them, and the supervision so far."""
        lines = self._lines_of_day(day)
        return {
            "date": day.isoformat(),
            "figures": figures.of_day(lines, day, self.rules()),
            "lines": lines,
            "supervision": self._frozen("days", f"day/{day.isoformat()}"),
        }

    def period(self, period: str) -> Shown:
        """The figures of a month or a year now, and the report as it was issued."""
        lines = self._lines_of(period)
        return {
            "period": period,
            "figures": figures.of_period(lines, period, self.rules()),
            "report": self._frozen("reports", f"report/{period}"),
        }

    def _lines_of_day(self, day: date) -> list[Shown]:
        on = day.isoformat()
        found = self.views.collection("lines").find(
            {"$or": [{"open": True}, {"days": on}, {"received_on": on}]}
        )
        return sorted(found, key=lambda line: (line["due_on"] or "9999", line["_id"]))

    def _lines_of(self, period: str) -> list[Shown]:
        """Those that moved in it, were received or ended in it."""
        within = {"$gte": f"{period}-", "$lt": f"{period}."}  # the character after the hyphen
        moved = {"days": {"$elemMatch": within}}
        return list(
            self.views.collection("lines").find(
                {"$or": [{"received_on": within}, {"closed_on": within}, moved]}
            )
        )

    def _frozen(self, view: str, subject: str) -> Shown | None:
        return self.views.collection(view).find_one({"_id": subject}, {"_id": 0, "position": 0})
