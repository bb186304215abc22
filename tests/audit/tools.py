"""The two packages that look at the pages, as the lock file says, hashes checked; fetched once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LOCK = HERE / "package-lock.json"
FETCHED = HERE / "node_modules" / "lock"


def fetch() -> None:
    """Fetch them unless they are there as the lock file says."""
    wanted = LOCK.read_text()
    if FETCHED.is_file() and FETCHED.read_text() == wanted:
        return
    npm = Path(sys.executable).parent / "npm"
    subprocess.run(
        [str(npm), "ci", "--ignore-scripts", "--omit=optional", "--loglevel=error"],
        cwd=HERE,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    FETCHED.write_text(wanted)
