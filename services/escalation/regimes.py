"""Which clock a request runs on: the ordinary one, or the short one of the election stages.

Chosen by the day of receipt and by what the request is about; an officer may correct it, with a reason.
"""

from __future__ import annotations

from datetime import date

from contracts.envelope import Fact
from contracts.rules import Rule, Rules

ORDINARY, ELECTION = "ordinary", "election"
OTHER = "other"
IN_THE_STAGES = "Informasi pemilu, diterima dalam masa tahapan."
OUTSIDE_THE_STAGES = "Diterima di luar masa tahapan."
NOT_ABOUT_IT = "Bukan informasi pemilu."


def in_stages(rules: Rules, on: date) -> Rule | None:
    """The rule that opens the stages, where one is in force on a day."""
    return rules.find("regime", ELECTION, on)


def chosen(topic: str, on: date, rules: Rules) -> Fact:
    """Which regime a request runs on, with the reason and the legal basis."""
    stages = in_stages(rules, on)
    if stages and topic in stages.value["topics"]:
        return _said(ELECTION, topic, IN_THE_STAGES, stages.legal_basis)
    reason = NOT_ABOUT_IT if stages else OUTSIDE_THE_STAGES
    return _said(ORDINARY, topic, reason, _basis(ORDINARY, on, rules))


def corrected(regime: str, topic: str, reason: str, on: date, rules: Rules) -> Fact:
    """That it runs on another regime than was chosen."""
    stages = in_stages(rules, on)
    if regime == ELECTION and stages:
        return _said(regime, topic, reason, stages.legal_basis, corrected=True)
    return _said(regime, topic, reason, _basis(regime, on, rules), corrected=True)


def known(regime: str, on: date, rules: Rules) -> bool:
    """Whether a request received on a day may run on a regime."""
    return regime == ORDINARY or rules.find("regime", regime, on) is not None


def topic_of(regime: str) -> str:
    """What a request is about that an officer puts on a regime."""
    return ELECTION if regime == ELECTION else OTHER


def _basis(regime: str, on: date, rules: Rules) -> str:
    return rules.days(f"{regime}.answer", on).legal_basis


def _said(regime: str, topic: str, reason: str, basis: str, *, corrected: bool = False) -> Fact:
    return Fact(
        "RegimeChosen",
        {
            "regime": regime,
            "topic": topic,
            "reason": reason,
            "legal_basis": basis,
            "corrected": corrected,
        },
    )
