"""The demonstration, played through a whole stack."""

import httpx
import pytest

from contracts.catalogue import SERVICES
from deploy.local.demo import fill
from eventlog.mongo.client import connect, database_of
from terbuka.demo.desk import Desk
from terbuka.demo.play import play
from terbuka.demo.rows import read


@pytest.fixture(scope="module")
def played(stack):
    """What became of each sample request, by its row."""
    with Desk(stack.addresses.gateway, stack.tokens) as desk:
        return {each.row: each for each in play(desk, read())}


@pytest.fixture
def heads(stack):
    """How many commits people have ordered in each service. Reminders may come at any moment."""
    by_people = {"events.actor": {"$not": {"$regex": "^system:"}}}

    def count():
        with connect(stack.addresses.mongo, "tests") as client:
            return {
                name: database_of(client, name)["log"].count_documents(by_people)
                for name in SERVICES
            }

    return count


def see(stack, path):
    """What the officer sees at a path."""
    signed = {"Authorization": f"Bearer {stack.tokens['ppid_officer']}"}
    answer = httpx.get(f"{stack.addresses.gateway}/api/v1{path}", headers=signed, timeout=20)
    answer.raise_for_status()
    return answer.json()


def test_every_row_ends_where_it_should(played):
    states = {number: each.state for number, each in played.items()}
    still_open = {5: "incomplete", 20: "incomplete", 25: "incomplete", 40: "withdrawn"}
    still_open |= dict.fromkeys((18, 29, 36), "coordination")
    assert states == {number: still_open.get(number, "closed") for number in range(1, 41)}


def test_numbers_follow_the_order_of_completeness_without_a_gap(played):
    serials = [int(each.number[:4]) for each in played.values() if each.number]
    assert serials == list(range(serials[0], serials[0] + 37))


def test_the_desk_is_warned_of_the_duplicate_only(played):
    assert [row for row, each in played.items() if "near_duplicate" in each.warnings] == [40]


@pytest.mark.parametrize(
    ("row", "closing"),
    [
        (1, "granted"),
        (3, "refused"),
        (4, "granted"),
        (9, "granted"),
        (28, "refused"),
        (10, "granted_partly"),
        (35, "not_held"),
        (37, "not_documented"),
    ],
)
def test_it_is_closed_as_what_it_was(stack, played, row, closing):
    assert see(stack, f"/requests/{played[row].id}")["closing"] == closing


def test_a_refusal_was_objected_to_and_granted(stack, played):
    (listed,) = see(stack, f"/requests/{played[9].id}/objections")["items"]
    filed = see(stack, f"/objections/{listed['id']}")
    assert (filed["grounds"], filed["answer"]["result"]) == (["35a"], "granted")
    assert filed["late"] is False


def test_what_was_granted_was_decided_and_told_anew(stack, played):
    events = see(stack, f"/requests/{played[9].id}/timeline")["items"]
    told = [event["type"].split(".")[-2] for event in events]
    anew = told[told.index("DecisionOrdered") :]
    assert [name for name in anew if name in ("Decided", "ApplicantNotified", "Closed")] == [
        "Decided",
        "ApplicantNotified",
        "Closed",
    ]


def test_one_refusal_stands_on_a_listed_entry_and_one_on_a_test(stack, played):
    listed = see(stack, f"/requests/{played[31].id}")
    tested = see(stack, f"/requests/{played[28].id}")
    assert (listed["basis"]["grounds"], listed["test"]) == (["17a"], None)
    assert (tested["basis"], tested["test"]["result"]) == (None, "exempt")


def test_one_request_ran_on_the_clock_of_the_election_stages(stack, played):
    assert [row for row, each in played.items() if each.regime == "election"] == [23]
    explained = see(stack, f"/requests/{played[23].id}/deadline")
    assert (explained["regime"]["regime"], explained["working_days"]) == ("election", 3)


def test_a_day_declared_late_moved_the_dates_of_those_that_waited(stack, played):
    assert [row for row, each in played.items() if each.due_moved_to] == [29, 36]
    (day,) = [day for day in see(stack, "/calendar")["items"] if day["kind"] == "local"]
    moves = see(stack, f"/requests/{played[36].id}")["moves"]
    assert moves[0]["cause"] == "calendar"
    assert day["date"] in moves[0]["because"]
    assert moves[-1]["due_on"] == played[36].due_moved_to


def test_the_officer_has_supervised_the_day_with_its_open_requests(stack, played):
    supervision = see(stack, f"/reports/daily/{played[1].entered_on}")["supervision"]
    assert supervision["figures"]["incomplete"] >= 3
    assert supervision["figures"]["escalated"] >= 3


def test_the_report_of_the_first_month_is_acknowledged(stack, played):
    report = see(stack, "/reports/monthly/2026-08")["report"]
    assert [step["step"] for step in report["steps"]] == ["ReportIssued", "ReportAcknowledged"]


def test_playing_again_changes_nothing(stack, played, heads):
    before = heads()
    with Desk(stack.addresses.gateway, stack.tokens) as desk:
        again = play(desk, read())
    assert [(each.id, each.number, each.state) for each in again] == [
        (each.id, each.number, each.state) for each in played.values()
    ]
    assert heads() == before


def test_a_refused_demonstration_is_told_and_no_more(stack, monkeypatch, capsys):
    """The stack runs on."""
    wrong = dict.fromkeys(stack.tokens, "wrong")
    monkeypatch.setattr("deploy.local.secrets.demo_tokens", lambda _: wrong)
    fill(stack.addresses)
    assert "the demonstration is incomplete: demo-dip-1: 401" in capsys.readouterr().out
