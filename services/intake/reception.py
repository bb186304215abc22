"""The counter: opens what came sealed, keeps the person in the vault, and lets intake decide.

The person is stored before the event that names it. The ids of both are made from the order's id, so an order that is
repeated after a crash finds the same person; one that is never repeated leaves a person whom no event names, which
`sweep` erases.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from contracts.applicant import faults_of, warnings_about
from contracts.command import Command
from contracts.errors import Rejected
from contracts.local import local_day
from contracts.sealed import Seal
from eventlog.handle import Decision, Handler
from eventlog.log import Appended
from services.intake import decide
from services.intake.decide import Arrival
from services.intake.paper import Paper
from services.intake.practice import Practice
from services.intake.similarity import MOST, near, similar
from services.intake.state import ApplicantState, RequestState
from services.intake.vault import APPLICANT, REQUEST, Vault


@dataclass(frozen=True, slots=True)
class Reception:
    """Everything intake does with an order."""

    requests: Handler[RequestState]
    applicants: Handler[ApplicantState]
    vault: Vault
    seal: Seal
    paper: Paper
    practice: Callable[[], Practice]
    now: Callable[[], datetime]
    held: Callable[[str], bool] = lambda _: (
        False
    )  # whether something open needs an applicant's data
    erase_files: Callable[[str], object] = lambda _: None

    def receive(self, command: Command) -> Appended:
        """Take in a new request and its applicant."""
        created = replace(command, subject=f"{REQUEST}{request_id(command)}")

        def decision(order: Command, now: datetime) -> Decision:
            practice, numbers = self.practice(), self.paper.known(order)
            first = Arrival(applicant_id_of(order))
            decide.receive(order, now, first, practice, numbers)  # refuse before a person is stored
            arrival = self._admitted(order, first, practice)
            return decide.receive(order, now, arrival, practice, numbers)

        with self.paper.claiming(command.data.get("paper_serial")):
            return self.requests.create(created, decision)

    def enter(self, command: Command) -> Appended:
        """Take in a person who has no request."""
        applicant = applicant_id_of(command)

        def decision(order: Command, now: datetime) -> Decision:
            person = self._opened(order.data["applicant"])
            arrival = Arrival(applicant, warnings_about(person))
            facts = decide.enter_applicant(order, now, arrival, self.practice())
            self.vault.keep(applicant, 1, order.subject, person)
            return facts

        return self.applicants.create(replace(command, subject=f"{APPLICANT}{applicant}"), decision)

    def _admitted(self, command: Command, arrival: Arrival, practice: Practice) -> Arrival:
        person = self._opened(command.data["applicant"])
        alike = similar(command.data["information"], self._asked_before(command, person, practice))
        self.vault.keep(arrival.applicant_id, 1, command.subject, person)
        return replace(arrival, warnings=warnings_about(person), similar_to=alike)

    def _asked_before(
        self, command: Command, person: dict[str, Any], practice: Practice
    ) -> dict[str, str]:
        """What the same person asked for around this day of receipt, by request."""
        received = datetime.fromisoformat(command.data["received_at"])
        days = practice.window(local_day(received))
        # Nothing is entered before it is received. A day more, because days of receipt are compared, not times.
        entered = self.vault.requests_of_same(person, received - timedelta(days=days + 1))
        asked = {each for each in entered if each.startswith(REQUEST)} - {command.subject}
        newest = sorted(asked)[-MOST:]
        states = {request: self.requests.known(request).state for request in newest}
        return {
            request: state.information
            for request, state in states.items()
            if state.information and near(local_day(state.received_at), local_day(received), days)
        }

    def _opened(self, sealed: str) -> dict[str, Any]:
        person: dict[str, Any] = self.seal.open(sealed)
        errors = faults_of(person)
        if errors:
            raise Rejected(
                "invalid_fields",
                "Some fields of the applicant are missing or wrong.",
                {"applicant": errors},
            )
        return {name: value for name, value in person.items() if value is not None}

    def complete(self, command: Command) -> Appended:
        """Take in missing papers, and their numbers into the vault."""

        def decision(order: Command, state: RequestState, now: datetime) -> Decision:
            facts = decide.complete(order, state, now, self.practice())
            if order.data.get("numbers"):
                self.vault.supplement(state.applicant_id, self.seal.open(order.data["numbers"]))
            return facts

        return self.requests.obey(command, decision)

    def withdraw(self, command: Command) -> Appended:
        """End a request at the applicant's wish."""
        return self.requests.obey(command, decide.withdraw)

    def correct(self, command: Command) -> Appended:
        """Store a new revision of an applicant."""
        applicant = self._applicant(command)
        person = self._opened(command.data["applicant"])

        def decision(_: Command, state: ApplicantState, __: datetime) -> Decision:
            facts = decide.correct_applicant(applicant, state)
            self.vault.correct(applicant, state.revision + 1, person)
            return facts

        return self.applicants.obey(command, decision)

    def erase(self, command: Command) -> Appended:
        """Destroy an applicant's key and files, then say so. A crash in between leaves them destroyed."""
        applicant = self._applicant(command)

        def decision(order: Command, state: ApplicantState, _: datetime) -> Decision:
            facts = decide.erase_applicant(order, applicant, state, held=self.held(applicant))
            self.vault.erase(applicant)
            self.erase_files(applicant)
            return facts

        return self.applicants.obey(command, decision)

    def _applicant(self, command: Command) -> str:
        applicant = command.subject.removeprefix(APPLICANT)
        if not self.vault.exists(applicant):
            raise Rejected("not_found", "There is no such applicant.")
        return applicant

    def sweep(self, older_than: timedelta = timedelta(days=1)) -> int:
        """Erase people whose request or entry was never recorded; how many."""
        lonely = self.vault.without_request(self.now() - older_than, self._recorded)
        for applicant in lonely:
            self.vault.erase(applicant)
        return len(lonely)

    def _recorded(self, subject: str) -> bool:
        return bool(self.requests.log.stream(subject))


def applicant_id_of(command: Command) -> str:
    """The id of the applicant whom an order brings."""
    return str(uuid5(NAMESPACE_URL, f"terbuka:applicant:{command.id}"))


def request_id(command: Command) -> str:
    """The id of the request that an order creates: in the form of a UUIDv7, sorted by time of receipt."""
    received = int(datetime.fromisoformat(command.data["received_at"]).timestamp() * 1000)
    chance = int.from_bytes(sha256(f"terbuka:request:{command.id}".encode()).digest()[:10])
    bits = (received & (1 << 48) - 1) << 80 | chance
    return str(UUID(int=bits & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62))
