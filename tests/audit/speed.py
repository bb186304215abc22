"""Lighthouse on the main pages: accessible, built as it should be, and quickly there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.audit.office import Office
from tests.audit.pages import Sight
from tests.suites import chromium

NODE = Path(sys.executable).parent / "node"
LIGHTHOUSE = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
LEAST = {"accessibility": 100, "best-practices": 100, "performance": 95}
MAIN = ("today.shown", "cases.listed", "case.shown", "receive.opened", "sign_in.ask", "status.ask")


@dataclass(frozen=True, slots=True)
class Score:
    """What Lighthouse gave a page, of 100, and what it found wanting."""

    path: str
    points: dict[str, int]
    wanting: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether every score is high enough."""
        return all(self.points[name] >= least for name, least in LEAST.items())


def scores(office: Office, sights: list[Sight]) -> Iterator[Score]:
    """The scores of the main pages, each looked at once."""
    for kind in MAIN:
        sight = next((each for each in sights if each.kind == kind), None)
        if sight is not None:
            yield _score(sight.path, _report(office, sight))


def _report(office: Office, sight: Sight) -> dict:
    cookies = "; ".join(f"{name}={value}" for name, value in office.cookies(sight.role).items())
    with TemporaryDirectory(prefix="terbuka-lighthouse-") as folder:
        result = Path(folder) / "report.json"
        headers = Path(folder) / "headers.json"
        headers.write_text(json.dumps({"Cookie": cookies} if cookies else {}))
        subprocess.run(
            [
                str(NODE),
                str(LIGHTHOUSE),
                f"{office.address}{sight.path}",
                "--quiet",
                "--no-enable-error-reporting",
                "--preset=desktop",
                f"--only-categories={','.join(LEAST)}",
                "--output=json",
                f"--output-path={result}",
                f"--extra-headers={headers}",
                f"--chrome-flags={' '.join(chromium.FLAGS)} --user-data-dir={folder}/profile",
            ],
            env={**os.environ, "CHROME_PATH": chromium.PATH, "HOME": folder},
            check=True,
            timeout=180,
        )
        return json.loads(result.read_text())


def _score(path: str, report: dict) -> Score:
    points = {name: round(100 * report["categories"][name]["score"]) for name in LEAST}
    wanting = tuple(
        audit["id"]
        for name in LEAST
        for reference in report["categories"][name]["auditRefs"]
        if (audit := report["audits"][reference["id"]])["score"] not in {1, None}
        and reference["weight"] > 0
    )
    return Score(path, points, wanting)
