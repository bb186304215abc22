"""Intake's tools, put together from its settings and its store."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass

from contracts.envelope import Event
from contracts.sealed import Seal
from eventlog.consume import Listener
from eventlog.handle import Handler
from eventlog.rulebook import HEARD, Rulebook
from eventlog.settings import Settings
from eventlog.store import Store, new_id, utc_now
from services.intake.attachments import Attachments
from services.intake.consume import REACTIONS
from services.intake.files import Files
from services.intake.holds import Holds
from services.intake.objectors import Objectors
from services.intake.paper import Paper
from services.intake.practice import Practice
from services.intake.query import Query
from services.intake.reception import Reception
from services.intake.returning import Returning
from services.intake.state import (
    ApplicantState,
    NumbersState,
    RequestState,
    evolve,
    evolve_applicant,
    evolve_numbers,
)
from services.intake.vault import Keys, Vault

SWEEP_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class IntakeTools:
    """What the door needs."""

    reception: Reception
    paper: Paper
    query: Query
    objectors: Objectors
    returning: Returning
    listener: Listener
    holds: Holds
    attachments: Attachments

    def hear(self, event: Event) -> str:
        """Take in an event, and see whether it holds somebody's data."""
        heard = self.listener.hear(event)
        self.holds.note(event)
        return heard

    def sweep(self) -> None:
        """Destroy what no event speaks of."""
        self.reception.sweep()
        self.attachments.sweep()


def build(settings: Settings, store: Store) -> IntakeTools:
    """The tools of one process."""
    keys = Keys(b64decode(settings.secret("vault_key_file")), settings.secret("lookup_key_file"))
    vault = Vault(store.client, store.database, settings["key_database"], keys, utc_now)
    vault.prepare()
    requests = Handler("intake", store.log, store.inbox, RequestState(), evolve, utc_now, new_id)
    applicants = Handler(
        "intake", store.log, store.inbox, ApplicantState(), evolve_applicant, utc_now, new_id
    )
    seal = Seal(settings.secret("seal_key_file"))
    practice = _practice(store, settings["register_office"])
    numbers = Handler(
        "intake", store.log, store.inbox, NumbersState(), evolve_numbers, utc_now, new_id
    )
    paper = Paper(numbers, practice)
    holds = Holds(store.database, store.inbox)
    holds.prepare()
    files = Files(store.database, vault, utc_now, new_id)
    files.prepare()
    return IntakeTools(
        Reception(
            requests, applicants, vault, seal, paper, practice, utc_now, holds.held, files.erase
        ),
        paper,
        Query(vault, seal),
        Objectors(requests, applicants, vault),
        Returning(store.database["applicants"], seal, vault.token),
        Listener("intake.inbox", store.inbox, requests, REACTIONS),
        holds,
        Attachments(requests, files, seal, practice, utc_now, new_id, holds.held),
    )


def _practice(store: Store, office: str) -> Callable[[], Practice]:
    """The counter's practice as the rules stand at each question."""
    rules = Rulebook(store.inbox.about, HEARD)
    return lambda: Practice(rules(), office)
