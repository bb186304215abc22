"""Runs the tiers of a stack under supervisord: what dies is started again, what we stop stays stopped.

Nothing starts by itself, because the stack waits for each tier to be ready. On shutdown the last tier stops first, whether we
ask for it or somebody sends supervisord a SIGTERM.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import xmlrpc.client
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from supervisor.xmlrpc import Faults, SupervisorTransport

from deploy.local import leftovers, supervisord
from deploy.local.process import Process, Tier
from deploy.local.waiting import TooLate, wait_until

__all__ = ["Process", "Supervisor", "Tier"]

_SECONDS_TO_ANSWER = 20
_SECONDS_TO_START = 3
_SECONDS_TO_STOP = (
    150  # longer than all tiers' own limits together: supervisord itself kills what does not stop
)
_CALL_FAILED = (OSError, xmlrpc.client.Error)


class Supervisor:
    """One supervisord and its programs. The folder keeps logs and configuration, and may lie as deep as it likes."""

    def __init__(self, folder: Path) -> None:
        """Only remember; nothing runs before `start`."""
        self._folder = folder
        self._tier_of: dict[str, str] = {}
        self._child: subprocess.Popen[bytes] | None = None
        self._room = folder / "rpc"
        self._socket = Path()

    def start(self, tiers: Iterable[Tier]) -> None:
        """Start supervisord, with every program stopped."""
        filled = [tier for tier in tiers if tier.processes]
        self._tier_of = {process.name: tier.name for tier in filled for process in tier.processes}
        self._socket = self._make_room() / "rpc"
        configuration = supervisord.write(self._folder, self._socket, filled)
        self._child = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-n", "-c", str(configuration)],
            env=supervisord.inherited(os.environ) | leftovers.mark(self._folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl-C is meant for us; we stop it in order
        )
        wait_until(self._answers, "supervisord answers", _SECONDS_TO_ANSWER)

    def shutdown(self) -> None:
        """Stop every program, last tier first, then supervisord."""
        if self._child is None:
            return
        try:
            self._call("shutdown")  # heard at once, a signal only at supervisord's next tick
        except _CALL_FAILED:
            self._child.send_signal(signal.SIGTERM)
        try:
            self._child.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child = None

    def abandon(self) -> None:
        """Kill supervisord alone: from now on it starts and stops nothing."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
        self._child = None

    def running(self) -> bool:
        """Tell whether supervisord itself lives: without it nothing is started again."""
        return self._child is not None and self._child.poll() is None

    def start_tier(self, name: str) -> None:
        """Start the programs of a tier, without waiting for them."""
        if name in self._tier_of.values():
            self._call("startProcessGroup", name, False)

    def start_program(self, name: str) -> None:
        """Start one program; nothing happens when it runs."""
        with _allowed(Faults.ALREADY_STARTED):
            self._call("startProcess", self._full(name), False)

    def stop_program(self, name: str) -> None:
        """Stop one program and wait until it ended; it stays down until started again.

        A signal that meets supervisord's child before it became the program is lost, so one that just started gets its
        second of life first.
        """
        with suppress(TooLate):
            wait_until(lambda: self.state(name) != "STARTING", f"{name} started", _SECONDS_TO_START)
        with _allowed(Faults.NOT_RUNNING):
            self._call("stopProcess", self._full(name), True)

    def restart_program(self, name: str) -> None:
        """Stop and start one program."""
        self.stop_program(name)
        self.start_program(name)

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Send a signal to one program; if it dies of it, it comes back."""
        self._call("signalProcess", self._full(name), str(int(number)))

    def pid(self, name: str) -> int:
        """Answer the program's pid, 0 while it does not run."""
        return int(self._call("getProcessInfo", self._full(name))["pid"])

    def state(self, name: str) -> str:
        """Answer supervisord's word for the program's state: STOPPED, STARTING, RUNNING, BACKOFF, STOPPING, EXITED, FATAL."""
        return str(self._call("getProcessInfo", self._full(name))["statename"])

    def pids(self) -> dict[str, int]:
        """Answer the pid of each program that runs."""
        listing = self._call("getAllProcessInfo")
        return {entry["name"]: entry["pid"] for entry in listing if entry["pid"]}

    def _make_room(self) -> Path:
        """Make a private folder for the socket: its path may be 107 bytes long at most, so it cannot lie in ours.

        A link in our folder leads there, so that the next run finds and removes the room of one that was killed.
        """
        self.remove_room()
        room = Path(tempfile.mkdtemp(prefix="terbuka-"))
        self._room.symlink_to(room)
        return room

    def remove_room(self) -> None:
        """Remove the socket's folder, also that of a run which was killed; nobody may be running."""
        if self._room.is_symlink():
            shutil.rmtree(self._room.readlink(), ignore_errors=True)
            self._room.unlink()

    def _full(self, name: str) -> str:
        return f"{self._tier_of[name]}:{name}"

    def _answers(self) -> bool:
        if not self.running():
            message = f"supervisord did not start; see {self._folder / 'log' / 'supervisord.log'}"
            raise RuntimeError(message)
        with suppress(*_CALL_FAILED):
            return bool(self._call("getState"))
        return False

    def _call(self, method: str, *arguments: object) -> Any:
        # a connection a call: the transport is for one thread, and does not recover from a broken one
        transport = SupervisorTransport(None, None, f"unix://{self._socket}")
        try:
            proxy = xmlrpc.client.ServerProxy("http://127.0.0.1", transport=transport)
            return cast("Any", getattr(proxy.supervisor, method)(*arguments))
        finally:
            transport.close()


@contextmanager
def _allowed(code: int) -> Iterator[None]:
    """Let one refusal of supervisord pass: what was asked for is so already."""
    try:
        yield
    except xmlrpc.client.Fault as fault:
        if fault.faultCode != code:
            raise
