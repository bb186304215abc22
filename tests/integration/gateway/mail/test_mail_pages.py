"""Mail on the pages: a paper goes from a case by a real postman, mail that came becomes a request, and nobody else gets in."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape

import pytest
from flask import g

from contracts import roles
from contracts.applicant import Applicant
from contracts.attachments import INFECTED, NOT_SCANNED, SCANNED
from contracts.errors import STATUS
from eventlog.settings import load
from services.gateway.attachments.scanner import Verdict
from services.gateway.identity.trail import LETTER_READ, Trail
from services.gateway.mail.content import written
from services.gateway.mail.incoming import About, Arrived, Place
from services.gateway.mail.outbox import DEALT_WITH, FAILED, GIVEN_UP, QUEUED, SENT
from services.gateway.mail.recording import record
from services.gateway.mail.rounds import Postman, Route
from services.gateway.mail.server import read
from services.gateway.pages.mail import registering
from services.gateway.rpc import Unavailable
from tests.integration.gateway.conftest import hidden as steps_hidden
from tests.integration.gateway.mail.conftest import BEGIN
from tests.integration.gateway.mail.conftest import letter as outgoing
from tests.integration.gateway.mail.test_mailbox import mail
from tests.suites.bounces import reported
from tests.suites.papers import PERSON

CASE = "/cases/1"
_REQUEST = re.compile(r'<input type="hidden" name="(request)" value="([^"]*)"')
_HIDDEN = re.compile(r'<input type="hidden" name="(key|token)" value="([^"]*)"')
STATE = "S11 notified of a refusal"
EMAIL = "sari.wulandari@example.org"
ON = {
    "TERBUKA_SMTP_URL": "smtp://127.0.0.1:1?tls=off",
    "TERBUKA_MAIL_FROM": "PPID KPU DKI Jakarta <ppid@kpu.example.org>",
}


@pytest.fixture
def mail_settings():
    return ON


@pytest.fixture
def given(secret_files, mail_settings):
    return load("gateway", {**secret_files, **mail_settings})


@pytest.fixture
def person():
    return {**PERSON, "email": EMAIL}


@pytest.fixture
def desk(office_at, visit, person):
    """Somebody in front of a case, with all that was read of the applicant."""

    def made(role=roles.DESK, state=STATE):
        lines, app = office_at(state)
        # pages say by the real time what is due, and the office must be there already
        lines.office.time = datetime.now(UTC) + timedelta(minutes=5)
        lines.reads = []

        def applicant(*asked):
            lines.reads.append(asked)
            return app.config["SEAL"].close(person)

        lines.intake_applicant = applicant
        lines.register_named = lambda subjects: dict.fromkeys(subjects, "0001/PPID")
        lines.register_tracked = lambda told: (
            lines.register_request("request/1") if told in ("1", "0001") else None
        )
        visitor = visit(app)
        visitor.sign_in(role)
        return lines, app, visitor

    return made


@pytest.fixture
def postman(server):
    """A postman who works for an application."""

    def made(lines, app):
        outbox = app.config["OUTBOX"]
        route = Route(read(server.address, "smtp"), app.config["MAIL_SENDER"])
        return Postman(outbox, route, written, partial(record, lines), lambda: lines.office.time)

    return made


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
        about, raw = About(letter.request, "", BEGIN), reported(letter.message_id)
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


@pytest.fixture
def arrive():
    """A message that has come."""

    def made(app, raw, uid=1, **more):
        place = Place("INBOX", 1, uid)
        app.config["INCOMING"].store(Arrived(place, BEGIN, len(raw), raw, **more))
        return place.letter

    return made


def with_file(name="ktp.pdf", content=b"%PDF-1.7\nktp\n%%EOF\n"):
    made = mail()
    made.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return made.as_bytes()


class TestSuggesting:
    """To which request a letter may belong: shown, and done only by a press."""

    @pytest.fixture
    def sent(self, desk, postman):
        lines, app, visitor = desk()
        confirm(visitor, choose(visitor))
        hand_out(postman, lines, app)
        return app, visitor, letters(app)[0].message_id

    @pytest.mark.parametrize("name", ["In_Reply_To", "References"])
    def test_an_answer_to_our_letter_is_shown_with_its_request(self, sent, arrive, name):
        app, visitor, id_ = sent
        at = f"/incoming/{arrive(app, mail(**{name: f'<x@example.org> {id_}'}).as_bytes())}"
        page = visitor.get(at).text

        assert "Bagian dari permohonan" in page
        assert "Surat ini menjawab surel kita." in page
        assert app.config["INCOMING"].listed("waiting")

        visitor.post(f"{at}/register", dict(_REQUEST.findall(page)), page=at)
        assert f'href="{CASE}"' in visitor.get(at).text
        assert [each.request for each in app.config["INCOMING"].listed("registered")] == ["1"]
        assert "Bagian dari permohonan" not in visitor.get(at).text

    @pytest.mark.parametrize(
        "subject",
        ["Re: [0001/PPID] Tanda bukti", "Tanya tentang 0001/PPID, terima kasih", "0001/PPID"],
    )
    def test_so_is_one_whose_subject_names_the_number(self, desk, arrive, subject):
        lines, app, visitor = desk()
        lines.register_tracked = lambda told: (
            lines.register_request("request/1") if told == "0001/PPID" else None
        )
        page = visitor.get(f"/incoming/{arrive(app, mail(Subject=subject).as_bytes())}").text

        assert "Nomor itu disebut dalam perihalnya." in page
        assert dict(_REQUEST.findall(page)) == {"request": "1"}

    def test_an_answer_about_an_objection_is_shown_with_both(self, desk, arrive):
        lines, app, visitor = desk(state="K3 upheld")
        ours = outgoing(request="", objection="1", paper="objection-answer")
        app.config["OUTBOX"].put(ours, EMAIL)
        raw = mail(In_Reply_To=ours.message_id).as_bytes()
        page = visitor.get(f"/incoming/{arrive(app, raw)}").text

        assert lines.register_objection("objection/1")["number"] in page
        assert dict(_REQUEST.findall(page)) == {"request": "1"}

    def test_of_an_objection_without_a_request_nothing_is_pressed(self, desk, arrive, monkeypatch):
        lines, app, visitor = desk(state="K3 upheld")
        alone = {**lines.register_objection("objection/1"), "request": None}
        monkeypatch.setattr(lines, "register_objection", lambda _: alone, raising=False)
        ours = outgoing(request="", objection="1", paper="objection-answer")
        app.config["OUTBOX"].put(ours, EMAIL)
        raw = mail(In_Reply_To=ours.message_id).as_bytes()
        page = visitor.get(f"/incoming/{arrive(app, raw)}").text

        assert "Bagian dari keberatan" in page
        assert _REQUEST.findall(page) == []

    @pytest.mark.parametrize(
        "changed",
        [
            {},
            {"In_Reply_To": "<letter.lain@kpu.example.org>"},
            {"Subject": "Dokumen [lain] 9999/X"},
        ],
    )
    def test_where_nothing_says_so_nothing_is_suggested(self, sent, arrive, changed):
        app, visitor, _ = sent
        page = visitor.get(f"/incoming/{arrive(app, mail(**changed).as_bytes())}").text

        assert "Bagian dari" not in page

    def test_while_the_register_is_away_the_letter_is_read_all_the_same(self, desk, arrive):
        def away(_):
            raise Unavailable("register")

        lines, app, visitor = desk()
        lines.register_tracked = away
        page = visitor.get(f"/incoming/{arrive(app, mail(Subject='[0001] a').as_bytes())}")

        assert page.status_code == 200
        assert "Bagian dari" not in page.text


class TestIncoming:
    def test_what_came_is_listed_and_shown_to_the_desk(self, desk, arrive):
        _, app, visitor = desk()
        id_ = arrive(app, mail().as_bytes())

        listed = visitor.get("/incoming")
        assert "Permohonan informasi: rekapitulasi suara" in listed.text
        assert "ani@example.org" in listed.text
        assert listed.headers["Cache-Control"] == "no-store"
        assert "Mohon rekapitulasi suara per kecamatan." in visitor.get(f"/incoming/{id_}").text

    @pytest.mark.parametrize("role", sorted({*roles.STAFF} - roles.DESK_WORK))
    def test_nobody_else_reads_it(self, desk, arrive, role):
        _, app, visitor = desk(role)
        id_ = arrive(app, mail().as_bytes())

        for path in ("/incoming", f"/incoming/{id_}"):
            assert visitor.get(path).status_code == 403
        assert visitor.post(f"/incoming/{id_}/original", page="/account").status_code == 403

    def test_it_becomes_the_draft_of_a_request(self, desk, arrive):
        _, app, visitor = desk()
        id_ = arrive(app, mail().as_bytes())
        done = visitor.post(f"/incoming/{id_}/take", page=f"/incoming/{id_}")
        assert (done.status_code, done.location) == (303, "/receive")

        draft = app.config["DRAFTS"].find(roles.DESK)
        typed = dict(draft.typed)
        assert draft.key == registering.key_of(id_)
        assert typed["channel"] == "email"
        assert typed["received_at"] == "2026-08-12T10:00"
        assert (typed["applicant.name"], typed["applicant.email"]) == (
            "Ani Pemohon",
            "ani@example.org",
        )
        assert typed["information"] == "Mohon rekapitulasi suara per kecamatan."
        assert "desk" in visitor.get("/incoming?state=taken").text

    def test_the_draft_names_only_what_its_form_has(self, desk, arrive):
        _, app, visitor = desk()
        id_ = arrive(app, mail().as_bytes())
        visitor.post(f"/incoming/{id_}/take", page=f"/incoming/{id_}")

        people = {name.partition(".")[2] for name, _ in app.config["DRAFTS"].find(roles.DESK).typed if "." in name}  # fmt: skip
        assert people <= {*Applicant().fields, "category", "indonesian"}

    def test_once_it_is_received_the_letter_is_registered(self, desk, arrive, people):
        _, app, visitor = desk()
        id_ = arrive(app, mail().as_bytes())
        with app.test_request_context():
            g.account = people.find(roles.DESK)
            registering.received(registering.key_of(id_), "1")
            registering.received(registering.key_of(id_), "2")
            registering.received("another form", "3")

        assert app.config["INCOMING"].find(id_).request == "1"
        assert f'href="{CASE}"' in visitor.get(f"/incoming/{id_}").text

    def test_another_draft_is_not_lost_unless_that_was_said(self, desk, arrive):
        _, app, visitor = desk()
        id_ = arrive(app, mail().as_bytes())
        at = f"/incoming/{id_}"
        app.config["DRAFTS"].keep(roles.DESK, "another", (("information", "lain"),))

        kept = visitor.post(f"{at}/take", page=at)
        assert kept.location == at
        assert app.config["DRAFTS"].find(roles.DESK).key == "another"
        assert "replace" in visitor.get(at).text

        visitor.post(f"{at}/take", {"replace": "yes"}, page=at)
        assert app.config["DRAFTS"].find(roles.DESK).key == registering.key_of(id_)

    def test_it_is_put_aside_for_a_reason(self, desk, arrive):
        _, app, visitor = desk()
        at = f"/incoming/{arrive(app, mail().as_bytes())}"

        refused = visitor.post(f"{at}/drop", {"reason": " "}, page=at)
        assert refused.status_code == 422
        assert "reason-error" in refused.text

        visitor.post(f"{at}/drop", {"reason": "Iklan"}, page=at)
        assert "Iklan" in visitor.get(at).text
        assert visitor.post(f"{at}/drop", {"reason": "Iklan"}, page=CASE).status_code == 409

    def test_it_is_kept_with_a_request_that_is_there(self, desk, arrive):
        _, app, visitor = desk()
        at = f"/incoming/{arrive(app, mail().as_bytes())}"

        refused = visitor.post(f"{at}/register", {"request": "9999"}, page=at)
        assert (refused.status_code, "9999" in refused.text) == (422, True)

        visitor.post(f"{at}/register", {"request": "0001"}, page=at)
        assert f'href="{CASE}"' in visitor.get(at).text

    def test_one_that_cannot_be_read_can_be_saved_as_it_came(self, desk, arrive, monkeypatch):
        _, app, visitor = desk()
        raw = b"\xff\xfe nothing"
        with monkeypatch.context() as patched:
            patched.setattr("services.gateway.mail.incoming._read", lambda _: None)
            id_ = arrive(app, raw)

        assert "tidak dapat dibaca" in visitor.get(f"/incoming/{id_}").text
        saved = visitor.post(f"/incoming/{id_}/original", page=f"/incoming/{id_}")
        assert saved.data == raw
        assert saved.headers["Content-Disposition"].startswith("attachment")
        assert saved.content_type == "application/octet-stream"

    def test_what_it_says_is_never_part_of_the_page(self, desk, arrive):
        _, app, visitor = desk()
        raw = mail(Subject="<script>x</script>", text="<img src=x onerror=y>").as_bytes()
        page = visitor.get(f"/incoming/{arrive(app, raw)}").text

        assert "<script>x" not in page
        assert "<img src=x" not in page

    def test_of_one_too_large_the_page_says_where_it_is(self, desk, arrive):
        _, app, visitor = desk()
        id_ = arrive(app, mail().as_bytes(), whole=False)

        assert "terlalu besar" in visitor.get(f"/incoming/{id_}").text

    def test_its_files_are_saved_and_never_shown(self, desk, arrive):
        _, app, visitor = desk()
        id_ = arrive(app, with_file('ktp"; x.pdf'))
        saved = visitor.post(f"/incoming/{id_}/files/0", page=f"/incoming/{id_}")

        assert saved.data == b"%PDF-1.7\nktp\n%%EOF\n"
        assert re.fullmatch(r'attachment; filename="[\w.-]+"', saved.headers["Content-Disposition"])
        missing = visitor.post(f"/incoming/{id_}/files/1", page=f"/incoming/{id_}")
        assert missing.status_code == 404

    @pytest.mark.parametrize(("scanned", "name"), [
        (SCANNED, "ktp.pdf"), (NOT_SCANNED, "belum-dipindai-ktp.pdf"),
    ])  # fmt: skip
    def test_a_file_that_nobody_scanned_says_so_in_its_name(self, desk, arrive, scanned, name):
        _, app, visitor = desk()
        app.config["SCAN"] = lambda _: Verdict(scanned)
        at = f"/incoming/{arrive(app, with_file())}"
        saved = visitor.post(f"{at}/files/0", page=at)

        assert saved.headers["Content-Disposition"] == f'attachment; filename="{name}"'

    def test_a_harmful_file_is_not_given_out(self, desk, arrive):
        _, app, visitor = desk()
        app.config["SCAN"] = lambda _: Verdict(INFECTED)
        at = f"/incoming/{arrive(app, with_file())}"

        for part in ("files/0", "original"):
            refused = visitor.post(f"{at}/{part}", page=at)
            assert refused.status_code == STATUS["file_infected"]
            assert b"ktp" not in refused.data

    def test_before_it_is_registered_its_files_are_kept_with_nothing(self, desk, arrive):
        lines, app, visitor = desk()
        at = f"/incoming/{arrive(app, with_file())}"

        assert "setelah surat ini terdaftar" in visitor.get(at).text
        kept = visitor.post(f"{at}/files/0/keep", {"kind": "identity_card"}, page=at)
        assert kept.status_code == 409
        assert lines.given == []

    def test_then_they_are_kept_with_its_request(self, desk, arrive):
        lines, app, visitor = desk()
        id_ = arrive(app, with_file(content=MINIMAL_PDF))
        at = f"/incoming/{id_}"
        lines.intake_attachment_limits = lambda: {"most_bytes": 1_000_000}
        lines.intake_open_upload = lambda _: "upload-1"
        lines.intake_add_part = lambda *_: None
        visitor.post(f"{at}/register", {"request": "1"}, page=at)
        done = visitor.post(f"{at}/files/0/keep", {"kind": "identity_card"}, page=at)

        assert done.status_code == 303, done.text
        (file,) = lines.register_request("request/1")["attachments"]
        assert (file["kind"], file["media_type"]) == ("identity_card", "application/pdf")

    def test_every_reading_is_written_down_before_anything_is_shown(self, desk, arrive, read_by):
        _, app, visitor = desk()
        id_ = arrive(app, with_file())
        visitor.get(f"/incoming/{id_}")
        visitor.post(f"/incoming/{id_}/files/0", page="/incoming")
        visitor.post(f"/incoming/{id_}/original", page="/incoming")

        assert read_by(roles.DESK) == [
            {"letter": id_, "part": part, "purpose": "Mengurus surat masuk"}
            for part in ("original", "file 0", "text")
        ]

    def test_what_somebody_else_settled_is_read_for_a_purpose(self, desk, visit, arrive, read_by):
        _, app, visitor = desk()
        id_ = arrive(app, with_file())
        at = f"/incoming/{id_}"
        visitor.post(f"{at}/drop", {"reason": "Iklan"}, page=at)
        colleague = visit(app)
        colleague.sign_in(roles.OFFICER)

        assert "Mohon rekapitulasi" not in colleague.get(at).text
        assert colleague.post(f"{at}/original", page=at).status_code == 400
        assert "purpose-error" in colleague.post(at, {"purpose": " "}, page=at).text
        assert read_by(roles.OFFICER) == []

        page = colleague.post(at, {"purpose": "Pengaduan"}, page=at)
        assert "Mohon rekapitulasi" in page.text
        assert 'name="purpose" value="Pengaduan"' in page.text
        saved = colleague.post(f"{at}/files/0", {"purpose": "Pengaduan"}, page=at)
        assert saved.data == b"%PDF-1.7\nktp\n%%EOF\n"
        assert [line["purpose"] for line in read_by(roles.OFFICER)] == ["Pengaduan"] * 2


@pytest.fixture
def read_by(database):
    """What the trail says of the letters that an account read, the newest first."""

    def made(account):
        lines = Trail(database, lambda: BEGIN).page(20, account=account, kind=LETTER_READ)
        return [line["about"] for line in lines]

    return made


MINIMAL_PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
