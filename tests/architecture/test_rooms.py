"""Every service has the same rooms, so that who knows one service finds the way in each."""

import pytest

from contracts.catalogue import SERVICES
from contracts.commands import COMMANDS
from tests.architecture.source import ROOT

ROOMS = {
    "__init__": "what the service is, in a sentence",
    "service": "the door: orders and questions by RPC, others' facts from its inbox",
    "tools": "what the door works with, put together from settings and store",
    "state": "what is known of a subject, folded from events",
    "decide": "what follows from an order",
    "consume": "what follows from others' facts",
    "project": "its views",
    "query": "questions and answers",
}
# One more idea each, where a service has one; the room says what it is for.
OWN = {
    "intake": {
        "attachments",
        "cipher",
        "completeness",
        "files",
        "numbers",
        "paper",
        "holds",
        "objectors",
        "practice",
        "reception",
        "returning",
        "similarity",
        "single",
        "vault",
    },
    "escalation": {
        "agenda",
        "calendar",
        "clock",
        "duties",
        "explanation",
        "found",
        "law",
        "moves",
        "periods",
        "phrases",
        "comparison",
        "recount",
        "redress",
        "regimes",
        "starts",
        "timekeeping",
    },
    "reporting": {"figures", "steps"},
}
NEEDED = {"__init__", "service", "tools", "state", "decide"}
BESIDE = {"config.yml", "README.md", "__pycache__"}


def found(service):
    folder = ROOT / "services" / service
    return {path.name.removesuffix(".py") for path in folder.iterdir() if path.name not in BESIDE}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_known_rooms_only(service):
    assert found(service) <= {*ROOMS, *OWN.get(service, set())}


@pytest.mark.parametrize("service", SERVICES)
def test_no_service_is_without_its_door_and_its_decisions(service):
    assert found(service) >= NEEDED


@pytest.mark.parametrize("service", SERVICES)
def test_every_service_has_its_settings(service):
    assert (ROOT / "services" / service / "config.yml").is_file()


@pytest.mark.parametrize(
    "service", sorted({each.service for each in COMMANDS.values() if each.creates})
)
def test_who_creates_something_follows_orders_that_come_together(service):
    """The gateway sends orders that create their subject in one message."""
    door = (ROOT / "services" / service / "service.py").read_text(encoding="utf-8")

    assert "return follow_all(self, messages)" in door


def test_there_is_no_room_for_everything():
    anything = {"common", "utils", "core", "shared", "base", "helpers"}
    names = {path.stem for path in ROOT.glob("services/**/*.py")} | {
        path.stem for path in ROOT.glob("eventlog/**/*.py")
    }

    assert names.isdisjoint(anything)


def test_every_service_is_in_the_catalogue():
    folders = {path.parent.name for path in ROOT.glob("services/*/service.py")}

    assert folders == set(SERVICES)
