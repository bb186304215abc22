"""`python -m tests.audit [--only PATH] [--no-speed|--only-speed]`: every page looked at; exit code 1 when anything is wrong."""

from __future__ import annotations

import argparse
import sys

from playwright.sync_api import sync_playwright

from tests.audit import cases, speed, tools
from tests.audit.eyes import MODES, look, look_at_mistakes
from tests.audit.office import Office, open_office
from tests.audit.pages import Sight, every_page
from tests.suites import chromium


def main() -> int:
    """Look, tell what is found at once, and judge."""
    wishes = _wishes()
    tools.fetch()
    with open_office() as office:
        sights, unreached = every_page(office, cases.enter(office))
        sights = [sight for sight in sights if sight.path.startswith(wishes.only)]
        say(f"{len(sights)} pages, each in {len(MODES)} modes")
        faults = [f"no link leads to {kind}" for kind in unreached]
        for fault in faults:
            say(f"FAULT {fault}")
        if not wishes.only_speed:
            faults += _looked(office, sights)
        if not wishes.no_speed:
            faults += _measured(office, sights)
    say(f"{len(faults)} faults")
    return 1 if faults else 0


def _looked(office: Office, sights: list[Sight]) -> list[str]:
    faults = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.PATH, args=list(chromium.FLAGS)
        )
        for each in (look, look_at_mistakes):
            for fault in each(browser, office, sights):
                faults.append(str(fault))
                say(f"FAULT {fault}")
        browser.close()
    return faults


def _measured(office: Office, sights: list[Sight]) -> list[str]:
    faults = []
    for score in speed.scores(office, sights):
        row = "  ".join(f"{name} {points:3d}" for name, points in score.points.items())
        say(
            f"{'ok   ' if score.good else 'FAULT'} {score.path:50} {row}  {' '.join(score.wanting)}"
        )
        faults += [] if score.good else [score.path]
    return faults


def _wishes() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.audit", description=__doc__)
    parser.add_argument("--only", default="/", help="pages whose address begins so")
    parser.add_argument("--no-speed", action="store_true", help="without Lighthouse")
    parser.add_argument("--only-speed", action="store_true", help="with nothing else")
    return parser.parse_args()


def say(text: str) -> None:
    """Show one line at once, also when somebody pipes us."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
