"""`python -m tests.faults [--seed N] [--requests N] [--rounds N]`: the campaign, its table, and exit code 1 if it lost."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event as Signal

from deploy.local import secrets
from deploy.local.addresses import Given
from deploy.local.ports import free_ports
from deploy.local.processes import prepare, processes
from deploy.local.stack import Stack
from tests.faults.injuries import Injury, campaign
from tests.faults.load import Load
from tests.faults.verdict import Examination, Verdict


def main() -> int:
    """Run one campaign."""
    wishes = _wishes()
    with TemporaryDirectory(prefix="terbuka-faults-") as folder:
        stack = Stack(Path(folder), free_ports(), processes, prepare, given=Given())
        stack.up()
        try:
            verdict = _run(stack, wishes)
        finally:
            stack.down()
    return 0 if verdict.good else 1


def _run(stack: Stack, wishes: argparse.Namespace) -> Verdict:
    # A queue declared a moment ago is not on the broker's disk yet; no operator would kill it then either.
    stack.broker.settle()
    enough = Signal()
    token = secrets.demo_tokens(stack.folder)["desk"]
    load = Load(stack.addresses.gateway, token, wishes.seed, wishes.requests, enough)
    callers = load.start()
    injuries = [_told(injury) for injury in campaign(stack, wishes.seed, wishes.rounds)]
    enough.set()
    for caller in callers:
        caller.join()
    examination = Examination(stack)
    verdict = examination.verdict(load, examination.seconds_to_catch_up())
    _print(wishes.seed, injuries, verdict, load)
    return verdict


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, default=20260812)
    parser.add_argument("--requests", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=2)
    return parser.parse_args()


def _told(injury: Injury) -> Injury:
    _say(f"  {injury.at:6.1f} s  {injury.what:36} ready after {injury.ready_after:5.1f} s")
    return injury


def _print(seed: int, injuries: list[Injury], verdict: Verdict, load: Load) -> None:
    _say("")
    _say(f"seed {seed}, {len(injuries)} injuries")
    for name, value in asdict(verdict).items():
        shown = f"{value:.1f}" if isinstance(value, float) else value
        _say(f"  {name.replace('_', ' '):22} {shown}")
    for refusal in load.refused[:5]:
        _say(f"  refused: {refusal}")
    _say("nothing lost, nothing doubled" if verdict.good else "THE CAMPAIGN FOUND A FAULT")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
