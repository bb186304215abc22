"""The frozen examples: what was said once, and must be understood for ever. They are never generated anew."""

import json
from pathlib import Path

from contracts.catalogue import EVENTS
from contracts.commands import COMMANDS
from contracts.envelope import from_cloudevent

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "contracts" / "examples"
SCHEMAS = ROOT / "contracts" / "schemas"

EVENT_FILES = sorted((EXAMPLES / "events").rglob("*.json"))
COMMAND_FILES = sorted((EXAMPLES / "commands").glob("*.json"))


def name_of(path):
    """How a test of one file is called."""
    return path.stem


def content_of(path):
    """What a JSON file holds."""
    return json.loads(path.read_text(encoding="utf-8"))


def example_of(contract):
    """The file that must hold an event's example."""
    return EXAMPLES / "events" / contract.service / f"{contract.name}.v{contract.version}.json"


def schema_of(path):
    """The JSON Schema file that belongs to an example."""
    kind = path.relative_to(EXAMPLES)
    return SCHEMAS / (kind.relative_to("events") if kind.parts[0] == "events" else kind)


def released():
    """Every released event: one request's life, and what happened beside it."""
    return [from_cloudevent(content_of(path)) for path in EVENT_FILES]


def expected_files():
    """Where each message of the catalogues has its example."""
    events = {example_of(contract) for contract in EVENTS.values()}
    return events | {EXAMPLES / "commands" / f"{name}.json" for name in COMMANDS}
