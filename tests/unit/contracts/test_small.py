"""Local time and the seal."""

from datetime import UTC, date, datetime

import pytest
from cryptography.fernet import Fernet, InvalidToken
from hypothesis import given
from hypothesis import strategies as st

from contracts.local import local_day
from contracts.sealed import Seal

KEY, OTHER = Fernet.generate_key(), Fernet.generate_key()


class TestLocalDay:
    @pytest.mark.parametrize(
        ("moment", "day"),
        [
            ("2026-08-12T16:59:59+00:00", date(2026, 8, 12)),
            ("2026-08-12T17:00:00+00:00", date(2026, 8, 13)),
            ("2026-08-12T00:00:00+07:00", date(2026, 8, 12)),
            ("2026-12-31T23:59:59-05:00", date(2027, 1, 1)),
            ("0001-01-01T00:00:00+07:00", date.min),
            ("9999-12-31T23:59:59-12:00", date.max),
        ],
    )
    def test_a_day_begins_at_midnight_in_jakarta(self, moment, day):
        assert local_day(moment) == day

    @given(st.datetimes(timezones=st.just(UTC)))
    def test_text_and_time_mean_the_same_day(self, moment):
        assert local_day(moment) == local_day(moment.isoformat())

    def test_the_clock_of_the_machine_makes_no_difference(self):
        moment = datetime(2026, 8, 12, 20, tzinfo=UTC)

        assert local_day(moment) == date(2026, 8, 13)


class TestSeal:
    @given(st.dictionaries(st.text(), st.text() | st.integers() | st.none(), max_size=5))
    def test_what_was_sealed_is_opened(self, content):
        assert Seal(KEY).open(Seal(KEY).close(content)) == content

    def test_a_sealed_person_cannot_be_read(self):
        assert "Ani" not in Seal(KEY).close({"name": "Ani"})

    def test_another_key_opens_nothing(self):
        with pytest.raises(InvalidToken):
            Seal(OTHER).open(Seal(KEY).close({"name": "Ani"}))

    def test_an_altered_token_opens_nothing(self):
        token = Seal(KEY).close({"name": "Ani"})
        with pytest.raises(InvalidToken):
            Seal(KEY).open(f"{token[:-4]}AAA=")

    @pytest.mark.parametrize("token", ["", "text", "\x00"])
    def test_what_is_no_token_opens_nothing(self, token):
        with pytest.raises(InvalidToken):
            Seal(KEY).open(token)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("0001-01-01T00:00:00+07:00", date.min),
        ("0001-01-01T00:00:00+14:00", date.min),
        ("9999-12-31T23:59:59-12:00", date.max),
    ],
)
def test_the_ends_of_all_time_have_a_day(moment, day):
    """A slip of the pen is refused for what it is, not stumbled over."""
    assert local_day(moment) == day
