"""Makes a bare machine ready: system packages, `.venv`, hashed requirements, the `terbuka` command, the pages' styles.

`python3 -m deploy.local.setup` from the project's folder; with `--tests` also what only tests need: a browser, a mailbox. Safe to repeat: when nothing changed it does nothing. Exit code 2
means that somebody with more rights has to run the printed command first.
Standard library only, and old syntax: this file runs before anything is installed, under any Python from 3.8.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local import debian, interpreter

TESTS = "--tests"
ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements" / "dev.txt"
DECIDING = (REQUIREMENTS, ROOT / "pyproject.toml")
STAMP = VENV / "terbuka.stamp"
NOT_ALLOWED = 2
HOW_TO_GO_ON = """\
This user may not install Debian packages. Please have this run, then try again:

  {refusal}

Or name servers that already run, in TERBUKA_AMQP_URI and TERBUKA_MONGO_URI.
"""


def main() -> int:
    """Do what is missing; answer the exit code."""
    try:
        system_packages(tests=TESTS in sys.argv[1:])
        python = find_python()
    except debian.NotAllowed as refusal:
        say(HOW_TO_GO_ON.format(refusal=refusal))
        return NOT_ALLOWED
    except (debian.ServerStarted, subprocess.CalledProcessError) as failure:
        say(f"Installing Debian packages failed: {failure}")
        return 1
    return environment(python) or assets()


def system_packages(*, tests: bool) -> None:
    """Install what the local servers need and this machine lacks."""
    lacking = debian.missing(debian.needed(os.environ, tests=tests))
    if lacking:
        say(f"installing Debian packages: {' '.join(lacking)}")
        debian.install(lacking)


def find_python() -> interpreter.Interpreter | None:
    """Answer the Python to use; on a bare machine Debian's own becomes usable by python3-venv."""
    found = interpreter.newest(os.environ)
    if (
        found is None
        and not os.environ.get(interpreter.OVERRIDE)
        and debian.missing(debian.ENVIRONMENTS)
    ):
        say("no usable Python yet, installing Debian's")
        debian.install(debian.ENVIRONMENTS)
        found = interpreter.newest(os.environ)
    return found


def environment(python: interpreter.Interpreter | None) -> int:
    """Make `.venv` as the requirements say, unless it is so already."""
    if python is None:
        say(
            "Terbuka needs Python 3.11, 3.12 or 3.13 that can make virtual environments (set PYTHON to name one)."
        )
        return NOT_ALLOWED
    wanted = [
        fingerprint(str(python).encode()),
        fingerprint(*(path.read_bytes() for path in DECIDING)),
    ]
    present = STAMP.read_text().split() if STAMP.is_file() else []
    if present != wanted:
        # a running stack may live in it, so it is only made anew when it cannot be brought up to date
        if present[:1] != wanted[:1]:
            make(python)
        install()
        STAMP.write_text("\n".join(wanted))
    return 0


def assets() -> int:
    """Build the pages' styles, scripts and translations; the environment's own Python knows how."""
    command = [str(VENV / "bin" / "python"), "-m", "deploy.local.assets"]
    return subprocess.run(command, cwd=str(ROOT), check=False).returncode


def fingerprint(*parts: bytes) -> str:
    """Change whenever one of the parts does."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def make(python: interpreter.Interpreter) -> None:
    """Make the environment from nothing; an interrupted one left no stamp and is made again."""
    say(f"making .venv with Python {python.version[0]}.{python.version[1]}")
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([python.path, "-m", "venv", str(VENV)], check=True)


def install() -> None:
    """Bring the environment to what the requirements say, and the project into it."""
    say("installing the requirements (hashes checked)")
    # every requirement is in the file with its hash, so nothing is left to resolve
    pip("install", "--require-hashes", "--no-deps", "--requirement", str(REQUIREMENTS))
    pip("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    pip("check")


def pip(*arguments: str) -> None:
    """Run the environment's own pip, quietly."""
    subprocess.run(
        [
            str(VENV / "bin" / "python"),
            "-m",
            "pip",
            "--disable-pip-version-check",
            "-qq",
            *arguments,
        ],
        cwd=str(ROOT),
        check=True,
    )


def say(text: str) -> None:
    """Show one line of progress at once, also when somebody pipes us."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
