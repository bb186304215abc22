from datetime import UTC, date, datetime

import pytest

from contracts.errors import Rejected
from eventlog.rulebook import first_rules
from services.classification import decide
from services.classification.state import EntryState, RequestState, evolve, evolve_entry
from tests.suites.facts import fact
from tests.suites.orders import given, order, refusal

NOW = datetime(2026, 8, 20, 3, 0, tzinfo=UTC)
LATE_EVENING = datetime(2026, 8, 20, 17, 0, tzinfo=UTC)  # the 21st in Jakarta
NOT_OPEN = (
    (),
    ("RequestSubmitted", "Escalated"),
    ("RequestSubmitted", "Decided"),
    ("RequestSubmitted", "ApplicantNotified"),
    ("RequestSubmitted", "InformationDelivered"),
    ("RequestSubmitted", "RequestWithdrawn"),
    ("RequestSubmitted", "Closed"),
)
OPEN = (
    ("RequestSubmitted",),
    ("RequestSubmitted", "InformationClassified"),
    ("RequestSubmitted", "ExemptionFlagged"),
    ("RequestSubmitted", "Closed", "Reopened"),
)
BASIS = {
    "entry": "entry-1",
    "title": "Berkas pemilih",
    "decree": "731/2025",
    "grounds": ["17h"],
    "valid_to": None,
    "statute": None,
    "consequence": "Data pribadi pemilih terungkap",
}
PUBLIC = given(EntryState(), evolve_entry, ("ListEntryPublished", {"list": "public"}))


def request(*facts):
    return given(RequestState(), evolve, *facts)


def entry(**changed):
    return given(EntryState(), evolve_entry, ("ListEntryPublished", changed))


def classify(state, listed=None, **changed):
    return decide.classify(
        order("ClassifyInformation", **changed), state, NOW, listed or EntryState()
    )


def flag(state, listed=None, now=NOW, **changed):
    return decide.flag_exemption(
        order("FlagExemption", **changed), state, now, listed or EntryState()
    )


class TestClassifying:
    @pytest.mark.parametrize("facts", OPEN)
    def test_an_open_request_is_classified(self, facts):
        assert classify(request(*facts)) == (fact("InformationClassified"),)

    def test_what_is_held_is_available(self):
        decision = classify(request("RequestSubmitted"), outcome="available")

        assert decision == (fact("InformationClassified", outcome="available"),)

    def test_what_stands_on_the_public_list_is_available(self):
        found = {"outcome": "available", "held_form": [], "list_entry": "dip-1"}

        assert classify(request("RequestSubmitted"), PUBLIC, **found) == (
            fact("InformationClassified", **found),
        )

    @pytest.mark.parametrize(
        "listed",
        [
            EntryState(),
            entry(list="exempt"),
            given(
                EntryState(), evolve_entry, ("ListEntryPublished", {"list": "public"}),
                "ListEntryRevoked",
            ),
        ],
        ids=["unknown", "exempt", "revoked"],
    )  # fmt: skip
    def test_an_entry_that_is_not_public_is_no_match(self, listed):
        state, found = request("RequestSubmitted"), {"outcome": "available", "list_entry": "dip-1"}

        assert refusal(lambda: classify(state, listed, **found)) == "list_entry_unusable"

    def test_what_is_neither_listed_nor_held_in_some_form_is_not_available(self):
        state = request("RequestSubmitted")

        assert refusal(lambda: classify(state, outcome="available", held_form=[])) == (
            "invalid_fields"
        )

    def test_what_is_not_held_may_need_coordination(self):
        decision = classify(request("RequestSubmitted"), held=False, held_form=[])

        assert decision == (fact("InformationClassified", held=False, held_form=[]),)

    def test_what_is_not_held_is_not_available(self):
        state = request("RequestSubmitted")

        assert refusal(lambda: classify(state, outcome="available", held=False)) == (
            "invalid_fields"
        )

    @pytest.mark.parametrize("facts", NOT_OPEN)
    def test_a_request_that_is_not_open_is_not_classified(self, facts):
        assert refusal(classify, request(*facts)) == "wrong_phase"


class TestFlagging:
    @pytest.mark.parametrize("facts", OPEN)
    def test_without_an_entry_the_flag_has_no_basis(self, facts):
        assert flag(request(*facts)) == (fact("ExemptionFlagged"),)

    def test_a_usable_entry_is_frozen_as_the_basis(self):
        decision = flag(request("RequestSubmitted"), entry(), list_entry="entry-1")

        assert decision == (
            fact("ExemptionFlagged", basis=BASIS, consequence=BASIS["consequence"]),
        )

    def test_grounds_not_given_are_those_of_the_entry(self):
        listed = entry(grounds=["17a", "17i"])

        decision = flag(request("RequestSubmitted"), listed, list_entry="entry-1", grounds=[])

        assert decision[0].data["grounds"] == ["17a", "17i"]

    def test_one_of_the_grounds_of_the_entry_may_do(self):
        listed = entry(grounds=["17a", "17i"])

        decision = flag(request("RequestSubmitted"), listed, list_entry="entry-1", grounds=["17i"])

        assert decision[0].data["grounds"] == ["17i"]
        assert decision[0].data["basis"]["grounds"] == ["17a", "17i"]

    def test_an_entry_carries_no_ground_but_its_own(self):
        state = request("RequestSubmitted")

        assert refusal(lambda: flag(state, entry(), list_entry="entry-1", grounds=["17a"])) == (
            "list_entry_unusable"
        )

    def test_a_consequence_is_kept(self):
        decision = flag(request("RequestSubmitted"), consequence="Terungkap")

        assert decision == (fact("ExemptionFlagged", consequence="Terungkap"),)

    def test_without_a_ground_nothing_is_exempt(self):
        assert refusal(lambda: flag(request("RequestSubmitted"), grounds=[])) == "ground_missing"

    @pytest.mark.parametrize(
        "listed",
        [
            EntryState(),
            entry(list="public"),
            entry(valid_to="2026-08-19"),
            entry(decided_on="2026-08-21"),
            given(EntryState(), evolve_entry, "ListEntryPublished", "ListEntryRevoked"),
        ],
        ids=["unknown", "public", "expired", "not yet decided", "revoked"],
    )
    def test_an_entry_that_does_not_count_is_refused(self, listed):
        state = request("RequestSubmitted")

        assert refusal(lambda: flag(state, listed, list_entry="entry-1")) == "list_entry_unusable"

    def test_an_entry_counts_on_its_last_day(self):
        decision = flag(
            request("RequestSubmitted"), entry(valid_to="2026-08-20"), list_entry="entry-1"
        )

        assert decision[0].data["basis"]["valid_to"] == "2026-08-20"

    def test_the_last_day_ends_at_midnight_in_jakarta(self):
        state, listed = request("RequestSubmitted"), entry(valid_to="2026-08-20")

        assert refusal(lambda: flag(state, listed, LATE_EVENING, list_entry="entry-1")) == (
            "list_entry_unusable"
        )

    @pytest.mark.parametrize("facts", NOT_OPEN)
    def test_a_request_that_is_not_open_is_not_flagged(self, facts):
        assert refusal(flag, request(*facts)) == "wrong_phase"


def publish(**changed):
    return decide.publish_entry(order("PublishListEntry", **changed), NOW, first_rules())


class TestLists:
    def test_an_exempt_entry_is_published(self):
        assert publish() == (fact("ListEntryPublished"),)

    def test_a_public_entry_needs_nothing_but_its_title(self):
        bare = {"list": "public", "grounds": [], "decree": None, "consequence": None}

        assert publish(**bare) == (fact("ListEntryPublished", **bare),)

    def test_the_columns_of_the_public_list_are_kept(self):
        columns = {
            "list": "public", "grounds": [], "availability": "periodic", "responsible": "Sekretariat",
            "made_on": "2026-01-02", "made_at": "Jakarta", "retention": "5 tahun",
        }  # fmt: skip

        assert publish(**columns) == (fact("ListEntryPublished", **columns),)

    @pytest.mark.parametrize(
        ("lacking", "field"),
        [
            ({"grounds": []}, "grounds"),
            ({"decree": None}, "decree"),
            ({"decided_on": None}, "decided_on"),
            ({"consequence": None}, "consequence"),
            ({"grounds": ["17j"]}, "statute"),
            ({"grounds": ["17a"]}, "valid_to"),
            ({"grounds": ["17a", "17h"]}, "valid_to"),
            ({"grounds": ["17a"], "decided_on": "2026-01-05", "valid_to": "2056-01-06"}, "valid_to"),
            ({"decided_on": "2026-01-05", "valid_to": "2026-01-04"}, "valid_to"),
        ],
        ids=[
            "ground", "decree", "day", "consequence", "statute", "end", "end of one of two", "31 years",
            "over before",
        ],
    )  # fmt: skip
    def test_an_exempt_entry_is_a_whole_decision(self, lacking, field):
        with pytest.raises(Rejected) as refused:
            publish(**lacking)

        assert (refused.value.code, list(refused.value.errors)) == (
            "ground_fields_missing",
            [field],
        )

    def test_a_ground_that_was_not_in_force_exempts_nothing(self):
        before_the_law = {"decided_on": "2010-04-29"}

        assert refusal(lambda: publish(**before_the_law)) == "ground_missing"

    @pytest.mark.parametrize("until", ["2056-01-05", "2031-01-05"])
    def test_law_enforcement_is_exempt_for_thirty_years_at_most(self, until):
        decided = {"grounds": ["17a"], "decided_on": "2026-01-05", "valid_to": until}

        assert publish(**decided) == (fact("ListEntryPublished", **decided),)

    def test_ground_17j_with_its_statute_is_enough(self):
        decided = {"grounds": ["17j"], "statute": "UU 23/2006 pasal 84"}

        assert publish(**decided) == (fact("ListEntryPublished", **decided),)

    @pytest.mark.parametrize("kind", ["public", "exempt"])
    def test_an_entry_is_revoked_from_its_own_list(self, kind):
        assert decide.revoke_entry(order("RevokeListEntry"), entry(list=kind), NOW) == (
            fact("ListEntryRevoked", list=kind),
        )

    def test_an_entry_that_never_was_cannot_be_revoked(self):
        assert refusal(decide.revoke_entry, order("RevokeListEntry"), EntryState(), NOW) == (
            "not_found"
        )

    def test_an_entry_is_revoked_once(self):
        state = given(EntryState(), evolve_entry, "ListEntryPublished", "ListEntryRevoked")

        assert refusal(decide.revoke_entry, order("RevokeListEntry"), state, NOW) == "already_done"

    def test_without_an_end_an_entry_counts_for_ever(self):
        assert entry(valid_to=None).usable(date(2999, 1, 1))

    def test_other_facts_do_not_change_an_entry(self):
        assert given(EntryState(), evolve_entry, "Closed") == EntryState()


def test_the_last_classification_stands():
    facts = ("RequestSubmitted", "ExemptionFlagged", "InformationClassified")

    assert request(*facts).outcome == "coordinate"
