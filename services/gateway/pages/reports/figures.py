"""The figures of a day, a month or a year as tables and charts that people read. Pure: counts in, words and numbers out.

Reports that were issued long ago may lack a figure that is counted today: it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from services.gateway import charts, labels
from services.gateway.pages.reports.calling import called

Figures = Mapping[str, Any]
Value = str | int | float | None
HUNDREDTHS = 100

COUNTS: Mapping[str, LazyString] = {
    "received": _l("Permohonan diterima"),
    "moved": _l("Permohonan dikerjakan"),
    "closed": _l("Permohonan selesai"),
    "open": _l("Masih terbuka"),
    "incomplete": _l("Belum lengkap"),
    "near_duplicates": _l("Mirip permohonan sebelumnya"),
    "escalated": _l("Dikoordinasikan dengan PPID"),
    "extended": _l("Diperpanjang"),
    "ended": _l("Permohonan berakhir"),
    "due_today": _l("Jatuh tempo hari itu"),
    "overdue": _l("Terlambat"),
    "late": _l("Dijawab lewat waktu"),
}
_GROUPS: Mapping[str, LazyString] = {
    "by_channel": _l("Permohonan menurut saluran"),
    "by_category": _l("Permohonan menurut kategori pemohon"),
    "by_outcome": _l("Permohonan yang berakhir menurut hasil"),
    "by_ground": _l("Penolakan menurut dasar"),
}
_BARS = ("by_channel", "by_outcome")
CHARTED = ("by_month", *_BARS)
MONTHS = 12
_STEPS: Mapping[str, LazyString] = {
    "form": _l("Mengisi formulir"),
    "answer": _l("Informasi yang tersedia diberikan"),
    "exempt": _l("Informasi yang dikecualikan dijelaskan"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a name and its numbers. `id` names it in an address, `headings` are of the numbers."""

    id: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def counts(figures: Figures) -> list[tuple[str, str, int]]:
    """The plain counts: what code calls each, what people do, how many."""
    return [(name, str(text), figures[name]) for name, text in COUNTS.items() if name in figures]


def tables(figures: Figures) -> tuple[Table, ...]:
    """Everything that is counted, the plain counts first."""
    return tuple(_tables(figures))


def _tables(figures: Figures) -> Iterator[Table]:
    plain = tuple((text, number) for _name, text, number in counts(figures))
    yield Table("counts", _("Jumlah"), (_("Banyaknya"),), plain)
    for name, title in _GROUPS.items():
        if figures.get(name):
            rows = tuple((labels.word(word), count) for word, count in figures[name].items())
            yield Table(name, str(title), (_("Banyaknya"),), rows)
    if figures.get("by_month"):
        yield _by_month(figures["by_month"])
    if figures.get("working_days"):
        yield _working_days(figures["working_days"])
    if any(each["measured"] for each in figures.get("desk_minutes", {}).values()):
        yield _desk_minutes(figures["desk_minutes"])


def _by_month(counted: Figures) -> Table:
    rows = tuple((called(month), *numbers) for month, *numbers in _months(counted))
    return Table("by_month", _("Permohonan menurut bulan"), tuple(_names_of_months()), rows)


def _months(counted: Figures) -> Iterator[tuple[Any, ...]]:
    """Every month of the year with what came and what ended in it."""
    known = sorted({*counted["received"], *counted["ended"]})
    for number in range(1, MONTHS + 1) if known else ():
        month = f"{known[0][:4]}-{number:02}"
        yield month, counted["received"].get(month, 0), counted["ended"].get(month, 0)


def _names_of_months() -> tuple[str, str]:
    return _("Diterima"), _("Berakhir")


def _working_days(days: Figures) -> Table:
    mean = days["mean_hundredths"]
    rows = (
        (_("Permohonan yang dijawab"), days["answered"]),
        (_("Paling cepat"), days["least"]),
        (_("Nilai tengah"), days["median"]),
        (_("Rata-rata"), None if mean is None else mean / HUNDREDTHS),
        (_("Paling lama"), days["most"]),
    )
    return Table("working_days", _("Hari kerja sampai dijawab"), (_("Hari kerja"),), rows)


def _desk_minutes(steps: Figures) -> Table:
    rows = tuple(
        (
            str(_STEPS.get(name, name)),
            ", ".join(str(limit) for limit in each["limits"]),
            each["measured"],
            each["within"],
            each["beyond"],
            each["median"],
        )
        for name, each in steps.items()
    )
    headings = (
        _("Batas (menit)"), _("Diukur"), _("Dalam batas"), _("Lewat batas"), _("Nilai tengah (menit)"),
    )  # fmt: skip
    return Table("desk_minutes", _("Lamanya layanan di meja"), headings, rows)


def drawn(figures: Figures) -> list[charts.Figure]:
    """The charts of a report; nothing is drawn of what did not happen."""
    bars = [_bars(name, figures[name]) for name in _BARS if figures.get(name)]
    months = list(_months(figures["by_month"])) if figures.get("by_month") else []
    return [_lines(months), *bars] if months else bars


def _lines(months: Sequence[tuple[Any, ...]]) -> charts.Figure:
    names = [called(month, short=True) for month, *_numbers in months]
    series = [
        charts.Series(name, [numbers[place] for _month, *numbers in months])
        for place, name in enumerate(_names_of_months())
    ]
    told = "; ".join(
        f"{name}: {', '.join(map(str, numbers))}"
        for name, *numbers in zip(names, *(s.values for s in series), strict=True)
    )
    title = _("Permohonan menurut bulan")
    return charts.lines("by-month", title, told, _("Bulan"), names, series)


def _bars(name: str, counted: Mapping[str, int]) -> charts.Figure:
    names = [labels.word(word) for word in counted]
    told = ", ".join(
        f"{text}: {count}" for text, count in zip(names, counted.values(), strict=True)
    )
    title = str(_GROUPS[name])
    series = charts.Series(_("Banyaknya"), list(counted.values()))
    return charts.bars(name.replace("_", "-"), title, told, _("Kelompok"), names, [series])
