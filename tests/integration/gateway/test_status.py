"""The applicant's page: with number and secret how the request stands, and to everybody else one and the same answer."""

import re

import pytest

from contracts.errors import Rejected
from services.gateway.app import build
from services.gateway.tracking import tracking_secret
from tests.suites.lines import OfficeLines
from tests.suites.permissions import STATES, reached

PEPPER = b"pepper of the tests"
SECRET = tracking_secret("1", PEPPER)


class Register(OfficeLines):
    """Knows one request, by its number, or by its id as long as it has none."""

    def register_tracked(self, number):
        try:
            case = self.register_request("request/1")
        except Rejected:
            return None
        return case if number in (case["number"], "1") else None


@pytest.fixture
def applicant(given, database, clock, visit):
    def opened(state="S3 registered", **settings):
        lines = Register(reached(STATES[state]))
        strict = type(given)(given.service, {**given.values, **settings})
        visitor = visit(build(strict, lines, database, clock))
        return lines.register_request("request/1")["number"], visitor

    return opened


def ask(visitor, number, secret):
    return visitor.client.post("/status", data={"number": number, "secret": secret})


def test_number_and_secret_tell_how_it_stands_in_both_languages(applicant):
    number, visitor = applicant()
    told = ask(visitor, number, SECRET)

    assert told.status_code == 200
    assert "Sedang diproses" in told.text
    assert "In process" in told.text


@pytest.mark.parametrize(
    "typed", [SECRET.lower(), SECRET.replace("-", ""), f" {SECRET.replace('-', ' ')} "]
)
def test_however_the_secret_is_typed(applicant, typed):
    number, visitor = applicant()

    assert ask(visitor, f" {number.lower()} ", typed).status_code == 200


def test_a_request_without_number_is_followed_by_its_id(applicant):
    _number, visitor = applicant("S2 incomplete")
    told = ask(visitor, "1", SECRET)

    assert "Dokumen belum lengkap" in told.text


def test_a_wrong_number_and_a_wrong_secret_are_answered_alike(applicant):
    number, visitor = applicant()
    other = number.replace("0001", "0002")
    wrong_secret = ask(visitor, number, "AAAA-BBBB-CCCC")
    wrong_number = ask(visitor, other, SECRET)

    assert wrong_secret.status_code == wrong_number.status_code == 422
    assert wrong_secret.text.replace(number, "N") == wrong_number.text.replace(other, "N")


@pytest.mark.parametrize(("number", "secret"), [("", ""), ("0001", ""), ("\x00", "é"), ("x" * 9999, "y" * 9999)])  # fmt: skip
def test_nonsense_is_answered_alike_too(applicant, number, secret):
    _number, visitor = applicant()

    assert ask(visitor, number, secret).status_code == 422


def test_the_number_of_the_printed_code_is_filled_in_and_the_secret_is_not(applicant):
    number, visitor = applicant()
    page = visitor.get("/status", query_string={"number": number, "secret": SECRET})

    assert f'value="{number}"' in page.text
    assert not re.search(r'name="secret"[^>]* value=', page.text)


def test_nothing_of_what_was_asked_or_by_whom_is_shown(applicant):
    number, visitor = applicant()
    case = visitor.client.application.config["SERVICES"].register_request("request/1")
    told = ask(visitor, number, SECRET)

    assert case["information"] not in told.text
    assert case["applicant_id"] not in told.text


def test_no_search_engine_and_no_cache_keeps_it(applicant):
    _number, visitor = applicant()
    page = visitor.get("/status")

    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex, nofollow">' in page.text


def test_looking_begins_no_session(applicant):
    number, visitor = applicant()
    ask(visitor, number, SECRET)
    visitor.get("/status")

    assert visitor.cookie is None


WRONG = "AAAA-BBBB-CCCC"


def from_address(visitor, address, number, secret):
    visitor.client.environ_base["REMOTE_ADDR"] = address
    return ask(visitor, number, secret).status_code


def test_an_address_that_is_wrong_too_often_waits_and_others_do_not(applicant):
    number, visitor = applicant(sign_in_limit="2 per hour")
    asked = [from_address(visitor, "10.0.0.1", f"{each}", WRONG) for each in range(3)]

    assert asked == [422, 422, 429]
    assert from_address(visitor, "10.0.0.1", number, SECRET) == 429
    assert from_address(visitor, "10.0.0.2", number, SECRET) == 200


def test_a_number_that_is_guessed_at_from_many_addresses_waits_and_others_do_not(applicant):
    number, visitor = applicant(status_limit="2 per hour")
    asked = [from_address(visitor, f"10.0.0.{each}", number, WRONG) for each in range(3)]

    assert asked == [422, 422, 429]
    assert from_address(visitor, "10.0.0.9", "1", SECRET) == 200


def test_who_is_right_is_never_counted(applicant):
    number, visitor = applicant(sign_in_limit="2 per hour", status_limit="2 per hour")

    assert [ask(visitor, number, SECRET).status_code for _ in range(4)] == [200] * 4
