"""Questions about objections: single ones, lists, the objection register of a year, and those about a request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.errors import Rejected
from eventlog.mongo.views import MongoViews

Shown = dict[str, Any]
MOST = 200
_REQUESTED = {"number": 1, "information": 1, "purpose": 1}


@dataclass(frozen=True, slots=True)
class ObjectionQuery:
    """Reads views; writes nothing. Pages go by key, never by skipping."""

    views: MongoViews

    def objection(self, subject: str) -> Shown:
        """One objection as it stands. Raises Rejected when there is none."""
        found = self.views.collection("objections").find_one({"_id": subject})
        if found is None:
            raise Rejected("not_found", "There is no such objection.")
        return found

    def objections(self, filters: Mapping[str, Any], after: str, limit: int) -> list[Shown]:
        """At most `limit` objections before a key, the newest first unless `sort` says otherwise."""
        if filters.get("sort") == "due":
            return self._waiting(filters, after, limit)
        query = {**_matching(filters), **({"_id": {"$lt": after}} if after else {})}
        return self._found(query, [("_id", -1)], limit)

    def _waiting(self, filters: Mapping[str, Any], after: str, limit: int) -> list[Shown]:
        """Those that wait for their answer, the earliest due first: what is overdue on top."""
        due_on, _, id_ = after.partition(" ")
        behind = [{"due_on": {"$gt": due_on}}, {"due_on": due_on, "_id": {"$gt": id_}}]
        waiting = {"open": True, "answer": None, "$or": behind}
        query = {"$and": [_matching(filters), waiting]}
        return self._found(query, [("due_on", 1), ("_id", 1)], limit)

    def _found(self, query: Shown, sort: list[tuple[str, int]], limit: int) -> list[Shown]:
        found = self.views.collection("objections").find(query, sort=sort, limit=min(limit, MOST))
        return list(found)

    def book(self, year: int, after: int, limit: int) -> list[Shown]:
        """The objection register of a year by its numbers, in the columns a to k of the standard form."""
        query = {"year": year, "serial": {"$gt": after}}
        found = list(
            self.views.collection("objections").find(
                query, sort=[("serial", 1)], limit=min(limit, MOST)
            )
        )
        requests = self._requests([each.get("request") for each in found])
        return [book_line(each, requests.get(each.get("request") or "", {})) for each in found]

    def _requests(self, ids: Sequence[str | None]) -> dict[str, Shown]:
        subjects = [f"request/{id_}" for id_ in ids if id_]
        found = self.views.collection("requests").find({"_id": {"$in": subjects}}, _REQUESTED)
        return {document["_id"].partition("/")[2]: document for document in found}

    def beside(self, requests: Sequence[Shown]) -> list[Shown]:
        """Requests, each with its objections, and whether one of them holds it from being erased."""
        ids = [request["_id"].partition("/")[2] for request in requests]
        objections = defaultdict(list)
        fields = {"request": 1, "number": 1, "state": 1, "open": 1}
        for each in self.views.collection("objections").find({"request": {"$in": ids}}, fields):
            objections[each["request"]].append(each)
        return [
            {**request, **held(objections[id_])} for id_, request in zip(ids, requests, strict=True)
        ]


def held(objections: Sequence[Shown]) -> Shown:
    """What a request says of its objections, and whether one of them holds it from being erased."""
    named = [
        {"id": each["_id"].partition("/")[2], "number": each["number"], "state": each["state"]}
        for each in sorted(objections, key=lambda each: str(each["number"]))
    ]
    return {"objections": named, "legal_hold": any(each["open"] for each in objections)}


def _matching(filters: Mapping[str, Any]) -> Shown:
    """The database's words for the filters; overdue is who waits for an answer that was due."""
    query: Shown = {name: filters[name] for name in ("state", "year") if name in filters}
    if "request" in filters:
        query["request"] = filters["request"]
    overdue = filters.get("overdue")
    if overdue:
        query |= {"answer": None, "open": True, "due_on": {"$lt": filters["today"]}}
    elif overdue is not None:
        query["$nor"] = [{"answer": None, "open": True, "due_on": {"$lt": filters["today"]}}]
    return query


def book_line(shown: Shown, request: Shown) -> Shown:
    """One line of the register; `serial` is the key of its pages."""
    answer = shown["answer"] or {}
    dispute, settlement = shown["dispute"] or {}, shown["settlement"] or {}
    rulings = shown["rulings"]
    return {
        "_id": shown["_id"],
        "serial": shown["serial"],
        "number": shown["number"],
        "received_at": shown["filed_at"],
        "applicant_id": shown.get("applicant_id"),
        "request_number": request.get("number"),
        "information": request.get("information"),
        "purpose": request.get("purpose"),
        "grounds": shown["grounds"],
        "decision": answer.get("result"),
        "answered_at": answer.get("at"),
        "superior": answer.get("by"),
        "reaction": shown["reaction"],
        "case_position": shown["case_position"],
        "late": shown["late"],
        "due_on": shown["due_on"],
        "reasons": answer.get("reasons"),
        "execute_on": answer.get("execute_on"),
        "dispute_number": dispute.get("dispute_number"),
        "dispute_result": settlement.get("result"),
        "ruling": rulings[-1]["result"] if rulings else None,
        "state": shown["state"],
    }
