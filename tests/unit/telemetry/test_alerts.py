"""Alerts ask for metrics that there are, and lead to a runbook that there is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from prometheus_client import Counter, Histogram
from prometheus_client.metrics import MetricWrapperBase

from telemetry import metrics

ROOT = Path(__file__).resolve().parents[3]
FILE = ROOT / "deploy" / "prometheus" / "alerts.yml"
EXAMPLES = Path(__file__).with_name("alerts.examples.yml")
RULES = [
    rule
    for group in yaml.safe_load(FILE.read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
NAMES = [rule["alert"] for rule in RULES]
SEVERITIES = {"urgent", "office_hours"}
PROMTOOL = shutil.which("promtool")
# What Prometheus itself knows, and the words of its language that the rules use.
_LANGUAGE = {
    "up", "job", "time", "max", "sum", "by", "on", "and", "offset", "increase", "changes",
    "instance", "service", "queue", "state", "terbuka",
}  # fmt: skip
_WORD = re.compile(r"(?<![\w.])[a-z_]+")


def exported():
    """Every name and label that the processes export."""
    for each in vars(metrics).values():
        if isinstance(each, Counter):
            yield f"{each._name}_total"
        elif isinstance(each, Histogram):
            yield from (f"{each._name}_{end}" for end in ("bucket", "count", "sum"))
        elif isinstance(each, MetricWrapperBase):
            yield each._name


def words(rule):
    """The names in an expression, without text, durations and numbers."""
    return set(_WORD.findall(re.sub(r'"[^"]*"|\[\w+\]|\b\d+\w*', " ", rule["expr"])))


def sections(page):
    """The anchors of a page of Markdown."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


def test_each_alert_has_its_own_name():
    assert len(set(NAMES)) == len(NAMES) > 0


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_an_alert_asks_only_for_metrics_that_there_are(rule):
    assert words(rule) - _LANGUAGE <= set(exported())
    assert words(rule) & {*exported(), "up"}


def test_a_metric_that_there_is_not_would_be_found():
    assert words({"expr": "max(terbuka_parked_mesages) > 5m"}) - _LANGUAGE - set(exported()) == {
        "terbuka_parked_mesages"
    }


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_an_alert_leads_to_a_section_of_a_runbook(rule):
    path, _, section = rule["annotations"]["runbook"].partition("#")

    assert section in sections(ROOT / path)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_an_alert_says_in_a_sentence_what_is_wrong_and_how_urgent_it_is(rule):
    assert rule["annotations"]["summary"].endswith(".")
    assert rule["labels"]["severity"] in SEVERITIES


@pytest.mark.parametrize(
    "metric",
    [
        "terbuka_calendar_decreed_until_timestamp_seconds",
        "terbuka_recount_owed_since_timestamp_seconds",
        "terbuka_parked_messages",
        "terbuka_oldest_unpublished_timestamp_seconds",
        "terbuka_ingest_position",
        "terbuka_log_chain_verified_position",
        "terbuka_duties_overdue",
        "terbuka_outgoing_letters",
        "terbuka_outgoing_oldest_timestamp_seconds",
    ],
)
def test_what_must_not_go_unnoticed_has_an_alert(metric):
    assert any(metric in words(rule) for rule in RULES)


@pytest.mark.skipif(PROMTOOL is None, reason="promtool comes with Debian's package prometheus")
def test_prometheus_itself_understands_the_rules_and_fires_as_the_examples_say():
    _run("check", FILE)
    _run("test", EXAMPLES)


def _run(what, path):
    order = [PROMTOOL, what, "rules", path]
    done = subprocess.run(order, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
