"""Who came before: the same NIK or entity number, and nothing of the person.

Whose number was corrected since is found by the new one only: the old one may be somebody else's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pymongo import ASCENDING, DESCENDING
from pymongo.collection import Collection

from contracts.sealed import Seal
from eventlog.mongo.client import Document

MOST = 5  # as many as somebody at the counter looks at
_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Returning:
    """Reads the blind index of the vault's people; opens nobody's data, so nothing is written down."""

    people: Collection[Document]
    seal: Seal
    token: Callable[[Mapping[str, Any]], str]

    def earlier(self, sealed: str) -> list[Document]:
        """The applicants that a sealed number names and the subject that brought each of them, the newest first."""
        token = self.token(self.seal.open(sealed))
        if not token:
            return []
        found = self.people.find(
            {"lookup": token}, {"applicant": 1}, sort=[("at", DESCENDING)], limit=_LOOKED_AT
        )
        applicants = list(dict.fromkeys(each["applicant"] for each in found))
        known = self._revisions(applicants)
        same = [each for each in applicants if known[each][-1].get("lookup") == token]
        return [{"applicant": each, "request": known[each][0]["request"]} for each in same[:MOST]]

    def _revisions(self, applicants: Sequence[str]) -> dict[str, list[Document]]:
        """What is kept of some applicants beside their data, the newest revision last."""
        shown = {"applicant": 1, "request": 1, "lookup": 1}
        query = {"applicant": {"$in": list(applicants)}}
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self.people.find(query, shown, sort=[("revision", ASCENDING)]):
            found[document["applicant"]].append(document)
        return found
