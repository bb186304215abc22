"""`python -m eventlog.work relay|ingest|project PORT SERVICE...`: the plain processes that carry events.

No eventlet here. Each job runs on a thread of its own; when one ends by a bug, the whole process ends with an error
and its supervisor starts it anew.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from threading import Event as Signal
from threading import Thread

import structlog

from eventlog import settings
from eventlog.jobs import Job, ingest_jobs, project_jobs, relay_jobs
from eventlog.store import open_store
from telemetry import logs, plain
from telemetry.health import Health

ROLES = {"relay": relay_jobs, "ingest": ingest_jobs, "project": project_jobs}
log = structlog.get_logger()


def main(role: str, port: int, services: list[str]) -> None:
    """Run a role's jobs until told to stop."""
    logs.configure(f"{role}-{services[0] if len(services) == 1 else 'all'}")
    stop = Signal()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threads = start(ROLES[role](services), stop)
    given = settings.load(services[0])
    store = open_store(given, "health")
    checks = {
        "database": store.answers,
        "jobs": lambda: all(thread.is_alive() for thread in threads),
    }
    plain.serve(given["telemetry_host"], port, Health(checks))
    stop.wait()
    for thread in threads:
        thread.join(timeout=5)


def start(jobs: Mapping[str, Job], stop: Signal) -> list[Thread]:
    """Start every job. A job that ends by a bug ends the process."""
    threads = [
        Thread(target=_guarded, args=(name, job, stop), name=name, daemon=True)
        for name, job in jobs.items()
    ]
    for thread in threads:
        thread.start()
    return threads


def _guarded(name: str, job: Job, stop: Signal) -> None:
    try:
        job(stop)
    except BaseException:
        log.exception("job_ended_by_a_bug", job=name)
        # A thread cannot end its process by an exception, and a process that does half of its work must not look well.
        os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
