"""The table of what was played."""

from terbuka.demo.play import Played
from terbuka.demo.table import summary

CLOSED = Played(
    row=1,
    id="a",
    number="0001/X",
    channel="walk_in",
    path=("available", "handover", "closing"),
    warnings=(),
    events=8,
    state="closed",
    received_on="2026-08-12",
    entered_on="2026-11-24",
)
WAITING = Played(
    row=2,
    id="b",
    number=None,
    channel="web",
    path=(),
    warnings=("near_duplicate",),
    events=3,
    state="incomplete",
    received_on="2026-08-12",
    entered_on="2026-11-24",
)


MOVED = Played(
    row=3,
    id="c",
    number="0002/X",
    channel="letter",
    path=("coordinate",),
    warnings=(),
    events=9,
    state="coordination",
    received_on="2026-09-17",
    entered_on="2026-11-24",
    regime="election",
    due_moved_to="2026-10-02",
)


def test_the_regime_of_the_stages_and_a_date_that_moved_are_marked():
    line = summary([MOVED]).splitlines()[1]
    assert "coordinate ! election regime ! due date moved to 2026-10-02" in line


def test_a_line_a_request_and_the_sums():
    assert summary([CLOSED, WAITING]).splitlines() == [
        "number      channel  path taken                      events  state",
        "0001/X      walk_in  available > handover > closing       8  closed",
        "(none yet)  web       ! near_duplicate                    3  incomplete",
        "2 requests, 11 events: 1 closed, 1 incomplete",
    ]
