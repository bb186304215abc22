"""Orders about the calendar and the rules: what they record, and each way they are refused."""

from datetime import UTC, date, datetime
from functools import reduce

import pytest

from contracts.rules import SUBJECT as RULES
from contracts.rules import Rule, Rules, evolve_rules, rule_of
from contracts.words import OBJECTION_GROUNDS
from eventlog.rulebook import first_rules
from services.escalation import decide
from services.escalation.calendar import SUBJECT, Calendar, evolve_calendar
from services.escalation.decide.values import SIGNERS, require_value
from services.escalation.state import Standing, evolve_standing
from tests.suites.events import event
from tests.suites.orders import names, order, refusal

NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)
DAY = {"date": "2026-08-24", "kind": "local", "day_name": "Banjir"}
DAYS = {
    "kind": "days",
    "key": "ordinary.answer",
    "value": {"count": 8, "unit": "working_days"},
    "legal_basis": "UU baru",
    "valid_from": "2030-01-01",
    "valid_to": "2030-12-31",
}
# The wording of notifications that is there from the first.
WORDED = first_rules().get("wording", "notification", date(2026, 8, 12)).value
evolve_days = evolve_standing(evolve_calendar)
evolve_law = evolve_standing(evolve_rules)


def calendar(*changes):
    """The calendar after some days were declared, each with what is particular about it."""
    events = [
        event("HolidayDeclared", subject=SUBJECT, version=at, data=changed)
        for at, changed in enumerate(changes, start=1)
    ]
    return reduce(evolve_days, events, Standing(Calendar()))


def rules(*rows):
    return Standing(Rules(tuple(map(rule_of, rows))))


def enacted(**changed):
    return order("EnactRule", subject=RULES, **{**DAYS, **changed})


def ended(**changed):
    wanted = {name: DAYS[name] for name in ("kind", "key", "valid_from")}
    return order("EndRule", subject=RULES, **{**wanted, "valid_to": "2030-06-30", **changed})


class TestDeclaring:
    def declare(self, *days, known=()):
        command = order("DeclareHolidays", days=list(days), decree="SE 1/2026", source="KPU")
        return decide.declare_holidays(command, calendar(*known), NOW)

    def refused(self, *days, known=()):
        command = order("DeclareHolidays", days=list(days))
        return refusal(decide.declare_holidays, command, calendar(*known), NOW)

    def test_each_day_is_a_fact_with_the_decree(self):
        facts = self.declare(DAY, {**DAY, "date": "2026-08-26"})

        assert [fact.data["date"] for fact in facts] == ["2026-08-24", "2026-08-26"]
        assert {(f.data["decree"], f.data["source"], f.data["estimated"]) for f in facts} == {
            ("SE 1/2026", "KPU", False)
        }

    def test_a_declaration_of_nothing_is_refused(self):
        assert self.refused() == "invalid_fields"

    def test_a_day_that_is_off_already_is_refused(self):
        known = ({"date": DAY["date"], "estimated": False},)

        assert self.refused(DAY, known=known) == "day_declared_already"

    def test_a_day_named_twice_is_refused(self):
        assert self.refused(DAY, DAY) == "day_declared_already"

    def test_an_estimated_day_may_be_confirmed_but_not_estimated_again(self):
        known = ({"date": DAY["date"], "estimated": True},)

        assert names(self.declare(DAY, known=known)) == ["HolidayDeclared"]
        assert self.refused({**DAY, "estimated": True}, known=known) == "day_declared_already"


class TestRevoking:
    def test_a_declared_day_is_revoked(self):
        command = order("RevokeHoliday", date="2026-08-24")

        facts = decide.revoke_holiday(command, calendar({"date": "2026-08-24"}), NOW)
        assert names(facts) == ["HolidayRevoked"]

    def test_a_day_that_was_never_declared_is_refused(self):
        command = order("RevokeHoliday", date="2026-08-24")

        assert refusal(decide.revoke_holiday, command, calendar(), NOW) == "day_not_declared"


class TestEnacting:
    def test_a_rule_for_a_free_time_is_enacted(self):
        (fact,) = decide.enact_rule(
            enacted(), rules({**DAYS, "valid_from": "2029-01-01", "valid_to": "2029-12-31"}), NOW
        )

        assert (fact.name, fact.data["value"]["count"]) == ("RuleEnacted", 8)

    @pytest.mark.parametrize("until", ["2030-01-01", None])
    def test_periods_that_meet_are_refused(self, until):
        known = rules({**DAYS, "valid_from": "2010-04-30", "valid_to": until})

        assert refusal(decide.enact_rule, enacted(), known, NOW) == "rule_period_overlaps"

    def test_a_rule_that_ends_before_it_begins_is_refused(self):
        command = enacted(valid_to="2029-12-31")

        assert refusal(decide.enact_rule, command, rules(DAYS), NOW) == "invalid_fields"

    @pytest.mark.parametrize("wrong", [
        {"kind": "days", "key": "nobody.asks"},
        {"value": {"count": 0, "unit": "working_days"}},
        {"value": {"count": True, "unit": "working_days"}},
        {"value": {"count": 8, "unit": "months"}},
        {"value": {"count": 8}},
        {"value": {"count": 8, "unit": "working_days", "more": 1}},
        {"kind": "documents", "key": "individual", "value": {"papers": ["tax_number"]}},
        {"kind": "documents", "key": "individual", "value": {"papers": "identity_card"}},
        {"kind": "documents", "key": "company", "value": {"papers": []}},
        {"kind": "setting", "key": "clock.starts", "value": {"at": "noon"}},
        {"kind": "setting", "key": "clock.else", "value": {"at": "receipt"}},
        {"kind": "setting", "key": "number.request", "value": {"pattern": "{month}"}},
        {"kind": "setting", "key": "number.request", "value": {"pattern": 7}},
        {"kind": "setting", "key": "attachments.limits", "value": {"most_bytes": 0, "most_files": 5}},
        {"kind": "setting", "key": "attachments.limits", "value": {"most_bytes": 2**40, "most_files": 5}},
        {"kind": "setting", "key": "attachments.limits", "value": {"most_bytes": True, "most_files": 5}},
        {"kind": "setting", "key": "attachments.limits", "value": {"most_bytes": 1}},
        {"kind": "setting", "key": "letter.head", "value": {"office": "KPU"}},
        {"kind": "setting", "key": "letter.signers", "value": {key: {"name": "Contoh"} for key in SIGNERS}},
        {"kind": "setting", "key": "letter.signers", "value": {key: {"title": "A", "name": 1} for key in SIGNERS}},
        {"kind": "setting", "key": "letter.signers", "value": {key: {"title": "A", "age": "1"} for key in SIGNERS}},
        {"kind": "setting", "key": "letter.number", "value": {"letter": "{serial}/{year}", "memo": "{serial}"}},
        {"kind": "setting", "key": "letter.copies", "value": {"applicant": ["Ketua"], "objector": [""]}},
        {"kind": "wording", "key": "made_up", "value": WORDED},
        {"kind": "wording", "key": "notification", "value": {**WORDED, "subject_id": "Hal"}},
        {"kind": "wording", "key": "notification", "value": {**WORDED, "body_id": "{nik}", "body_en": "x"}},
        {"kind": "wording", "key": "notification", "value": {"opening_id": WORDED["opening_id"]}},
        {"kind": "setting", "key": "clock.office_hours", "value": {"opens": "7:30", "closes": "16:00", "after_hours": "same_day"}},
        {"kind": "regime", "key": "special", "value": {"topics": ["election"]}},
        {"kind": "regime", "key": "election", "value": {"topics": ["election", "election"]}},
        {"kind": "ground", "key": "17z", "value": {}},
        {"kind": "ground", "key": "17a", "value": {"id": "", "en": "x", "permanent": True, "most_years": None, "needs_statute": False}},
        {"kind": "reason", "key": "no_time", "value": {"id": "x", "en": "y"}},
        {"kind": "text", "key": "nobody.asks", "value": {"id": "x", "en": "y"}},
    ])  # fmt: skip
    def test_a_value_that_its_kind_does_not_have_is_refused(self, wrong):
        known = rules({**DAYS, "valid_from": "2029-01-01", "valid_to": "2029-12-31"})

        assert refusal(decide.enact_rule, enacted(**wrong), known, NOW) == "rule_value_wrong"

    @pytest.mark.parametrize(
        "rule", first_rules().periods, ids=lambda rule: f"{rule.kind} {rule.key}"
    )
    def test_every_first_rule_has_a_value_that_may_be_enacted(self, rule):
        require_value(rule, first_rules())

    def test_a_regime_may_be_enacted_though_there_was_none(self):
        election = Rule(
            "regime", "election", {"topics": ["election"]}, "Perki 1/2019", date(2027, 6, 14)
        )

        require_value(election, Rules())

    def test_a_rule_for_a_time_leaves_no_days_without_one(self):
        known = rules({**DAYS, "valid_from": "2029-01-01", "valid_to": "2029-12-31"})
        command = enacted(valid_to="2030-12-31")

        assert refusal(decide.enact_rule, command, Standing(Rules()), NOW) == "rule_value_wrong"
        assert names(decide.enact_rule(command, known, NOW)) == ["RuleEnacted"]
        whole = rules({**DAYS, "valid_from": "2031-01-01", "valid_to": None})
        gap = enacted(valid_to="2030-12-30")
        assert refusal(decide.enact_rule, gap, whole, NOW) == "rule_needed"

    def test_a_regime_needs_the_lengths_it_is_counted_by(self):
        stages = {"kind": "regime", "key": "election", "value": {"topics": ["election"]}}
        first = Standing(first_rules())

        early = enacted(**stages, valid_from="2019-02-27")
        assert refusal(decide.enact_rule, early, first, NOW) == "rule_needed"
        assert names(decide.enact_rule(enacted(**stages), first, NOW)) == ["RuleEnacted"]


class TestReplacing:
    """Of `ordinary.answer`, in force since 2010."""

    def replaced(self, *spans):
        """What is in force after some rules, each replacing what was in force in its days: first day, last, count."""
        standing = Standing(first_rules())
        for at, (first, last) in enumerate(spans, start=1):
            value = {"count": at, "unit": "working_days"}
            command = enacted(value=value, valid_from=first, valid_to=last, replaces=True)
            (fact,) = decide.enact_rule(command, standing, NOW)
            standing = Standing(evolve_rules(standing.now, fact))
        found = [rule for rule in standing.now.periods if rule.key == DAYS["key"]]
        return sorted(
            (str(each.valid_from), each.valid_to and str(each.valid_to), each.value["count"])
            for each in found
        )

    def test_what_was_in_force_ends_the_day_before(self):
        assert self.replaced(("2030-01-01", None)) == [
            ("2010-04-30", "2029-12-31", 10), ("2030-01-01", None, 1)]  # fmt: skip

    def test_what_was_in_force_goes_on_after_a_rule_for_a_time(self):
        assert self.replaced(("2030-01-01", "2030-12-31")) == [
            ("2010-04-30", "2029-12-31", 10), ("2030-01-01", "2030-12-31", 1), ("2031-01-01", None, 10)]  # fmt: skip

    def test_a_mistake_is_replaced_altogether(self):
        assert self.replaced(("2030-01-01", None), ("2030-01-01", None)) == [
            ("2010-04-30", "2029-12-31", 10), ("2030-01-01", None, 2)]  # fmt: skip
        assert self.replaced(("2010-04-30", None)) == [("2010-04-30", None, 1)]

    def test_the_last_day_of_all_has_no_day_after_it(self):
        assert self.replaced(("2030-01-01", "9999-12-31"), ("2031-01-01", "2031-01-31")) == [
            ("2010-04-30", "2029-12-31", 10), ("2030-01-01", "2030-12-31", 1),
            ("2031-01-01", "2031-01-31", 2), ("2031-02-01", "9999-12-31", 1)]  # fmt: skip

    def test_a_wrong_value_replaces_nothing(self):
        command = enacted(value={"count": 0, "unit": "working_days"}, replaces=True)

        assert refusal(decide.enact_rule, command, Standing(first_rules()), NOW) == (
            "rule_value_wrong"
        )


class TestEnding:
    def test_a_rule_that_nothing_needs_ends(self):
        command = ended(kind="regime", key="election")
        known = rules({**DAYS, "kind": "regime", "key": "election"})

        assert names(decide.end_rule(command, known, NOW)) == ["RuleEnded"]

    def test_a_rule_that_is_needed_does_not_end_with_nothing_after_it(self):
        later = {**DAYS, "valid_from": "2030-07-02", "valid_to": None}

        assert refusal(decide.end_rule, ended(), rules(DAYS), NOW) == "rule_needed"
        assert refusal(decide.end_rule, ended(), rules(DAYS, later), NOW) == "rule_needed"

    def test_where_days_are_without_a_rule_already_it_may_last_longer(self):
        later = {**DAYS, "valid_from": "2032-01-01", "valid_to": None}
        command = ended(valid_to="2031-12-30")

        assert names(decide.end_rule(command, rules(DAYS, later), NOW)) == ["RuleEnded"]

    def test_a_ground_may_end_but_not_the_last_of_its_article(self):
        standing = Standing(first_rules())
        for at, key in enumerate(OBJECTION_GROUNDS, start=1):
            command = ended(kind="ground", key=key, valid_from="2010-04-30")
            if at == len(OBJECTION_GROUNDS):
                assert refusal(decide.end_rule, command, standing, NOW) == "rule_needed"
            else:
                (fact,) = decide.end_rule(command, standing, NOW)
                standing = Standing(evolve_rules(standing.now, fact))

    def test_a_rule_that_is_not_there_is_refused(self):
        for other in ({"key": "nobody.asks"}, {"valid_from": "2030-01-02"}):
            assert refusal(decide.end_rule, ended(**other), rules(DAYS), NOW) == "rule_missing"

    def test_a_rule_that_ends_that_day_anyway_is_refused(self):
        command = ended(valid_to=DAYS["valid_to"])

        assert refusal(decide.end_rule, command, rules(DAYS), NOW) == "already_done"

    def test_a_rule_does_not_end_before_it_began(self):
        command = ended(valid_to="2029-12-31")

        assert refusal(decide.end_rule, command, rules(DAYS), NOW) == "invalid_fields"

    def test_a_rule_may_not_last_into_the_next(self):
        next_ = {**DAYS, "valid_from": "2031-01-01", "valid_to": None}
        command = ended(valid_to="2031-06-30")

        assert refusal(decide.end_rule, command, rules(DAYS, next_), NOW) == "rule_period_overlaps"


class TestStanding:
    def test_a_change_is_pending_until_clocks_were_counted_again(self):
        declared = calendar({"date": "2026-08-24"})
        counted = evolve_days(declared, event("ClocksRecomputed", subject=SUBJECT, version=2))

        assert (declared.pending, counted.pending) == (True, False)
        assert (len(declared.said), counted.said) == (1, ())
        assert counted.now == declared.now

    def test_rules_are_pending_as_well(self):
        changed = evolve_law(Standing(Rules()), event("RuleEnacted", subject=RULES))

        assert changed.pending
        ended = evolve_law(changed, event("RuleEnded", subject=RULES, version=2))
        assert len(ended.said) == 2
        assert len(changed.now.periods) == 1
