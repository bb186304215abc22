import pytest
from prometheus_client import Counter, Gauge, Histogram
from prometheus_client.metrics import MetricWrapperBase

from telemetry import metrics

ALL = {name: each for name, each in vars(metrics).items() if isinstance(each, MetricWrapperBase)}
# Each has few values that are known beforehand: a name of the code, of the plan, or of a closed list.
BOUNDED = {
    "service",
    "queue",
    "outcome",
    "entrypoint",
    "method",
    "route",
    "status",
    "state",
    "code",
}
UNITS = (
    "_seconds", "_total", "_position", "_messages", "_active", "_paused", "_open", "_overdue", "_requests", "_days", "_letters",
)  # fmt: skip


def kinds(kind):
    return [each for each in ALL.values() if isinstance(each, kind)]


def test_there_are_metrics():
    assert len(ALL) > 15


def test_every_name_is_used_once():
    assert len({each._name for each in ALL.values()}) == len(ALL)


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_metric_says_whose_it_is(name):
    assert ALL[name]._name.startswith("terbuka_")


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_metric_has_a_meaning(name):
    assert ALL[name]._documentation.endswith(".")


@pytest.mark.parametrize("name", sorted(ALL))
def test_no_label_can_have_any_number_of_values(name):
    assert set(ALL[name]._labelnames) <= BOUNDED


def test_counters_are_told_apart_by_their_ending():
    assert all(each.describe()[0].type == "counter" for each in kinds(Counter))


@pytest.mark.parametrize("each", kinds(Histogram), ids=lambda each: each._name)
def test_durations_are_in_seconds(each):
    assert each._name.endswith("_seconds")


@pytest.mark.parametrize("each", kinds(Gauge), ids=lambda each: each._name)
def test_gauges_name_their_unit(each):
    assert each._name.endswith(UNITS)


def test_no_gauge_is_an_age():
    assert not [each._name for each in kinds(Gauge) if each._name.endswith(("_age", "age_seconds"))]


def test_waits_reach_further_than_durations():
    assert metrics.WAITS[: len(metrics.DURATIONS)] == metrics.DURATIONS
    assert metrics.WAITS[-1] == 300


def test_a_time_becomes_seconds_since_1970():
    assert metrics.epoch("1970-01-01T07:00:01+07:00") == 1
