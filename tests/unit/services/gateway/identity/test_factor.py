from datetime import UTC, datetime

import pytest
from cryptography.fernet import InvalidToken

from services.gateway.identity.factor import (
    CODES,
    PERIOD,
    FactorKeys,
    cleaned,
    picture,
    recovery_codes,
    step_of,
)

# The secret and the times of RFC 6238, appendix B, with six of the eight digits.
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.mark.parametrize(
    ("second", "code"), [(59, "287082"), (1111111109, "081804"), (2000000000, "279037")]
)
def test_codes_are_those_of_the_standard(second, code):
    now = datetime.fromtimestamp(second, UTC)

    assert step_of(SECRET, code, now) == second // PERIOD


@pytest.mark.parametrize(("late", "taken"), [(-60, False), (-30, True), (30, True), (60, False)])
def test_a_clock_may_be_wrong_by_one_period(late, taken):
    now = datetime.fromtimestamp(1111111109 - late, UTC)

    assert (step_of(SECRET, "081804", now) is not None) == taken


@pytest.mark.parametrize("code", ["", "28708", "2870823", "abcdef", "28708x"])
def test_what_is_no_code_is_none(code):
    assert step_of(SECRET, code, datetime.fromtimestamp(59, UTC)) is None


def test_people_type_codes_with_spaces():
    assert cleaned(" 287 082 ") == "287082"


def test_the_picture_is_in_the_page():
    assert picture(SECRET, "sari").startswith("data:image/svg+xml")


def test_recovery_codes_differ():
    codes = recovery_codes()

    assert len(set(codes)) == CODES
    assert {len(cleaned(code)) for code in codes} == {10}


class TestKeys:
    def test_what_was_sealed_can_be_opened(self):
        keys = FactorKeys(b"k" * 32)

        assert keys.open(keys.seal(SECRET)) == SECRET

    def test_what_was_sealed_tells_nothing(self):
        assert SECRET not in FactorKeys(b"k" * 32).seal(SECRET)

    def test_another_key_opens_nothing(self):
        sealed = FactorKeys(b"k" * 32).seal(SECRET)

        with pytest.raises(InvalidToken):
            FactorKeys(b"l" * 32).open(sealed)

    def test_a_recovery_code_is_known_however_it_is_typed(self):
        keys = FactorKeys(b"k" * 32)

        assert keys.digest("abcde-fghjk") == keys.digest(" ABCDE FGHJK")

    def test_a_recovery_code_is_kept_by_a_key(self):
        assert FactorKeys(b"k" * 32).digest("abcde") != FactorKeys(b"l" * 32).digest("abcde")
