"""Questions about requests: their timelines, the book of a year, and the feed of events."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.catalogue import restricted_fields
from contracts.envelope import Event, causal_order, to_cloudevent
from contracts.errors import Rejected
from eventlog.mongo.views import MongoViews
from eventlog.numbered import NumberedLog, Recorded
from services.register.project.objections import objection as fold_objection
from services.register.project.requests import request as fold_request
from services.register.query.objections import held

Shown = dict[str, Any]
Fold = Callable[[Sequence[Event]], Mapping[str, Any] | None]
MOST = 200
# Whose work is nobody's yet.
NOBODY = "-"


@dataclass(frozen=True, slots=True)
class Query:
    """Reads views and the numbered log; writes nothing. Pages go by key, never by skipping."""

    views: MongoViews
    numbered: NumberedLog

    def request(self, subject: str) -> Shown:
        """One request as it stands. Raises Rejected when there is none."""
        found = self.views.collection("requests").find_one({"_id": subject})
        if found is None:
            raise Rejected("not_found", "There is no such request.")
        return found

    def some(self, subjects: Sequence[str]) -> list[Shown]:
        """Those of some requests that there are, the newest receipt first; at most as many as a page has."""
        query = {"_id": {"$in": list(subjects)[:MOST]}}
        return list(self.views.collection("requests").find(query, sort=[("_id", -1)]))

    def tracked(self, number: str) -> Shown | None:
        """The request that an applicant follows: by its number, or by its id as long as it has none. None for any other."""
        requests = self.views.collection("requests")
        return requests.find_one({"_id": f"request/{number.lower()}"}) or requests.find_one(
            {"number": number}
        )

    def timeline(self, subject: str) -> list[Shown]:
        """Everything that happened to a request, causes before effects."""
        events = [to_cloudevent(event) for event in self._events(subject)]
        if not events:
            raise Rejected("not_found", "There is no such request.")
        return events

    def request_as_of(self, subject: str, moment: str) -> Shown:
        """A request as it stood at a time (RFC 3339), with the objections entered by then as they stood."""
        shown = self._as_of([subject], moment, fold_request)
        if not shown:
            raise Rejected("not_found", "There was no such request then.")
        return {**shown[0], **held(self._objections_as_of(subject, moment))}

    def _objections_as_of(self, subject: str, moment: str) -> list[Shown]:
        about = {"request": subject.partition("/")[2]}
        found = self.views.collection("objections").find(about, {"_id": 1})
        subjects = [document["_id"] for document in found]
        return self._as_of(subjects, moment, fold_objection) if subjects else []

    def _as_of(self, subjects: Sequence[str], moment: str, fold: Fold) -> list[Shown]:
        recorded = self.numbered.about(subjects, self.numbered.head())
        known = {
            subject: causal_order(
                each.event for each in recorded[subject] if each.event.time <= moment
            )
            for subject in subjects
        }
        folded = ((subject, fold(events)) for subject, events in known.items())
        return [{"_id": subject, **shown} for subject, shown in folded if shown is not None]

    def _events(self, subject: str) -> tuple[Event, ...]:
        recorded = self.numbered.about([subject], self.numbered.head())[subject]
        return causal_order(each.event for each in recorded)

    def requests(self, filters: Mapping[str, Any], after: str, limit: int) -> list[Shown]:
        """At most `limit` requests before a key, the newest receipt first."""
        query = {**matching(filters), **({"_id": {"$lt": after}} if after else {})}
        found = self.views.collection("requests").find(
            query, sort=[("_id", -1)], limit=min(limit, MOST)
        )
        return list(found)

    def book(self, year: int, after: int, limit: int) -> list[Shown]:
        """The register of a year by its numbers."""
        query = {"year": year, "serial": {"$gt": after}}
        found = self.views.collection("requests").find(
            query, sort=[("serial", 1)], limit=min(limit, MOST)
        )
        return list(found)

    def named(self, subjects: Sequence[str]) -> dict[str, str]:
        """The numbers of requests and objections, where they have one."""
        found: dict[str, str] = {}
        for name in ("requests", "objections"):
            known = {"_id": {"$in": list(subjects)}, "number": {"$ne": None}}
            for document in self.views.collection(name).find(known, {"number": 1}):
                found[document["_id"]] = document["number"]
        return found

    def feed(self, after: int, limit: int) -> list[Shown]:
        """Events for other systems behind a position, without what may name people."""
        return [public(each) for each in self.numbered.read(after, min(limit, MOST))]


def public(recorded: Recorded) -> Shown:
    """A CloudEvent with its position and without its restricted fields."""
    envelope = to_cloudevent(recorded.event)
    hidden = restricted_fields(recorded.event.type)
    data = {name: value for name, value in envelope["data"].items() if name not in hidden}
    return {**envelope, "data": data, "position": recorded.position}


def matching(filters: Mapping[str, Any]) -> Shown:
    """The database's words for the filters of a work list."""
    same = ("state", "channel", "year", "unit")
    query: Shown = {name: filters[name] for name in same if name in filters}
    if "assignee" in filters:
        query["assignee"] = _whose(filters["assignee"])
        query["open"] = True
    if filters.get("overdue") is not None:
        query["open"] = True
        query["due_on"] = {"$lt" if filters["overdue"] else "$gte": filters["today"]}
    if "due_before" in filters:
        query["open"] = True
        query["due_on"] = {**query.get("due_on", {}), "$lte": filters["due_before"]}
    if "q" in filters:
        query["number"] = {"$regex": "^" + re.escape(filters["q"])}
    return query


def _whose(assignee: str | Sequence[str]) -> Any:
    """Nobody's, somebody's, or that of several: of whom somebody stands in for."""
    if isinstance(assignee, str):
        return None if assignee == NOBODY else assignee
    return {"$in": list(assignee)}
