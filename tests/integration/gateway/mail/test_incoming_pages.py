"""Incoming mail on the pages: listed, read and written down, suggested to a request, made one, or put aside; and its files."""

import re

import pytest
from flask import g

from contracts import roles
from contracts.applicant import Applicant
from contracts.attachments import INFECTED, NOT_SCANNED, SCANNED
from contracts.errors import STATUS
from services.gateway.attachments.scanner import Verdict
from services.gateway.identity.trail import LETTER_READ, Trail
from services.gateway.mail.incoming import Arrived, Place
from services.gateway.pages.mail import registering
from services.gateway.rpc import Unavailable
from tests.integration.gateway.mail.conftest import BEGIN, EMAIL
from tests.integration.gateway.mail.conftest import letter as outgoing
from tests.integration.gateway.mail.test_mail_pages import CASE, choose, confirm, hand_out, letters
from tests.integration.gateway.mail.test_mailbox import mail

_REQUEST = re.compile(r'<input type="hidden" name="(request)" value="([^"]*)"')


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
            for part in ("original", "file 1", "text")
        ]

    def test_the_access_log_says_in_words_what_was_read(self, desk, visit, arrive):
        _, app, visitor = desk()
        id_ = arrive(app, with_file())
        visitor.get(f"/incoming/{id_}")
        visitor.post(f"/incoming/{id_}/files/0", page="/incoming")
        auditor = visit(app)
        auditor.sign_in(roles.AUDITOR)
        page = auditor.get("/settings/access-log?kind=letter_read").text

        assert "Bagian: isi; " in page
        assert "Bagian: lampiran 1; " in page

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
