import io
import socket

import pytest

from services.gateway.attachments.scanner import Verdict, scanner
from telemetry import metrics
from tests.suites.clamd import EICAR, FOUND, clamd

CLEAN, UNSCANNED = Verdict("clean"), Verdict("not_scanned")


def scanned(address, content=b"harmless", seconds=5):
    return scanner(address, seconds)(io.BytesIO(content))


def test_what_the_scanner_finds_nothing_in_is_clean():
    with clamd() as (address, _):
        assert scanned(address) == CLEAN


def test_what_is_found_is_named():
    with clamd() as (address, _):
        assert scanned(address, b"%PDF-1.7\n" + EICAR) == Verdict("infected", FOUND)


def test_a_unix_socket_is_asked_as_well(tmp_path):
    with clamd(tmp_path / "clamd.ctl") as (address, _):
        assert scanned(address, EICAR) == Verdict("infected", FOUND)


def test_a_file_is_sent_whole_from_its_beginning():
    file = io.BytesIO(b"x" * 300_000)
    file.read(100)
    with clamd() as (address, server):
        scanner(address, 5)(file)

        assert server.seen == [300_000]


def test_without_a_scanner_nothing_is_clean():
    assert scanned("") == UNSCANNED


def test_a_scanner_that_is_away_finds_nothing_clean(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]

    assert scanned(f"127.0.0.1:{port}") == UNSCANNED
    assert scanned(f"unix:{tmp_path}/nothing") == UNSCANNED


def test_a_scanner_that_says_nothing_is_not_waited_for_long():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert scanned(f"127.0.0.1:{silent.getsockname()[1]}", seconds=0.1) == UNSCANNED


@pytest.mark.parametrize(
    "answer",
    [b"INSTREAM size limit exceeded. ERROR", b"stream: ERROR", b"", b"OK", b"UNKNOWN COMMAND"],
)
def test_any_other_answer_finds_nothing_clean(answer):
    with clamd(answer=lambda _: answer) as (address, _):
        assert scanned(address) == UNSCANNED


def test_a_file_too_large_for_the_scanner_is_not_clean():
    with clamd() as (address, _):
        assert scanned(address, bytes(26 * 1024 * 1024)) == UNSCANNED


def test_every_verdict_is_counted():
    def counted():
        return metrics.FILES_SCANNED.labels("not_scanned")._value.get()

    before = counted()
    scanned("")

    assert counted() == before + 1
