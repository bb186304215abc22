"""What a report of a mail server says: which message it is about, and what became of it."""

from email import message_from_string

import pytest

from services.gateway.mail.reports import FAILED, Report, references, report
from tests.suites.bounces import OURS, reported

GONE = Report((OURS,), FAILED, "5.1.1")


@pytest.mark.parametrize("back", ["message", "head", "head as a message"])
def test_it_is_about_the_message_that_comes_back_with_it(back):
    assert report(reported(back=back)) == GONE


@pytest.mark.parametrize("name", ["In-Reply-To", "References"])
def test_where_nothing_comes_back_it_is_about_what_it_answers(name):
    assert report(reported(back="", head=f"{name}: {OURS}\r\n")) == GONE


def test_what_comes_back_counts_more_than_what_is_answered():
    told = report(reported(head="References: <lain@example.org>\r\n"))

    assert told.about == (OURS,)


def test_one_that_names_nothing_is_about_nothing():
    assert report(reported(back="")).about == ()


def test_a_message_that_waits_has_not_failed():
    assert report(reported(action="Delayed", status="4.4.1")) == Report((OURS,), "delayed", "4.4.1")


@pytest.mark.parametrize("status", ["", "550 sari@example.org", "5.1", "<script>", "9.1.1"])
def test_of_a_status_only_its_numbers_are_taken(status):
    assert report(reported(status=status)).status == "5.0.0"


def test_words_behind_the_numbers_are_left():
    assert report(reported(status="5.1.1 (sari@example.org)")).status == "5.1.1"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"From: ani@example.org\r\nSubject: Undelivered Mail\r\n\r\nStatus: 5.1.1\r\nAction: failed\r\n",
        b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\n\r\nhalo\r\n--x--\r\n",
        b"Content-Type: multipart/report; boundary=x\r\n\r\n",
        reported(kind="disposition-notification"),  # it was read, or not
        bytes(range(256)) * 4,
    ],
)
def test_what_is_no_report_is_none(raw):
    assert report(raw) is None


def test_whatever_stands_in_one_nothing_is_raised():
    whole = reported()
    for end in range(0, len(whole), 7):
        report(whole[:end])


def test_a_message_refers_to_each_once_and_not_to_many():
    many = " ".join(f"<{number}@example.org>" for number in range(100))
    message = message_from_string(f"In-Reply-To: {OURS}\nReferences: {OURS} {many}\n\n")

    assert references(message)[:2] == (OURS, "<0@example.org>")
    assert len(references(message)) == 50
