"""Cases of personal data: hours by the clock on the wall, whatever day it is."""

from datetime import UTC, datetime

import pytest

from services.escalation import decide
from services.escalation.state import PrivacyState, evolve_privacy
from tests.suites.law import LAW
from tests.suites.orders import given, order, refusal

NOW = datetime(2026, 11, 10, 3, 0, tzinfo=UTC)


def opened(**changed):
    return decide.open_privacy_case(order("OpenPrivacyCase", **changed), NOW, LAW)[0].data


@pytest.mark.parametrize("kind", ["access", "correction", "restriction"])
def test_d20_what_somebody_asks_about_their_data_is_due_in_3_times_24_hours(kind):
    """Over a weekend as well: 2026-11-06 is a Friday."""
    case = opened(kind=kind, opened_at="2026-11-06T16:30:00+07:00")

    assert case["due_at"] == "2026-11-09T16:30:00+07:00"
    assert case["legal_basis"].startswith("UU 27/2022")


def test_d21_a_breach_is_told_within_3_times_24_hours():
    case = opened(kind="breach", opened_at="2026-11-06T23:59:59+07:00", applicant_id=None)

    assert (case["due_at"], case["legal_basis"]) == (
        "2026-11-09T23:59:59+07:00",
        "UU 27/2022 pasal 46",
    )


def test_it_cannot_arrive_in_the_future():
    command = order("OpenPrivacyCase", opened_at="2026-11-10T10:02:00+07:00")

    assert refusal(decide.open_privacy_case, command, NOW, LAW) == "received_in_future"


def test_before_the_law_there_was_no_such_case():
    for moment in ("2022-10-16T10:00:00+07:00", "0001-01-01T00:00:00+07:00"):
        command = order("OpenPrivacyCase", opened_at=moment)

        assert refusal(decide.open_privacy_case, command, NOW, LAW) == "date_before_law"


def case(*facts):
    return given(PrivacyState(), evolve_privacy, *facts)


@pytest.mark.parametrize(
    ("settled_at", "late"),
    [("2026-11-05T10:00:00+07:00", False), ("2026-11-05T03:00:01+00:00", True)],
)
def test_it_is_late_after_its_last_second(settled_at, late):
    command = order("SettlePrivacyCase", settled_at=settled_at)

    settled = decide.settle_privacy_case(command, case("PrivacyCaseOpened"), NOW)
    assert settled[0].data["late"] is late


@pytest.mark.parametrize(
    ("facts", "settled_at", "code"),
    [
        ((), "2026-11-03T10:00:00+07:00", "not_found"),
        (
            ("PrivacyCaseOpened", "PrivacyCaseSettled"),
            "2026-11-03T10:00:00+07:00",
            "already_done",
        ),
        (("PrivacyCaseOpened",), "2026-11-02T09:59:59+07:00", "date_before_receipt"),
        (("PrivacyCaseOpened",), "2026-11-10T10:02:00+07:00", "received_in_future"),
    ],
)
def test_it_is_settled_once_after_it_was_opened(facts, settled_at, code):
    command = order("SettlePrivacyCase", settled_at=settled_at)

    assert refusal(decide.settle_privacy_case, command, case(*facts), NOW) == code
