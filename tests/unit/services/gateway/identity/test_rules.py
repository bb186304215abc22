import pytest

from services.gateway.identity.rules import weakness


@pytest.mark.parametrize(
    ("password", "weak"),
    [
        ("", "too_short"),
        ("sebelas1234", "too_short"),
        ("x" * 201, "too_long"),
        ("aaaabbbbaaaabbbb", "too_plain"),
        ("password123456", "too_plain"),
        ("sari.wijaya-2026", "too_plain"),
        ("Rahasia-Terbuka!", "too_plain"),
    ],
)
def test_what_somebody_would_try_first_is_not_good_enough(password, weak):
    assert weakness(password, "sari.wijaya") == weak


@pytest.mark.parametrize("password", ["kopi pagi di loket tiga", "T7#pq-9Lm2xz", "пароль-длинный"])
def test_what_is_long_and_of_its_own_is(password):
    assert weakness(password, "sari.wijaya") is None
