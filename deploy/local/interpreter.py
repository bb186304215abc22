"""Finds the newest Python of this machine that Terbuka can run on, by running it.

Standard library only, and old syntax: this file runs before anything is installed, under any Python from 3.8.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

SUPPORTED = ((3, 13), (3, 12), (3, 11))
OVERRIDE = "PYTHON"
# ensurepip is what Debian leaves out until python3-venv is installed: without it no environment can be made.
_QUESTION = (
    "import sys, json, venv, ensurepip;"
    "print(json.dumps([list(sys.version_info[:2]), sys.version, sys.executable]))"
)
_SECONDS_TO_ANSWER = 30


class Interpreter(NamedTuple):
    """One Python that answered."""

    version: tuple[int, int]
    build: str
    path: str


def newest(environment: Mapping[str, str]) -> Interpreter | None:
    """Answer the interpreter named by PYTHON, else the newest supported one on PATH that really runs."""
    for candidate in candidates(environment):
        found = ask(candidate)
        if found is not None and found.version in SUPPORTED:
            return found
    return None


def candidates(environment: Mapping[str, str]) -> Iterator[str]:
    """Name what to try, best first: a broken one early on PATH must not hide a good one behind it."""
    if environment.get(OVERRIDE):
        yield environment[OVERRIDE]
        return
    folders = [folder for folder in environment.get("PATH", os.defpath).split(os.pathsep) if folder]
    for major, minor in SUPPORTED:
        for folder in folders:
            path = Path(folder) / f"python{major}.{minor}"
            if os.access(path, os.X_OK):
                yield str(path)


def ask(candidate: str) -> Interpreter | None:
    """Run the candidate; None when it does not run (a version manager's shim) or cannot make environments."""
    try:
        answer = subprocess.run(
            [candidate, "-I", "-c", _QUESTION],
            capture_output=True,
            check=True,
            timeout=_SECONDS_TO_ANSWER,
        ).stdout
        version, build, path = json.loads(answer)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return Interpreter((version[0], version[1]), build, path)
