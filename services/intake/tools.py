"""Intake's tools, put together from its settings and its store."""

from __future__ import annotations

from base64 import b64decode
from dataclasses import dataclass

from contracts.sealed import Seal
from eventlog.consume import Listener
from eventlog.handle import Handler
from eventlog.rulebook import Rulebook
from eventlog.settings import Settings
from eventlog.store import Store, new_id, utc_now
from services.intake.consume import REACTIONS
from services.intake.practice import Practice
from services.intake.query import Query
from services.intake.reception import Reception
from services.intake.state import ApplicantState, RequestState, evolve, evolve_applicant
from services.intake.vault import Keys, Vault

SWEEP_SECONDS = 3600


@dataclass(frozen=True, slots=True)
class IntakeTools:
    """What the door needs."""

    reception: Reception
    query: Query
    listener: Listener


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
    rules, office = Rulebook(store.inbox.about), settings["register_office"]
    reception = Reception(
        requests, applicants, vault, seal, lambda: Practice(rules(), office), utc_now
    )
    return IntakeTools(
        reception, Query(vault, seal), Listener("intake.inbox", store.inbox, requests, REACTIONS)
    )
