"""docs/events.md and docs/commands.md, written from the catalogue: what each message means, and every field of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from contracts.catalogue import EVENTS, EventContract
from contracts.command import CommandContract
from contracts.commands import COMMANDS
from contracts.jsonschema import command_schema, event_schema
from contracts.topology import SUBSCRIPTIONS

Json = Mapping[str, Any]
GENERATED = "<!-- Made by `make generate` from contracts/. Do not edit. -->"
EVENTS_INTRODUCTION = """\
What the services tell each other. Every event travels as a CloudEvents 1.0 JSON object over `<service>.events`, with its name
as the routing key; `contracts/schemas/` holds a JSON Schema of each, `contracts/examples/` a sample. Readers ignore fields they
do not know. A released event never changes but for optional fields: anything else is a new version.

A *restricted* field may name people. It stays inside: the feed for other systems leaves it out. No field ever holds an
applicant's name, NIK, address, telephone number or e-mail address.
"""
COMMANDS_INTRODUCTION = """\
What the services are asked to do. An order comes by RPC from the gateway; the service that owns it checks role and fields
again. The same `id` again gets the first answer. What is sealed is a person: only intake can open it.
"""
_HEADER = "| field | kind | required | restricted | meaning |\n|---|---|---|---|---|"


def events_page() -> str:
    """All events, a chapter a service."""
    chapters = groupby(EVENTS.values(), key=lambda contract: contract.service)
    return _page("Events", EVENTS_INTRODUCTION, chapters, _event)


def commands_page() -> str:
    """All orders, a chapter a service."""
    chapters = groupby(COMMANDS.values(), key=lambda contract: contract.service)
    return _page("Commands", COMMANDS_INTRODUCTION, chapters, _command)


def _page(title: str, introduction: str, chapters: Any, section: Any) -> str:
    parts = [f"# {title}", GENERATED, introduction.rstrip()]
    for service, contracts in chapters:
        parts += [f"## {service}", *(section(contract) for contract in contracts)]
    return "\n\n".join(parts) + "\n"


def _event(contract: EventContract) -> str:
    schema = event_schema(contract)["properties"]["data"]
    heard = ", ".join(f"`{queue}`" for queue in heard_by(contract))
    about = f"{contract.meaning}\n\nType `{contract.type}`. Heard by {heard}."
    return f"### {contract.name} v{contract.version}\n\n{about}\n\n{_table(schema)}"


def heard_by(contract: EventContract) -> Sequence[str]:
    """The queues that an event flows into."""
    return [
        each.queue
        for each in SUBSCRIPTIONS
        if {"#", contract.name} & set(each.hears.get(contract.service, ()))
    ]


def _command(contract: CommandContract) -> str:
    schema = command_schema(contract)["properties"]["data"]
    roles = ", ".join(f"`{role}`" for role in sorted(contract.roles))
    creates = f"Creates: `{contract.about}`." if contract.creates else f"About: `{contract.about}`."
    about = f"{contract.meaning}\n\n{creates} RPC `{contract.service}.{contract.method}`. Given by {roles}."
    return f"### {contract.name}\n\n{about}\n\n{_table(schema)}"


def _table(schema: Json) -> str:
    return "\n".join([_HEADER, *_rows(schema, "")])


def _rows(schema: Json, within: str) -> Iterator[str]:
    for name, field in schema["properties"].items():
        cells = (
            f"`{within}{name}`",
            kind(field),
            "yes" if name in schema.get("required", ()) else "no",
            "yes" if field.get("x-restricted") else "no",
            field.get("description", ""),
        )
        yield f"| {' | '.join(cells)} |".replace("|  |", "| |")
        if "properties" in field:
            yield from _rows(field, f"{within}{name}.")


def kind(field: Json) -> str:
    """What a field may hold, in words."""
    if "enum" in field:
        return f"one of {_words(field['enum'])}"
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    return _KINDS[types[0]](field)


def _text(field: Json) -> str:
    formats = {"date": "date", "date-time": "time with its offset"}
    return formats.get(
        field.get("format", ""), f"text, at most {field.get('maxLength')} characters"
    )


def _whole(field: Json) -> str:
    most = field["maximum"]
    # Beyond 2^53 JSON numbers are no longer exact everywhere; as a limit it says nothing to people.
    upper = f" to {most}" if most < 2**53 else ""
    return f"whole number from {field['minimum']}{upper}"


def _list(field: Json) -> str:
    items = field["items"]
    if "enum" in items:
        return f"some of {_words(items['enum'])}"
    return f"at most {field['maxItems']} of: {kind(items)}"


def _object(field: Json) -> str:
    return "object" if "properties" in field else "object of figures by name"


def _words(words: Sequence[str | None]) -> str:
    return ", ".join(f"`{word}`" for word in words if word is not None)


_KINDS: Mapping[str, Callable[[Json], str]] = {
    "string": _text,
    "integer": _whole,
    "array": _list,
    "object": _object,
    "boolean": lambda _: "yes or no",
}
