from datetime import timedelta

from eventlog.store import new_id, utc_now


def test_ids_are_unique_and_sorted_by_time():
    made = [new_id() for _ in range(1000)]

    assert made == sorted(set(made))


def test_times_are_told_with_their_offset():
    assert utc_now().utcoffset() == timedelta(0)
