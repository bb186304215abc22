import pytest
from flask import Flask
from flask_babel import Babel

from services.gateway.mail.words import remarked


@pytest.fixture(autouse=True)
def indonesian():
    app = Flask(__name__)
    Babel(app, default_locale="id")
    with app.test_request_context():
        yield


@pytest.mark.parametrize("code", ["550", "550 5.1.1", "5.1.1"])
def test_the_numbers_of_a_mail_server_are_said_in_words(code):
    assert remarked(code) == f"ditolak server surel ({code})"


def test_so_are_our_own_codes():
    assert remarked("server_away") == "server surel tidak menjawab"


@pytest.mark.parametrize("typed", ["Pos tercatat", "550 lembar", "Alamat 5.1.1 salah", "12"])
def test_what_somebody_typed_stays_as_it_is(typed):
    assert remarked(typed) == typed
