"""A file of days is read as spreadsheets write it, and each fault names its line."""

import pytest

from contracts.errors import Rejected
from services.gateway.dayfile import MOST, days_of

TITLES = "date,kind,day_name,estimated\n"
DAY = {"date": "2028-01-03", "kind": "joint_leave", "day_name": "Cuti bersama"}


def faults(text):
    with pytest.raises(Rejected) as refused:
        days_of(text)
    assert refused.value.code == "invalid_fields"
    return refused.value.errors["lines"]


def test_each_line_is_a_day():
    text = TITLES + '2028-01-03,joint_leave,"Cuti bersama",\n2028-02-26,public,Idul Fitri,true\n'

    assert days_of(text) == [
        {**DAY, "estimated": False},
        {"date": "2028-02-26", "kind": "public", "day_name": "Idul Fitri", "estimated": True},
    ]


def test_a_spreadsheet_may_write_semicolons_a_mark_and_its_own_line_ends():
    assert days_of("\ufeffdate;kind;day_name\r\n2028-01-03;joint_leave;Cuti bersama\r\n") == [DAY]


def test_a_fault_names_its_line_and_field():
    text = TITLES + "2028-01-03,joint_leave,A,\n2028-13-03,leave,,perhaps\n"

    assert {name: sorted(wrong) for name, wrong in faults(text).items()} == {
        "3": ["date", "day_name", "estimated", "kind"]
    }


@pytest.mark.parametrize(
    "text", ["", "tanggal,jenis,nama\n", "date,kind,day_name,more\n", "date\n", "\n\n"]
)
def test_other_titles_are_refused(text):
    assert list(faults(text)) == ["1"]


def test_a_file_without_days_is_refused():
    assert faults(TITLES) == {"1": ["No day."]}


def test_a_line_with_more_than_its_titles_is_refused():
    assert list(faults("date,kind,day_name\n2028-01-03,public,A,B\n")) == ["2"]


def test_more_days_than_an_order_can_hold_are_refused():
    text = "date,kind,day_name\n" + "2028-01-03,public,A\n" * (MOST + 1)

    assert list(faults(text)) == [str(MOST + 2)]
