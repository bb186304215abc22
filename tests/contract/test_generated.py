"""What is made from the contracts is as the contracts say."""

from contracts import topology
from contracts.catalogue import EVENTS, current
from contracts.commands import COMMANDS
from contracts.document import commands_page, events_page, heard_by
from terbuka import generate


def test_nothing_is_stale():
    assert generate.stale(generate.ROOT) == ()


def test_no_queue_waits_for_what_nobody_says():
    assert topology.unheard() == ()


def test_the_page_of_events_has_a_section_for_each():
    page = events_page()
    assert [
        each for each in EVENTS.values() if f"### {each.name} v{each.version}\n" not in page
    ] == []


def test_the_page_of_commands_has_a_section_for_each():
    page = commands_page()
    assert [name for name in COMMANDS if f"### {name}\n" not in page] == []


def test_everybody_means_something():
    contracts = [*EVENTS.values(), *COMMANDS.values()]
    assert [each.name for each in contracts if not each.meaning.endswith(".")] == []


def test_it_says_who_hears_an_event():
    assert heard_by(current("RequestSubmitted")) == [
        "register.log",
        "reporting.log",
        "classification.inbox",
        "escalation.inbox",
        "register.inbox",
    ]


def test_no_cell_breaks_its_table():
    """Every row of a table has the same number of cells."""
    rows = [line for line in events_page().splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {6}
