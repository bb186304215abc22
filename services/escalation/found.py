"""What escalation looks up across subjects: the objections about a request, and those whose regime was corrected since.

An order about one subject has no other way to others. The agenda's view holds, for every stream, what it is found by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple, Protocol

from contracts.envelope import Event
from eventlog.mongo.own_view import OwnView
from services.escalation import decide
from services.escalation.state import FILED, ObjectionState, evolve_objection


class Correction(NamedTuple):
    """That an objection runs on another regime than its request was corrected to."""

    objection: str  # the stream
    id: str  # of the event that corrected the request
    said: Mapping[str, Any]


class Found(Protocol):
    """Answers what stands in several streams. What is written at this very moment may not be seen yet."""

    def ordering(self) -> list[str]:
        """The streams that hold an order for a request."""

    def pending(self, request: str, but: str) -> frozenset[str]:
        """The grounds on which objections about a request wait for an answer, one objection left aside."""

    def corrections(self) -> list[Correction]:
        """Every objection that does not run on the regime its request was corrected to."""


def found_by(events: Sequence[Event]) -> Mapping[str, Any]:
    """What a stream is found by: the fold of the view."""
    return {
        **({"orders": True} if any(decide.order_in(event) for event in events) else {}),
        **_correction(events),
        **_objection(events),
    }


def _correction(events: Sequence[Event]) -> Mapping[str, Any]:
    chosen = [event for event in events if event.name == "RegimeChosen"]
    if not chosen or not chosen[-1].data["corrected"]:
        return {}
    return {"corrected": {"id": chosen[-1].id, "said": dict(chosen[-1].data)}}


def _objection(events: Sequence[Event]) -> Mapping[str, Any]:
    state = reduce(evolve_objection, events, ObjectionState())
    if not state.request:
        return {}
    pending = {"pending": list(state.grounds)} if state.phase == FILED else {}
    return {"request": state.request, "regime": state.regime, **pending}


@dataclass(frozen=True, slots=True)
class FoundInView:
    """Looks into the agenda's view, brought up to date before each question."""

    view: OwnView

    def prepare(self) -> None:
        """Create the indexes; harmless when they exist."""
        self.view.prepare("orders", "corrected.id", "request")

    def ordering(self) -> list[str]:
        """See Found."""
        return [document["_id"] for document in self._find({"orders": True})]

    def pending(self, request: str, but: str) -> frozenset[str]:
        """See Found."""
        others = self._find({"request": request, "_id": {"$ne": but}})
        return frozenset(ground for each in others for ground in each.get("pending", ()))

    def corrections(self) -> list[Correction]:
        """See Found."""
        corrected = self._find({"corrected.id": {"$exists": True}, "request": None})
        return [each for document in corrected for each in self._unlike(document)]

    def _unlike(self, corrected: Mapping[str, Any]) -> Iterator[Correction]:
        by, request = corrected["corrected"], corrected["_id"].partition("/")[2]
        query = {"request": request, "regime": {"$ne": by["said"]["regime"]}}
        for document in self.view.documents.find(query, {"_id": 1}):
            yield Correction(document["_id"], by["id"], by["said"])

    def _find(self, query: Mapping[str, Any]) -> list[dict[str, Any]]:
        self.view.catch_up()
        return list(self.view.documents.find(query))
