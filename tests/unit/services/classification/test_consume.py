import pytest

from services.classification.consume import OPENINGS, opens, publish_opened
from services.classification.state import EntryState, evolve_entry
from services.classification.tools import opened_entry
from tests.suites.events import event
from tests.suites.office import Office
from tests.suites.orders import given

TITLE = "Laporan dana kampanye"
ENTRY = {
    "list": "public",
    "title": TITLE,
    "grounds": [],
    "forms": [],
    "availability": "any_time",
    "opened_by": "7",
}


def opening(name, **changed):
    return event(name, subject="objection/7", data={"opened": TITLE, **changed})


@pytest.mark.parametrize("name", sorted(OPENINGS))
def test_what_was_opened_goes_on_the_public_list_with_what_opened_it(name):
    facts = publish_opened(opening(name), EntryState())

    assert [(each.name, each.data) for each in facts] == [("ListEntryPublished", ENTRY)]


@pytest.mark.parametrize("name", sorted(OPENINGS))
def test_the_entry_of_an_event_is_always_the_same(name):
    came = opening(name)

    assert opens(came)
    assert opened_entry(came) == opened_entry(came) != opened_entry(opening(name))
    assert opened_entry(came).startswith("list-entry/")


@pytest.mark.parametrize("name", sorted(OPENINGS))
def test_an_answer_that_opens_nothing_adds_nothing(name):
    assert not opens(opening(name, opened=None))


def test_other_facts_open_nothing():
    assert not opens(event("Closed"))


def test_what_stands_on_the_list_is_not_put_there_again():
    listed = given(EntryState(), evolve_entry, "ListEntryPublished")

    assert publish_opened(opening("CourtRuled"), listed) == ()


def test_however_often_it_is_heard_it_stands_there_once():
    office = Office()
    came = opening("CourtRuled")
    office.underway["classification"] += [came, came]
    office.settle()

    assert [each.data["title"] for each in office.events()] == [TITLE]
    assert office.state("entries", opened_entry(came)).matches()
