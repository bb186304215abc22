"""The papers of the procedure, over the HTTP API: receipts, the written notification, the refusal, and whom they name."""

import re
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit

import docx
import pytest
from pypdf import PdfReader

NIK = "3174014708890033"
PERSON = {
    "category": "individual", "name": "Pemohon Bersurat", "nik": NIK, "address": "Jalan Surat 7, Jakarta",
    "phone": "021555007",
}  # fmt: skip
TEST = {
    "minutes_number": "BA-7/UK/2026", "grounds": ["17h"], "consequence": "Data pribadi terbuka",
    "public_interest": "Tidak lebih besar", "result": "exempt", "approver": "Sekretaris",
}  # fmt: skip
REFUSAL = {
    "outcome": "refused", "grounds": ["17h"], "consequence": "Data pribadi terbuka", "public_interest": "Lebih kecil",
}  # fmt: skip


def now():
    return datetime.now(UTC).isoformat(timespec="seconds")


def text_of(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "application/pdf"
    return " ".join(
        " ".join(p.extract_text() for p in PdfReader(BytesIO(answer.content)).pages).split()
    )


@pytest.fixture(scope="module")
def refused(desk, officer):
    """A request that was walked to its refusal."""
    taken = desk.receive(received_at=now(), applicant=PERSON)
    id_ = taken["id"]
    desk.step(id_, "classification", {"outcome": "coordinate"})
    desk.step(id_, "escalation", {"memo_number": "ND-7/2026"})
    officer.step(id_, "disposition", {"unit": "Bagian Hukum", "instruction": "Teliti"})
    desk.step(id_, "consequence-test", TEST)
    officer.step(id_, "decision", REFUSAL)
    desk.step(id_, "notification", {"letter_number": "7/HM.03-SD/31/2026", "medium": "post"})
    return taken


def fetched(desk, address):
    """What stands at an address of the list."""
    parts = urlsplit(address)
    return desk.get(parts.path.removeprefix("/api/v1"), **dict(parse_qsl(parts.query)))


class TestOfOneRequest:
    def test_they_are_listed_with_where_they_are(self, desk, refused):
        items = desk.see(f"/requests/{refused['id']}/documents")["items"]

        assert [each["kind"] for each in items] == [
            "receipt", "memo", "disposition", "notification", "rejection",
        ]  # fmt: skip
        assert all(
            fetched(desk, each[form]).status_code == 200
            for each in items
            for form in ("pdf", "docx")
        )

    def test_the_receipt_has_number_due_date_and_secret(self, desk, refused):
        text = text_of(desk.get(f"/requests/{refused['id']}/documents/receipt.pdf"))

        assert refused["number"] in text
        assert refused["tracking"]["secret"] in text
        assert "317401******0033" in text
        assert NIK not in text

    def test_the_notification_has_the_seven_items(self, desk, refused):
        text = text_of(desk.get(f"/requests/{refused['id']}/documents/notification.pdf"))

        assert re.findall(r"\b([a-g])\. ", text) == list("abcdefg")
        assert "7/HM.03-SD/31/2026" in text

    def test_the_refusal_has_ground_consequence_interest_minutes_and_the_right_to_object(
        self, desk, refused
    ):
        text = text_of(desk.get(f"/requests/{refused['id']}/documents/rejection.pdf"))

        wanted = (
            "Pasal 17 huruf h",
            "Data pribadi terbuka",
            "Lebih kecil",
            "BA-7/UK/2026",
            "keberatan kepada Atasan PPID",
        )
        assert [each for each in wanted if each not in text] == []

    def test_a_paper_can_be_edited_and_be_had_in_english(self, desk, refused):
        answer = desk.get(f"/requests/{refused['id']}/documents/notification.docx", lang="en")
        paragraphs = [each.text for each in docx.Document(BytesIO(answer.content)).paragraphs]

        assert "Jakarta, " in " ".join(paragraphs)
        assert any("Law Number 14 of 2008" in each for each in paragraphs)

    def test_printing_whom_it_names_is_written_down_with_its_purpose(self, desk, refused):
        desk.get(f"/requests/{refused['id']}/documents/receipt.pdf")
        reads = desk.as_("auditor").see(f"/applicants/{refused['applicant_id']}/reads")["items"]

        assert reads[-1]["reader"] == "desk:demo-desk"
        assert reads[-1]["purpose"].startswith("Tanda bukti penerimaan")

    def test_what_names_nobody_reads_nobody(self, desk, refused):
        reads = f"/applicants/{refused['applicant_id']}/reads"
        before = desk.as_("auditor").see(reads)["items"]
        text = text_of(desk.get(f"/requests/{refused['id']}/documents/memo.pdf"))

        assert "ND-7/2026" in text
        assert desk.as_("auditor").see(reads)["items"] == before

    @pytest.mark.parametrize("role", ["division_head", "administrator", "auditor", "ppid_superior"])
    def test_who_may_not_read_people_may_see_which_there_are_but_print_none(
        self, desk, refused, role
    ):
        other = desk.as_(role)

        assert other.get(f"/requests/{refused['id']}/documents").status_code == 200
        assert other.get(f"/requests/{refused['id']}/documents/receipt.pdf").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "handover.pdf", "extension.docx", "nothing.pdf", "receipt.txt", "objection-receipt.pdf",
        "../../objections/documents/receipt.pdf",
    ],
)  # fmt: skip
def test_what_never_happened_has_no_paper(desk, refused, path):
    answer = desk.get(f"/requests/{refused['id']}/documents/{path}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_paper_about_an_event_that_never_was_is_not_found(desk, refused):
    answer = desk.get(f"/requests/{refused['id']}/documents/receipt.pdf", event="0")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_paper_of_another_request_is_not_found(desk, refused):
    other = desk.receive(received_at=now())["id"]
    event = desk.see(f"/requests/{refused['id']}/documents")["items"][0]["event"]
    answer = desk.get(f"/requests/{other}/documents/receipt.pdf", event=event)

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_language_that_papers_do_not_have_is_refused(desk, refused):
    answer = desk.get(f"/requests/{refused['id']}/documents/receipt.pdf", lang="fr")

    assert (answer.status_code, answer.json()["code"]) == (400, "filter_invalid")


def test_a_handover_and_a_withdrawal_have_their_receipts(desk):
    given = desk.receive(received_at=now())["id"]
    desk.step(
        given, "classification", {"outcome": "available", "held": True, "held_form": ["softcopy"]}
    )
    desk.step(given, "handover", {"medium": "counter", "form": "softcopy"})
    gone = desk.receive(received_at=now())["id"]
    desk.step(gone, "withdrawal", {"reason": "Sudah didapat"})

    assert "Tanda Terima Informasi Publik".upper() in text_of(
        desk.get(f"/requests/{given}/documents/handover.pdf")
    )
    assert "Sudah didapat" in text_of(desk.get(f"/requests/{gone}/documents/withdrawal.pdf"))


def test_an_objection_has_its_receipt_and_its_answer_which_the_superior_prints(desk, refused):
    filing = {
        "request": refused["id"], "grounds": ["35a"], "filed_at": now(), "case_position": "Ditolak tanpa dasar",
    }  # fmt: skip
    filed = desk.post("/objections", filing).json()
    superior = desk.as_("ppid_superior")
    answer = {"result": "upheld", "reasons": "Sudah tepat", "letter_number": "8/HM.03-SD/31/2026"}
    answered = superior.post(f"/objections/{filed['id']}/answer", answer, version=filed["version"])
    assert answered.status_code == 200, answered.text

    text = text_of(superior.get(f"/objections/{filed['id']}/documents/objection-answer.pdf"))
    assert [each["kind"] for each in desk.see(f"/objections/{filed['id']}/documents")["items"]] == [
        "objection-receipt", "objection-answer",
    ]  # fmt: skip
    assert (
        "MENOLAK keberatan" in text,
        "Komisi Informasi" in text,
        refused["number"] in "".join(text.split()),
    ) == (
        True,
        True,
        True,
    )
    assert "Ditolak tanpa dasar" in text_of(
        desk.get(f"/objections/{filed['id']}/documents/objection-receipt.pdf")
    )


class TestPrintedAgain:
    """A paper says what it said when it was handed out, whatever changed since."""

    def test_after_the_applicant_was_corrected_and_the_letterhead_changed(self, desk, refused):
        path = f"/requests/{refused['id']}/documents/receipt.pdf"
        before = text_of(desk.get(path))
        corrected = {**PERSON, "name": "Nama Baru", "address": "Jalan Baru 1"}
        del corrected["category"]
        answer = desk.write("PUT", f"/applicants/{refused['applicant_id']}", corrected)
        assert answer.status_code == 200, answer.text
        head = next(
            rule
            for rule in desk.see("/rules", kind="setting")["items"]
            if rule["key"] == "letter.head"
        )
        enacted = desk.as_("administrator").post(
            "/rules",
            {
                **{name: head[name] for name in ("kind", "key", "valid_from", "valid_to")},
                "value": {**head["value"], "office": "KANTOR CONTOH"},
                "legal_basis": "SK 9/2026",
                "replaces": True,
            },
        )
        assert enacted.status_code == 201, enacted.text

        assert text_of(desk.get(path)) == before
        later = desk.receive(received_at=now())["id"]
        assert "KANTOR CONTOH" in text_of(desk.get(f"/requests/{later}/documents/receipt.pdf"))

    def test_of_whom_everything_was_erased_nothing_is_printed(self, desk):
        taken = desk.receive(received_at=now())
        desk.step(taken["id"], "withdrawal", {"reason": "Batal"})
        erased = desk.as_("administrator").write(
            "DELETE", f"/applicants/{taken['applicant_id']}?purpose=Atas%20permintaan"
        )
        assert erased.status_code == 200, erased.text

        answer = desk.get(f"/requests/{taken['id']}/documents/receipt.pdf")
        assert (answer.status_code, answer.json()["code"]) == (409, "applicant_erased")
