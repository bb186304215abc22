"""The system's health in words: what is good, what to watch and what is broken is said, and what to do about it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from services.gateway import languages
from services.gateway.pages.health.judging import BROKEN, GOOD, WATCH, judged, worst
from services.gateway.pages.health.looking import QUESTIONS, Look

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
LOG = {"log of": "intake", "commits": 40, "relayed": 40, "relay": "active"}
QUEUE = {"queue": "intake.inbox", "waiting": 0, "parked": 0, "consumers": 1}
NUMBERED = {"numbered log of": "register", "ingested": 90, "projected": 90, "generation": 1}
FOUND = {
    "chain": {"position": 90, "fault": None, "at": NOW},
    "reconciled": {"missing": 0, "at": NOW},
    "checkpoint": {"position": 80, "at": NOW - timedelta(hours=5)},
}


@pytest.fixture(autouse=True)
def speaking():
    app = Flask("services.gateway")
    languages.install(app)
    with app.test_request_context():
        yield


def seen(**changed):
    whole = {
        "answers": dict.fromkeys(QUESTIONS, True),
        "logs": [LOG],
        "numbered": [NUMBERED],
        "queues": [QUEUE],
        "findings": {"register": FOUND},
        "decreed_days": 402,
    }
    return judged(Look(**{**whole, **changed}), NOW)


def line(groups, name):
    return next(each for group in groups for each in group.lines if name in each.name)


def found(**changed):
    return {"register": {**FOUND, **changed}}


def test_when_all_is_well_every_line_says_so():
    groups = seen()

    assert worst(groups) == GOOD
    assert {each.tone for group in groups for each in group.lines} == {GOOD}
    assert line(groups, "bertanda tangan").says == "nomor 80, dibuat 5 jam yang lalu"


@pytest.mark.parametrize(
    ("changed", "name", "tone", "says"),
    [
        ({"answers": {"intake": False}}, "penerimaan", BROKEN, "tidak menjawab"),
        ({"queues": None}, "RabbitMQ", BROKEN, "tidak menjawab"),
        ({"logs": None}, "MongoDB", BROKEN, "tidak menjawab"),
        ({"logs": [{**LOG, "relay": "none"}]}, "layanan intake", BROKEN, "tidak ada penerbit"),
        ({"logs": [{**LOG, "relayed": 30}]}, "layanan intake", GOOD, "10 menunggu"),
        ({"logs": [{**LOG, "commits": 540}]}, "layanan intake", WATCH, "500 menunggu"),
        ({"logs": [{**LOG, "commits": 5040}]}, "layanan intake", BROKEN, "5000 menunggu"),
        ({"queues": [{**QUEUE, "consumers": 0}]}, "intake.inbox", BROKEN, "0 pembaca"),
        ({"queues": [{**QUEUE, "parked": 2}]}, "intake.inbox", BROKEN, "2 diparkir"),
        ({"queues": [{**QUEUE, "waiting": 200}]}, "intake.inbox", WATCH, "200 menunggu"),
        ({"numbered": [{**NUMBERED, "projected": 0}]}, "Tampilan register", GOOD, "90 peristiwa"),
        ({"findings": {}}, "Keutuhan catatan register", WATCH, "belum pernah diperiksa"),
        (
            {"findings": found(chain={"position": 70, "fault": 71, "at": NOW})},
            "Keutuhan catatan register", BROKEN, "rantai putus pada nomor 71",
        ),
        (
            {"findings": found(chain={"position": 90, "fault": None, "at": NOW - timedelta(minutes=20)})},
            "Keutuhan catatan register", WATCH, "terakhir diperiksa 20 menit yang lalu",
        ),
        (
            {"findings": found(reconciled={"missing": 3, "at": NOW})},
            "Kelengkapan catatan register", WATCH, "3 peristiwa hilang",
        ),
        (
            {"findings": found(checkpoint={"position": 1, "at": NOW - timedelta(hours=72)})},
            "bertanda tangan", WATCH, "72 jam yang lalu",
        ),
        ({"decreed_days": 59}, "Kalender", WATCH, "59 hari"),
    ],
)  # fmt: skip
def test_what_is_not_well_is_said(changed, name, tone, says):
    told = line(seen(**changed), name)

    assert told.tone == tone
    assert says in told.says
    assert tone == GOOD or told.advice or "menunggu" in told.says


def test_the_whole_is_as_bad_as_its_worst_part():
    assert worst(seen(decreed_days=1)) == WATCH
    assert worst(seen(decreed_days=1, queues=None)) == BROKEN


def test_what_nobody_could_tell_is_left_out():
    titles = [
        group.title for group in seen(logs=None, numbered=None, queues=None, decreed_days=None)
    ]
    assert titles == ["Server dan layanan"]
