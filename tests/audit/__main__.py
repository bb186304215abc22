"""`python -m tests.audit [--only PATH] [--no-speed]`: every page looked at; exit code 1 when anything is wrong."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable

from playwright.sync_api import sync_playwright

from tests.audit import cases, speed, tools
from tests.audit.eyes import MODES, Fault, look
from tests.audit.office import Office, open_office
from tests.audit.pages import Sight, every_page
from tests.suites import chromium


def main() -> int:
    """Look, tell, and judge."""
    wishes = _wishes()
    tools.fetch()
    with open_office() as office:
        sights, unreached = every_page(office, cases.enter(office))
        sights = [sight for sight in sights if sight.path.startswith(wishes.only)]
        say(f"{len(sights)} pages, each in {len(MODES)} modes")
        faults = _looked(office, sights)
        scores = [] if wishes.no_speed else list(speed.scores(office, sights))
    _tell(faults, unreached, scores)
    good = not faults and not unreached and all(score.good for score in scores)
    return 0 if good else 1


def _looked(office: Office, sights: list[Sight]) -> list[Fault]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.PATH, args=list(chromium.FLAGS)
        )
        try:
            return list(look(browser, office, sights))
        finally:
            browser.close()


def _tell(faults: list[Fault], unreached: list[str], scores: Iterable[speed.Score]) -> None:
    for fault in faults:
        say(f"FAULT {fault}")
    for kind in unreached:
        say(f"FAULT no link leads to {kind}")
    names = tuple(speed.LEAST)
    for score in scores:
        row = "  ".join(f"{name} {score.points[name]:3d}" for name in names)
        say(
            f"{'ok   ' if score.good else 'FAULT'} {score.path:40} {row}  {' '.join(score.wanting)}"
        )
    say(f"{len(faults) + len(unreached)} faults")


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("--only", default="/", help="pages whose address begins so")
    parser.add_argument("--no-speed", action="store_true", help="without Lighthouse")
    return parser.parse_args()


def say(text: str) -> None:
    """Show one line at once, also when somebody pipes us."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
