"""The view of the numbers of a year."""

from services.register.project.numbers import numbers
from tests.suites.events import event

YEAR = "numbers/2026"


def reserved(first, last, version=1):
    return event(
        "NumbersReserved", subject=YEAR, version=version, data={"first": first, "last": last}
    )


def voided(serial, version):
    return event("NumberVoided", subject=YEAR, version=version, data={"serial": serial})


def test_before_a_block_there_is_nothing():
    assert numbers([]) is None
    assert numbers([voided(25, 1)]) is None


def test_blocks_and_void_serials_stand_in_the_order_of_their_numbers():
    shown = numbers([reserved(21, 30), voided(25, 2), reserved(11, 12, 3), voided(11, 4)])

    assert [(block["first"], block["last"]) for block in shown["blocks"]] == [(11, 12), (21, 30)]
    assert [line["serial"] for line in shown["void"]] == [11, 25]


def test_a_block_says_who_reserved_it_and_when_and_by_which_order():
    told = event("NumbersReserved", subject=YEAR)
    (block,) = numbers([told])["blocks"]

    assert (block["by"], block["at"], block["order"]) == (told.actor, told.time, told.causationid)


def test_the_version_is_that_of_intake():
    assert numbers([reserved(21, 30), voided(25, 2)])["version"] == "intake2"
