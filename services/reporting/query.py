"""Questions to reporting: a day and a month, as they are counted now and as they were frozen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from eventlog.mongo.views import MongoViews
from services.reporting import figures

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Query:
    """Reads reporting's own views; writes nothing."""

    views: MongoViews

    def day(self, day: date) -> Shown:
        """A day's figures, the requests behind them, and the supervision so far."""
        lines = self._lines_of_day(day)
        return {
            "date": day.isoformat(),
            "figures": figures.of_day(lines, day),
            "lines": lines,
            "supervision": self._frozen("days", f"day/{day.isoformat()}"),
        }

    def month(self, period: str) -> Shown:
        """A month's figures now, and the report as it was issued."""
        lines = self._lines_of_month(period)
        return {
            "period": period,
            "figures": figures.of_month(lines, period),
            "report": self._frozen("reports", f"report/{period}"),
        }

    def _lines_of_day(self, day: date) -> list[Shown]:
        on = day.isoformat()
        found = self.views.collection("lines").find(
            {"$or": [{"open": True}, {"days": on}, {"received_on": on}]}
        )
        return sorted(found, key=lambda line: (line["due_on"] or "9999", line["_id"]))

    def _lines_of_month(self, period: str) -> list[Shown]:
        within = {"$gte": f"{period}-01", "$lte": f"{period}-31"}
        return list(
            self.views.collection("lines").find(
                {"$or": [{"received_on": within}, {"closed_on": within}]}
            )
        )

    def _frozen(self, view: str, subject: str) -> Shown | None:
        return self.views.collection(view).find_one({"_id": subject}, {"_id": 0, "position": 0})
