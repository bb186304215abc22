"""Whatever is ordered of the rules, what the office needs is in force on every day, once."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import Rejected
from contracts.rules import SUBJECT, Rules, evolve_rules
from eventlog.rulebook import first_rules
from services.escalation import clock, decide
from services.escalation.periods import gaps, need_of
from services.escalation.state import Standing
from tests.suites.orders import order

NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)
BEGINS = date(2010, 4, 30)
FIRST = first_rules()
VALUES = {(rule.kind, rule.key): rule.value for rule in FIRST.periods} | {
    ("regime", "election"): {"topics": ["election"]}
}
# Few keys and few days, so that orders meet.
KEYS = (
    ("days", "ordinary.answer"),
    ("days", "election.answer"),
    ("documents", "group"),
    ("setting", "clock.starts"),
    ("ground", "35a"),
    ("ground", "35b"),
    ("reason", "not_yet_held"),
    ("regime", "election"),
)
DAYS = st.sampled_from([
    date(2009, 1, 1), BEGINS, date(2019, 2, 28), date(2027, 1, 1), date(2027, 1, 2), date(2030, 6, 30), date(9999, 12, 31),
])  # fmt: skip
ENACTING = st.tuples(st.just("EnactRule"), st.sampled_from(KEYS), DAYS, DAYS | st.none())
ENDING = st.tuples(st.just("EndRule"), st.sampled_from(KEYS), DAYS, DAYS)
CHANGES = st.lists(st.tuples(ENACTING | ENDING, st.booleans()), max_size=12)


def ordered(name, rule, first, last, *, replaces):
    """An order about a rule."""
    said = {"kind": rule[0], "key": rule[1], "valid_from": first.isoformat()}
    said |= {"valid_to": last and last.isoformat()}
    if name == "EnactRule":
        said |= {"value": VALUES[rule], "replaces": replaces}
    return order(name, subject=SUBJECT, **said)


def after(changes):
    """The rules after every order that was followed."""
    rules = FIRST
    for (name, *about), replaces in changes:
        decision = decide.enact_rule if name == "EnactRule" else decide.end_rule
        try:
            facts = decision(ordered(name, *about, replaces=replaces), Standing(rules), NOW)
        except Rejected:
            continue
        for fact in facts:
            rules = evolve_rules(rules, fact)
    return rules


def turning_days(rules):
    """The days on which something begins, ends, or has just ended: between them nothing changes."""
    for rule in rules.periods:
        yield rule.valid_from
        if rule.valid_to and rule.valid_to < date.max:
            yield from (rule.valid_to, clock.days_after(rule.valid_to, 1))
    yield date.max


@given(CHANGES)
def test_what_is_needed_is_in_force_on_every_day_exactly_once(changes):
    rules = after(changes)
    first = {
        (rule.kind, rule.key): rule.valid_from
        for rule in FIRST.periods
        if need_of(rule) == (rule.kind, rule.key)
    }

    for day in set(turning_days(rules)):
        for (kind, key), begins in first.items():
            assert day < begins or rules.keys(kind, day).count(key) == 1, (day, kind, key)
        keys = [(rule.kind, rule.key) for rule in rules.periods if rule.in_force(day)]
        assert len(keys) == len(set(keys)), day


@given(CHANGES)
def test_of_grounds_and_reasons_some_are_in_force_on_every_day(changes):
    rules = after(changes)

    for day in set(turning_days(rules)):
        if day >= BEGINS:
            grounds = {key[:2] for key in rules.keys("ground", day)}
            assert grounds == {"17", "35"}
            assert rules.keys("reason", day)


@given(CHANGES)
def test_a_regime_that_may_be_chosen_has_its_lengths(changes):
    rules = after(changes)

    for day in set(turning_days(rules)):
        if rules.find("regime", "election", day):
            for name in ("answer", "extension", "objection_window", "objection_answer"):
                assert rules.find("days", f"election.{name}", day), day


@given(CHANGES)
def test_the_law_begins_no_later_than_it_did(changes):
    assert after(changes).begins() <= BEGINS


def test_the_first_rules_leave_no_day_out():
    assert {need_of(rule) for rule in FIRST.periods if gaps(FIRST, need_of(rule))} == set()


def test_of_what_there_never_was_nothing_is_missing():
    assert gaps(Rules(), ("days", "ordinary.answer")) == ()
