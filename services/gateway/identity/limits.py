"""How often an address may ask: counted in the database, for all processes together.

Only what was refused counts against signing in: a whole office may sit behind one address.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.storage import MongoDBStorageBase
from pymongo.database import Database

from eventlog.settings import Settings


class OwnDatabase(MongoDBStorageBase):
    """Counts where the gateway keeps everything else, over the connections that it has."""

    STORAGE_SCHEME: list[str] | None = ["gateway"]  # noqa: RUF012  # as the library declares it

    def _init_mongo_client(self, uri: str | None, **options: Any) -> Any:  # noqa: ARG002  # the library passes it
        return options["client"]

    def __del__(self) -> None:
        """Leave the connections open: they are the gateway's."""


limiter = Limiter(get_remote_address, strategy="fixed-window")


def sign_ins() -> str:
    """How often an address may be refused."""
    return str(current_app.config["SIGN_IN_LIMIT"])


def forms() -> str:
    """How often an address may ask for a form: each may begin a session."""
    return str(current_app.config["FORM_LIMIT"])


def was_refused(response: Response) -> bool:
    """Whether an answer counts."""
    return response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def install(app: Flask, given: Settings, database: Database[dict[str, object]]) -> None:
    """Count in the gateway's own database."""
    app.config.update(
        SIGN_IN_LIMIT=given["sign_in_limit"],
        FORM_LIMIT=given["form_limit"],
        STATUS_LIMIT=given["status_limit"],
        RATELIMIT_STORAGE_URI="gateway://",
        RATELIMIT_STORAGE_OPTIONS={
            "client": database.client,
            "database_name": database.name,
            "counter_collection_name": "limits",
            "window_collection_name": "limit_windows",
        },
    )
    limiter.init_app(app)
