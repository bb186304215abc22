"""Installs the few Debian packages the local servers need, and starts none of them.

Debian starts a server as soon as its package is unpacked, on every interface of the machine. Terbuka runs its own node on
loopback, so that start is refused (policy-rc.d answers 101) and afterwards looked for.
Standard library only, and old syntax: this file runs before anything is installed, under any Python from 3.8.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

BROKER = ("rabbitmq-server",)
DATABASE = ("libcurl4", "libssl3", "liblzma5")  # what the mongod of the wheel is linked against
LETTERS = (
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",
    "fonts-liberation",
)  # what papers are drawn with
BROWSER = ("chromium",)  # only the tests look at pages in it
MAILBOX = ("dovecot-imapd",)  # only the tests read mail from it
ENVIRONMENTS = ("python3-venv",)
POLICY = Path("/usr/sbin/policy-rc.d")
_REFUSE_ALL_STARTS = (
    "#!/bin/sh\n# put here by Terbuka's set-up, for the minute that apt-get runs\nexit 101\n"
)
_SECONDS_FOR_LOCK = 120  # a fresh machine often installs its own updates just now
# The programs of the servers among the packages, and the unit that would start each at boot, on every interface.
_SERVERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "rabbitmq-server": ("rabbitmq-server", ("beam.smp", "epmd")),
    "dovecot-imapd": ("dovecot", ("dovecot",)),
}


class NotAllowed(Exception):
    """This user may not install; the text is the command somebody else has to run."""


class ServerStarted(Exception):
    """The package manager started a server although it was told not to."""


def needed(environment: Mapping[str, str], *, tests: bool = False) -> list[str]:
    """Name the packages this machine needs; none for a server that already runs elsewhere."""
    broker = () if environment.get("TERBUKA_AMQP_URI") else BROKER
    database = () if environment.get("TERBUKA_MONGO_URI") else DATABASE
    return [*broker, *database, *LETTERS, *((*BROWSER, *MAILBOX) if tests else ())]


def missing(packages: Iterable[str]) -> list[str]:
    """Answer those that are neither installed nor provided by another package (libssl3 is libssl3t64 on newer releases)."""
    wanted = list(packages)
    if not wanted:
        return []
    present = _present()
    return [package for package in wanted if package not in present]


def _present() -> set[str]:
    if shutil.which("dpkg-query") is None:
        return set()
    form = "${db:Status-Status}|${Package}|${Provides}\n"
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", form], stdout=subprocess.PIPE, check=True, text=True
    )
    present: set[str] = set()
    for line in listing.stdout.splitlines():
        status, package, provides = line.split("|", 2)
        if status == "installed":
            present.add(package)
            present.update(
                word.split("(")[0].strip() for word in provides.split(",") if word.strip()
            )
    return present


def install(packages: Iterable[str]) -> None:
    """Install the packages; raises NotAllowed with the exact command when this user may not."""
    names = list(packages)
    prefix = _privilege(names)
    servers = [_SERVERS[name] for name in names if name in _SERVERS]
    programs = [program for _, each in servers for program in each]
    running = _pids(programs)
    with _no_server_starts(POLICY, prefix):
        _apt(prefix, "update", "-qq")  # one broken source among many is no reason not to try
        _or_show(_apt(prefix, "install", "-qq", "-y", "--no-install-recommends", *names))
    for unit, _ in servers:
        _keep_off_at_boot(unit, prefix)
    _refuse_started(_pids(programs) - running)


def command(packages: Iterable[str]) -> str:
    """Write what an administrator runs instead of us. Debian's own servers are not wanted: ours listen on loopback only."""
    names = list(packages)
    install = f"sudo apt-get update && sudo apt-get install --yes --no-install-recommends {' '.join(names)}"
    units = [_SERVERS[name][0] for name in names if name in _SERVERS]
    return install + "".join(f" && sudo systemctl disable --now {unit}" for unit in units)


def _privilege(names: list[str]) -> list[str]:
    if shutil.which("apt-get") is None:
        raise NotAllowed(
            f"(this is no Debian or Ubuntu machine; it needs what these packages hold: {' '.join(names)})"
        )
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    raise NotAllowed(command(names))


def _apt(prefix: list[str], *arguments: str) -> subprocess.CompletedProcess[str]:
    patient = ["-o", f"DPkg::Lock::Timeout={_SECONDS_FOR_LOCK}"]
    return subprocess.run(
        [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *patient, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _or_show(done: subprocess.CompletedProcess[str]) -> None:
    """Show apt-get's own words only when it failed: a bare machine unpacks dozens of packages."""
    if done.returncode != 0:
        print(done.stdout)
        done.check_returncode()


@contextmanager
def _no_server_starts(policy: Path, prefix: list[str]) -> Iterator[None]:
    """Forbid starts while apt-get runs; a policy the machine already has is its owner's and stays as it is."""
    ours = not policy.exists()
    if ours:
        _write_policy(policy, prefix)
    try:
        yield
    finally:
        if ours:
            subprocess.run([*prefix, "rm", "-f", str(policy)], check=True)


def _write_policy(policy: Path, prefix: list[str]) -> None:
    tee = [*prefix, "tee", str(policy)]
    subprocess.run(tee, input=_REFUSE_ALL_STARTS, text=True, stdout=subprocess.DEVNULL, check=True)
    subprocess.run([*prefix, "chmod", "755", str(policy)], check=True)


def _keep_off_at_boot(unit: str, prefix: list[str]) -> None:
    if Path("/run/systemd/system").is_dir():
        subprocess.run([*prefix, "systemctl", "disable", unit], capture_output=True, check=False)


def _refuse_started(pids: set[int]) -> None:
    if pids:
        message = f"the package manager started a server (pids {sorted(pids)}); stop it: it listens on every interface"
        raise ServerStarted(message)


def _pids(programs: Iterable[str]) -> set[int]:
    wanted = set(programs)
    return {int(entry.name) for entry in Path("/proc").glob("[0-9]*") if _program(entry) in wanted}


def _program(entry: Path) -> str:
    try:
        return (entry / "comm").read_text().strip()
    except OSError:  # it ended while we looked
        return ""
