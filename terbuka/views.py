"""`terbuka views`: builds views anew from the log, or shows where the live ones differ from what the log says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from contracts.topology import LISTENING_TO_ALL
from deploy.local.waiting import TooLate, wait_until
from eventlog import rebuild as rebuilding
from eventlog.mongo.views import MongoViews
from eventlog.rebuild import Difference
from eventlog.store import Store
from terbuka.answer import Fault, answer, end, for_machines, progress
from terbuka.reach import Reach, reached

ATTEMPTS = 5
SECONDS_TO_CATCH_UP = 30
SHOWN = 20
of_service = click.option(
    "--service", type=click.Choice(LISTENING_TO_ALL), default="register", show_default=True
)


@click.group()
def views() -> None:
    """The views that screens and reports are read from."""


@views.command()
@of_service
@for_machines
@reached
def rebuild(reach: Reach, service: str, *, as_json: bool) -> None:
    """Build the views anew beside the live ones, and swap. Nobody waits meanwhile."""
    store, live = _opened(reach, service)
    with _counted("building", store) as advance:
        built = rebuilding.rebuild(store.numbered, live, advance)
    said = f"generation {built.number} of {service} is live and shows position {built.position}"
    answer({"generation": built.number, "position": built.position}, said, as_json=as_json)


@views.command()
@of_service
@for_machines
@reached
def compare(reach: Reach, service: str, *, as_json: bool) -> None:
    """Build the views beside the live ones, byte for byte, and drop them again. Ends with 1 where they differ."""
    store, live = _opened(reach, service)
    found = _stable(store, live, lambda: _differences(store, live))
    differing = [f"{each.view} {each.entity}" for each in found]
    more = [f"... and {len(differing) - SHOWN} more"] if len(differing) > SHOWN else []
    text = "\n".join([*differing[:SHOWN], *more]) or f"the views of {service} are as the log says"
    answer({"service": service, "differences": differing}, text, as_json=as_json)
    end(fault=bool(found))


def _stable(
    store: Store, live: MongoViews, look: Callable[[], list[Difference]]
) -> list[Difference]:
    """What was found while nothing moved: an event that arrives in between would look like a difference."""
    for _ in range(ATTEMPTS):
        _wait_for_projector(store, live)
        before = live.live()
        found = look()
        if not found or live.live() == before:
            return found
    raise Fault("the log did not stand still long enough to compare; try when less is written")


def _wait_for_projector(store: Store, live: MongoViews) -> None:
    def caught_up() -> bool:
        return live.live().position >= store.numbered.head()

    try:
        wait_until(caught_up, "the live views show the whole log", SECONDS_TO_CATCH_UP)
    except TooLate as late:  # a fault of the projector, though everything answers
        raise Fault(str(late)) from late


def _differences(store: Store, live: MongoViews) -> list[Difference]:
    with _counted("comparing", store) as advance:
        return rebuilding.compare(store.numbered, live, advance)


@contextmanager
def _counted(label: str, store: Store) -> Iterator[Callable[[int], None]]:
    with progress(label, store.numbered.head()) as advance:
        yield advance


def _opened(reach: Reach, service: str) -> tuple[Store, MongoViews]:
    store = reach.store(service)
    room = import_module(f"services.{service}.project")
    live = MongoViews(store.client, store.database, room.VIEWS)
    live.prepare()
    return store, live
