"""Intake without its vault, to see what the vault costs: `python -m tests.performance.without_vault PORT`.

Everything else is the product's own: the same service class, decisions, log and settings.
"""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402
from dataclasses import replace  # noqa: E402

from eventlog import providers, settings  # noqa: E402
from eventlog.providers import Tools  # noqa: E402
from eventlog.store import open_store  # noqa: E402
from services.intake.service import Service  # noqa: E402
from services.intake.tools import build  # noqa: E402
from telemetry import logs  # noqa: E402


class NoVault:
    """Keeps nobody."""

    def keep(self, *_):
        """Forget the person."""

    def requests_of_same(self, *_):
        """Know nobody."""
        return []


def build_without_vault(given, store):
    """Intake's tools with a vault that is none."""
    tools = build(given, store)
    return replace(tools, reception=replace(tools.reception, vault=NoVault()))


class WithoutVault(Service):
    """The same service under the same name."""

    name = "intake"
    tools = Tools(build_without_vault)


def main(port):
    """Run it as eventlog.serve would."""
    logs.configure("intake")
    given = settings.load("intake")
    store = open_store(given, "service")
    store.prepare()
    providers.run(WithoutVault, given, store, port, lambda: print("ready", flush=True))  # noqa: T201


if __name__ == "__main__":
    main(int(sys.argv[1]))
