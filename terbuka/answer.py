"""How the command answers: plain text for people or JSON for machines on standard output, faults on standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

for_machines = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")


class Fault(click.ClickException):
    """What was looked at is not as it should be, or not there."""

    exit_code = 1


class Unreachable(click.ClickException):
    """A part of the system does not answer."""

    exit_code = 3


def answer(value: Any, text: str, *, as_json: bool) -> None:
    """Say one thing in both ways."""
    click.echo(in_json(value) if as_json else text)


def in_json(value: Any) -> str:
    """One line; times and bytes as text."""
    return json.dumps(value, ensure_ascii=False, default=str)


def end(*, fault: bool) -> None:
    """End with 1 when a fault was found; it was said before."""
    if fault:
        click.get_current_context().exit(Fault.exit_code)


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """A bar on standard error for long work; give it how many steps were done."""
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update
