"""An entry of the exempt list is revoked while a refusal relies on it: told before it is told, heard after it is told."""

import pytest

from tests.suites.office import ENTRY, Office

REFUSAL = {
    "outcome": "refused",
    "grounds": ["17h"],
    "consequence": "Terungkap",
    "public_interest": "Tidak lebih besar",
}
LISTED = (
    ("PublishListEntry", {}),
    ("ReceiveRequest", {}),
    ("FlagExemption", {"list_entry": ENTRY}),
)
ESCALATED = (*LISTED, ("EscalateRequest", {}))
DECIDED = (*ESCALATED, ("DecideRequest", REFUSAL))


def after(*steps):
    office = Office()
    for name, changed in steps:
        give(office, name, **changed)
        office.settle()
    return office


def give(office, name, **changed):
    about = ENTRY if name.endswith("ListEntry") else "request/1"
    assert office.order(name, about, **changed) == ""


@pytest.mark.parametrize(
    ("steps", "name", "changed"),
    [
        (LISTED, "NotifyApplicant", {}),
        (ESCALATED, "DecideRequest", REFUSAL),
        (DECIDED, "DecideRequest", REFUSAL),
        (DECIDED, "NotifyApplicant", {}),
    ],
)
def test_what_was_revoked_is_not_relied_on(steps, name, changed):
    office = after(*steps)
    give(office, "RevokeListEntry")
    office.settle()
    before = len(office.events())

    assert office.order(name, **changed) == "list_entry_unusable"
    assert len(office.events()) == before


def test_what_was_decided_on_it_is_decided_anew_and_told():
    office = after(*DECIDED, ("RevokeListEntry", {}))

    for name in ("DecideRequest", "NotifyApplicant"):
        give(office, name)
        office.settle()

    assert office.state("escalation").decision["outcome"] == "full"


def test_a_test_that_closed_it_stands_without_the_entry():
    office = after(*ESCALATED, ("RevokeListEntry", {}), ("RecordConsequenceTest", {}))

    give(office, "DecideRequest", **REFUSAL)
    give(office, "NotifyApplicant")


def test_what_is_told_at_the_same_moment_stands_and_keeps_its_copy():
    """Nobody calls a letter back; the revocation counts from when it is heard of."""
    office = after(*LISTED)
    give(office, "RevokeListEntry")
    give(office, "NotifyApplicant")
    office.settle()

    state = office.state("escalation")
    assert (state.notified, state.basis["entry"]) == (True, ENTRY)
    assert office.order("CloseRequest") == ""
