"""Somebody's data: found by number, read for a purpose only, corrected without loss, erased knowingly."""

import pytest
from cryptography.fernet import Fernet

from contracts.errors import Rejected
from contracts.roles import ADMINISTRATOR, AUDITOR, DESK, HEAD
from contracts.sealed import Seal
from tests.suites.law_lines import NOW, LawLines

ID = "7f1dfd2c-6a3e-5a53-9d6a-1f8d6f0c3b11"
ONE = f"/settings/applicants/{ID}"
PERSON = {
    "name": "Siti",
    "phone": "0812",
    "documents": {"identity_card": "KTP-1", "notarial_deed": "AKTA-2"},
}
SEAL = Seal(Fernet.generate_key())


class PersonLines(LawLines):
    """One person who asked once; every purpose is remembered."""

    def __init__(self):
        super().__init__()
        self.purposes, self.refusal = [], None

    def register_tracked(self, number):
        return {"applicant_id": ID} if number == "0001/X" else None

    def intake_applicant(self, _id, purpose, reader):
        self.purposes.append((purpose, reader))
        return SEAL.close(PERSON)

    def intake_applicant_reads(self, _id):
        return [{"at": NOW.isoformat(), "reader": "desk:budi", "purpose": "Mengirim surat"}]

    def order(self, _contract, message):
        if self.refusal:
            raise self.refusal
        self.given.append(message)
        return {"subject": message["subject"], "version": 1, "events": []}


@pytest.fixture
def lines():
    return PersonLines()


@pytest.fixture
def app(app):
    app.config["SEAL"] = SEAL
    return app


class TestLookingUp:
    @pytest.mark.parametrize("q", ["0001/X", ID])
    def test_a_number_or_an_id_leads_to_the_person(self, reader, q):
        assert reader.get("/settings/applicants", q=q).location == ONE

    def test_whoever_does_not_exist_is_said(self, reader):
        assert "Tidak ada permohonan atau pemohon" in reader.get("/settings/applicants", q="x").text

    def test_other_roles_have_no_business_here(self, reader):
        reader.role = HEAD
        assert reader.get("/settings/applicants").status_code == 403


class TestReads:
    def test_overseers_see_who_read_and_what_for(self, reader):
        for role in (ADMINISTRATOR, AUDITOR):
            reader.role = role
            page = reader.get(ONE)
            assert "Mengirim surat" in page.text
            assert "budi" in page.text
            assert "Siti" not in page.text
            assert page.headers["Cache-Control"] == "no-store"

    def test_the_desk_sees_the_person_for_a_purpose_only(self, reader, lines, trail):
        reader.role = DESK
        assert "Siti" not in reader.get(ONE).text
        assert lines.purposes == []

        assert "Siti" in reader.client.post(f"{ONE}/person", data={"purpose": "Alamat"}).text
        assert lines.purposes == [("Alamat", "desk:ani")]
        about = {"applicant": ONE.rpartition("/")[2], "purpose": "Alamat"}
        assert trail.lines == [("person_read", "ani", about)]


class TestCorrecting:
    def corrected(self, reader, **changed):
        reader.role = DESK
        form = {
            "key": "one", "name": "Siti R.", "phone": "0812",
            "documents.identity_card": "KTP-1", "documents.notarial_deed": "AKTA-2",
        }  # fmt: skip
        return reader.client.post(f"{ONE}/correct", data={**form, **changed})

    def test_the_person_is_read_first_for_a_purpose(self, reader, lines):
        reader.role = DESK
        assert "Siti" not in reader.get(f"{ONE}/correct").text
        assert "Isi bagian ini" in reader.client.post(f"{ONE}/correct", data={"purpose": " "}).text
        assert lines.purposes == []

        form = reader.client.post(f"{ONE}/correct", data={"purpose": "Salah ketik"}).text
        assert 'value="Siti"' in form
        assert 'value="KTP-1"' in form

    def test_the_numbers_of_the_papers_go_with_the_correction(self, reader, lines):
        assert self.corrected(reader).status_code == 302

        sealed = lines.given[0]["data"]["applicant"]
        assert SEAL.open(sealed) == {**PERSON, "name": "Siti R."}

    def test_a_number_that_was_taken_out_is_gone(self, reader, lines):
        self.corrected(reader, **{"documents.identity_card": "", "documents.notarial_deed": ""})

        assert SEAL.open(lines.given[0]["data"]["applicant"])["documents"] == {}

    def test_what_intake_refuses_is_said_at_its_field(self, reader, lines):
        lines.refusal = Rejected("invalid_fields", "", {"applicant": {"phone": ["Unknown field."]}})
        page = self.corrected(reader)

        assert page.status_code == 422
        assert 'id="field-phone-error"' in page.text
        assert 'value="Siti R."' in page.text

    def test_the_administrator_corrects_nobody(self, reader):
        assert reader.get(f"{ONE}/correct").status_code == 403


class TestErasing:
    def test_it_needs_a_reason_and_that_one_understands(self, reader, lines):
        path = f"{ONE}/erase"
        assert reader.post(path, reason="Diminta").status_code == 422
        assert reader.post(path, understood="cannot_be_undone").status_code == 422
        assert lines.given == []

        assert reader.post(path, reason="Diminta", understood="cannot_be_undone").status_code == 302
        assert lines.given[0]["data"] == {"reason": "Diminta"}

    def test_a_hold_by_law_is_said_and_nothing_typed_is_lost(self, reader, lines):
        lines.refusal = Rejected("legal_hold", "An objection is open.")
        page = reader.post(f"{ONE}/erase", reason="Diminta", understood="cannot_be_undone")

        assert page.status_code == 409
        assert ">Diminta</textarea>" in page.text

    def test_the_desk_erases_nobody(self, reader):
        reader.role = DESK
        assert reader.get(f"{ONE}/erase").status_code == 403
