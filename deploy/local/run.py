"""`python -m deploy.local.run`: the whole stack in `var/` (or --folder), until Ctrl-C or SIGTERM.

Stops everything it started, and nothing else, and then ends with exit code 0. DEMO=no leaves out the demonstration.
"""

import argparse
import os
import signal
import sys
import time
import xmlrpc.client
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType

from deploy.local import demo, secrets
from deploy.local.claim import AlreadyRuns
from deploy.local.people import prepare_with_people
from deploy.local.ports import Ports, free_ports
from deploy.local.processes import prepare, processes
from deploy.local.readiness import NotReady
from deploy.local.stack import PortTaken, Stack
from deploy.local.supervisord import ROOT
from deploy.local.waiting import TooLate

_SECONDS_BETWEEN_LOOKS = 1


class Asked(BaseException):
    """Somebody asked us to stop. No error, so nothing that handles errors may swallow it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until asked to stop; answer the exit code."""
    wishes = _wishes().parse_args(arguments)
    ports = free_ports() if wishes.free_ports else Ports()
    secrets.make(wishes.folder)
    stack = _stack(wishes.folder, ports)
    _listen_for(_stop)
    try:
        return _run(stack)
    except Asked:
        return 0
    except (AlreadyRuns, NotReady, PortTaken, TooLate) as failure:
        say(f"Terbuka did not start: {failure}")
        return 1
    finally:
        # a second Ctrl-C must not leave half of it running
        _listen_for(_ignore)
        _stop_everything(stack)


def _stack(folder: Path, ports: Ports) -> Stack:
    tokens = secrets.demo_tokens(folder)
    if not _demonstrates():
        return Stack(folder, ports, processes, prepare, tokens)
    return Stack(
        folder, ports, processes, prepare_with_people, tokens, secrets.demo_accounts(folder)
    )


def _demonstrates() -> bool:
    return os.environ.get("DEMO") != "no"


def _wishes() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m deploy.local.run", description="Run Terbuka.")
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "var", help="where it keeps everything"
    )
    parser.add_argument(
        "--free-ports", action="store_true", help="beside another stack: any ports (see run.json)"
    )
    return parser


def _run(stack: Stack) -> int:
    say("starting broker and database")
    stack.up()
    if _demonstrates():
        demo.fill(stack.addresses)
    _announce(stack)
    return _watch(stack)


def _announce(stack: Stack) -> None:
    addresses = stack.addresses
    say("demo accounts, each with the bearer token of its role and the password for its pages:")
    for role, token in stack.tokens.items():
        password = stack.accounts.get(role, {}).get("password", "-")
        say(f"  demo-{role:<14} {token}  {password}")
    say(f"Terbuka is ready: {addresses.gateway}")
    say(f"broker {addresses.amqp}, database {addresses.mongo}, logs {addresses.folder / 'log'}")
    say("Ctrl-C stops everything")


def say(text: str) -> None:
    """Show a line; a terminal that was closed must not keep us from stopping what we started."""
    with suppress(OSError):
        print(text, flush=True)


def _stop_everything(stack: Stack) -> None:
    say("stopping")
    with suppress(AlreadyRuns):  # then it is not ours to stop
        stack.down()


def _watch(stack: Stack) -> int:
    """Keep the record of pids true; end only when nobody looks after the processes any more."""
    while stack.running():
        with suppress(OSError, xmlrpc.client.Error):  # it is dying: the next look tells
            stack.refresh()
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    say("supervisord died, so nothing would be started again")
    return 1


def _listen_for(handler: object) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handler)  # type: ignore[arg-type]


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Asked


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """Stop already asked for."""


if __name__ == "__main__":
    sys.exit(main())
