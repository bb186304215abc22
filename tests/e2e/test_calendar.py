"""A day declared late moves open requests, and everybody who must know is told; what is wrong is refused by name."""

from datetime import UTC, datetime

import pytest

from contracts.local import WIB
from tests.e2e.desk import new_key

BY = {"decree": "SE Sekretaris 1", "source": "KPU Provinsi"}
PART = {"kind": "local", "day_name": "Banjir"}
RULE = {
    "kind": "days",
    "key": "remind.soon",
    "value": {"count": 3, "unit": "working_days"},
    "legal_basis": "Keputusan Ketua 1",
    "valid_from": "2035-01-01",
    "valid_to": None,
}

LENGTH = {
    "kind": "days",
    "key": "ordinary.answer",
    "value": {"count": 9, "unit": "working_days"},
    "legal_basis": "UU baru",
    "valid_from": "2026-01-01",
    "valid_to": None,
    "replaces": True,
}


@pytest.fixture(scope="module")
def keeper(desk):
    return desk.as_("administrator")


@pytest.fixture
def request_(desk):
    """A request received now, its clock running."""
    taken = desk.receive(received_at=datetime.now(WIB).isoformat(timespec="seconds"))
    return desk.settled(taken["id"], lambda shown: shown["due_on"], "the clock starts")


@pytest.fixture
def declared(keeper, request_):
    """The day on which the request is due was declared a day off; taken back afterwards."""
    day = request_["due_on"]
    answer = keeper.post("/calendar", {"days": [{**PART, "date": day}], **BY})
    assert answer.status_code == 201, answer.text
    yield answer.json()
    keeper.write("DELETE", f"/calendar/{day}", {"decree": "SE 2", "reason": "Batal"})


def on_the_day(keeper, day):
    days = keeper.see("/calendar", year=int(day[:4]))["items"]
    return [each for each in days if each["date"] == day]


class TestDeclaring:
    def test_the_answer_says_what_was_declared_and_how_much_moved(self, declared):
        assert declared["days"] == 1
        assert declared["looked_at"] >= declared["moved"] >= 1

    @pytest.mark.usefixtures("declared")
    def test_the_request_is_due_later_and_shows_the_move(self, desk, request_):
        moved = desk.settled(request_["id"], lambda shown: shown["moves"], "the move is shown")

        assert moved["due_on"] > request_["due_on"]
        assert (moved["moves"][0]["due_before"], moved["moves"][0]["due_on"]) == (
            request_["due_on"],
            moved["due_on"],
        )
        events = desk.see(f"/requests/{request_['id']}/timeline")["items"]
        assert [event["actor"] for event in events if ".DeadlineMoved." in event["type"]] == [
            "system:escalation"
        ]

    @pytest.mark.usefixtures("declared")
    def test_the_desk_is_told(self, desk, request_):
        told = desk.see("/notices", **{"for": "desk"}, limit=200)["items"]
        mine = [each for each in told if each.get("request") == request_["id"]]

        assert [each["name"] for each in mine] == ["DeadlineMoved"]
        officers = desk.see("/notices", **{"for": "ppid_officer"}, limit=200)["items"]
        assert request_["id"] not in {each.get("request") for each in officers}

    @pytest.mark.usefixtures("declared")
    def test_the_moves_are_listed_newest_first_in_pages(self, desk, request_):
        after = datetime(2026, 1, 1, tzinfo=UTC).isoformat()
        page = desk.see("/calendar/moves", after=after, limit=1)

        assert page["items"][0]["cause"] == "calendar"
        assert page["next_cursor"]
        rest = desk.see("/calendar/moves", limit=200)["items"]
        assert request_["id"] in {each.get("request") for each in rest}
        assert desk.see("/calendar/moves", after="2999-01-01T00:00:00+07:00")["items"] == []

    @pytest.mark.usefixtures("declared")
    def test_the_calendar_shows_the_day_with_its_decree(self, keeper, request_):
        (shown,) = on_the_day(keeper, request_["due_on"])

        assert (shown["decree"], shown["kind"]) == (BY["decree"], "local")

    def test_revoking_restores(self, desk, keeper, request_):
        day = request_["due_on"]
        keeper.post("/calendar", {"days": [{**PART, "date": day}], **BY})
        answer = keeper.write("DELETE", f"/calendar/{day}", {"decree": "SE 2", "reason": "Batal"})

        assert answer.status_code == 200, answer.text
        restored = desk.settled(
            request_["id"], lambda shown: len(shown["moves"]) == 2, "it moved back"
        )
        assert restored["due_on"] == day

    def test_the_same_order_again_gets_the_same_answer(self, keeper):
        key, body = new_key(), {"from": "2031-05-05", "to": "2031-05-07", **PART, **BY}

        first, again = (keeper.post("/calendar", body, key=key) for _ in range(2))
        assert (first.status_code, first.json()) == (201, again.json())
        assert first.json()["days"] == 3


class TestPreview:
    def test_it_says_what_would_move_and_writes_nothing(self, keeper, request_, heads):
        before, day = heads(), request_["due_on"]
        body = {"days": [{**PART, "date": day}], **BY}
        shown = keeper.post("/calendar?preview=true", body).json()

        assert shown["would_move"] >= 1
        assert request_["id"] in {each["id"] for each in shown["moves"]}
        assert heads() == before
        assert on_the_day(keeper, day) == []

    @pytest.mark.usefixtures("declared")
    def test_a_revocation_can_be_previewed(self, keeper, request_):
        query = {"preview": "true", "decree": "SE 2", "reason": "Batal"}
        shown = keeper.ask("DELETE", f"/calendar/{request_['due_on']}", params=query).json()

        assert request_["id"] in {each["id"] for each in shown["moves"]}

    def test_a_preview_is_refused_as_the_order_would_be(self, keeper):
        body = {"days": [{**PART, "date": "2026-12-25"}], **BY}

        assert keeper.post("/calendar?preview=true", body).json()["code"] == "day_declared_already"


class TestImport:
    CSV = "date,kind,day_name\n2032-01-02,joint_leave,Cuti bersama\n2032-01-05,joint_leave,Cuti\n"

    def send(self, keeper, text, mimetype="text/csv", **query):
        headers = {"Content-Type": mimetype, "Idempotency-Key": new_key()}
        content = text if isinstance(text, bytes) else text.encode()
        return keeper.ask(
            "POST", "/calendar/import", params={**BY, **query}, content=content, headers=headers
        )

    def test_a_preview_writes_nothing_and_the_import_declares_the_days(self, keeper):
        assert self.send(keeper, self.CSV, preview="true").json()["would_move"] == 0
        assert keeper.see("/calendar", year=2032)["items"] == []

        assert self.send(keeper, self.CSV).status_code in (201, 202)
        assert len(keeper.see("/calendar", year=2032)["items"]) == 2

    def test_a_fault_names_its_line(self, keeper):
        refused = self.send(keeper, self.CSV + "2032-13-01,joint_leave,Cuti\n").json()

        assert (refused["code"], list(refused["errors"]["lines"])) == ("invalid_fields", ["4"])

    def test_what_is_no_text_or_no_csv_is_refused(self, keeper):
        assert self.send(keeper, b"\xff\xfe").json()["code"] == "not_utf8"
        assert self.send(keeper, "{}", "application/json").json()["code"] == (
            "media_type_not_supported"
        )


class TestRefusals:
    @pytest.mark.parametrize(("body", "code"), [
        ({**BY}, "invalid_fields"),
        ({"days": [], **BY}, "invalid_fields"),
        ({"days": [{**PART, "date": "2026-02-30"}], **BY}, "invalid_fields"),
        ({"days": [{**PART, "date": "2031-01-02", "kind": "party"}], **BY}, "invalid_fields"),
        ({"from": "2031-02-03", **BY}, "invalid_fields"),
        ({"from": "2031-02-03", "to": "2031-02-01", **PART, **BY}, "invalid_fields"),
        ({"from": "2031-02-03", "to": "2099-02-01", **PART, **BY}, "invalid_fields"),
        ({"days": [{**PART, "date": "2026-12-25"}], **BY}, "day_declared_already"),
        ({"days": [{**PART, "date": "2031-01-02"}] * 2, **BY}, "day_declared_already"),
    ])  # fmt: skip
    def test_a_wrong_declaration_is_refused(self, keeper, heads, body, code):
        before = heads()

        assert keeper.post("/calendar", body).json()["code"] == code
        assert heads() == before

    @pytest.mark.parametrize(("day", "body", "code"), [
        ("2031-03-03", {"decree": "SE 2", "reason": "Batal"}, "day_not_declared"),
        ("2026-12-25", {"reason": "Batal"}, "invalid_fields"),
        ("someday", {"decree": "SE 2", "reason": "Batal"}, "invalid_fields"),
    ])  # fmt: skip
    def test_a_wrong_revocation_is_refused(self, keeper, day, body, code):
        assert keeper.write("DELETE", f"/calendar/{day}", body).json()["code"] == code

    def test_only_the_administrator_keeps_calendar_and_rules(self, desk, officer):
        for someone in (desk, officer):
            for path in ("/calendar", "/calendar/import", "/rules", "/rules/ending"):
                assert someone.post(path, {}).json()["code"] == "role_not_allowed"

    def test_wrong_filters_are_refused(self, desk):
        for path, query in (
            ("/calendar", {"year": "soon"}),
            ("/notices", {"for": "me"}),
            ("/calendar/moves", {"after": "yesterday"}),
            ("/rules", {"kind": "law"}),
        ):
            assert desk.get(path, **query).json()["code"] == "filter_invalid"
        assert desk.get("/notices", cursor="%%%").json()["code"] == "cursor_invalid"


class TestRulesPreview:
    def test_it_says_what_a_rule_would_move_and_writes_nothing(self, keeper, request_, heads):
        before = heads()
        shown = keeper.post("/rules?preview=true", LENGTH).json()

        assert shown["would_move"] >= 1
        (mine,) = [each for each in shown["moves"] if each["id"] == request_["id"]]
        assert (mine["clock"], mine["cause"], mine["about"]) == ("answer", "rule", "request")
        assert mine["due_before"] == request_["due_on"] > mine["due_on"]
        assert heads() == before
        rules = keeper.see("/rules", kind="days", on="2026-06-01")["items"]
        assert [r["value"]["count"] for r in rules if r["key"] == "ordinary.answer"] == [10]

    def test_an_end_can_be_previewed_and_is_refused_as_the_order_would_be(self, keeper):
        ground = {"kind": "ground", "key": "17d", "valid_from": "2010-04-30"}
        ending = {"valid_to": "2034-12-31", "reason": "Dicabut"}
        shown = keeper.post("/rules/ending?preview=true", {**ground, **ending})
        needed = {"kind": "days", "key": "ordinary.answer", "valid_from": "2010-04-30"}
        refused = keeper.post("/rules/ending?preview=true", {**needed, **ending})

        assert shown.json() == {"preview": True, "would_move": 0, "moves": []}
        assert refused.json()["code"] == "rule_needed"


class TestRules:
    def test_a_rule_takes_the_place_of_another_in_one_order(self, desk, keeper):
        old = {"kind": "days", "key": "remind.soon", "valid_from": "2010-04-30"}
        overlapping = keeper.post("/rules", RULE)
        ended = keeper.post("/rules/ending", {**old, "valid_to": "2034-12-31", "reason": "Ganti"})
        enacted = keeper.post("/rules", {**RULE, "replaces": True})

        assert overlapping.json()["code"] == "rule_period_overlaps"
        assert ended.json()["code"] == "rule_needed"
        assert enacted.status_code == 201, enacted.text
        now = [
            r
            for r in desk.see("/rules", kind="days", on="2035-06-01")["items"]
            if r["key"] == "remind.soon"
        ]
        assert [rule["value"]["count"] for rule in now] == [3]

    @pytest.mark.parametrize(("path", "changed", "code"), [
        ("/rules", {"value": {"count": "three"}}, "rule_value_wrong"),
        ("/rules", {"key": "nobody.asks"}, "rule_value_wrong"),
        ("/rules", {"kind": "law"}, "invalid_fields"),
        ("/rules", {"valid_to": "2034-01-01"}, "invalid_fields"),
    ])  # fmt: skip
    def test_a_wrong_rule_is_refused(self, keeper, path, changed, code):
        assert keeper.post(path, {**RULE, **changed}).json()["code"] == code

    def test_a_rule_that_is_not_there_does_not_end(self, keeper):
        body = {"kind": "days", "key": "remind.soon", "valid_from": "1990-01-01"}
        refused = keeper.post("/rules/ending", {**body, "valid_to": "2030-12-31", "reason": "x"})

        assert refused.json()["code"] == "rule_missing"
