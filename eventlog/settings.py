"""Settings of a process: its service's config.yml, in which ${NAME:default} stands for the environment.

This is the only place that reads the environment. A variable without a default must be set, or the process ends at
start with its name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_PLACE = re.compile(r"\$\{(?P<name>[A-Z][A-Z0-9_]*)(?::(?P<default>[^}]*))?\}")
_SERVICES = Path(__file__).resolve().parent.parent / "services"


class MissingSetting(Exception):
    """A variable without a default is not set."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a process may be told."""

    service: str
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def secret(self, name: str) -> bytes:
        """The content of the secret file that the setting `name` points to. Raises MissingSetting without one."""
        path = Path(str(self.values[name]))
        if not path.is_file():
            raise MissingSetting(f"{name}: no file {path}")
        return path.read_bytes().strip()


def load(service: str, environment: Mapping[str, str] = os.environ) -> Settings:
    """A service's settings."""
    text = (_SERVICES / service / "config.yml").read_text(encoding="utf-8")
    places: dict[str, Any] = yaml.safe_load(text)
    return Settings(service, {name: filled(value, environment) for name, value in places.items()})


def filled(value: Any, environment: Mapping[str, str]) -> Any:
    """A setting with its place filled in; numbers are numbers, and text is never read as YAML."""
    if not isinstance(value, str):
        return value
    text = fill(value, environment)
    for kind in (int, float):
        with suppress(ValueError):
            return kind(text)
    return text


def fill(text: str, environment: Mapping[str, str]) -> str:
    """Put the environment's values into a text."""

    def value(place: re.Match[str]) -> str:
        name, default = place["name"], place["default"]
        if name not in environment and default is None:
            raise MissingSetting(name)
        return environment.get(name, default or "")

    return _PLACE.sub(value, text)
