from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.gateway.mail.reading import (
    MOST_FILES,
    MOST_LINE,
    MOST_TEXT,
    Message,
    Unreadable,
    read,
)


def mail(text="halo", html=None, **headers):
    made = EmailMessage()
    for name, value in {"From": "Ani <ani@example.org>", **headers}.items():
        made[name] = value
    if text is not None:
        made.set_content(text)
    if html is not None:
        made.set_content(html, subtype="html")
    return made


@given(st.binary(max_size=2000))
def test_whatever_comes_is_read_or_refused_as_unreadable(raw):
    try:
        found = read(raw)
    except Unreadable:
        return
    assert isinstance(found, Message)
    found.text.encode()  # no halves of characters


@given(st.text(max_size=300))
def test_a_text_comes_back_without_what_no_form_may_carry(text):
    found = read(mail(text.encode("utf-8", "replace").decode()).as_bytes()).text

    assert not [sign for sign in found if sign < " " and sign not in "\n\t"]


def test_a_name_and_a_subject_are_read_in_their_alphabet():
    raw = b"From: =?utf-8?q?Ni_Made_=C5=8C?= <a@b.id>\r\nSubject: =?utf-8?b?U3VyYXQg4pyJ?=\r\n\r\nx\r\n"
    found = read(raw)

    assert (found.name, found.subject) == ("Ni Made Ō", "Surat ✉")


def test_a_long_head_and_a_long_text_are_cut():
    found = read(mail("x" * 100_000, Subject="y" * 5000).as_bytes())

    assert len(found.text) == MOST_TEXT
    assert len(found.subject) == MOST_LINE


def test_what_it_answers_is_known_by_message_ids():
    found = read(mail(References="<1@x.id> <2@x.id>", **{"In-Reply-To": "<2@x.id>"}).as_bytes())

    assert found.answers == ("<2@x.id>", "<1@x.id>")


def test_a_head_is_one_line():
    assert read(b"From: a@b.id\r\nSubject: satu\r\n dua\r\n\r\nx\r\n").subject == "satu dua"


def test_html_is_read_as_words_and_nothing_of_it_runs():
    html = "<html><head><title>t</title><style>p{}</style></head><body><script>jahat()</script><p>Satu</p><p>Dua &amp; tiga</p></body></html>"

    assert read(mail(None, html).as_bytes()).text.split() == ["Satu", "Dua", "&", "tiga"]


def test_plain_text_is_taken_before_html():
    made = mail("yang polos")
    made.add_alternative("<p>yang lain</p>", subtype="html")

    assert read(made.as_bytes()).text == "yang polos"


def test_a_file_without_a_name_gets_one():
    made = mail()
    made.add_attachment(b"isi", maintype="application", subtype="pdf")
    (file,) = read(made.as_bytes()).files

    assert (file.name, file.content) == ("lampiran-1", b"isi")


def test_a_message_that_was_forwarded_is_a_file():
    made = mail()
    made.add_attachment(mail("di dalam"))
    (file,) = read(made.as_bytes()).files

    assert b"di dalam" in file.content


def test_no_more_files_are_read_than_anybody_looks_at():
    made = mail()
    for number in range(MOST_FILES + 5):
        made.add_attachment(b"x", maintype="application", subtype="pdf", filename=f"{number}.pdf")

    assert len(read(made.as_bytes()).files) == MOST_FILES


@pytest.mark.parametrize("date", ["", "besok", "Tue, 99 Aug 2026 10:00:00 +0700", "Tue, 11 Aug 2026 10:00:00"])  # fmt: skip
def test_a_date_that_says_no_time_is_none(date):
    raw = f"From: a@b.id\r\nDate: {date}\r\n\r\nx\r\n".encode()

    assert read(raw).sent_at is None


def test_a_sender_who_is_nobody_is_empty():
    assert read(b"Subject: x\r\n\r\nx\r\n").address == ""
