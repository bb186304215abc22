from hashlib import sha256

from eventlog.parking import Parked, as_bytes, key_of


def test_a_message_is_called_by_its_id():
    assert key_of(b"{}", "event 1") == "event 1"


def test_a_message_without_an_id_is_called_by_its_content():
    assert key_of(b"{", None) == sha256(b"{").hexdigest()[:32]


def test_text_is_called_like_its_bytes():
    assert key_of("é", None) == key_of("é".encode(), None)


def test_bytes_stay_as_they_are():
    assert as_bytes(b"\xff") == b"\xff"


def test_json_is_shown_as_json():
    assert Parked("q", "k", "", "", b'{"a": 1}').content() == {"a": 1}


def test_what_is_no_json_is_shown_as_text():
    assert Parked("q", "k", "", "", b"caf\xe9 \x00").content() == "caf\\xe9 \x00"


def test_half_a_character_in_an_id_can_be_written_down():
    assert key_of(b"{}", "event \ud800") == "event \\ud800"
