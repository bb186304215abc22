"""Which rules a process knows, and how old what it knows may be."""

from datetime import date

from eventlog.rulebook import Rulebook, first_rules
from tests.suites.events import event

VALUE = {"topics": ["election"]}
ON = date(2026, 8, 12)


class Enacted:
    """What was enacted so far, and how often somebody looked."""

    def __init__(self):
        self.events, self.looked = [], 0

    def __call__(self, _):
        self.looked += 1
        return list(self.events)

    def enact(self):
        rule = {"kind": "regime", "key": "election", "value": VALUE, "valid_from": "2026-08-01"}
        self.events.append(event("RuleEnacted", subject="rules/office", data=rule))


def known(rulebook):
    found = rulebook().find("regime", "election", ON)
    return found.value if found else None


def test_before_anybody_enacted_a_rule_the_first_ones_stand():
    assert Rulebook(Enacted())() == first_rules()


def test_without_a_time_each_question_looks_anew():
    enacted = Enacted()
    rulebook = Rulebook(enacted)

    assert known(rulebook) is None
    enacted.enact()
    assert known(rulebook) == VALUE


def test_what_is_known_is_trusted_for_its_time_and_looked_up_again_after():
    enacted, now = Enacted(), [0.0]
    rulebook = Rulebook(enacted, 0.2, lambda: now[0])

    assert known(rulebook) is None
    enacted.enact()
    now[0] = 0.19
    assert (known(rulebook), enacted.looked) == (None, 1)
    now[0] = 0.21
    assert (known(rulebook), enacted.looked) == (VALUE, 2)
