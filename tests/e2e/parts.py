"""The parts of the running stack: where each is asked, where it logs, and what happens while one stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from deploy.local.ports import LOOPBACK
from deploy.local.processes import processes
from deploy.local.stack import Stack


@contextmanager
def stopped(stack: Stack, *programs: str) -> Iterator[None]:
    """Some programs stand still for the length of a block, and are ready again after it."""
    for program in programs:
        stack.supervisor.stop_program(program)
    try:
        yield
    finally:
        for program in programs:
            stack.supervisor.start_program(program)
        stack.wait()


def ports_of(stack: Stack) -> dict[str, int]:
    """The port on which each program answers operators."""
    return {each.name: each.port for each in processes(stack.addresses) if each.port}


def page_of(port: int, path: str) -> httpx.Response:
    """What a program answers to an operator."""
    return httpx.get(f"http://{LOOPBACK}:{port}{path}", timeout=10)


def logs_of(stack: Stack) -> list[Path]:
    """Every log file of the stack."""
    return sorted((stack.folder / "log").glob("*.log*"))
