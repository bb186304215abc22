"""What was seen, judged in words: each line says what it is about, how it stands, and what to do. Pure but for language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from services.gateway.pages.health.looking import Look
from services.gateway.refusals import PARTS

GOOD, WATCH, BROKEN = "calm", "warn", "late"
# So many may be on their way without anything being wrong; so many are a fault.
FEW, MANY = 100, 1000
LOOKS_EVERY = 600  # seconds after which a watch that found nothing new is not running
CHECKPOINT_HOURS = 48
CALENDAR_DAYS = 60  # as the alert CalendarRunsOut has it
_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Line:
    """One part of the system. `tone` is said in words beside its colour."""

    name: str
    says: str
    tone: str = GOOD
    advice: str = ""
    parked: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together."""

    title: str
    lines: tuple[Line, ...]


def judged(seen: Look, now: datetime) -> tuple[Group, ...]:
    """Everything that was seen, by what it is."""
    groups = (
        Group(_("Server dan layanan"), tuple(_servers(seen))),
        Group(_("Penerbitan peristiwa"), tuple(_relays(seen))),
        Group(_("Antrean"), tuple(_queues(seen))),
        Group(_("Register"), tuple(_register(seen, now))),
        Group(_("Kalender"), tuple(_calendar(seen))),
    )
    return tuple(group for group in groups if group.lines)


def worst(groups: tuple[Group, ...]) -> str:
    """The tone of the whole."""
    tones = {line.tone for group in groups for line in group.lines}
    return next(tone for tone in (BROKEN, WATCH, GOOD) if tone in tones or tone == GOOD)


def _servers(seen: Look) -> Iterator[Line]:
    servers = {"broker": seen.queues is not None, "database": seen.logs is not None}
    for part, answers in {**servers, **seen.answers}.items():
        name = str(PARTS[part])
        yield _answering(name[:1].upper() + name[1:], answers=answers)


def _answering(name: str, *, answers: bool) -> Line:
    if answers:
        return Line(name, _("menjawab"))
    advice = _("Periksa apakah prosesnya berjalan. Yang sudah tercatat tidak hilang.")
    return Line(name, _("tidak menjawab"), BROKEN, advice)


def _relays(seen: Look) -> Iterator[Line]:
    for row in seen.logs or ():
        waiting = row["commits"] - row["relayed"]
        name = _("Dari layanan %(name)s", name=row["log of"])
        if row["relay"] != "active":
            yield Line(
                name, _("tidak ada penerbit yang bekerja"), BROKEN, _("Jalankan proses relay.")
            )
        elif waiting:
            yield Line(name, _("%(count)s menunggu diterbitkan", count=waiting), _tone(waiting))
        else:
            yield Line(name, _("semua sudah diterbitkan"))


def _tone(waiting: int) -> str:
    return GOOD if waiting <= FEW else WATCH if waiting <= MANY else BROKEN


def _queues(seen: Look) -> Iterator[Line]:
    for row in seen.queues or ():
        told = _(
            "%(waiting)s menunggu, %(consumers)s pembaca, %(parked)s diparkir",
            waiting=row["waiting"],
            consumers=row["consumers"],
            parked=row["parked"],
        )
        yield Line(row["queue"], told, *_of_queue(row), parked=bool(row["parked"]))


def _of_queue(row: dict[str, Any]) -> tuple[str, str]:
    if not row["consumers"]:
        return BROKEN, _("Tidak ada yang membaca antrean ini: periksa prosesnya.")
    if row["parked"]:
        return BROKEN, _("Ada pesan yang tidak dapat diolah: lihat pesan yang diparkir.")
    return _tone(row["waiting"]), ""


def _register(seen: Look, now: datetime) -> Iterator[Line]:
    for row in seen.numbered or ():
        name, log = row["numbered log of"], seen.findings.get(row["numbered log of"], {})
        lag = row["ingested"] - row["projected"]
        told = _("%(count)s peristiwa belum tampak", count=lag) if lag else _("semua sudah tampak")
        yield Line(_("Tampilan %(name)s", name=name), told, _tone(lag))
        yield _verified(name, log.get("chain"), row["ingested"], now)
        yield _reconciled(name, log.get("reconciled"), now)
        if name == "register":
            yield _checkpoint(log.get("checkpoint"), now)


def _verified(service: str, found: dict[str, Any] | None, head: int, now: datetime) -> Line:
    name = _("Keutuhan catatan %(name)s", name=service)
    if found is None or _seconds(found, now) > LOOKS_EVERY:
        return _not_looking(name, found, now)
    if found["fault"]:
        told = _("rantai putus pada nomor %(position)s", position=found["fault"])
        return Line(
            name, told, BROKEN, _("Catatan mungkin diubah: hubungi pengelola sistem segera.")
        )
    if found["position"] < head:
        told = _(
            "diperiksa sampai nomor %(position)s dari %(head)s",
            position=found["position"],
            head=head,
        )
        return Line(name, told, _tone(head - found["position"]))
    return Line(name, _("diperiksa sampai nomor %(position)s, utuh", position=found["position"]))


def _reconciled(service: str, found: dict[str, Any] | None, now: datetime) -> Line:
    name = _("Kelengkapan catatan %(name)s", name=service)
    if found is None or _seconds(found, now) > LOOKS_EVERY:
        return _not_looking(name, found, now)
    if found["missing"]:
        told = _("%(count)s peristiwa hilang dan dikirim ulang", count=found["missing"])
        return Line(
            name,
            told,
            WATCH,
            _("Bila tetap begitu pada pemeriksaan berikutnya, periksa proses ingest."),
        )
    return Line(name, _("lengkap, dibandingkan %(ago)s", ago=_ago(found, now)))


def _not_looking(name: str, found: dict[str, Any] | None, now: datetime) -> Line:
    told = (
        _("terakhir diperiksa %(ago)s", ago=_ago(found, now))
        if found
        else _("belum pernah diperiksa")
    )
    return Line(name, told, WATCH, _("Periksa apakah proses ingest berjalan."))


def _checkpoint(found: dict[str, Any] | None, now: datetime) -> Line:
    name = _("Titik periksa bertanda tangan")
    advice = _("Buat dengan perintah `terbuka log checkpoint` dan simpan di tempat lain.")
    if found is None:
        return Line(name, _("belum pernah dibuat"), WATCH, advice)
    told = _("nomor %(position)s, dibuat %(ago)s", position=found["position"], ago=_ago(found, now))
    late = _seconds(found, now) > CHECKPOINT_HOURS * _HOUR
    return Line(name, told, WATCH if late else GOOD, advice if late else "")


def _calendar(seen: Look) -> Iterator[Line]:
    if seen.decreed_days is None:
        return
    told = _("cuti bersama ditetapkan untuk %(days)s hari ke depan", days=seen.decreed_days)
    short = seen.decreed_days < CALENDAR_DAYS
    advice = _("Tetapkan hari libur tahun berikutnya.") if short else ""
    yield Line(_("Kalender hari kerja"), told, WATCH if short else GOOD, advice)


def _seconds(found: dict[str, Any], now: datetime) -> float:
    at: datetime = found["at"]
    return (now - at).total_seconds()


def _ago(found: dict[str, Any], now: datetime) -> str:
    """How long ago, as roughly as people say it."""
    minutes = int(_seconds(found, now) // 60)
    if minutes < 1:
        return str(_("baru saja"))
    if minutes < 2 * 60:
        return str(_("%(count)s menit yang lalu", count=minutes))
    return str(_("%(count)s jam yang lalu", count=minutes // 60))
