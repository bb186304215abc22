"""The files of requests: taken in part by part, kept when they are whole, read for a purpose, dropped.

Parts travel sealed, as a person does. A file belongs to a request and to its applicant: it is encrypted with that
applicant's key, and belongs to no other request.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from contracts.attachments import INFECTED, parts_of
from contracts.command import Command
from contracts.errors import Rejected
from contracts.local import local_day
from contracts.sealed import Seal
from eventlog.handle import Decision, Handler
from eventlog.log import Appended
from services.intake import decide
from services.intake.files import Files, Reading
from services.intake.practice import Limits, Practice
from services.intake.state import RequestState
from services.intake.vault import REQUEST


@dataclass(frozen=True, slots=True)
class Attachments:
    """Everything intake does about files."""

    requests: Handler[RequestState]
    files: Files
    seal: Seal
    practice: Callable[[], Practice]
    now: Callable[[], datetime]
    new_id: Callable[[], str]
    held: Callable[[str], bool]  # whether something open needs an applicant's data

    def limits(self) -> dict[str, int]:
        """How large a file may be today, and how many a request may have."""
        return asdict(self._limits())

    def open(self, request: str) -> str:
        """Begin an upload; its id. Raises Rejected where the request can have no other file."""
        state = self._state(request)
        decide.require_room(state, self._limits())
        return self.files.open(state.applicant_id, f"{REQUEST}{request}")

    def _limits(self) -> Limits:
        return self.practice().limits(local_day(self.now()))

    def add(self, upload: str, number: int, sealed: str) -> None:
        """Take in a part of an upload."""
        self.files.add(upload, number, self.seal.open_part(sealed))

    def keep(self, command: Command) -> Appended:
        """Keep an upload that is whole. What is infected was never sent here, and is recorded as refused."""

        def decision(order: Command, state: RequestState, now: datetime) -> Decision:
            facts = decide.keep_attachment(order, state, now, self.practice())
            data = order.data
            if data["scanned"] != INFECTED:
                self.files.require_alive(state.applicant_id)
                self.files.whole(data["attachment"], order.subject, data["size"], data["sha256"])
            return facts

        return self.requests.obey(command, decision)

    def drop(self, command: Command) -> Appended:
        """Destroy a file, after it was said."""

        def decision(order: Command, state: RequestState, now: datetime) -> Decision:
            held = self.held(state.applicant_id)
            facts = decide.drop_attachment(order, state, now, held=held)
            self.files.doubt(order.data["attachment"])
            return facts

        dropped = self.requests.obey(command, decision)
        self.files.drop(command.data["attachment"])
        return dropped

    def read(self, request: str, attachment: str, purpose: str, reader: str) -> dict[str, Any]:
        """What is known of a file, and the reading by which its parts are asked for. It is written down.

        Raises Rejected without a purpose, and for a file of another request.
        """
        if not purpose.strip():
            raise Rejected("purpose_missing", "Say what the file is needed for.")
        state = self._state(request)
        known = decide.require_attachment(state, attachment)
        reading = Reading(self.new_id(), attachment, purpose.strip(), reader)
        self.files.read(state.applicant_id, reading)
        return {**asdict(known), "reading": reading.id, "parts": parts_of(known.size)}

    def part(self, reading: str, number: int) -> str:
        """A part of a file that is being read, sealed."""
        return self.seal.close_part(self.files.part(reading, number))

    def sweep(self, older_than: timedelta = timedelta(hours=24)) -> int:
        """Destroy uploads of which no event speaks, and files that were said to be dropped; how many."""
        forgotten = self.files.unrecorded(self.now() - older_than, self._recorded)
        for attachment in forgotten:
            self.files.drop(attachment)
        return len(forgotten)

    def _recorded(self, subject: str, attachment: str) -> bool:
        known = self.requests.known(subject).state.attachments
        return any(each.id == attachment for each in known)

    def _state(self, request: str) -> RequestState:
        return self.requests.known(f"{REQUEST}{request}").state
