from datetime import timedelta

from services.gateway.identity.lockout import FREE, LONGEST, wait_after


def test_a_slip_costs_nothing():
    assert {wait_after(failures) for failures in range(FREE)} == {timedelta()}


def test_each_guess_costs_more_than_the_one_before_until_it_is_enough():
    waits = [wait_after(failures) for failures in range(FREE, FREE + 40)]

    assert waits[0] > timedelta()
    assert waits == sorted(waits)
    assert waits[0] < waits[1] < waits[2]
    assert waits[-1] == LONGEST
