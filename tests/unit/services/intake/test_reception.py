from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.intake.reception import applicant_id_of, request_id
from tests.suites.orders import order

moments = st.integers(0, 4 * 10**9).map(lambda at: datetime.fromtimestamp(at, UTC))


def test_the_same_order_makes_the_same_ids():
    first, again = (order("ReceiveRequest", id_="order 1") for _ in range(2))

    assert request_id(first) == request_id(again)
    assert applicant_id_of(first) == applicant_id_of(again)


def test_another_order_makes_other_ids():
    first, other = order("ReceiveRequest", id_="order 1"), order("ReceiveRequest", id_="order 2")

    assert request_id(first) != request_id(other)
    assert applicant_id_of(first) != applicant_id_of(other)


@given(st.text(min_size=1, max_size=20), moments)
def test_a_request_id_has_the_form_of_a_uuid_of_version_7(id_, received):
    made = UUID(request_id(order("ReceiveRequest", id_=id_, received_at=received.isoformat())))

    assert (made.version, made.variant) == (7, "specified in RFC 4122")


@given(moments, moments)
def test_request_ids_are_sorted_by_time_of_receipt(one, other):
    earlier, later = sorted((one, other))
    ids = [
        request_id(order("ReceiveRequest", received_at=each.isoformat()))
        for each in (earlier, later)
    ]

    assert ids == sorted(ids)
