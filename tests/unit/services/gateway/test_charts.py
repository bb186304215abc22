"""Charts are placed by the server: within their frame, in proportion, with every number in the table."""

import pytest

from services.gateway.charts import BOTTOM, HEIGHT, WIDTH, Series, bars, lines

MONTHS = ["Jan", "Feb", "Mar"]


def drawn(*values, kind=bars):
    series = [Series(f"s{number}", each) for number, each in enumerate(values)]
    return kind("c", "Permohonan", "Tiga bulan", "Bulan", MONTHS, series)


def test_the_axis_ends_at_or_above_the_greatest_number_on_simple_steps():
    assert [tick["value"] for tick in drawn([12, 41, 9]).ticks] == [0, 15, 30, 45, 60]


def test_few_are_counted_one_by_one():
    assert [tick["value"] for tick in drawn([0, 1, 2]).ticks] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("values", [[0, 0, 0], [1, 2, 3], [0.5, 7, 1_000_000]])
def test_every_bar_stands_on_the_axis_and_within_the_frame(values):
    for bar in drawn(values).bars:
        assert bar["y"] + bar["height"] == pytest.approx(HEIGHT - BOTTOM)
        assert bar["y"] >= 0
        assert bar["x"] >= 0
        assert bar["x"] + bar["width"] <= WIDTH


def test_bars_are_as_high_as_their_numbers():
    low, high, _ = drawn([10, 20, 0]).bars
    assert high["height"] == pytest.approx(2 * low["height"], abs=0.2)


def test_bars_of_one_name_stand_side_by_side():
    figure = drawn([1, 1, 1], [2, 2, 2])
    first, second = figure.bars[0], figure.bars[3]
    assert first["x"] + first["width"] == pytest.approx(second["x"], abs=0.2)


def test_a_line_has_a_point_for_each_name():
    figure = drawn([1, 2, 3], [3, 2, 1], kind=lines)
    assert [len(line["dots"]) for line in figure.lines] == [3, 3]
    rising, falling = figure.lines
    assert rising["dots"][0][1] > rising["dots"][2][1]
    assert falling["dots"][0][1] < falling["dots"][2][1]


def test_the_table_has_every_number():
    assert drawn([1, 2, 3], [4, 5, 6]).rows == [["Jan", 1, 4], ["Feb", 2, 5], ["Mar", 3, 6]]


def test_a_long_axis_names_only_some():
    figure = bars("c", "t", "d", "Hari", [str(day) for day in range(31)], [Series("s", [1] * 31)])
    assert len(figure.names) == 16
    assert len(figure.rows) == 31


def test_nothing_to_show_is_an_empty_chart():
    figure = bars("c", "t", "d", "Hari", [], [Series("s", [])])
    assert (figure.bars, figure.rows) == ([], [])


def test_a_name_too_long_for_its_place_is_broken_between_words():
    names = ["Dikabulkan", "Dikabulkan sebagian", "Belum didokumentasikan", "a", "b", "c"]
    figure = bars("c", "t", "d", "Hasil", names, [Series("s", [1] * 6)])
    assert [name["lines"] for name in figure.names][:3] == [
        ["Dikabulkan"],
        ["Dikabulkan", "sebagian"],
        ["Belum", "didokumentasikan"],
    ]
