"""Letters that go out by e-mail: one document each, with one postman at a time.

A letter names its request or its objection, and its paper; its address is sealed, and destroyed as soon as it is not
needed any more. Queued it waits for its next attempt; taken, it is that postman's until its lease ends, so that a postman
who died keeps nothing. What became of it is written before it is recorded, and recorded until that is known to be done.
One that was sent may come back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pymongo import ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from contracts.command import Actor
from contracts.errors import Rejected
from services.gateway.mail.cipher import Cipher

Document = dict[str, Any]
QUEUED, SENDING, SENT, FAILED, GIVEN_UP = "queued", "sending", "sent", "failed", "given_up"
RETURNED, DEALT_WITH = "returned", "dealt_with"
# How long a letter waits after its first, second ... attempt that might go better later.
DELAYS = tuple(timedelta(minutes=wait) for wait in (1, 5, 15, 60, 120, 240, 480))
MOST_ATTEMPTS = len(DELAYS) + 1
LEASE = timedelta(minutes=10)
# How long the address of a letter that failed is kept for another try.
KEPT = timedelta(days=30)
_SAME = ("request", "objection", "paper", "event", "lang")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter.

    It is about a request or about an objection; the other is "". `turn` counts how often somebody had it sent anew. `said` is why it did not go or came
    back, `not_recorded` why what became of it was not taken: codes. `sent_at` is when one went out that came back.
    """

    id: str
    paper: str
    event: str
    lang: str
    message_id: str
    account: str
    role: str
    ordered_at: datetime
    request: str = ""
    objection: str = ""
    state: str = QUEUED
    turn: int = 1
    attempts: int = 0
    next_attempt_at: datetime | None = None
    changed_at: datetime | None = None
    sent_at: datetime | None = None
    said: str = ""
    recorded: bool = False
    not_recorded: str = ""

    @property
    def subject(self) -> str:
        """What it is about: `request/...` or `objection/...`."""
        return f"objection/{self.objection}" if self.objection else f"request/{self.request}"

    @property
    def actor(self) -> Actor:
        """Who had it sent."""
        return Actor(self.account, self.role)


class Outbox:
    """The letters of the office."""

    def __init__(self, database: Database[Document], cipher: Cipher) -> None:
        self._letters = database["letters"]
        self._cipher = cipher

    def prepare(self) -> None:
        """Make the indexes."""
        self._letters.create_index([("state", 1), ("next_attempt_at", 1)])
        self._letters.create_index([("recorded", 1), ("state", 1)])
        self._letters.create_index([("request", 1), ("ordered_at", 1)])
        self._letters.create_index([("objection", 1), ("ordered_at", 1)])
        self._letters.create_index("message_id")

    def put(self, letter: Letter, address: str) -> None:
        """Queue a letter, once an id. Raises Rejected where the id was another letter's."""
        kept = {name: getattr(letter, name) for name in Letter.__dataclass_fields__ if name != "id"}
        sealed = self._cipher.close(address.encode(), _place(letter.id))
        first = dict.fromkeys(("next_attempt_at", "changed_at", "queued_at"), letter.ordered_at)
        try:
            self._letters.insert_one({"_id": letter.id, **kept, **first, "address": sealed})
        except DuplicateKeyError:
            self._require_same(letter)

    def _require_same(self, letter: Letter) -> None:
        kept = self.find(letter.id)
        if any(getattr(kept, name) != getattr(letter, name) for name in _SAME):
            raise Rejected("idempotency_key_reused", "This form was used for another letter.")

    def take(self, now: datetime) -> Letter | None:
        """The letter that waits longest for its attempt, which is its taker's now; None where nothing is due."""
        due = {"state": {"$in": [QUEUED, SENDING]}, "next_attempt_at": {"$lte": now}}
        taken = {"state": SENDING, "next_attempt_at": now + LEASE, "changed_at": now}
        return _letter(
            self._letters.find_one_and_update(
                due,
                {"$set": taken, "$inc": {"attempts": 1}},
                sort=[("next_attempt_at", 1)],
                return_document=ReturnDocument.AFTER,
            )
        )

    def address(self, letter: Letter) -> str:
        """Who gets it. Raises Unreadable, KeyError when it was destroyed."""
        kept = self._letters.find_one({"_id": letter.id}, {"address": 1}) or {}
        return self._cipher.open(kept["address"], _place(letter.id)).decode()

    def sent(self, letter: Letter, now: datetime) -> bool:
        """It went out. False if somebody else has taken it since."""
        gone = {"address": "", "next_attempt_at": ""}
        return self._end(letter, {"state": SENT, "said": ""}, now, gone)

    def failed(self, letter: Letter, now: datetime, said: str) -> bool:
        """It will not go. False if somebody else has taken it since."""
        return self._end(letter, {"state": FAILED, "said": said}, now, {"next_attempt_at": ""})

    def delayed(self, letter: Letter, now: datetime, said: str) -> bool:
        """It may go later; after the last attempt it has failed. False if somebody else has taken it since."""
        if letter.attempts >= MOST_ATTEMPTS:
            return self.failed(letter, now, said)
        wait = {"next_attempt_at": now + DELAYS[letter.attempts - 1]}
        return self._end(letter, {"state": QUEUED, "said": said, **wait}, now, {})

    def _end(
        self, letter: Letter, fields: Mapping[str, Any], now: datetime, gone: Mapping[str, str]
    ) -> bool:
        mine = {
            "_id": letter.id, "state": SENDING, "turn": letter.turn, "attempts": letter.attempts,
        }  # fmt: skip
        change: Document = {"$set": {**fields, "changed_at": now}}
        if gone:
            change["$unset"] = dict(gone)
        return bool(self._letters.update_one(mine, change).matched_count)

    def unrecorded(self) -> list[Letter]:
        """Letters whose end has not been recorded with what they are about, the oldest first."""
        ended = {"recorded": False, "state": {"$in": [SENT, FAILED, RETURNED]}}
        return self._found(ended, "changed_at", 20)

    def recorded(self, letter: Letter, refused: str = "") -> None:
        """What became of it stands with its request, or was refused and is not tried for ever."""
        same = {"_id": letter.id, "state": letter.state, "turn": letter.turn}
        self._letters.update_one(same, {"$set": {"recorded": True, "not_recorded": refused}})

    def returned(self, letter: Letter, now: datetime, said: str) -> bool:
        """It came back. False unless it was out, and had not come back before."""
        out = {"_id": letter.id, "state": SENT, "turn": letter.turn}
        back = {"state": RETURNED, "said": said, "recorded": False, "changed_at": now}
        change = {"$set": {**back, "sent_at": letter.changed_at}}
        return bool(self._letters.update_one(out, change).matched_count)

    def deal_with(self, id_: str, now: datetime) -> None:
        """Take one that came back off the list: its paper goes another way. Raises Rejected where it did not come back."""
        done = {"$set": {"state": DEALT_WITH, "changed_at": now}}
        self._change(id_, {"state": RETURNED}, done)

    def again(self, id_: str, now: datetime) -> None:
        """Have a letter that failed sent anew. Raises Rejected where there is nothing to send."""
        anew = {"state": QUEUED, "attempts": 0, "recorded": False, "said": ""}
        times = dict.fromkeys(("next_attempt_at", "changed_at", "queued_at"), now)
        change = {"$set": {**anew, **times}, "$inc": {"turn": 1}}
        self._change(id_, {"address": {"$exists": True}}, change)

    def drop(self, id_: str, now: datetime) -> None:
        """Give up a letter that failed: it goes another way. Raises Rejected where it has not failed."""
        dropped = {"$set": {"state": GIVEN_UP, "changed_at": now}, "$unset": {"address": ""}}
        self._change(id_, {}, dropped)

    def _change(self, id_: str, also: Document, change: Document) -> None:
        """Only of what failed, unless told otherwise, and only once that is recorded."""
        failed = {"_id": id_, "state": FAILED, "recorded": True, **also}
        if self._letters.update_one(failed, change).matched_count:
            return
        found = self.find(id_)
        raise Rejected("wrong_phase", f"The letter is {found.state}.")

    def forget(self, now: datetime) -> None:
        """Destroy the addresses of letters that failed long ago."""
        old = {"state": FAILED, "recorded": True, "changed_at": {"$lt": now - KEPT}}
        self._letters.update_many(old, {"$set": {"state": GIVEN_UP}, "$unset": {"address": ""}})

    def find(self, id_: str) -> Letter:
        """A letter. Raises Rejected where there is none."""
        found = _letter(self._letters.find_one({"_id": id_}))
        if found is None:
            raise Rejected("not_found", "There is no such letter.")
        return found

    def of(self, subject: str) -> list[Letter]:
        """The letters of a request or an objection, the oldest first."""
        about, _, id_ = subject.partition("/")
        return self._found({about: id_}, "ordered_at", 100)

    def named(self, message_ids: Sequence[str]) -> Letter | None:
        """The letter that went out under one of these Message-IDs; None where none of them is ours."""
        return _letter(self._letters.find_one({"message_id": {"$in": list(message_ids)}}))

    def in_state(self, state: str) -> list[Letter]:
        """The letters in a state, the oldest change first."""
        return self._found({"state": state}, "changed_at", 200)

    def _found(self, wanted: Document, by: str, most: int) -> list[Letter]:
        found = self._letters.find(wanted).sort([(by, 1), ("_id", 1)]).limit(most)
        return [_known(each) for each in found]

    def counts(self) -> dict[str, int]:
        """How many letters are in each state that is not the end."""
        return {
            state: self._letters.count_documents({"state": state})
            for state in (QUEUED, SENDING, FAILED, RETURNED)
        }

    def waiting_since(self) -> datetime | None:
        """Since when the letter waits that has waited longest to go out."""
        under_way = {"state": {"$in": [QUEUED, SENDING]}}
        found = self._letters.find_one(under_way, sort=[("queued_at", 1)])
        return found["queued_at"] if found else None


def _letter(found: Document | None) -> Letter | None:
    return None if found is None else _known(found)


def _known(found: Document) -> Letter:
    fields = {name: found[name] for name in Letter.__dataclass_fields__ if name in found}
    return Letter(id=found["_id"], **fields)


def _place(id_: str) -> str:
    return f"letter/{id_}"
