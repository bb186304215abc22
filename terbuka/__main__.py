"""`terbuka`: the operator's command, put together from its groups. See the package for exit codes."""

from __future__ import annotations

import logging
from typing import Any

import click

import terbuka
from eventlog.settings import MissingSetting
from telemetry import logs
from terbuka import (
    account,
    calendar,
    demonstrate,
    generate,
    log,
    parked,
    reconcile,
    replay,
    status,
    views,
)
from terbuka.answer import Fault, Unreachable
from terbuka.reach import away, run_option, why


class Operators(click.Group):
    """Turns what the libraries raise into one line and an exit code. A bug keeps its traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # whoever read our answer has read enough
            raise
        except MissingSetting as error:
            raise click.UsageError(f"no such setting: {error}") from error
        except Exception as error:
            if away(error):
                raise Unreachable(why(error)) from error
            if isinstance(error, OSError):
                raise Fault(str(error)) from error
            raise


@click.group(cls=Operators, help=terbuka.__doc__)
@run_option
def cli() -> None:
    """What to do stands in the package."""


for _part in (
    status.status,
    log.log,
    views.views,
    parked.parked,
    reconcile.reconcile,
    replay.replay,
    calendar.calendar,
    account.account,
    demonstrate.demo,
    generate.generate,
):
    cli.add_command(_part)


def main() -> None:
    """The console script."""
    logs.configure("terbuka")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    cli(prog_name="terbuka")


if __name__ == "__main__":
    main()
