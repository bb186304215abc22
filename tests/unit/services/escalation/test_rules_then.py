"""The rules as they were known at a time: what a letter of that time was written by, and is printed again by."""

from dataclasses import replace

from contracts.rules import SUBJECT
from eventlog.memory import MemoryLog
from services.escalation.law import LawBook
from services.escalation.query import Query
from tests.suites.events import commit, event

BEFORE, MEANWHILE, AFTER = (f"2026-08-{day}T03:00:00+00:00" for day in (12, 13, 14))
DAY = "2026-08-12"
HEAD = {
    "kind": "setting",
    "key": "letter.head",
    "legal_basis": "SK 1",
    "valid_from": "2010-04-30",
    "valid_to": None,
}
GONE = {"gives_way": [{"valid_from": "2010-04-30", "until": None, "resumes_on": None}]}


def asked():
    """Questions to a log in which the letterhead of every day was replaced, between two times."""
    log = MemoryLog()
    told = event(
        "RuleEnacted",
        subject=SUBJECT,
        time=MEANWHILE,
        data={**HEAD, **GONE, "value": {"office": "BARU"}},
    )
    log.append(replace(commit(SUBJECT, 0), events=lambda _: (told,)))
    return Query(log, LawBook(log), None, None)


def office(rules):
    return [rule["value"]["office"] for rule in rules if rule["key"] == "letter.head"]


def test_what_was_enacted_later_for_the_same_day_was_not_known():
    query = asked()

    assert office(query.rules("setting", DAY, BEFORE)) == [
        "KOMISI PEMILIHAN UMUM PROVINSI DKI JAKARTA"
    ]
    assert (
        office(query.rules("setting", DAY, AFTER))
        == office(query.rules("setting", DAY))
        == ["BARU"]
    )
