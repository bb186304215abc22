"""`python -m eventlog.serve intake PORT`: one nameko service in one process.

This takes the place of nameko's command line, which needs a package that Python 3.12 no longer brings. Eventlet must
replace the sockets before anything else is imported, above all pymongo.
"""

import warnings

# Said at every import; docs/decisions/0002 is our answer, and the log is for other things.
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import sys  # noqa: E402
from importlib import import_module  # noqa: E402

from eventlog import providers, settings  # noqa: E402
from eventlog.store import open_store  # noqa: E402
from telemetry import logs  # noqa: E402


def main(name: str, port: int) -> None:
    """Run the service `services.<name>.service.Service`."""
    logs.configure(name)
    given = settings.load(name)
    store = open_store(given, "service")
    store.prepare()
    providers.run(import_module(f"services.{name}.service").Service, given, store, port)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
