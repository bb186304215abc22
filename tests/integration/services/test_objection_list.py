"""The list of objections in both its orders, on a real view: the newest first, or what waits by its due date."""

import pytest

from services.register.project import VIEWS
from services.register.query import ObjectionQuery
from tests.suites.events import event
from tests.suites.shelf import Shelf

DUE = {1: "2026-10-01", 2: "2026-09-01", 3: "2026-09-01", 4: "2026-08-01"}


def told(number, due_on, *more):
    """One objection that is due on a day."""
    changed = {"DeadlineSet": {"clock": "objection_answer", "due_on": due_on}}
    names = ("ObjectionFiled", "DeadlineSet", *more)
    return [
        event(name, subject=f"objection/{number}", version=version, data=changed.get(name, {}))
        for version, name in enumerate(names, start=1)
    ]


@pytest.fixture
def query(client, database):
    """Three objections that wait, and one that was answered long ago."""
    shelf = Shelf(client, database, VIEWS)
    for number, due_on in DUE.items():
        shelf.tell(*told(number, due_on, *(["ObjectionAnswered"] if number == 4 else [])))
    return ObjectionQuery(shelf.views)


def pages(query, limit, **filters):
    """The numbers of every page, as the gateway asks for them."""
    seen, after = [], ""
    while found := query.objections(filters, after, limit):
        seen.append([int(each["_id"].partition("/")[2]) for each in found])
        last = found[-1]
        after = f"{last['due_on']} {last['_id']}" if filters.get("sort") == "due" else last["_id"]
    return seen


def test_the_newest_come_first(query):
    assert pages(query, 100) == [[4, 3, 2, 1]]


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_what_waits_comes_by_its_due_date_in_pages_of_any_length(query, limit):
    seen = [number for page in pages(query, limit, sort="due") for number in page]
    assert seen == [2, 3, 1]


def test_other_filters_hold_in_that_order_too(query):
    wanted = {"overdue": True, "today": "2026-09-15"}

    assert pages(query, 100, sort="due", **wanted) == [[2, 3]]
