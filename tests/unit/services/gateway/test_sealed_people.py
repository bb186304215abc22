from services.gateway import forms

BODY = {"name": "Siti", "category": "individual", "indonesian": True}


def test_what_is_decided_by_stays_beside_the_sealed_person():
    assert forms.person({"applicant": BODY}) == {"name": "Siti"}


def test_numbers_of_papers_are_sealed_by_kind():
    papers = [{"kind": "identity_card", "number": "KTP-1"}, {"kind": "notarial_deed"}]

    assert forms.person({"applicant": BODY, "documents": papers})["documents"] == {
        "identity_card": "KTP-1"
    }


def test_papers_without_numbers_are_nothing_to_seal():
    papers = [{"kind": "identity_card"}]

    assert forms.person({"applicant": {**BODY, "documents": papers}, "documents": papers}) == {
        "name": "Siti"
    }
