"""Keeps `run.json`: where a running stack is, for programs that want to find it.

It holds demo credentials, so only its owner may read it. A reader never sees half of it.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from deploy.local.addresses import Addresses

NAME = "run.json"


def write(
    addresses: Addresses,
    tokens: Mapping[str, str],
    accounts: Mapping[str, Mapping[str, str]],
    processes: Mapping[str, int],
) -> None:
    """Write or replace the record."""
    content = {
        "gateway": addresses.gateway,
        "tokens": dict(tokens),
        "accounts": {role: dict(account) for role, account in accounts.items()},
        "amqp": addresses.amqp,
        "mongo": addresses.mongo,
        "processes": dict(processes),
    }
    path = addresses.folder / NAME
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(content, indent=2) + "\n")
    draft.replace(path)


def remove(folder: Path) -> None:
    """Take the record away: nothing runs any more."""
    (folder / NAME).unlink(missing_ok=True)


def supervisor_pid(folder: Path) -> int | None:
    """Answer the pid supervisord wrote down in this folder, whether or not it lives."""
    try:
        return int((folder / "supervisord.pid").read_text())
    except (OSError, ValueError):
        return None
