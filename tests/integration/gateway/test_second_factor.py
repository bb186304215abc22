import re

import pyotp
import pytest

from contracts.roles import AUDITOR, DESK
from services.gateway.app import build
from services.gateway.identity.lockout import FREE
from services.gateway.rpc import Services
from tests.integration.gateway.conftest import PASSWORD

_SECRET = re.compile(r"<code>([A-Z2-7 ]{39})</code>")
_CODE = re.compile(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>")


def secret_on(page):
    return _SECRET.search(page.text)[1].replace(" ", "")


@pytest.fixture
def code(clock):
    """The code of a secret at the time of the tests."""
    return lambda secret: pyotp.TOTP(secret).at(clock())


@pytest.fixture
def enrolled(visitor, code, clock):
    """A desk with a second factor, signed out: its secret and its recovery codes."""
    visitor.sign_in(DESK)
    secret = secret_on(visitor.get("/account/second-factor"))
    form = {"code": code(secret), "current": PASSWORD}
    codes = _CODE.findall(visitor.post("/account/second-factor", form).text)
    visitor.post("/sign-out", page="/account")
    clock.forward(seconds=60)
    return secret, codes


def enter_code(visitor, typed):
    return visitor.post("/sign-in/code", {"code": typed, "next": "/today"})


def test_the_password_alone_opens_nothing(visitor, enrolled):
    waits = visitor.sign_in(DESK, onward="/today")

    assert waits.location == "/sign-in/code?next=/today"
    assert visitor.get("/account").status_code == 303


def test_password_and_code_do(visitor, enrolled, code):
    visitor.sign_in(DESK)

    assert enter_code(visitor, code(enrolled[0])).location == "/today"
    assert visitor.get("/account").status_code == 200


def test_a_code_is_taken_once(visitor, another, enrolled, code):
    typed = code(enrolled[0])
    visitor.sign_in(DESK)
    enter_code(visitor, typed)
    another.sign_in(DESK)

    assert enter_code(another, typed).status_code == 422


def test_the_code_of_setting_up_is_taken_once_as_well(visitor, code):
    visitor.sign_in(DESK)
    secret = secret_on(visitor.get("/account/second-factor"))
    typed = code(secret)
    visitor.post("/account/second-factor", {"code": typed, "current": PASSWORD})
    visitor.post("/sign-out", page="/account")
    visitor.sign_in(DESK)

    assert enter_code(visitor, typed).status_code == 422


def test_an_older_code_is_not_taken_after_a_newer(visitor, another, enrolled, code, clock):
    older = code(enrolled[0])
    clock.forward(seconds=30)
    visitor.sign_in(DESK)
    enter_code(visitor, code(enrolled[0]))
    another.sign_in(DESK)

    assert enter_code(another, older).status_code == 422


def test_a_code_without_the_password_opens_nothing(visitor, enrolled, code):
    visitor.get("/sign-in")

    led = visitor.post("/sign-in/code", {"code": code(enrolled[0])}, page="/sign-in")

    assert led.location.startswith("/sign-in?")


def test_the_code_must_follow_soon(visitor, enrolled, code, clock):
    visitor.sign_in(DESK)
    clock.forward(minutes=6)

    led = visitor.post("/sign-in/code", {"code": code(enrolled[0])}, page="/sign-in")

    assert led.location.startswith("/sign-in?")


def test_guessing_codes_ends_in_waiting(visitor, enrolled, code):
    visitor.sign_in(DESK)
    for _ in range(FREE):
        enter_code(visitor, "000000")

    assert enter_code(visitor, code(enrolled[0])).status_code == 422


def test_a_recovery_code_works_once(visitor, another, enrolled):
    visitor.sign_in(DESK)
    first = enter_code(visitor, enrolled[1][0].upper())
    another.sign_in(DESK)
    second = enter_code(another, enrolled[1][0])

    assert (first.status_code, second.status_code) == (303, 422)
    assert f"{len(enrolled[1]) - 1} kode cadangan tersisa" in visitor.get("/account").text


def test_neither_secret_nor_codes_are_kept_in_clear(enrolled, database):
    kept = str(list(database["accounts"].find())) + str(list(database["sessions"].find()))

    assert enrolled[0] not in kept
    assert not any(each in kept for each in enrolled[1])


def test_setting_up_needs_the_password(visitor, code):
    visitor.sign_in(DESK)
    secret = secret_on(visitor.get("/account/second-factor"))

    refused = visitor.post("/account/second-factor", {"code": code(secret), "current": "salah"})

    assert refused.status_code == 422


def test_setting_up_with_a_wrong_code_changes_nothing(visitor, people):
    visitor.sign_in(DESK)

    visitor.post("/account/second-factor", {"code": "000000", "current": PASSWORD})

    assert people.find(DESK).factor == ""


def test_setting_up_ends_every_other_session(visitor, another, code):
    another.sign_in(DESK)
    visitor.sign_in(DESK)
    secret = secret_on(visitor.get("/account/second-factor"))
    visitor.post("/account/second-factor", {"code": code(secret), "current": PASSWORD})

    assert (visitor.get("/account").status_code, another.get("/account").status_code) == (200, 303)


@pytest.fixture
def strict(given, database, people, clock, visit):
    """An office whose auditor needs a second factor."""
    needing = type(given)(given.service, {**given.values, "second_factor_roles": "auditor"})
    return visit(build(needing, Services("amqp://nowhere.invalid", 1, 0.1), database, clock))


def test_a_role_that_needs_it_sets_it_up_first(strict):
    strict.sign_in(AUDITOR)

    assert strict.get("/settings/access-log").location == "/account/second-factor"
    assert "harus memakai kode kedua" in strict.get("/account/second-factor").text


def test_a_role_that_needs_it_cannot_put_it_away(strict, code, people):
    strict.sign_in(AUDITOR)
    secret = secret_on(strict.get("/account/second-factor"))
    strict.post("/account/second-factor", {"code": code(secret), "current": PASSWORD})

    refused = strict.post(
        "/account/second-factor/removal", {"current_removal": PASSWORD}, page="/account"
    )

    assert refused.status_code == 422
    assert people.find(AUDITOR).factor
