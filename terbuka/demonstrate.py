"""`terbuka demo`: plays the sample requests through a running system."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from terbuka.answer import Fault, Unreachable, answer, for_machines, progress
from terbuka.demo.desk import Desk, Refused
from terbuka.demo.play import Played, play
from terbuka.demo.rows import SAMPLES, read
from terbuka.demo.table import summary
from terbuka.reach import Reach, reached

EXISTING = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.option("--file", "samples", type=EXISTING, default=SAMPLES, help="Sample requests, CSV.")
@click.option("--gateway", help="Address of a gateway that no run.json names.")
@click.option("--tokens", type=EXISTING, help="JSON file with a bearer token for each role.")
@for_machines
@reached
def demo(
    reach: Reach, samples: Path, gateway: str | None, tokens: Path | None, *, as_json: bool
) -> None:
    """Take the sample requests through the desk; playing them again changes nothing."""
    address = gateway or reach.record.get("gateway")
    known = json.loads(tokens.read_bytes()) if tokens else reach.record.get("tokens")
    if not address or not known:
        raise Unreachable("no running stack found; name --gateway and --tokens")
    played = show(address, known, samples)
    answer([asdict(each) for each in played], summary(played), as_json=as_json)


def show(gateway: str, tokens: dict[str, str], samples: Path = SAMPLES) -> list[Played]:
    """Play a file of sample requests under a progress bar."""
    rows = read(samples)
    try:
        with Desk(gateway, tokens) as desk, progress("demonstration", len(rows)) as advance:
            return play(desk, rows, progress=advance)
    except Refused as refused:
        raise Fault(str(refused)) from refused
