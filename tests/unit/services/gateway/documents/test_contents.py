"""What papers say, given what happened."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.catalogue import current
from services.gateway.documents.content import content_of
from services.gateway.documents.kinds import KINDS, papers_in
from services.gateway.documents.sources import Sources
from services.gateway.documents.story import Story
from tests.suites.papers import (
    ARRIVED,
    CONTESTED,
    ENDINGS,
    OBJECTION,
    PARTIAL,
    PERSON,
    REFUSED,
    SECRET,
    STATUS_PAGE,
    WALK,
    WINDOW,
    content,
    every_paper,
    history,
    sources,
    with_letters,
)

NUMBER = "0001/PPID-KPU-DKI/VIII/2026"
ESCALATED = (*ARRIVED, ("Escalated", {"cause": "coordinate"}))


def answered(decision, notified, *more):
    """A request that was decided and told so."""
    outcome = {"outcome": decision["outcome"], "grounds": decision.get("grounds", [])}
    return history(
        *ESCALATED, ("Decided", decision), ("ApplicantNotified", {**outcome, **notified}), *more
    )


class TestWhichThereAre:
    def test_a_history_has_the_papers_of_what_happened_and_no_other(self):
        found = [kind.name for kind, _ in papers_in(history(*WALK))]

        assert found == [
            "incompleteness", "receipt", "memo", "disposition", "extension", "notification", "rejection", "handover",
        ]  # fmt: skip

    @pytest.mark.parametrize("ending", ENDINGS)
    def test_each_end_has_its_letter(self, ending):
        assert papers_in(history(*ENDINGS[ending]))[-1][0].name == ending

    def test_every_kind_is_in_one_of_the_histories_of_these_tests(self):
        assert set(every_paper()) == set(KINDS)

    def test_a_receipt_waits_for_its_due_date(self):
        assert papers_in(history("RequestReceived", "RequestSubmitted")) == ()

    @pytest.mark.parametrize("outcome", ["full", "partial", "not_held", "not_documented"])
    def test_only_what_was_refused_has_a_letter_of_refusal(self, outcome):
        found = papers_in(answered({"outcome": outcome}, {}))

        assert [kind.name for kind, _ in found][-1] == "notification"

    def test_a_second_answer_is_a_second_letter(self):
        told = ("ApplicantNotified", {"letter_number": "2"})
        found = papers_in(history(*ESCALATED, "Decided", "ApplicantNotified", "Reopened", told))

        assert [kind.name for kind, _ in found].count("notification") == 2

    @pytest.mark.parametrize("name", sorted({kind.event for kind in KINDS.values()}))
    def test_every_paper_is_about_an_event_of_the_catalogue(self, name):
        assert current(name)


class TestReceipt:
    def test_it_says_number_due_date_and_how_to_follow_the_request(self):
        said = content("receipt", history(*ARRIVED))

        assert (said["number"], said["tracking"]) == (NUMBER, NUMBER)
        assert said["due"] == "28 Agustus 2026"
        assert (said["secret"], said["status_page"]) == (SECRET, STATUS_PAGE)
        assert said["request"]["received"] == "Rabu, 12 Agustus 2026 pukul 09.10 WIB"

    def test_a_nik_is_masked(self):
        assert content("receipt", history(*ARRIVED))["applicant"]["identity"] == "317401******0021"

    def test_a_legal_entity_is_known_by_its_decree(self):
        person = {"name": "Yayasan Contoh", "entity_approval_number": "AHU-1.AH.01.04"}
        said = content("receipt", history(*ARRIVED), person=person)

        assert said["applicant"]["identity"] == "AHU-1.AH.01.04"

    def test_a_date_that_moved_later_is_not_on_it(self):
        moved = ("DeadlineMoved", {"clock": "answer", "due_on": "2026-09-01"})

        assert content("receipt", history(*ARRIVED, moved))["due"] == "28 Agustus 2026"


class TestIncompleteness:
    def test_it_names_the_papers_and_the_day(self):
        said = content("incompleteness", history(*WALK))

        assert said["missing"] == ["kartu identitas", "surat kuasa khusus"]
        assert (said["due"], said["days"]) == ("18 Agustus 2026", 3)

    def test_who_has_no_number_yet_follows_the_request_by_its_id(self):
        said = content("incompleteness", history(*WALK))

        assert said["tracking"] == said["request"]["id"] == "0198a0b2-7c40-7d3e-9f61-52a1c04be7d5"

    def test_its_own_number_is_filled_in_by_hand(self):
        assert content("incompleteness", history(*WALK))["number"] == "......../HM.03-SD/31/2026"


class TestNotification:
    """The seven items of UU 14/2008 art. 22(7)."""

    def test_full(self):
        said = content(
            "notification",
            answered({"outcome": "full"}, {"material": "12 halaman", "form": "softcopy", "medium": "email"}),
        )  # fmt: skip

        assert (said["held"], said["referral"]) == (True, "")
        assert said["decision"] == "Permohonan dikabulkan seluruhnya"
        assert said["material"] == "12 halaman"
        assert said["blackened"] == []
        assert said["medium"] == "surat elektronik"
        assert said["form"] == "salinan elektronik (softcopy)"
        assert said["free"]

    def test_partial_names_ground_and_each_part_with_its_reason(self):
        said = content("notification", answered(PARTIAL, {"blackened": 2}, WINDOW))

        assert said["blackened"] == PARTIAL["blackened"]
        assert said["grounds"] == [
            {"article": "Pasal 17 huruf h", "text": "Mengungkap rahasia pribadi"}
        ]
        assert said["exempt_until"] == "30 Agustus 2031"
        assert said["objection_until"] == "5 Oktober 2026"

    def test_not_held_names_who_holds_it(self):
        told = {"held": False, "referral": "Bawaslu Provinsi DKI Jakarta"}
        said = content("notification", answered({"outcome": "not_held"}, told))

        assert (said["held"], said["referral"]) == (False, "Bawaslu Provinsi DKI Jakarta")

    def test_not_documented_says_in_how_many_working_days(self):
        said = content(
            "notification", answered({"outcome": "not_documented"}, {"provided_within": 20})
        )

        assert said["provided_within"] == 20

    def test_a_cost_is_in_rupiah_with_how_it_is_paid(self):
        said = content(
            "notification", answered({"outcome": "full"}, {"cost": 1_250_000, "payment": "tunai"})
        )

        assert (said["cost"], said["free"], said["payment"]) == ("Rp1.250.000,00", False, "tunai")

    def test_in_english_the_same_facts_are_in_english(self):
        said = content("notification", answered(PARTIAL, {}), lang="en")

        assert said["decision"] == "Granted in part"
        assert said["grounds"][0] == {"article": "Article 17 letter h", "text": "Personal secrets"}


class TestRejection:
    def test_it_says_ground_statute_consequence_interest_period_and_right(self):
        decided = {**REFUSED, "grounds": ["17j"], "statute": "UU 7/2017 pasal 1"}
        said = content(
            "rejection",
            answered(
                decided, {"statute": "UU 7/2017 pasal 1", "letter_number": "9/SD/2026"}, WINDOW
            ),
        )

        assert said["number"] == "9/SD/2026"
        assert said["grounds"][0]["article"] == "Pasal 17 huruf j"
        assert said["statute"] == "UU 7/2017 pasal 1"
        assert said["consequence"] == REFUSED["consequence"]
        assert said["public_interest"] == REFUSED["public_interest"]
        assert said["exempt_until"] == "30 Agustus 2031"
        assert "keberatan" in said["right"]
        assert said["objection_until"] == "5 Oktober 2026"

    def test_what_the_desk_refuses_by_a_listed_entry_stands_on_that_entry(self):
        basis = {
            "entry": "1", "title": "Berkas pemilih", "decree": "731/2025", "grounds": ["17h"],
            "valid_to": "2030-08-21", "statute": None, "consequence": "Data pribadi terungkap",
        }  # fmt: skip
        flagged = ("ExemptionFlagged", {"basis": basis})
        told = ("ApplicantNotified", {"outcome": "refused", "grounds": ["17h"]})
        said = content("rejection", history(*ARRIVED, flagged, told))

        assert (said["entry"], said["decree"]) == ("Berkas pemilih", "731/2025")
        assert said["consequence"] == "Data pribadi terungkap"
        assert said["exempt_until"] == "21 Agustus 2030"

    def test_a_decision_that_was_undone_since_is_not_told(self):
        steps = (*ESCALATED, ("Decided", REFUSED), "Reopened", ("ExemptionFlagged", {}))
        told = ("ApplicantNotified", {"outcome": "refused", "grounds": ["17h"]})

        assert content("rejection", history(*steps, told))["public_interest"] == ""

    @pytest.mark.parametrize(
        ("role", "title"),
        [
            ("ppid_officer", "Pejabat Pengelola Informasi dan Dokumentasi"),
            ("division_head", "Kepala Bagian"),
        ],
    )
    def test_who_decided_signs(self, role, title):
        events = answered(REFUSED, {})
        by = tuple(
            replace(each, actor=f"{role}:x") if each.name == "Decided" else each for each in events
        )

        assert content("rejection", by)["signers"][0]["title"] == title


class TestInsideTheHouse:
    def test_the_memo_says_why_and_by_when(self):
        said = content("memo", history(*WALK))

        assert said["number"] == "ND-1"
        assert said["due"] == "28 Agustus 2026"
        assert said["grounds"][0]["article"] == "Pasal 17 huruf h"

    def test_the_memo_and_the_disposition_name_nobody(self):
        for kind in ("memo", "disposition"):
            assert content(kind, history(*WALK), person={"x": "y"})["applicant"] is None

    def test_the_disposition_says_who_does_what_by_when(self):
        said = content("disposition", history(*WALK))

        assert (said["unit"], said["instruction"]) == ("Bagian Teknis", "Siapkan")
        assert (said["internal_due"], said["due"]) == ("20 Agustus 2026", "28 Agustus 2026")


def test_an_extension_says_from_when_to_when_and_why():
    said = content("extension", history(*WALK))

    assert (said["due_before"], said["due"]) == ("28 Agustus 2026", "8 September 2026")
    assert (said["reason"], said["explanation"]) == ("Informasi belum dikuasai", "Menunggu unit")


def test_a_handover_names_the_letter_that_it_follows():
    assert content("handover", history(*WALK))["letter"] == "123/HM.03-SD/31/2026"


class TestObjection:
    def contested(self, kind, **more):
        walked = history(*WALK)
        return content(
            kind, history(*CONTESTED, subject=OBJECTION, begin=10), request=walked, **more
        )

    def test_the_receipt_says_number_grounds_case_and_when_the_answer_comes(self):
        said = self.contested("objection-receipt")

        assert said["number"] == "KBR-0001/PPID-KPU-DKI/IX/2026"
        assert [each["article"] for each in said["grounds"]] == [
            "Pasal 35 ayat (1) huruf a",
            "Pasal 35 ayat (1) huruf d",
        ]
        assert said["due"] == "11 November 2026"
        assert said["request"]["number"] == NUMBER

    def test_the_answer_says_result_reasons_order_day_and_where_to_turn_to(self):
        said = self.contested("objection-answer")

        assert said["result"] == "MENGABULKAN keberatan sebagian"
        assert said["order"].startswith("Berikan laporan")
        assert said["execute_on"] == "27 Oktober 2026"
        assert (said["dispute_days"], said["dispute_until"]) == (14, "9 November 2026")

    def test_an_objection_without_a_request_names_none(self):
        filed = ("ObjectionFiled", {"request": None, "grounds": ["35b"]})
        said = content("objection-receipt", history(filed, CONTESTED[1], subject=OBJECTION))

        assert said["request"] is None


class TestOffice:
    def test_letterhead_signers_and_copies_are_the_rules_of_the_day(self):
        signer = {
            "title": "Kepala Subbagian",
            "name": "Contoh, S.H.",
            "rank": "Pembina",
            "nip": "1980",
        }
        rules = with_letters(
            head={"office": "KPU CONTOH", "place": "Bandung"},
            signers={"ppid_officer": signer},
            copies={"applicant": ["Ketua"]},
        )
        said = content("extension", history(*WALK), rules=rules)

        assert (said["head"]["office"], said["head"]["place"]) == ("KPU CONTOH", "Bandung")
        assert said["signers"] == [signer]
        assert said["copies"] == ["Ketua"]

    def test_the_pattern_of_a_letter_number_is_a_rule(self):
        rules = with_letters(number={"letter": "{serial:03d}/{office}/{month}/{year}"})

        assert content("extension", history(*WALK), rules=rules)["number"].startswith(
            "......../PPID"
        )


PAPERS = [(kind, story.at) for kind, story in papers_in(history(*WALK))]
LATER = (
    "Reopened", "DecisionOrdered", ("Decided", PARTIAL), ("ApplicantNotified", {"letter_number": "77"}),
    ("DeadlineSet", {"due_on": "2027-01-02"}), ("DeadlineMoved", {"due_on": "2027-01-03"}), "Closed",
    ("ConsequenceTested", {"minutes_number": "BA-9"}), "InformationDelivered", "RequestWithdrawn",
    ("RequestSubmitted", {"number": "another"}), ("Escalated", {"memo_number": "another"}),
)  # fmt: skip


@given(later=st.lists(st.sampled_from(LATER), max_size=8), paper=st.sampled_from(PAPERS))
def test_whatever_happens_later_a_paper_says_the_same(later, paper):
    kind, at = paper
    before = every_paper()[kind.name]
    again = tuple(
        replace(event, causationid=f"later {at}") if at >= len(WALK) else event
        for at, event in enumerate(history(*WALK, *later))
    )
    after = Sources(
        Story(again, at), Story(again, at), PERSON, before.rules, "id", STATUS_PAGE, SECRET
    )

    assert content_of(kind, after) == content_of(kind, sources(kind.name, history(*WALK)))


def test_what_turns_the_order_of_reading_is_left_out():
    name = "Contoh\u202egnp.exe\u2066"

    assert content("receipt", history(*ARRIVED), person={**PERSON, "name": name})["applicant"][
        "name"
    ] == ("Contohgnp.exe")
