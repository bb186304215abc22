"""One mongod of our own, from the wheel, as a single-node replica set in a folder of its own and on loopback only.

A replica set because transactions and change streams need one. The data survives the port being changed: the member is renamed.
"""

import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.local.ports import LOOPBACK, Ports, answers
from deploy.local.process import Process
from deploy.local.waiting import wait_until

REPLICA_SET = "rs0"
_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 30
_NOT_YET_INITIALIZED = 94
_CLOSE_UNUSED = "file_manager=(close_idle_time=60,close_scan_interval=10,close_handle_minimum=250)"
_UNCOMPRESSED = (
    "--wiredTigerCollectionBlockCompressor",
    "none",
    "--wiredTigerJournalCompressor",
    "none",
)


@dataclass(frozen=True)
class Database:
    """The mongod in `folder`. Uncompressed, what it wrote can be searched byte by byte (tests look for leaked names)."""

    folder: Path
    ports: Ports
    cache_gigabytes: float = 1
    compressed: bool = True

    @property
    def uri(self) -> str:
        """Where clients connect."""
        return f"mongodb://{self._host}/?replicaSet={REPLICA_SET}"

    @property
    def _host(self) -> str:
        return f"{LOOPBACK}:{self.ports.mongo}"

    def prepare(self) -> None:
        """Make the folder for the files."""
        self.folder.mkdir(parents=True, exist_ok=True)

    def server(self) -> Process:
        """Answer the process to run."""
        argv = (
            *(str(_mongod()), "--dbpath", str(self.folder), "--replSet", REPLICA_SET),
            *("--bind_ip", LOOPBACK, "--port", str(self.ports.mongo), "--nounixsocket"),
            *("--wiredTigerCacheSizeGB", str(self.cache_gigabytes)),
            # with nobody to take over there is nobody to wait for on a stop
            *("--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100"),
            *("--setParameter", "diagnosticDataCollectionEnabled=false"),
            # Each collection and index is an open file, and mongod ends itself when it may open no more: many
            # databases one after the other, as tests make them, are closed a minute after their last use.
            *("--wiredTigerEngineConfigString", _CLOSE_UNUSED),
            *(() if self.compressed else _UNCOMPRESSED),
        )
        return Process("mongod", argv, stop_seconds=_SECONDS_TO_STOP)

    def wait(self, seconds: float = _SECONDS_TO_START) -> None:
        """Return when there is a primary that takes writes; a new replica set is initiated first."""
        wait_until(self.ready, "the database takes writes", seconds)

    def ready(self) -> bool:
        """Tell whether the database takes writes; makes it the member it ought to be on the way."""
        if not answers(self.ports.mongo):
            return False
        try:
            with self._direct() as client:
                return self._is_primary(client)
        except PyMongoError:  # it is starting, stopping or electing
            return False

    def _direct(self) -> MongoClient[dict[str, Any]]:
        return MongoClient(self._host, directConnection=True, serverSelectionTimeoutMS=1000)

    def _is_primary(self, client: MongoClient[dict[str, Any]]) -> bool:
        hello = client.admin.command("hello")
        if not hello["isWritablePrimary"]:
            self._join(client)
        return bool(hello["isWritablePrimary"])

    def _join(self, client: MongoClient[dict[str, Any]]) -> None:
        members = [{"_id": 0, "host": self._host}]
        try:
            config = client.admin.command("replSetGetConfig")["config"]
        except OperationFailure as failure:
            if failure.code != _NOT_YET_INITIALIZED:
                raise
            client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": members})
            return
        if config["members"][0]["host"] != self._host:
            config |= {"members": members, "version": config["version"] + 1}
            client.admin.command("replSetReconfig", config, force=True)


def _mongod() -> Path:
    return Path(sysconfig.get_path("purelib")) / "fiftyone" / "db" / "bin" / "mongod"
