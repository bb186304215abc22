"""What an order to decide anew overtakes, and until when."""

import pytest

from contracts.overtaken import OVERTAKEN, is_overtaken, still_ordered
from tests.suites.events import event


@pytest.mark.parametrize("name", sorted(OVERTAKEN))
def test_what_others_record_is_overtaken_only_while_an_order_waits(name):
    assert is_overtaken(event(name), ordered=True)
    assert not is_overtaken(event(name), ordered=False)


def test_what_the_applicant_takes_back_is_not_overtaken():
    assert not is_overtaken(event("RequestWithdrawn"), ordered=True)


def test_an_order_waits_until_the_applicant_is_told_anew():
    assert still_ordered(event("DecisionOrdered"), ordered=False)
    assert still_ordered(event("Decided"), ordered=True)
    assert not still_ordered(event("ApplicantNotified"), ordered=True)
    assert not still_ordered(event("Decided"), ordered=False)
