import re

from hypothesis import given
from hypothesis import strategies as st

from services.gateway.tracking import ALPHABET, tracking_secret

PEPPER = b"pepper"
SIGN = f"[{ALPHABET}]"


@given(st.text(max_size=40), st.binary(max_size=40))
def test_a_secret_is_three_times_four_signs_of_the_alphabet(request, pepper):
    assert re.fullmatch(rf"{SIGN}{{4}}-{SIGN}{{4}}-{SIGN}{{4}}", tracking_secret(request, pepper))


@given(st.text(max_size=40), st.binary(max_size=40))
def test_the_same_request_has_the_same_secret(request, pepper):
    assert tracking_secret(request, pepper) == tracking_secret(request, pepper)


def test_a_secret_never_changes():
    assert tracking_secret("request/1", PEPPER) == "653G-VJ77-YD28"


def test_another_pepper_makes_other_secrets():
    assert tracking_secret("request/1", PEPPER) != tracking_secret("request/1", b"salt")


def test_a_thousand_requests_have_a_thousand_secrets():
    assert len({tracking_secret(f"request/{number}", PEPPER) for number in range(1000)}) == 1000


def test_signs_that_look_alike_are_not_used():
    assert set("01OIL").isdisjoint(ALPHABET)


def test_every_sign_is_used():
    used = {sign for number in range(1000) for sign in tracking_secret(str(number), PEPPER)}

    assert used == {*ALPHABET, "-"}
