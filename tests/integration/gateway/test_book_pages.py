"""Books, reports, supervision, duties and cases of personal data through their pages, on the services' own decisions."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from contracts import roles
from services.gateway.app import build
from services.gateway.rpc import Unavailable
from tests.integration.gateway.conftest import hidden
from tests.suites.book_lines import VOID, BookLines
from tests.suites.permissions import STATES, reached

DAY = "/reports/daily/2026-08-12"
MONTH = "/reports/monthly/2026-07"
HOSTILE = '=HYPERLINK("http://x")<script>alert(1)</script>'
READ = (
    "/registers", "/registers/requests/2026", "/registers/objections/2026", "/reports", DAY, MONTH,
    "/reports/annual/2026", "/duties", "/privacy", "/privacy/1",
)  # fmt: skip


@pytest.fixture
def at_books(given, database, people, clock, visit):
    """Somebody signed in where an objection was upheld and a case of personal data waits."""

    def signed_in(role):
        lines = BookLines(reached(STATES["K3 upheld"]))
        assert lines.office.order("OpenPrivacyCase", "privacy/1") == ""
        app = build(given, lines, database, clock)
        lines.seal = app.config["SEAL"]
        visitor = visit(app)
        visitor.sign_in(role)
        return lines, visitor

    return signed_in


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_page_opens_in_both_languages(at_books, lang):
    _, visitor = at_books(roles.OFFICER)

    for path in READ:
        page = visitor.get(f"{path}?lang={lang}", follow_redirects=True)
        assert page.status_code == 200, (path, page.text)


class TestBooks:
    def test_a_void_number_keeps_its_line(self, at_books):
        _, visitor = at_books(roles.AUDITOR)

        serial, _, rest = VOID["number"].partition("/")
        page = visitor.get("/registers/requests/2026").text
        assert f">{serial}</span>" in page
        assert f">/{rest}</span>" in page

    def test_the_book_as_a_spreadsheet_has_every_line_and_no_formula(self, at_books):
        lines, visitor = at_books(roles.AUDITOR)
        assert lines.office.order("ReceiveRequest", "request/9", information=HOSTILE) == ""

        answer = visitor.get("/registers/requests/2026.xlsx", buffered=True)

        sheet = load_workbook(BytesIO(answer.data)).active
        cells = [cell for row in sheet.iter_rows() for cell in row]
        assert "register-permohonan-2026.xlsx" in answer.headers["Content-Disposition"]
        assert HOSTILE in {cell.value for cell in cells}
        assert "f" not in {cell.data_type for cell in cells}
        assert VOID["number"] in {cell.value for cell in cells}

    def test_a_book_that_cannot_be_read_to_its_end_is_no_file(self, at_books, monkeypatch):
        lines, visitor = at_books(roles.AUDITOR)
        monkeypatch.setattr(lines, "register_book", self.away)

        answer = visitor.get("/registers/requests/2026.xlsx")

        assert answer.status_code == 503
        assert answer.mimetype == "text/html"

    def away(self, _year, after, _limit):
        if after:
            raise Unavailable("register")
        return [VOID]

    def test_script_in_a_line_is_text(self, at_books):
        lines, visitor = at_books(roles.AUDITOR)
        assert lines.office.order("ReceiveRequest", "request/9", information=HOSTILE) == ""

        assert "<script>alert" not in visitor.get("/registers/requests/2026").text

    def test_csv_is_the_one_that_programs_get(self, at_books):
        _, visitor = at_books(roles.AUDITOR)

        text = visitor.get("/registers/objections/2026.csv").text

        assert text.startswith("number,received_at,applicant_id,request_number")

    def test_a_year_that_was_typed_leads_to_its_book_and_nonsense_is_said(self, at_books):
        _, visitor = at_books(roles.AUDITOR)

        led = visitor.get("/registers?book=objections&year=2025")
        wrong = visitor.get("/registers?book=requests&year=26")

        assert led.location == "/registers/objections/2025"
        assert "Tulis tahun dengan empat angka" in wrong.text
        assert 'value="26"' in wrong.text


class TestBooksWithPeople:
    BOOK = "/registers/requests/2026"

    def test_people_are_shown_for_a_purpose_that_is_written_down(self, at_books):
        lines, visitor = at_books(roles.OFFICER)
        assert "Rina Contoh" not in visitor.get(self.BOOK).text

        page = visitor.post(self.BOOK, {"purpose": "Pemeriksaan KI", "as": "page"})

        assert "Rina Contoh" in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert lines.reads[0][1:] == ("Pemeriksaan KI", "ppid_officer:ppid_officer")

    def test_the_spreadsheet_then_has_who_they_are_in_their_columns(self, at_books):
        _, visitor = at_books(roles.DESK)

        wish = {"purpose": "Pemeriksaan KI", "as": "xlsx"}
        answer = visitor.post(self.BOOK, wish, buffered=True)

        sheet = load_workbook(BytesIO(answer.data)).active
        marks = [cell.value for cell in sheet[2]]
        assert sheet.cell(4, marks.index("3") + 1).value == "Rina Contoh"
        assert answer.headers["Cache-Control"] == "no-store"

    def test_without_a_purpose_nobody_is_read_and_the_field_says_so(self, at_books):
        lines, visitor = at_books(roles.OFFICER)

        refused = visitor.post(self.BOOK, {"purpose": " ", "as": "xlsx"})

        assert "purpose-error" in refused.text
        assert refused.status_code >= 400
        assert lines.reads == []

    def test_others_are_not_offered_it_and_refused(self, at_books):
        lines, visitor = at_books(roles.HEAD)

        assert 'name="purpose"' not in visitor.get(self.BOOK).text
        assert visitor.post(self.BOOK, {"purpose": "x"}, page=DAY).status_code == 403
        assert lines.reads == []


@pytest.mark.parametrize("path", ["/objections/1", "/privacy/1", "/cases/1"])
class TestWhoItIs:
    def test_the_person_is_shown_for_a_purpose_and_not_kept_by_the_browser(self, at_books, path):
        lines, visitor = at_books(roles.DESK)

        page = visitor.post(f"{path}/person", {"purpose": "Mengirim jawaban"}, page=path)

        assert "Rina Contoh" in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert [read[1] for read in lines.reads] == ["Mengirim jawaban"]

    def test_without_a_purpose_nobody_is_read_and_the_field_says_so(self, at_books, path):
        lines, visitor = at_books(roles.DESK)

        refused = visitor.post(f"{path}/person", {"purpose": " "}, page=path)

        assert refused.status_code == 400
        assert 'id="purpose-error"' in refused.text
        assert lines.reads == []

    def test_who_may_not_read_is_not_offered_it(self, at_books, path):
        _, visitor = at_books(roles.AUDITOR)

        assert 'name="purpose"' not in visitor.get(path).text


class TestSupervision:
    def test_the_officer_looks_at_a_day_and_says_so(self, at_books):
        lines, visitor = at_books(roles.OFFICER)

        form = {"remark": "Sudah diperiksa", **hidden(visitor.get(DAY))}
        done = visitor.post(f"{DAY}/supervision", form, page=DAY)

        assert done.location == DAY
        assert lines.given[-1].subject == "day/2026-08-12"
        assert "Sudah diperiksa" in visitor.get(DAY).text

    def test_others_see_the_day_and_cannot_supervise_it(self, at_books):
        _, visitor = at_books(roles.HEAD)

        page = visitor.get(DAY)

        assert page.status_code == 200
        assert "/supervision" not in page.text
        assert visitor.post(f"{DAY}/supervision", hidden(page), page="/privacy/1").status_code in (
            400,
            403,
        )

    def test_a_remark_that_is_too_long_comes_back_and_nothing_is_written(self, at_books):
        lines, visitor = at_books(roles.OFFICER)
        remark = "Panjang " * 2_000

        form = {"remark": remark, **hidden(visitor.get(DAY))}
        refused = visitor.post(f"{DAY}/supervision", form, page=DAY)

        assert refused.status_code == 422
        assert "Paling banyak 10000 huruf" in refused.text
        assert remark.strip() in refused.text
        assert not lines.given

    def test_a_day_that_has_not_come_is_not_offered(self, at_books):
        _, visitor = at_books(roles.OFFICER)

        assert "/supervision" not in visitor.get("/reports/daily/2026-12-24").text

    @pytest.mark.parametrize("date", ["2026-02-30", "tomorrow"])
    def test_what_is_no_day_is_not_found(self, at_books, date):
        _, visitor = at_books(roles.OFFICER)

        assert visitor.get(f"/reports/daily/{date}").status_code == 404

    def test_a_day_that_cannot_be_read_is_said_at_its_field(self, at_books):
        _, visitor = at_books(roles.OFFICER)

        page = visitor.get("/reports?date=2026-02-30")

        assert "Tulis tanggal seperti" in page.text
        assert 'value="2026-02-30"' in page.text


class TestReports:
    def test_the_officer_issues_and_the_head_of_division_takes_note(self, at_books, visit):
        lines, officer = at_books(roles.OFFICER)
        head = visit(officer.client.application)
        head.sign_in(roles.HEAD)

        self.follow(officer, "issue", "Tanpa hambatan")
        assert "/issue" not in officer.get(MONTH).text
        self.follow(head, "acknowledgement", "Teruskan")

        page = head.get(MONTH)
        assert [each.name for each in lines.given] == ["IssueReport", "AcknowledgeReport"]
        assert "Tanpa hambatan" in page.text
        assert "Teruskan" in page.text
        assert "/acknowledgement" not in page.text

    def follow(self, visitor, step, remark):
        form = visitor.get(MONTH)
        assert f"{MONTH}/{step}" in form.text
        done = visitor.post(f"{MONTH}/{step}", {"remark": remark, **hidden(form)}, page=MONTH)
        assert done.location == MONTH, done.text

    def test_an_issued_report_shows_what_was_frozen_until_the_figures_of_now_are_wished(
        self, at_books
    ):
        lines, visitor = at_books(roles.OFFICER)
        assert lines.office.order("IssueReport", "report/2026-07") == ""

        frozen, now = visitor.get(MONTH).text, visitor.get(f"{MONTH}?figures=now").text

        assert "Angka dibekukan saat laporan diterbitkan" in frozen
        assert "Angka sekarang, bukan angka saat laporan diterbitkan" in now

    def test_a_month_that_still_runs_is_not_issued(self, at_books):
        _, visitor = at_books(roles.OFFICER)

        assert "/issue" not in visitor.get("/reports/monthly/2026-08").text

    def test_the_figures_are_had_as_a_spreadsheet(self, at_books):
        _, visitor = at_books(roles.HEAD)

        answer = visitor.get("/reports/monthly/2026-08.xlsx")

        sheet = load_workbook(BytesIO(answer.data)).active
        assert sheet["A1"].value == "Laporan bulanan Agustus 2026"

    @pytest.mark.parametrize("path", ["/reports/monthly/2026", "/reports/annual/2026-08"])
    def test_what_is_no_such_period_is_not_found(self, at_books, path):
        _, visitor = at_books(roles.HEAD)

        assert visitor.get(path).status_code == 404


class TestDuties:
    def test_what_is_owed_is_told_to_those_who_owe_it(self, at_books):
        _, officer = at_books(roles.OFFICER)

        page = officer.get("/duties")

        assert "Laporan bulanan" in page.text
        assert "/reports/monthly/2026-06" in page.text

    def test_the_desk_is_not_shown_them(self, at_books):
        _, desk = at_books(roles.DESK)

        assert desk.get("/duties").status_code == 403

    def test_a_day_that_cannot_be_read_is_said_at_its_field(self, at_books):
        _, officer = at_books(roles.OFFICER)

        page = officer.get("/duties?on=kemarin")

        assert "Tulis tanggal seperti" in page.text
        assert 'value="kemarin"' in page.text


class TestPersonalData:
    def test_a_case_is_opened_and_answered_by_the_officer(self, at_books):
        lines, visitor = at_books(roles.OFFICER)
        path = "/privacy/1/settlement"
        at = lines.office.time.isoformat(timespec="minutes")

        form = {"settled_at": at, "note": "Diserahkan", **hidden(visitor.get(path))}
        done = visitor.post(path, form)

        assert done.location == "/privacy/1", done.text
        page = visitor.get("/privacy/1").text
        assert "Sudah dijawab" in page
        assert path not in page

    def test_until_which_hour_it_is_due_is_a_moment(self, at_books):
        _, visitor = at_books(roles.DESK)

        assert (
            "Harus dijawab sebelum <strong>15 Agu 2026 10.00 WIB" in visitor.get("/privacy/1").text
        )

    def test_a_new_case_without_its_kind_comes_back_with_what_was_typed(self, at_books):
        lines, visitor = at_books(roles.DESK)
        path = "/privacy/new"

        form = {
            "opened_at": "2026-08-12T09:00",
            "note": "Lewat telepon",
            **hidden(visitor.get(path)),
        }
        refused = visitor.post(path, form)

        assert refused.status_code == 422
        assert "Lewat telepon" in refused.text
        assert "govuk-error-message" in refused.text
        assert not lines.given

    def test_a_new_case_about_nobody_we_know_comes_back_with_what_was_typed(self, at_books):
        lines, visitor = at_books(roles.DESK)
        lines.intake_objector = lambda *_: "unknown"
        path = "/privacy/new"

        form = {
            "kind": "access",
            "opened_at": "2026-08-12T09:00",
            "applicant_id": "nobody",
            **hidden(visitor.get(path)),
        }
        refused = visitor.post(path, form)

        assert refused.status_code == 404
        assert 'value="nobody"' in refused.text
        assert "field-applicant_id" in refused.text
        assert not lines.given

    def test_cases_are_chosen_by_how_they_stand(self, at_books):
        _, visitor = at_books(roles.AUDITOR)

        assert "/privacy/1" in visitor.get("/privacy?state=open").text
        assert "/privacy/1" not in visitor.get("/privacy?state=settled").text
        assert "/privacy/new" not in visitor.get("/privacy").text
