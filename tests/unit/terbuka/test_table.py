from terbuka.table import table


def test_columns_are_as_wide_as_their_widest_cell():
    shown = table(("name", "n"), [("a", "x"), ("longer", "yy")])

    assert shown.splitlines() == ["name    n", "a       x", "longer  yy"]


def test_numbers_stand_right():
    assert table(("name", "count"), [("a", 7), ("b", 12345)]).splitlines()[1] == "a         7"


def test_nothing_is_shown_as_a_dash():
    assert table(("name",), [(None,)]).splitlines()[1] == "-"


def test_a_table_without_rows_is_its_titles():
    assert table(("name", "n"), []) == "name  n"


def test_no_line_ends_in_spaces():
    assert table(("name", "long title"), [("a", "b")]).splitlines()[1] == "a     b"
