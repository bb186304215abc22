"""What the law does not allow, over HTTP: each with its stable code, and nothing written."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.command import Actor, Command, to_message
from contracts.commands import COMMANDS
from contracts.local import local_day
from services.gateway.rpc import Line
from tests.e2e.desk import form, new_key, wait

NOW = datetime.now(UTC)
LONG_AGO = "2026-01-05T09:00:00+07:00"
TOMORROW = (NOW + timedelta(days=1)).isoformat(timespec="seconds")
GIVE = {"outcome": "full"}
REFUSE = {
    "outcome": "refused",
    "grounds": ["17h"],
    "consequence": "Rahasia pribadi terungkap",
    "public_interest": "Tidak lebih besar",
}
TEST = {
    "minutes_number": "BA-1", "grounds": ["17h"], "consequence": "Rahasia pribadi terungkap",
    "public_interest": "Tidak lebih besar", "result": "exempt", "approver": "Ketua",
}  # fmt: skip
LETTER = {"letter_number": "S-1", "medium": "email"}
EXTEND = {"reason": "not_yet_held", "explanation": "Menunggu unit"}
ENTRY = {
    "title": "Berkas calon", "decree": "SK 1/2026", "decided_on": "2026-01-05", "grounds": ["17h"],
    "consequence": "Rahasia pribadi terungkap",
}  # fmt: skip
UPHOLD = {"result": "upheld", "reasons": "Rahasia pribadi", "letter_number": "S-2"}
GRANT = {**UPHOLD, "result": "granted", "order": "Berikan"}

CLASSIFY = ("desk", "classification", {"outcome": "coordinate"})
ESCALATED = (CLASSIFY, ("desk", "escalation", {}))
TESTED = (*ESCALATED, ("desk", "consequence-test", TEST))
DECIDED = (*ESCALATED, ("ppid_officer", "decision", GIVE))
REFUSED = (*TESTED, ("division_head", "decision", REFUSE))
AVAILABLE = (("desk", "classification", {"outcome": "available", "held_form": ["softcopy"]}),)
TOLD = ("desk", "notification", LETTER)
GIVEN = ("desk", "handover", {"medium": "email"})
CLOSED = ("desk", "closing", {})


def now():
    return datetime.now(UTC).isoformat(timespec="seconds")


def day(ahead=0):
    return local_day(datetime.now(UTC) + timedelta(days=ahead)).isoformat()


@pytest.fixture(scope="module")
def walk(desk):
    """A request that was received at some time, now unless told, and taken some steps further."""

    def walked(*steps, received_at=None):
        request = desk.receive(received_at=received_at or now())["id"]
        for role, path, body in steps:
            desk.as_(role).step(request, path, body)
        return request

    return walked


@pytest.fixture
def says_no(heads):
    """Give an order that must be refused with a code, and write nothing."""

    def no(order, status, code):
        before = heads()
        answer = order()
        assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert heads() == before

    return no


@pytest.fixture
def listed(officer):
    """A new entry of the exempt list."""

    def published(**changed):
        answer = officer.post("/lists/exempt", {**ENTRY, **changed})
        assert answer.status_code == 201, answer.text
        return answer.json()["id"]

    return published


class TestExtensions:
    def test_there_is_no_second(self, officer, walk, says_no):
        request = walk(*ESCALATED, ("ppid_officer", "extension", EXTEND))
        says_no(
            lambda: officer.attempt(request, "extension", EXTEND), 409, "extension_already_given"
        )

    def test_there_is_none_after_the_due_date(self, officer, walk, says_no):
        request = walk(*ESCALATED, received_at=LONG_AGO)
        says_no(lambda: officer.attempt(request, "extension", EXTEND), 409, "deadline_passed")


class TestRefusals:
    def test_one_needs_a_ground(self, desk, head, walk, says_no):
        exempt, groundless = {"outcome": "exempt"}, {**REFUSE, "grounds": []}
        new, tested = walk(), walk(*TESTED)
        says_no(lambda: desk.attempt(new, "classification", exempt), 422, "ground_missing")
        says_no(lambda: head.attempt(tested, "decision", groundless), 422, "ground_missing")

    def test_a_ground_needs_its_consequence(self, head, walk, says_no):
        request = walk(*TESTED)
        body = {name: said for name, said in REFUSE.items() if name != "consequence"}
        says_no(lambda: head.attempt(request, "decision", body), 422, "ground_fields_missing")

    def test_17j_names_its_statute(self, desk, walk, says_no):
        request = walk(*ESCALATED)
        body = {**TEST, "grounds": ["17j"]}
        says_no(
            lambda: desk.attempt(request, "consequence-test", body), 422, "ground_fields_missing"
        )

    def test_none_relies_on_an_expired_entry(self, desk, walk, listed, says_no):
        body = {"outcome": "exempt", "list_entry": listed(valid_to="2026-02-01")}
        request = walk()
        says_no(lambda: desk.attempt(request, "classification", body), 409, "list_entry_unusable")

    def test_none_relies_on_a_revoked_entry(self, desk, officer, walk, listed, says_no):
        entry = listed()
        self.revoke(officer, entry)
        body = {"outcome": "exempt", "list_entry": entry}
        request = walk()
        says_no(lambda: desk.attempt(request, "classification", body), 409, "list_entry_unusable")

    def test_none_relies_on_an_entry_revoked_since_it_was_flagged(
        self, desk, officer, head, walk, listed, mongo, says_no
    ):
        flagged = [self.flagged(listed()) for _ in range(2)]
        told, decided = walk(flagged[0]), walk(flagged[1], ("desk", "escalation", {}))
        for _, _, body in flagged:
            self.revoke(officer, body["list_entry"])
            self.heard(mongo, body["list_entry"])
        says_no(lambda: desk.attempt(told, "notification", LETTER), 409, "list_entry_unusable")
        says_no(lambda: head.attempt(decided, "decision", REFUSE), 409, "list_entry_unusable")

    def flagged(self, entry):
        return ("desk", "classification", {"outcome": "exempt", "list_entry": entry})

    def revoke(self, officer, entry):
        version = officer.see(f"/lists/exempt/{entry}")["version"]
        path = f"/lists/exempt/{entry}/revocation"
        answer = officer.post(path, {"reason": "Dicabut"}, version=version)
        assert answer.status_code == 200, answer.text

    def heard(self, mongo, entry):
        inbox = mongo["terbuka_escalation"]["inbox"]
        revoked = {"subject": f"list-entry/{entry}", "event.type": {"$regex": "ListEntryRevoked"}}
        wait(lambda: inbox.find_one(revoked), "escalation hears that the entry was revoked")


def objection(request, *grounds, **more):
    given = {"request": request, "grounds": list(grounds), "filed_at": now()}
    return {"case_position": "Tidak puas", **given, **more}


def attempt(who, id_, path, body):
    version = who.see(f"/objections/{id_}")["version"]
    return who.post(f"/objections/{id_}/{path}", body, version=version)


@pytest.fixture
def filed(desk):
    """An objection that was taken in."""

    def entered(request, *grounds):
        answer = desk.post("/objections", objection(request, *grounds))
        assert answer.status_code == 201, answer.text
        return answer.json()

    return entered


class TestObjections:
    def test_one_after_its_window_is_taken_in_with_a_flag(self, walk, filed):
        assert filed(walk(received_at=LONG_AGO), "35c")["late"] is True

    def test_one_on_a_ground_that_waits_for_an_answer_is_not(self, desk, walk, filed, says_no):
        request = walk(*REFUSED, TOLD)
        filed(request, "35a")
        again = objection(request, "35a", "35d")
        says_no(lambda: desk.post("/objections", again), 409, "objection_pending")
        assert filed(request, "35d")["state"] == "filed"

    @pytest.mark.parametrize("role", ["desk", "ppid_officer", "division_head"])
    def test_only_the_superior_answers(self, desk, walk, filed, says_no, role):
        id_ = filed(walk(*REFUSED, TOLD), "35a")["id"]
        who = desk.as_(role)
        says_no(lambda: attempt(who, id_, "answer", UPHOLD), 403, "role_not_allowed")

    def test_who_decided_does_not_answer(self, desk, stack, walk, filed, says_no):
        """Where the superior stood in for the head of division: the accounts of the demonstration have one role each."""
        request = walk(*TESTED)
        superior = desk.as_("ppid_superior")
        contract = COMMANDS["DecideRequest"]
        who = Actor("demo-ppid_superior", "division_head")
        body = {**REFUSE, "blackened": []}
        order = Command("DecideRequest", new_key(), "x", who, f"request/{request}", body)
        line = Line(stack.addresses.amqp)
        try:
            line.call(contract.service, contract.method, (to_message(order),), 8)
        finally:
            line.drop()
        desk.settled(request, lambda seen: seen["state"] == "decided", "the decision")
        desk.step(request, "notification", LETTER)
        id_ = filed(request, "35a")["id"]
        says_no(lambda: attempt(superior, id_, "answer", UPHOLD), 409, "answerer_is_decider")


# Every way on which nothing was told yet, or nothing given of what was promised.
UNFINISHED = {
    "registered": (),
    "direct service": AVAILABLE,
    "perhaps exempt": (("desk", "classification", {"outcome": "exempt", "grounds": ["17h"]}),),
    "to be coordinated": (CLASSIFY,),
    "coordination": ESCALATED,
    "tested": TESTED,
    "decided to give": DECIDED,
    "decided to refuse": REFUSED,
    "told of what is given": (*DECIDED, TOLD),
    "reopened": (*AVAILABLE, GIVEN, CLOSED, ("ppid_officer", "reopening", {"reason": "Kurang"})),
    "reopened after a refusal": (
        *REFUSED, TOLD, CLOSED, ("ppid_officer", "reopening", {"reason": "Keliru"}),
    ),
}  # fmt: skip


class TestClosing:
    CODE = "not_handed_over_or_notified"

    @pytest.mark.parametrize("way", UNFINISHED)
    def test_nothing_is_closed_before_the_applicant_was_told_or_served(
        self, desk, walk, says_no, way
    ):
        request = walk(*UNFINISHED[way])
        says_no(lambda: desk.attempt(request, "closing", {}), 409, self.CODE)

    def test_nor_by_a_listed_exemption_that_was_not_told(self, desk, walk, listed, says_no):
        request = walk(("desk", "classification", {"outcome": "exempt", "list_entry": listed()}))
        says_no(lambda: desk.attempt(request, "closing", {}), 409, self.CODE)

    def test_nor_what_was_ordered_to_be_decided_anew(self, desk, walk, filed, says_no):
        request = walk(*REFUSED, TOLD, CLOSED)
        id_ = filed(request, "35a")["id"]
        grant = {**GRANT, "execute_on": day(7)}
        assert attempt(desk.as_("ppid_superior"), id_, "answer", grant).status_code == 200
        desk.settled(request, lambda seen: seen["ordered"], "the order")
        says_no(lambda: desk.attempt(request, "closing", {}), 409, self.CODE)


class TestDates:
    def test_nothing_is_received_in_the_future(self, desk, says_no):
        says_no(
            lambda: desk.post("/requests", form(received_at=TOMORROW)), 422, "received_in_future"
        )

    def test_no_objection_comes_from_the_future(self, desk, walk, says_no):
        body = objection(walk(*REFUSED, TOLD), "35a", filed_at=TOMORROW)
        says_no(lambda: desk.post("/objections", body), 422, "received_in_future")

    def test_no_objection_comes_before_its_request(self, desk, walk, says_no):
        body = objection(walk(*REFUSED, TOLD), "35a", filed_at=LONG_AGO)
        says_no(lambda: desk.post("/objections", body), 422, "date_before_receipt")

    @pytest.mark.parametrize(
        ("filed_on", "code"),
        [("2026-01-05", "date_before_receipt"), (day(2), "date_in_future")],
    )
    def test_no_dispute_comes_from_the_future_or_before_its_answer(
        self, desk, walk, filed, says_no, filed_on, code
    ):
        id_ = filed(walk(*REFUSED, TOLD), "35a")["id"]
        assert attempt(desk.as_("ppid_superior"), id_, "answer", UPHOLD).status_code == 200
        body = {"dispute_number": "1", "filed_on": filed_on}
        says_no(lambda: attempt(desk, id_, "dispute", body), 422, code)


class TestTheLaw:
    def test_no_request_runs_on_a_regime_that_no_rule_puts_in_force(self, officer, walk, says_no):
        request, body = walk(), {"regime": "election", "reason": "Tahapan"}
        says_no(lambda: officer.attempt(request, "regime", body), 422, "regime_unknown")

    def test_no_request_runs_on_a_regime_that_the_law_does_not_know(self, officer, walk, says_no):
        request, body = walk(), {"regime": "lunar", "reason": "Tahapan"}
        says_no(lambda: officer.attempt(request, "regime", body), 422, "invalid_fields")

    def test_no_two_rules_of_a_key_are_in_force_on_a_day(self, desk, says_no):
        rule = {
            "kind": "days", "key": "ordinary.answer", "valid_from": "2038-01-01",
            "value": {"count": 5, "unit": "working_days"}, "legal_basis": "UU 14/2008",
        }  # fmt: skip
        keeper = desk.as_("administrator")
        says_no(lambda: keeper.post("/rules", rule), 409, "rule_period_overlaps")


def test_an_order_stands_though_the_desk_closes_at_the_same_moment(desk, walk, filed):
    """Whoever is first: the request is open, and decided anew."""
    request = walk(*REFUSED, TOLD)
    id_ = filed(request, "35a")["id"]
    version = desk.see(f"/requests/{request}")["version"]
    grant = {**GRANT, "execute_on": day(7)}
    assert attempt(desk.as_("ppid_superior"), id_, "answer", grant).status_code == 200
    answer = desk.post(f"/requests/{request}/closing", {}, version=version)
    assert answer.status_code in (200, 409, 412)

    desk.settled(request, lambda seen: seen["state"] == "coordination", "the order stands")
    assert desk.see(f"/requests/{request}")["open"] is True


def test_a_request_is_seen_with_the_objections_of_then(desk, walk, filed):
    request = walk(*REFUSED, TOLD)
    before = desk.see(f"/requests/{request}")["updated_at"]
    id_ = filed(request, "35a")["id"]
    between = desk.see(f"/objections/{id_}")["updated_at"]
    assert attempt(desk.as_("ppid_superior"), id_, "answer", UPHOLD).status_code == 200

    then = desk.see(f"/requests/{request}", as_of=before)
    assert (then["objections"], then["legal_hold"]) == ([], False)
    then = desk.see(f"/requests/{request}", as_of=between)
    assert [each["state"] for each in then["objections"]] == ["filed"]
    assert [each["state"] for each in desk.see(f"/requests/{request}")["objections"]] == [
        "answered"
    ]
