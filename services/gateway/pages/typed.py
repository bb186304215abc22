"""What somebody typed into a form, as the order's schema wants it. What cannot be read stays as it was typed, to be refused by the schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from marshmallow import Schema, fields
from werkzeug.datastructures import MultiDict

from services.gateway.pages.controls import kind

Typed = MultiDict[str, str]
OFFICE_OFFSET = "+07:00"  # a form says local time (Asia/Jakarta, which never changes its clocks)
_WITHOUT_SECONDS = 16  # 2026-08-12T09:10


def body(schema: Schema, typed: Typed, within: str = "") -> dict[str, Any]:
    """The fields that were filled in. Those left empty are left out."""
    read = (
        (each.data_key or key, _read(each, typed, within + (each.data_key or key)))
        for key, each in schema.fields.items()
    )
    return {name: value for name, value in read if value not in (None, "", {})}


def _read(each: fields.Field[Any], typed: Typed, name: str) -> Any:
    if isinstance(each, fields.Nested):
        return body(each.schema, typed, f"{name}.")
    if isinstance(each, fields.List):
        return _several(each, typed, name)
    text = typed.get(name, "").strip()
    return _READ.get(kind(each), str)(text) if text else None


def _several(each: fields.List[Any], typed: Typed, name: str) -> list[str] | None:
    if kind(each) == "choices":
        chosen = [value for value in typed.getlist(name) if value]
    else:
        chosen = [line.strip() for line in typed.get(name, "").splitlines() if line.strip()]
    return chosen or ([] if each.required else None)


def _moment(text: str) -> str:
    whole = f"{text}:00" if len(text) == _WITHOUT_SECONDS else text
    return f"{whole}{OFFICE_OFFSET}" if "T" in whole and not _has_offset(whole) else whole


def _has_offset(text: str) -> bool:
    time = text.partition("T")[2]
    return time.endswith(("Z", "z")) or "+" in time or "-" in time


def _whole(text: str) -> int | str:
    plain = text.replace(".", "").replace(" ", "")  # 25.000 is how amounts are written here
    return int(plain) if plain.isascii() and plain.isdigit() else text


def _truth(text: str) -> bool | str:
    return {"yes": True, "no": False}.get(text, text)


_READ: Mapping[str, Callable[[str], Any]] = {
    "moment": _moment,
    "number": _whole,
    "truth": _truth,
}
