"""The whole of Terbuka on one machine: broker, database and the application's processes, in one folder, on loopback.

`up` leaves everything ready or nothing running. What dies in between comes back by itself with its data. `down` stops what was
started, last first, and nothing else. Several stacks run side by side if they have different folders and ports.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deploy.local import leftovers, readiness, record
from deploy.local.addresses import Addresses, Given
from deploy.local.broker import Broker
from deploy.local.claim import Claim
from deploy.local.database import Database
from deploy.local.ports import Ports, taken
from deploy.local.process import Process, Tier
from deploy.local.supervisor import Supervisor

Programs = Callable[[Addresses], tuple[Process, ...]]
Preparation = Callable[[Addresses], None]
_SECONDS_TO_BE_READY = 60


class PortTaken(Exception):
    """Another program listens where a part of the stack has to."""


def no_programs(_: Addresses) -> tuple[Process, ...]:
    """Run servers only."""
    return ()


def no_preparation(_: Addresses) -> None:
    """Leave broker and database as they are."""


@dataclass
class Stack:
    """One stack. `processes` says what runs on the servers, `prepare` what must be done to them before it starts."""

    folder: Path
    ports: Ports = field(default_factory=Ports)
    processes: Programs = no_programs
    prepare: Preparation = no_preparation
    tokens: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    given: Given = field(default_factory=Given.from_environment)
    cache_gigabytes: float = 1
    compressed: bool = True
    seconds_to_be_ready: float = _SECONDS_TO_BE_READY

    def __post_init__(self) -> None:
        """Know all addresses beforehand: ports are chosen, not found out."""
        self.folder = self.folder.resolve()
        self.broker = Broker(self.folder / "broker", self.ports, self.folder)
        self.database = Database(
            self.folder / "database", self.ports, self.cache_gigabytes, self.compressed
        )
        amqp, mongo = self.given.amqp or self.broker.uri, self.given.mongo or self.database.uri
        self.addresses = Addresses(self.folder, amqp, mongo, self.ports)
        self._programs = self.processes(self.addresses)
        self.supervisor = Supervisor(self.folder)
        self._claim = Claim(self.folder)
        self._recorded: dict[str, int] | None = None

    def up(self) -> None:
        """Start everything and return when it is ready; on failure stop again what was started."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)  # logs and records hold what only the person who runs it may read
        self._claim.take()
        try:
            self.end_leftovers()
            self._refuse_taken_ports()
            self._start_servers()
            self._prepare()
            self._start_programs()
            self.refresh()
        except BaseException:
            self.down()
            raise

    def down(self) -> None:
        """Stop everything that was started; safe to repeat."""
        self.supervisor.shutdown()
        self.end_leftovers()
        self._recorded = None
        self._claim.release()

    def discard(self) -> None:
        """Kill everything at once; what it kept may be damaged. Tests have no use for it, nor time to stop in order."""
        self.supervisor.abandon()
        leftovers.kill(self.folder)
        self.down()

    def running(self) -> bool:
        """Tell whether somebody still looks after the processes."""
        return self.supervisor.running()

    def refresh(self) -> bool:
        """Write `run.json` anew if a process came back under another pid; tell whether it did."""
        pids = self.supervisor.pids()
        changed = pids != self._recorded
        if changed:
            record.write(self.addresses, self.tokens, self.accounts, pids)
            self._recorded = pids
        return changed

    def wait(self) -> None:
        """Return when all servers and programs are ready (after a restart, say)."""
        self._wait_for_servers()
        for program in self._programs:
            readiness.wait_for(program, self.supervisor, self.folder, self.seconds_to_be_ready)

    def end_leftovers(self) -> list[int]:
        """End what a killed run of this folder left behind; answer the pids."""
        if not self.folder.is_dir():
            return []
        self._claim.take()
        ended = leftovers.end(self.folder, record.supervisor_pid(self.folder))
        record.remove(self.folder)
        self.supervisor.remove_room()
        return ended

    def _start_servers(self) -> None:
        self.supervisor.start(self._tiers())
        self.supervisor.start_tier("mapper")
        if self._own_broker():
            self.broker.wait_for_mapper()
        self.supervisor.start_tier("servers")
        self._wait_for_servers()

    def _prepare(self) -> None:
        self.prepare(self.addresses)
        if self._own_broker():
            self.broker.settle()

    def _start_programs(self) -> None:
        self.supervisor.start_tier("programs")
        self.wait()

    def _wait_for_servers(self) -> None:
        # both start at once; the database is ready long before the broker
        if self._own_database():
            self.database.wait()
        if self._own_broker():
            self.broker.wait()

    def _tiers(self) -> tuple[Tier, ...]:
        mapper: tuple[Process, ...] = ()
        servers: tuple[Process, ...] = ()
        if self._own_broker():
            self.broker.prepare()
            mapper, servers = (self.broker.mapper(),), (self.broker.server(),)
        if self._own_database():
            self.database.prepare()
            servers = (self.database.server(), *servers)
        return Tier("mapper", mapper), Tier("servers", servers), Tier("programs", self._programs)

    def _own_broker(self) -> bool:
        return self.given.amqp is None

    def _own_database(self) -> bool:
        return self.given.mongo is None

    def _refuse_taken_ports(self) -> None:
        held = taken(self._ports_used())
        if held:
            message = f"another program holds port {', '.join(map(str, held))} on this machine; stop it first"
            raise PortTaken(message)

    def _ports_used(self) -> list[int]:
        ports = [program.port for program in self._programs if program.port is not None]
        if self._own_broker():
            own = self.ports
            ports += [own.amqp, own.dist, own.epmd, own.management, own.prometheus]
        if self._own_database():
            ports.append(self.ports.mongo)
        return ports
