"""The two lists: shown in the columns of the law, published, revoked, and looked up from a form."""

import re

import pytest

from contracts.roles import ADMINISTRATOR, DESK
from tests.suites.list_lines import ListLines

PUBLIC = {"title": "Rencana kerja 2026", "unit": "Subbag Umum", "responsible": "Sekretaris", "made_on": "2026-01-05", "availability": "periodic", "forms": ["softcopy"], "retention": "5 tahun"}  # fmt: skip
EXEMPT = {
    "title": "Data pemilih",
    "decree": "731/2025",
    "decided_on": "2026-01-05",
    "grounds": ["17h"],
    "consequence": "Membuka rahasia pribadi",
}


@pytest.fixture
def lines():
    return ListLines()


def publish(reader, kind, form):
    reader.role = ADMINISTRATOR
    return reader.post(f"/lists/{kind}/new", **form)


class TestAList:
    def test_it_has_the_columns_of_the_law(self, reader):
        publish(reader, "public", PUBLIC)
        page = reader.get("/lists/public").text

        for told in (
            "Rencana kerja 2026", "Subbag Umum", "Sekretaris", "5 Jan 2026", "Berkala", "Salinan elektronik",
            "5 tahun", "Berlaku",
        ):  # fmt: skip
            assert told in page

    def test_an_exempt_entry_stands_on_its_own_list(self, reader):
        publish(reader, "exempt", EXEMPT)

        assert "731/2025" in reader.get("/lists/exempt").text
        assert "Data pemilih" not in reader.get("/lists/public").text

    def test_a_word_narrows_it(self, reader):
        publish(reader, "public", PUBLIC)

        assert "Rencana kerja 2026" in reader.get("/lists/public", q="KERJA").text
        assert "Tidak ada entri seperti itu" in reader.get("/lists/public", q="anggaran").text

    def test_what_has_run_out_is_marked(self, reader):
        publish(reader, "public", {**PUBLIC, "valid_to": "2026-11-23"})
        assert "Sudah berakhir" in reader.get("/lists/public").text

    def test_pages_go_by_key(self, reader, monkeypatch):
        monkeypatch.setattr("services.gateway.pages.lists.entries.PAGE", 1)
        publish(reader, "public", PUBLIC)
        publish(reader, "public", {**PUBLIC, "title": "Anggaran"})
        seen, address = [], "/lists/public"
        for _ in range(2):
            page = reader.get(address).text
            seen += re.findall(r'href="/lists/public/[^"]+">([^<]+)</a></th>', page)
            address = re.search(r'href="([^"]+)" rel="next"', page)[1].replace("&amp;", "&")

        assert sorted(seen) == ["Anggaran", "Rencana kerja 2026"]

    def test_there_are_two_lists(self, reader):
        assert reader.get("/lists/secret").status_code == 404

    def test_the_desk_reads_and_is_offered_no_change(self, reader):
        reader.role = DESK
        assert "/lists/public/new" not in reader.get("/lists/public").text
        assert reader.get("/lists/public/new").status_code == 403


class TestPublishing:
    def test_it_leads_to_the_entry(self, reader, lines):
        done = publish(reader, "exempt", EXEMPT)

        assert done.status_code == 302
        page = reader.get(done.location).text
        assert "Membuka rahasia pribadi" in page
        assert lines.given[0].data["list"] == "exempt"

    def test_a_missing_ground_is_said_at_its_field(self, reader, lines):
        page = publish(reader, "exempt", {**EXEMPT, "grounds": []})

        assert page.status_code == 422
        assert 'id="field-grounds-error"' in page.text
        assert 'value="Data pemilih"' in page.text
        assert lines.given == []

    def test_an_end_that_the_law_demands_is_said_in_words(self, reader):
        page = publish(reader, "exempt", {**EXEMPT, "grounds": ["17a"]})
        assert "Pengecualian menurut Pasal 17a harus berakhir" in page.text

    def test_a_title_is_needed(self, reader, lines):
        assert publish(reader, "public", {**PUBLIC, "title": ""}).status_code == 422
        assert lines.given == []


class TestRevoking:
    def test_it_is_marked_with_its_reason(self, reader):
        entry = publish(reader, "exempt", EXEMPT).location
        done = reader.post(f"{entry}/revoke", reason="Uji konsekuensi baru")

        assert (done.status_code, done.location) == (302, entry)
        page = reader.get(entry).text
        assert "Dicabut" in page
        assert "Uji konsekuensi baru" in page
        assert "/revoke" not in page

    def test_a_reason_is_needed(self, reader, lines):
        entry = publish(reader, "exempt", EXEMPT).location

        assert reader.post(f"{entry}/revoke", reason="").status_code == 422
        assert len(lines.given) == 1

    def test_an_entry_of_the_other_list_is_not_found(self, reader):
        entry = publish(reader, "exempt", EXEMPT).location
        assert reader.get(entry.replace("exempt", "public")).status_code == 404


class TestChoosing:
    def test_the_entries_that_say_a_word_can_be_chosen(self, reader):
        entry = publish(reader, "public", PUBLIC).location.rpartition("/")[2]
        part = reader.get("/lists/choose", list="public", entry_q="rencana").text

        assert f'name="list_entry" value="{entry}"' in part
        assert "<html" not in part

    def test_what_is_chosen_stays_whatever_is_looked_for(self, reader):
        entry = publish(reader, "public", PUBLIC).location.rpartition("/")[2]
        part = reader.get("/lists/choose", list="public", entry_q="lain", list_entry=entry).text

        assert re.search(rf'value="{entry}" id="entry-{entry}" checked', part)

    def test_what_no_longer_counts_is_not_offered(self, reader):
        entry = publish(reader, "public", PUBLIC).location
        reader.post(f"{entry}/revoke", reason="Usang")

        assert "Rencana kerja" not in reader.get("/lists/choose", list="public").text

    def test_an_entry_that_is_none_is_said(self, reader):
        part = reader.get("/lists/choose", list="public", list_entry="made-up").text
        assert "Entri ini tidak ada dalam daftar: made-up" in part
