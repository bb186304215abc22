"""The calendar's pages: a year at a glance, and no day declared or revoked before its effect was shown."""

import io

import pytest

from contracts.roles import AUDITOR

CALENDAR = "/settings/calendar"
DECLARE = f"{CALENDAR}/declare"
IMPORT = f"{CALENDAR}/import"
DAY = {
    "from": "2026-12-01",
    "kind": "local",
    "day_name": "Banjir",
    "decree": "SE 1/2026",
    "source": "KPU Provinsi",
}
CSV = "date,kind,day_name,estimated\n2028-01-01,public,Tahun Baru,\n2028-02-27,public,Idul Fitri,true\n"
BY = {"decree": "SKB 2028", "source": "setneg.go.id"}


class TestAYear:
    def test_its_days_have_decree_and_source(self, reader):
        page = reader.get(CALENDAR, year=2026).text
        assert "SKB Tiga Menteri 1497/2025" in page
        assert "Hari Raya Natal" in page

    def test_it_says_how_far_ahead_it_is_declared(self, reader):
        page = reader.get(CALENDAR).text
        assert "31 Desember 2027, 402 hari dari sekarang" in page

    def test_a_day_only_this_calendar_has_is_compared(self, reader):
        confirm(reader, reader.post(DECLARE, **DAY), DECLARE)
        page = reader.get(CALENDAR, year=2026).text
        assert "Banjir (Libur setempat)" in page

    def test_another_year_says_which_years_differ(self, reader):
        confirm(reader, reader.post(DECLARE, **DAY), DECLARE)
        assert f'href="{CALENDAR}?year=2026"' in reader.get(CALENDAR, year=2025).text

    def test_a_year_that_is_none_is_said(self, reader):
        answer = reader.get(CALENDAR, year="besok")
        assert answer.status_code == 200

    def test_readers_are_offered_nothing_to_change(self, reader):
        reader.role = AUDITOR
        assert DECLARE not in reader.get(CALENDAR).text
        assert reader.get(DECLARE).status_code == 403


class TestDeclaring:
    def test_what_would_move_is_shown_and_nothing_is_written(self, reader, lines):
        page = reader.post(DECLARE, **DAY)

        assert ">0001</span>" in page.text
        assert "Selasa, 8 Desember 2026" in page.text
        assert lines.given == []

    def test_the_second_press_declares_and_leads_to_the_moves(self, reader, lines):
        done = confirm(reader, reader.post(DECLARE, **DAY), DECLARE)

        assert (done.status_code, done.location.partition("?")[0]) == (302, f"{CALENDAR}/moves")
        (given,) = lines.given
        assert [day["date"] for day in given.data["days"]] == ["2026-12-01"]
        assert ">0001</span>" in reader.get(done.location).text

    def test_pressing_again_declares_once(self, reader, lines):
        page = reader.post(DECLARE, **DAY)
        confirm(reader, page, DECLARE)
        confirm(reader, page, DECLARE)

        days = lines.escalation_calendar(2026)["items"]
        assert [each["decree"] for each in days].count("SE 1/2026") == 1

    def test_a_range_is_every_day_of_it(self, reader, lines):
        confirm(reader, reader.post(DECLARE, **DAY, to="2026-12-03", estimated="yes"), DECLARE)

        days = lines.given[0].data["days"]
        assert [day["date"][-2:] for day in days] == ["01", "02", "03"]
        assert all(day["estimated"] for day in days)

    def test_one_can_go_back_and_change_what_was_typed(self, reader, lines):
        page = reader.press(reader.post(DECLARE, **DAY), DECLARE, confirm="change")

        assert 'value="Banjir"' in page.text
        assert lines.given == []

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            ({"from": "1 Desember"}, "Tulis tanggal seperti"),
            ({"to": "2026-11-01"}, "Berakhir sebelum mulai"),
            ({"decree": ""}, "Isi bagian ini"),
            ({"kind": "holiday"}, "Pilih salah satu"),
            ({"from": "2026-12-25"}, "2026-12-25 sudah libur menurut SKB"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
        self, reader, lines, wrong, said
    ):
        page = reader.post(DECLARE, **{**DAY, **wrong})

        assert page.status_code in (409, 422)
        assert said in page.text
        assert "govuk-error-message" in page.text
        assert 'value="Banjir"' in page.text
        assert lines.given == []


class TestImporting:
    def test_a_file_is_previewed_and_then_declared(self, reader, lines):
        page = reader.post(IMPORT, csv=(io.BytesIO(CSV.encode()), "2028.csv"), **BY)
        assert "Idul Fitri (Libur nasional)" in page.text

        confirm(reader, page, IMPORT)
        assert [day["date"] for day in lines.given[0].data["days"]] == ["2028-01-01", "2028-02-27"]

    def test_what_was_pasted_does_as_well(self, reader):
        assert "Tahun Baru (Libur nasional)" in reader.post(IMPORT, csv=CSV, **BY).text

    def test_a_wrong_line_is_named(self, reader, lines):
        page = reader.post(IMPORT, csv=CSV.replace("2028-02-27", "27 Februari"), **BY)

        assert "Baris 3: Tanggal: Tulis tanggal seperti" in page.text
        assert "27 Februari" in page.text
        assert lines.given == []


class TestRevoking:
    def test_it_is_previewed_and_then_revoked(self, reader, lines):
        path = f"{CALENDAR}/2026-12-25/revoke"
        page = reader.post(path, decree="SE 2", reason="Dipindah")
        assert ">0001</span>" in page.text

        confirm(reader, page, path)
        assert lines.given[0].data["date"] == "2026-12-25"

    def test_a_day_that_is_not_declared_is_refused(self, reader, lines):
        page = reader.post(f"{CALENDAR}/2026-12-02/revoke", decree="SE 2", reason="Dipindah")

        assert page.status_code == 409
        assert lines.given == []


def confirm(reader, page, path):
    return reader.press(page, path, confirm="yes")
