"""Questions about the numbers of a year: what became of the serials on paper forms, and the book with its void lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eventlog.mongo.views import MongoViews

Shown = dict[str, Any]
_FIELDS = {"serial": 1, "number": 1, "state": 1}


@dataclass(frozen=True, slots=True)
class NumbersQuery:
    """Reads views; writes nothing."""

    views: MongoViews

    def year(self, year: int) -> Shown:
        """The blocks of a year, and of their serials which were used, which are void, and which are still open."""
        known = self._known(year)
        reserved = {
            serial
            for block in known["blocks"]
            for serial in range(block["first"], block["last"] + 1)
        }
        used = self._used(year, sorted(reserved))
        ended = {line["serial"] for line in (*used, *known["void"])}
        return {**known, "used": used, "open": sorted(reserved - ended)}

    def _known(self, year: int) -> Shown:
        nothing = {"year": year, "blocks": [], "void": []}
        found = self.views.collection("numbers").find_one({"_id": f"numbers/{year}"}) or nothing
        return {name: found[name] for name in nothing}

    def _used(self, year: int, serials: Sequence[int]) -> list[Shown]:
        query = {"year": year, "serial": {"$in": list(serials)}}
        found = self.views.collection("requests").find(query, _FIELDS, sort=[("serial", 1)])
        return [
            {
                "serial": each["serial"],
                "number": each["number"],
                "request": each["_id"].partition("/")[2],
                "state": each["state"],
            }
            for each in found
        ]

    def with_void(self, year: int, after: int, limit: int, lines: Sequence[Shown]) -> list[Shown]:
        """The same lines of a year's book, with those of spoilt forms between them."""
        void = [_line(each) for each in self._known(year)["void"] if each["serial"] > after]
        return sorted((*lines, *void), key=lambda line: int(line["serial"]))[:limit]


def _line(void: Shown) -> Shown:
    """A line of the book for a number that nobody has."""
    return {
        "_id": f"void/{void['year']}-{void['serial']:04d}",
        "state": "void",
        **{name: void[name] for name in ("number", "serial", "year", "reason")},
        "voided_at": void["at"],
        "voided_by": void["by"],
    }
