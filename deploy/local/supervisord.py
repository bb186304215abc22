"""Writes supervisord's configuration for the tiers of a stack.

Arguments and environments are not in it: each program is started by `launch`, from a file only its owner can read. So no value
has to survive supervisord's quoting rules (it cuts at ` #` and expands `%`).
"""

import configparser
import json
import os
import resource
import shlex
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from deploy.local import launch, leftovers
from deploy.local.process import Process, Tier

ROOT = Path(__file__).resolve().parents[2]
_INHERITED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ")
_OPEN_FILES = 65536  # a broker with few descriptors refuses connections
_PROGRAM = {
    "directory": str(ROOT),
    "autostart": "false",  # the stack starts a tier when the one below is ready
    "autorestart": "true",  # whatever the exit code: a kill -9 must not be the end
    "startsecs": "1",
    "umask": "077",
    "startretries": "1000000",
    "killasgroup": "true",  # a master killed for being slow must not leave its workers
    "redirect_stderr": "true",
    "stdout_logfile_maxbytes": "20MB",
    "stdout_logfile_backups": "3",
}


def write(folder: Path, socket: Path, tiers: Iterable[Tier]) -> Path:
    """Write the configuration and the programs' descriptions below the folder; answer the configuration's path."""
    (folder / "log").mkdir(parents=True, exist_ok=True)
    (folder / "launch").mkdir(mode=0o700, exist_ok=True)
    parser = configparser.RawConfigParser()
    parser.read_dict(_sections(folder, socket, tuple(tiers)))
    path = folder / "supervisord.conf"
    with path.open("w") as file:
        parser.write(file)
    return path


def _sections(folder: Path, socket: Path, tiers: tuple[Tier, ...]) -> dict[str, dict[str, str]]:
    sections = {
        "supervisord": _supervisord(folder),
        "unix_http_server": {"file": _plain(socket), "chmod": "0600"},
        "rpcinterface:supervisor": {
            "supervisor.rpcinterface_factory": "supervisor.rpcinterface:make_main_rpcinterface"
        },
    }
    for priority, tier in enumerate(tiers, start=1):
        names = ",".join(process.name for process in tier.processes)
        sections[f"group:{tier.name}"] = {"programs": names, "priority": str(priority)}
        for process in tier.processes:
            sections[f"program:{process.name}"] = _program(folder, process)
    return sections


def _supervisord(folder: Path) -> dict[str, str]:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    allowed = _OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _OPEN_FILES)
    return {
        "logfile": _plain(folder / "log" / "supervisord.log"),
        "logfile_maxbytes": "5MB",
        "pidfile": _plain(folder / "supervisord.pid"),
        "minfds": str(allowed),
    }


def _program(folder: Path, process: Process) -> dict[str, str]:
    description = folder / "launch" / f"{process.name}.json"
    _describe(description, process, folder)
    command = shlex.join([sys.executable, "-I", "-S", str(launch.__file__), str(description)])
    return _PROGRAM | {
        "command": _plain(command),
        "stdout_logfile": _plain(folder / "log" / f"{process.name}.log"),
        "stopwaitsecs": str(process.stop_seconds),
    }


def _describe(path: Path, process: Process, folder: Path) -> None:
    environment = inherited(os.environ) | dict(process.environment) | leftovers.mark(folder)
    path.touch(mode=0o600)
    path.write_text(json.dumps({"argv": process.argv, "environment": environment}))


def inherited(environment: Mapping[str, str]) -> dict[str, str]:
    """Answer the little a program takes over from whoever started the stack; settings come in a Process, in plain sight."""
    return {name: environment[name] for name in _INHERITED if name in environment}


def _plain(value: Path | str) -> str:
    text = str(value)
    if any(mark in text for mark in (" ;", " #", "\n")):
        message = f"supervisord cannot take this path, move the folder: {text!r}"
        raise ValueError(message)
    return text.replace("%", "%%")
