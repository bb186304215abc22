"""Mail on the pages: a paper goes from a case or an objection by a real postman, and what did not arrive is seen to."""

import re
from html import escape

import pytest

from contracts import roles
from services.gateway.mail.incoming import Arrived, Place, Reported
from services.gateway.mail.outbox import DEALT_WITH, FAILED, GIVEN_UP, QUEUED, SENT
from tests.integration.gateway.conftest import hidden as steps_hidden
from tests.integration.gateway.mail.conftest import BEGIN, EMAIL
from tests.suites.bounces import reported
from tests.suites.papers import PERSON

CASE = "/cases/1"
_HIDDEN = re.compile(r'<input type="hidden" name="(key|token)" value="([^"]*)"')


def hidden(page):
    return dict(_HIDDEN.findall(page.text))


def choose(visitor, **changed):
    """The first form: which paper, and what the address is read for."""
    page = visitor.get(f"{CASE}/send")
    form = {**hidden(page), "paper": "rejection", "lang": "id", "need": "Kirim surat", **changed}
    return visitor.post(f"{CASE}/send", form, page=f"{CASE}/send")


def confirm(visitor, page, **changed):
    form = {**hidden(page), **changed}
    return visitor.post(f"{CASE}/send/confirmed", form, page=f"{CASE}/send")


def letters(app):
    return app.config["OUTBOX"].of("request/1")


class TestSending:
    def test_a_paper_goes_from_the_case_to_the_applicant_and_stands_with_the_request(
        self, desk, postman, server
    ):
        lines, app, visitor = desk()
        assert f"{CASE}/send" in visitor.get(CASE).text

        page = choose(visitor)
        assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
        assert EMAIL in page.text
        done = confirm(visitor, page)
        assert (done.status_code, done.location) == (303, CASE)
        assert "Menunggu dikirim" in visitor.get(CASE).text

        with app.app_context():
            one = postman(lines, app)
            while one.round():
                pass

        ((recipients, message),) = server.messages
        (file,) = message.iter_attachments()
        assert recipients == [EMAIL]
        assert "Surat penolakan" in message["Subject"]
        assert file.get_content().startswith(b"%PDF")
        (delivery,) = lines.register_request("request/1")["deliveries"]
        assert (delivery["item"], delivery["medium"], delivery["state"]) == (
            "rejection", "email", "sent",
        )  # fmt: skip
        assert delivery["recorded_by"] == "desk:desk"
        assert message["Message-ID"] == delivery["proof"]
        assert escape(delivery["proof"]) in visitor.get(CASE).text

    def test_the_address_is_read_for_a_purpose_that_is_written_down(self, desk):
        lines, _, visitor = desk()
        choose(visitor, need="Mengirim penolakan")

        assert [asked[1:3] for asked in lines.reads] == [("Mengirim penolakan", "desk:desk")]

    @pytest.mark.parametrize("wrong", [{"need": ""}, {"paper": "memo"}, {"lang": "fr"}])
    def test_what_is_wrong_is_said_and_nobody_is_read(self, desk, wrong):
        lines, app, visitor = desk()
        page = choose(visitor, **wrong)

        assert page.status_code == 422
        assert "govuk-error-summary" in page.text
        assert (lines.reads, letters(app)) == ([], [])

    def test_the_same_form_twice_sends_one_letter(self, desk):
        _, app, visitor = desk()
        page = choose(visitor)
        confirm(visitor, page)
        confirm(visitor, page)

        assert len(letters(app)) == 1

    def test_nobody_has_it_sent_elsewhere(self, desk):
        _, app, visitor = desk()
        page = choose(visitor)
        token = hidden(page)["token"]

        for forged in ("", "x", token[:-8] + "AAAAAAA=", token[1:]):
            assert confirm(visitor, page, token=forged).status_code == 400
        assert letters(app) == []

    @pytest.mark.parametrize("person", [PERSON | {"email": None}, PERSON | {"email": "tidak ada"}])
    def test_who_has_no_address_is_written_to_another_way(self, desk, person):  # noqa: ARG002  # read by `desk`
        _, app, visitor = desk()
        page = choose(visitor)

        assert page.status_code == 422
        assert "tidak punya alamat surel" in page.text
        assert letters(app) == []

    def test_who_may_not_read_people_sends_nothing(self, desk):
        _, _, visitor = desk(roles.AUDITOR)

        assert visitor.get(f"{CASE}/send").status_code == 403
        assert f"{CASE}/send" not in visitor.get(CASE).text


def hand_out(postman, lines, app):
    """Let the postman go until nothing is left."""
    with app.app_context():
        one = postman(lines, app)
        while one.round():
            pass


class TestSendingForAnObjection:
    AT = "/objections/1"

    def choose(self, visitor, paper="objection-answer"):
        at = f"{self.AT}/send"
        form = {**hidden(visitor.get(at)), "paper": paper, "lang": "id", "need": "Kirim tanggapan"}
        return visitor.post(at, form, page=at)

    def confirm(self, visitor, page, at=AT, **changed):
        form = {**hidden(page), **changed}
        return visitor.post(f"{at}/send/confirmed", form, page=f"{self.AT}/send")

    @pytest.mark.parametrize(
        ("paper", "title"),
        [("objection-answer", "Tanggapan atas keberatan"), ("objection-receipt", "Tanda terima keberatan")],
    )  # fmt: skip
    def test_its_papers_go_to_the_objector_and_stand_with_the_objection(
        self, desk, postman, server, paper, title
    ):
        lines, app, visitor = desk(state="K3 upheld")
        assert f"{self.AT}/send" in visitor.get(self.AT).text

        page = self.choose(visitor, paper)
        assert EMAIL in page.text
        done = self.confirm(visitor, page)
        assert (done.status_code, done.location) == (303, self.AT)
        assert "Menunggu dikirim" in visitor.get(self.AT).text
        assert "Menunggu dikirim" not in visitor.get(CASE).text
        hand_out(postman, lines, app)

        ((recipients, message),) = server.messages
        number = lines.register_objection("objection/1")["number"]
        assert recipients == [EMAIL]
        assert message["Subject"] == f"[{number}] {title}"
        (delivery,) = lines.register_objection("objection/1")["deliveries"]
        assert (delivery["item"], delivery["state"]) == (paper.replace("-", "_"), "sent")
        assert lines.register_request("request/1")["deliveries"] == ()
        assert escape(delivery["proof"]) in visitor.get(self.AT).text

    def test_the_address_is_read_for_a_purpose_that_is_written_down(self, desk):
        lines, _, visitor = desk(state="K3 upheld")
        self.choose(visitor)

        applicant = lines.register_objection("objection/1")["applicant_id"]
        assert [asked[:2] for asked in lines.reads] == [(applicant, "Kirim tanggapan")]

    def test_papers_that_are_not_there_yet_are_not_sent(self, desk):
        lines, _, visitor = desk(state="K1 objection filed")

        assert self.choose(visitor).status_code == 422
        assert lines.reads == []

    def test_what_was_shown_for_an_objection_is_not_sent_for_a_request(self, desk):
        _, app, visitor = desk(state="K3 upheld")
        page = self.choose(visitor)

        assert self.confirm(visitor, page, at=CASE).status_code == 400
        assert letters(app) == []

    @pytest.mark.parametrize("role", [roles.AUDITOR, roles.SUPERIOR])
    def test_who_does_not_do_the_desks_work_sends_nothing(self, desk, role):
        _, _, visitor = desk(role, state="K3 upheld")

        assert visitor.get(f"{self.AT}/send").status_code == 403
        assert f"{self.AT}/send" not in visitor.get(self.AT).text

    def test_one_that_failed_is_listed_under_the_objection(self, desk, postman, server):
        lines, app, visitor = desk(state="K3 upheld")
        server.to_recipients = ["550 5.1.1 no such user"]
        self.confirm(visitor, self.choose(visitor))
        hand_out(postman, lines, app)

        assert f'href="{self.AT}"' in visitor.get("/settings/letters").text
        assert "Gagal" in visitor.get(self.AT).text


class TestRecording:
    def test_a_file_of_the_case_is_chosen_as_the_proof_of_a_delivery(self, office_at, visit):
        lines, app = office_at("S3 registered, with a file")
        visitor = visit(app)
        visitor.sign_in(roles.DESK)
        at = f"{CASE}/delivery"
        form = {
            **steps_hidden(visitor.get(at)),
            "item": "receipt",
            "medium": "post",
            "state": "sent",
            "happened_at": "2026-08-12T10:00",
            "attachment": "1",
        }

        assert '<option value="1">' in visitor.get(at).text
        visitor.post(at, form)
        (delivery,) = lines.register_request("request/1")["deliveries"]
        assert delivery["attachment"] == "1"

    def test_where_there_is_none_nothing_is_asked(self, desk):
        _, _, visitor = desk()

        assert 'name="attachment"' not in visitor.get(f"{CASE}/delivery").text


class TestNotSetUp:
    @pytest.fixture
    def mail_settings(self):
        return {}

    def test_the_page_says_so_and_offers_another_way(self, desk):
        _, _, visitor = desk()
        page = visitor.get(f"{CASE}/send")

        assert page.status_code == 200
        assert "belum disiapkan untuk mengirim surel" in page.text
        assert f"{CASE}/delivery" in page.text

    def test_and_nobody_is_read(self, desk):
        lines, _, visitor = desk()
        refused = visitor.post(
            f"{CASE}/send",
            {"paper": "rejection", "lang": "id", "need": "Kirim", "key": "k"},
            page=CASE,
        )

        assert refused.status_code == 409
        assert lines.reads == []


class TestFailed:
    @pytest.fixture
    def failed(self, desk, postman, server):
        lines, app, visitor = desk()
        server.to_recipients = ["550 5.1.1 no such user"]
        confirm(visitor, choose(visitor))
        with app.app_context():
            one = postman(lines, app)
            while one.round():
                pass
        return app, visitor, f"/settings/letters/{letters(app)[0].id}"

    def test_it_is_listed_with_why_and_where(self, failed):
        _, visitor, _ = failed
        page = visitor.get("/settings/letters").text

        assert "ditolak server surel (550 5.1.1)" in page
        assert f'href="{CASE}"' in page
        assert "Gagal" in visitor.get(CASE).text

    def test_it_is_sent_anew(self, failed):
        app, visitor, at = failed
        assert letters(app)[0].state == FAILED
        visitor.post(f"{at}/again", page="/settings/letters")

        assert letters(app)[0].state == QUEUED

    def test_it_is_given_up(self, failed):
        app, visitor, at = failed
        visitor.post(f"{at}/drop", page="/settings/letters")

        assert letters(app)[0].state == GIVEN_UP
        assert visitor.post(f"{at}/again", page=CASE).status_code == 409

    def test_a_link_sends_nothing(self, failed):
        _, visitor, at = failed

        assert visitor.get(f"{at}/again").status_code == 405

    def test_one_that_arrived_is_not_sent_anew(self, desk, postman):
        lines, app, visitor = desk()
        confirm(visitor, choose(visitor))
        with app.app_context():
            one = postman(lines, app)
            while one.round():
                pass

        (sent,) = letters(app)
        assert sent.state == SENT
        again = visitor.post(f"/settings/letters/{sent.id}/again", page=CASE)
        assert again.status_code == 409


class TestReturned:
    @pytest.fixture
    def returned(self, desk, postman):
        lines, app, visitor = desk()
        confirm(visitor, choose(visitor))
        hand_out(postman, lines, app)
        outbox = app.config["OUTBOX"]
        outbox.returned(letters(app)[0], lines.office.time, "5.1.1")
        hand_out(postman, lines, app)
        return lines, app, visitor

    def test_it_stands_with_the_request_and_on_the_list_of_letters(self, returned):
        lines, _, visitor = returned
        out, back = lines.register_request("request/1")["deliveries"]

        assert (out["state"], back["state"], back["remark"]) == ("sent", "returned", "5.1.1")
        shown = visitor.get(CASE).text
        assert "Kembali ke kantor" in shown
        assert "ditolak server surel (5.1.1)" in shown
        page = visitor.get("/settings/letters").text
        assert "ditolak server surel (5.1.1)" in page
        assert f'href="{CASE}"' in page

    def test_it_is_taken_off_the_list_once_somebody_saw_to_it(self, returned):
        _, app, visitor = returned
        (letter,) = letters(app)
        visitor.post(f"/settings/letters/{letter.id}/done", page="/settings/letters")

        assert letters(app)[0].state == DEALT_WITH
        assert "5.1.1" not in visitor.get("/settings/letters").text
        assert "5.1.1" in visitor.get(CASE).text

    def test_the_report_is_listed_by_itself_and_opened_for_a_purpose(self, returned):
        _, app, visitor = returned
        (letter,) = letters(app)
        about, raw = Reported(letter.request, "", BEGIN), reported(letter.message_id)
        place = Place("INBOX", 1, 7)
        app.config["INCOMING"].store(Arrived(place, BEGIN, len(raw), raw), about)

        assert place.letter not in visitor.get("/incoming").text
        assert f"/incoming/{place.letter}" in visitor.get("/incoming?state=report").text
        page = visitor.get(f"/incoming/{place.letter}").text
        assert f'href="{CASE}"' in page
        assert "no such user" not in page
        read = visitor.post(
            f"/incoming/{place.letter}", {"purpose": "Memeriksa"}, page=f"/incoming/{place.letter}"
        )
        assert "no such user" in read.text
