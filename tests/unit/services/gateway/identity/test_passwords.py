import pytest

from services.gateway.identity import passwords


@pytest.fixture(scope="module")
def kept():
    return passwords.hashed("rahasia-ﬁlsafat")


def test_only_the_hash_is_kept(kept):
    assert kept.startswith("$argon2id$")
    assert "rahasia" not in kept


def test_the_right_password_matches(kept):
    assert passwords.matches("rahasia-ﬁlsafat", kept)


def test_the_same_letters_match_from_any_keyboard(kept):
    assert passwords.matches("rahasia-filsafat", kept)


def test_a_wrong_password_does_not_match(kept):
    assert not passwords.matches("rahasia-filsafah", kept)


def test_nothing_matches_where_there_is_no_account():
    assert not passwords.matches("", None)


def test_who_does_not_exist_costs_as_much_as_who_does(kept):
    """Both hashes have the same parameters, so checking them takes the same time."""
    assert not passwords.outdated(kept)
    assert not passwords.outdated(passwords._NOBODY)


def test_generated_passwords_differ_and_are_long_enough():
    made = {passwords.generated() for _ in range(100)}

    assert len(made) == 100
    assert all(len(each) >= passwords.SHORTEST for each in made)
