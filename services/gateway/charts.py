"""Bars and lines as figures that a template can draw: every number is placed here, nothing is left to a script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from math import ceil, floor, log10
from textwrap import wrap
from typing import Any

WIDTH, HEIGHT = 720, 260
LEFT, TOP, BOTTOM = 48, 18, 42
STEPS = 4
MOST_NAMES = 16
_WIDEST_BAR = 56
_LETTER = 6.2  # as wide as most letters are in the size that charts are written in


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one kind, one for each name on the axis."""

    name: str
    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with everything placed: what `parts/chart.html` draws and writes as a table."""

    id: str
    title: str
    description: str
    axis: str
    series: Sequence[Series]
    ticks: Sequence[dict[str, float]]
    names: Sequence[dict[str, Any]]
    rows: Sequence[Sequence[Any]]
    bars: Sequence[dict[str, Any]] = ()
    lines: Sequence[dict[str, Any]] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    @property
    def headings(self) -> list[dict[str, Any]]:
        """The columns of numbers in the table."""
        return [{"text": series.name, "kind": "number"} for series in self.series]


def bars(
    id_: str,
    title: str,
    description: str,
    axis: str,
    names: Sequence[str],
    series: Sequence[Series],
) -> Figure:
    """Bars side by side, a group a name."""
    top = _round_up(series)
    figure = _figure(id_, title, description, axis, names, series, top)
    return replace(figure, bars=list(_bars(names, series, top)))


def lines(
    id_: str,
    title: str,
    description: str,
    axis: str,
    names: Sequence[str],
    series: Sequence[Series],
) -> Figure:
    """A line a series, a point a name."""
    top = _round_up(series)
    figure = _figure(id_, title, description, axis, names, series, top)
    return replace(figure, lines=list(_lines(names, series, top)))


def _figure(
    id_: str,
    title: str,
    description: str,
    axis: str,
    names: Sequence[str],
    series: Sequence[Series],
    top: float,
) -> Figure:
    every = ceil(len(names) / MOST_NAMES) if names else 1
    return Figure(
        id=id_,
        title=title,
        description=description,
        axis=axis,
        series=series,
        ticks=[
            {"value": top * step / STEPS, "y": _y(top * step / STEPS, top)}
            for step in range(STEPS + 1)
        ],
        names=[
            {"lines": _broken(name, len(names) / every), "x": _middle(place, len(names))}
            for place, name in enumerate(names)
            if place % every == 0
        ],
        rows=[
            [name, *values]
            for name, *values in zip(names, *(s.values for s in series), strict=True)
        ],
    )


def _bars(names: Sequence[str], series: Sequence[Series], top: float) -> Iterator[dict[str, Any]]:
    room = _room(len(names)) * 0.7 / max(1, len(series))
    width = round(min(room, _WIDEST_BAR), 1)
    shown = len(names) * len(series) <= MOST_NAMES
    for number, kind in enumerate(series, start=1):
        aside = (number - 1 - len(series) / 2) * width
        for place, value in enumerate(kind.values):
            y = _y(value, top)
            yield {
                "series": number,
                "x": round(_middle(place, len(names)) + aside, 1),
                "y": y,
                "width": width,
                "height": round(HEIGHT - BOTTOM - y, 1),
                "label": f"{value:g}" if shown else "",
            }


def _lines(names: Sequence[str], series: Sequence[Series], top: float) -> Iterator[dict[str, Any]]:
    for number, kind in zip(count(1), series, strict=False):
        dots = [
            (_middle(place, len(names)), _y(value, top)) for place, value in enumerate(kind.values)
        ]
        yield {"series": number, "dots": dots, "points": " ".join(f"{x},{y}" for x, y in dots)}


def _round_up(series: Sequence[Series]) -> float:
    """The end of the axis: the greatest number, rounded up so that its steps are whole or simple."""
    greatest = max((value for kind in series for value in kind.values), default=0)
    if greatest <= STEPS:
        return STEPS
    size = 10 ** floor(log10(greatest / STEPS))
    step = next(
        size * factor for factor in (1, 1.5, 2, 2.5, 5, 10) if size * factor * STEPS >= greatest
    )
    return float(ceil(step) * STEPS)


def _room(places: float) -> float:
    return (WIDTH - LEFT) / max(1, places)


def _broken(name: str, places: float) -> list[str]:
    """A name on as many lines as keep it off its neighbours; a long word stays whole."""
    letters = max(1, int(_room(places) / _LETTER))
    return wrap(name, letters, break_long_words=False, break_on_hyphens=False)


def _middle(place: int, places: int) -> float:
    return round(LEFT + _room(places) * (place + 0.5), 1)


def _y(value: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)
