"""The servers and processes of a measurement, started for it and stopped after it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO

from deploy.local.addresses import Addresses
from deploy.local.ports import free_ports
from deploy.local.process import Process
from deploy.local.processes import environment_of, prepare, processes
from deploy.local.stack import Stack

# What an order passes through until it is shown: the same work as the naive way's two services.
PATH = ("intake", "relay", "ingest-register", "project-register")


@contextmanager
def servers(names: tuple[str, ...] | None = ()) -> Iterator[Stack]:
    """A stack with only the processes named; None for all of them."""

    def chosen(addresses: Addresses) -> tuple[Process, ...]:
        return tuple(each for each in processes(addresses) if names is None or each.name in names)

    with TemporaryDirectory(prefix="terbuka-bench-") as folder:
        stack = Stack(Path(folder), free_ports(), chosen, prepare)
        stack.up()
        try:
            yield stack
        finally:
            stack.discard()


@contextmanager
def program(stack: Stack, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A Python module run beside the stack, from its line `ready` on. What it complains of is told if it fails."""
    environment = {**os.environ, **environment_of(stack.addresses)}
    with TemporaryFile("w+") as complaints:
        running = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        )
        try:
            if (running.stdout.readline().strip() if running.stdout else "") != "ready":
                raise RuntimeError(_why(arguments[0], "did not get ready", complaints))
            yield running
            if running.poll() is not None:
                raise RuntimeError(_why(arguments[0], "ended by itself", complaints))
        finally:
            running.terminate()
            running.wait(timeout=20)


def _why(name: str, fault: str, complaints: IO[str]) -> str:
    complaints.seek(0)
    return f"{name} {fault}: {complaints.read()}"
