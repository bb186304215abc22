from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from services.gateway.mail.message import BadAddress, Content, checked, message, sender_of

NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)
OFFICE = sender_of("PPID KPU Provinsi DKI Jakarta <ppid@kpu.example.org>")
CONTENT = Content("Tanda bukti penerimaan", "0001/PPID-KPU-DKI/VIII/2026", "id", b"%PDF-1.7")


def made(content=CONTENT, recipient="ani@example.org"):
    ready = message("<letter.1@kpu.example.org>", content, OFFICE, recipient, NOW)
    return message_from_bytes(ready.as_bytes(), policy=default)


def test_it_is_from_the_office_to_one_address_under_its_own_id():
    ready = made()

    assert ready["From"] == "PPID KPU Provinsi DKI Jakarta <ppid@kpu.example.org>"
    assert ready["To"] == "ani@example.org"
    assert ready["Message-ID"] == "<letter.1@kpu.example.org>"
    assert ready["Date"] == "Wed, 12 Aug 2026 03:00:00 +0000"


@pytest.mark.parametrize(
    ("lang", "greeting"), [("id", "Yth. Pemohon informasi"), ("en", "Dear applicant")]
)
def test_it_speaks_the_language_of_its_paper(lang, greeting):
    text = made(Content("Judul", "1", lang, b"x")).get_body(("plain",)).get_content()

    assert text.startswith(greeting)


def test_the_number_stands_in_the_subject_and_in_the_name_of_the_file():
    ready = made()
    (file,) = ready.iter_attachments()

    assert ready["Subject"] == "[0001/PPID-KPU-DKI/VIII/2026] Tanda bukti penerimaan"
    assert file.get_filename() == "0001-PPID-KPU-DKI-VIII-2026 Tanda bukti penerimaan.pdf"


def test_a_request_without_a_number_has_none_in_it():
    ready = made(Content("Pemberitahuan", "", "id", b"x"))

    assert ready["Subject"] == "Pemberitahuan"
    assert "untuk permohonan" not in ready.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("lang", "named"), [("id", "untuk keberatan K-1"), ("en", "for objection K-1")]
)
def test_a_paper_of_an_objection_names_the_objection(lang, named):
    ready = made(Content("Tanggapan", "K-1", lang, b"x", about="objection"))

    assert named in ready.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    "hostile",
    [
        {"title": "Tanda\r\nBcc: x@example.org"},
        {"title": "Tanda\nBcc: x@example.org"},
        {"number": "1\r\n\r\nisi lain"},
    ],
)
def test_line_ends_make_no_header(hostile):
    told = {"title": "Tanda", "number": "1", "lang": "id", "paper": b"x", **hostile}

    with pytest.raises(ValueError, match=r"[Hh]eader"):
        made(Content(**told))


@pytest.mark.parametrize(
    "address",
    ["", "ani", "ani@", "a@b@c.id", "ani@example.org\r\nBcc: x@y.id", "a@x.id, b@y.id", "<a@x.id>", "Ani <a@x.id>"],
)  # fmt: skip
def test_what_is_no_address_is_refused(address):
    with pytest.raises(BadAddress):
        checked(address)


def test_a_domain_in_another_alphabet_is_written_as_servers_take_it():
    assert checked("ani@bücher.example.org") == "ani@xn--bcher-kva.example.org"


@pytest.mark.parametrize("setting", ["", "PPID KPU", "PPID <ppid>"])
def test_the_office_needs_an_address_of_its_own(setting):
    with pytest.raises(BadAddress):
        sender_of(setting)
