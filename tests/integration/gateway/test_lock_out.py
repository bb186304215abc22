from concurrent.futures import ThreadPoolExecutor

import pytest

from contracts.roles import DESK
from services.gateway.app import build
from services.gateway.identity.lockout import FIRST, FREE
from services.gateway.identity.tools import open_tools
from services.gateway.rpc import Services
from tests.integration.gateway.conftest import PASSWORD

WRONG = "salah-kuda-baterai"


@pytest.fixture
def tools(given, database, clock):
    made = open_tools(given, database, clock)
    made.prepare()
    return made


@pytest.fixture
def quick(monkeypatch):
    """Passwords that are compared as they are: here it is the counting that is tried."""
    monkeypatch.setattr(
        "services.gateway.identity.passwords.matches",
        lambda typed, kept: kept is not None and typed == PASSWORD,
    )


def guesses(visitor, account, number=FREE):
    return [visitor.sign_in(account, WRONG).status_code for _ in range(number)]


@pytest.mark.usefixtures("quick")
class TestLockOut:
    def test_the_right_password_is_refused_while_the_account_waits(self, visitor):
        guesses(visitor, DESK)

        assert visitor.sign_in(DESK).status_code == 422

    def test_and_opens_it_afterwards(self, visitor, clock):
        guesses(visitor, DESK)
        clock.forward(seconds=FIRST.seconds + 1)

        assert visitor.sign_in(DESK).status_code == 303

    def test_who_comes_in_begins_anew(self, visitor, another):
        guesses(another, DESK, FREE - 1)
        visitor.sign_in(DESK)
        guesses(another, DESK, FREE - 1)

        assert another.sign_in(DESK).status_code == 303

    def test_the_wait_grows(self, visitor, clock):
        guesses(visitor, DESK)
        clock.forward(seconds=FIRST.seconds + 1)
        guesses(visitor, DESK, 1)
        clock.forward(seconds=FIRST.seconds + 1)

        assert visitor.sign_in(DESK).status_code == 422

    def test_trying_on_does_not_make_it_longer(self, visitor, clock):
        guesses(visitor, DESK, FREE * 2)
        clock.forward(seconds=FIRST.seconds + 1)

        assert visitor.sign_in(DESK).status_code == 303

    def test_only_this_account_waits(self, visitor):
        guesses(visitor, DESK)

        assert visitor.sign_in("auditor").status_code == 303

    def test_unknown_wrong_locked_and_disabled_are_answered_with_the_same_page(
        self, visitor, people
    ):
        people.set_disabled("auditor", disabled=True)
        guesses(visitor, "ppid_officer")
        answers = {
            account: visitor.sign_in(account, typed)
            for account, typed in (
                ("nobody", WRONG), (DESK, WRONG), ("ppid_officer", PASSWORD), ("auditor", PASSWORD),
            )
        }  # fmt: skip

        pages = {
            answer.text.replace(account, "").partition('name="csrf_token"')[0]
            for account, answer in answers.items()
        }
        assert len(pages) == 1

    def test_an_account_that_does_not_exist_is_counted_alike(self, tools, visitor, database):
        guesses(visitor, "nobody")

        assert not tools.attempts.take("nobody")
        assert "nobody" not in str(list(database["attempts"].find()))

    def test_the_trail_knows_why(self, tools, visitor):
        guesses(visitor, DESK)
        visitor.sign_in(DESK)

        told = [line["about"]["reason"] for line in tools.trail.page(10, account=DESK)]
        assert told == ["locked"] + ["password"] * FREE

    def test_what_was_typed_as_a_name_is_not_written_down(self, visitor, database):
        visitor.sign_in("my-secret-password")

        assert "my-secret-password" not in str(list(database["trail"].find()))


def test_every_refusal_checks_one_password(visitor, people, monkeypatch):
    """So that time tells no more than the page does."""
    checked = []
    monkeypatch.setattr(
        "services.gateway.identity.passwords.matches", lambda *given: bool(checked.append(given))
    )
    people.set_disabled("auditor", disabled=True)

    for account in ("nobody", "", DESK, "auditor", *[DESK] * FREE):
        visitor.sign_in(account, WRONG)

    assert len(checked) == 4 + FREE


def test_attempts_made_at_once_are_counted_one_by_one(tools):
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: tools.attempts.take(DESK), range(40)))

    assert taken.count(True) == FREE


def test_an_address_that_is_refused_too_often_waits(given, database, people, visit):
    strict = type(given)(given.service, {**given.values, "sign_in_limit": "3 per hour"})
    visitor = visit(build(strict, Services("amqp://nowhere.invalid", 1, 0.1), database))

    answers = [visitor.sign_in(f"nobody{number}", WRONG) for number in range(4)]

    assert [answer.status_code for answer in answers] == [422, 422, 422, 429]
    assert answers[-1].headers["Retry-After"]
