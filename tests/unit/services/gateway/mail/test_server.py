import pytest

from eventlog.settings import MissingSetting, Settings
from services.gateway.mail.server import IMPLICIT, OFF, STARTTLS, BadAddress, read, server_of

NOTHING = {"smtp_url": "", "smtp_password_file": "", "mail_ca_file": ""}


@pytest.mark.parametrize(
    ("address", "kind", "port", "tls"),
    [
        ("smtps://mail.example.org", "smtp", 465, IMPLICIT),
        ("smtp://mail.example.org", "smtp", 587, STARTTLS),
        ("imaps://mail.example.org", "imap", 993, IMPLICIT),
        ("imap://mail.example.org", "imap", 143, STARTTLS),
        ("smtp://127.0.0.1:25?tls=off", "smtp", 25, OFF),
    ],
)
def test_an_address_says_how_safely_the_server_is_spoken_to(address, kind, port, tls):
    server = read(address, kind)

    assert (server.port, server.tls) == (port, tls)


def test_who_signs_in_may_be_an_address():
    assert read("imaps://ppid%40example.org@mail.example.org", "imap").user == "ppid@example.org"


@pytest.mark.parametrize(
    "address",
    [
        "mail.example.org",
        "imaps://mail.example.org",
        "http://mail.example.org",
        "smtps://",
        "smtps://ppid:rahasia@mail.example.org",
        "smtps://mail.example.org?tls=starttls",
        "smtp://mail.example.org?tls=maybe",
    ],
)
def test_anything_else_is_refused_at_start(address):
    with pytest.raises(BadAddress):
        read(address, "smtp")


def test_no_address_is_no_server():
    assert server_of(Settings("gateway", NOTHING), "smtp") is None


def test_the_password_comes_from_its_file_and_is_never_printed(tmp_path):
    file = tmp_path / "password"
    file.write_text("rahasia\n")
    told = {**NOTHING, "smtp_url": "smtps://ppid@x.id", "smtp_password_file": str(file)}
    server = server_of(Settings("gateway", told), "smtp")

    assert server.password == "rahasia"
    assert "rahasia" not in repr(server)


def test_a_file_that_is_not_there_ends_the_process_at_start():
    told = {**NOTHING, "smtp_url": "smtps://ppid@x.id", "smtp_password_file": "/nowhere"}
    with pytest.raises(MissingSetting):
        server_of(Settings("gateway", told), "smtp")
