"""The pages of the rules: what was, is and will be in force, forms by kind, and no change before its effect was shown."""

import json
import re

import pytest

from contracts import words
from contracts.errors import Rejected
from contracts.roles import AUDITOR
from contracts.words import RULE_KINDS
from services.escalation.decide.values import require_value
from services.gateway import labels
from services.gateway.pages.settings import rule_values
from services.gateway.pages.settings.standing import standing

RULES = "/settings/rules"
NEW = {
    "value.count": "12",
    "value.unit": "working_days",
    "legal_basis": "UU baru",
    "valid_from": "2027-01-01",
}


def enact(kind, key):
    return f"{RULES}/{kind}/{key}/enact"


def confirm(reader, page, path):
    return reader.press(page, path, confirm="yes")


class TestWhatIsInForce:
    @pytest.mark.parametrize("kind", RULE_KINDS)
    def test_every_kind_has_a_page_with_legal_bases(self, reader, kind):
        page = reader.get(RULES, kind=kind)
        assert page.status_code == 200

    def test_a_rule_is_told_in_words(self, reader):
        page = reader.get(RULES, kind="days").text
        assert "Jawaban permohonan" in page
        assert "<td>10 hari kerja</td>" in page
        assert "UU 14/2008 pasal 22 ayat (7)" in page

    def test_papers_are_told_by_name(self, reader):
        assert "Kartu identitas, Akta notaris" in reader.get(RULES, kind="documents").text

    @pytest.mark.parametrize(
        ("first", "last", "told"),
        [
            ("2026-11-25", None, "coming"),
            ("2026-11-24", None, "now"),
            ("2026-01-01", "2026-11-24", "now"),
            ("2026-01-01", "2026-11-23", "past"),
        ],
    )
    def test_a_period_is_past_in_force_or_coming(self, first, last, told):
        assert standing({"valid_from": first, "valid_to": last}, "2026-11-24") == told

    def test_readers_are_offered_nothing_to_change(self, reader):
        reader.role = AUDITOR
        assert "/enact" not in reader.get(RULES).text
        assert reader.get(enact("days", "ordinary.answer")).status_code == 403


class TestEnacting:
    def test_the_form_starts_with_the_value_in_force(self, reader):
        page = reader.get(enact("days", "ordinary.answer")).text
        assert re.search(r'name="value.count" value="10"', page)

    def test_what_would_move_and_what_gives_way_is_shown_first(self, reader, lines):
        page = reader.post(enact("days", "ordinary.answer"), **NEW).text

        assert "12 hari kerja" in page
        assert ">0001</span>" in page
        assert "berlaku sampai Kamis, 31 Desember 2026" in page
        assert lines.given == []

    def test_the_second_press_puts_it_in_force(self, reader, lines):
        path = enact("days", "ordinary.answer")
        done = confirm(reader, reader.post(path, **NEW), path)

        assert done.status_code == 302
        now = [
            each
            for each in lines.query.rules("days", "2027-01-01")
            if each["key"] == "ordinary.answer"
        ]
        assert [each["value"] for each in now] == [{"count": 12, "unit": "working_days"}]

    @pytest.mark.parametrize(
        ("wrong", "at"),
        [
            ({"value.count": "banyak"}, "field-value-count-error"),
            ({"value.count": ""}, "field-value-count-error"),
            ({"legal_basis": ""}, "field-legal_basis-error"),
            ({"valid_from": "besok"}, "field-valid_from-error"),
            ({"valid_to": "2026-01-01"}, "field-valid_to-error"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, reader, lines, wrong, at):
        page = reader.post(enact("days", "ordinary.answer"), **{**NEW, **wrong})

        assert page.status_code == 422
        assert f'id="{at}"' in page.text
        assert 'value="UU baru"' in page.text or "legal_basis" in wrong
        assert lines.given == []

    def test_papers_are_ticked(self, reader, lines):
        path = enact("documents", "individual")
        form = {
            "value.papers": ["identity_card", "power_of_attorney"],
            "legal_basis": "X",
            "valid_from": "2027-01-01",
        }
        confirm_many(reader, path, form)

        assert lines.given[0].data["value"] == {"papers": ["identity_card", "power_of_attorney"]}

    def test_what_is_left_empty_is_said_to_be_nothing(self, reader, lines):
        path = enact("ground", "17a")
        form = {
            "value.id": "Menghambat", "value.en": "Obstructs", "value.permanent": "no",
            "value.needs_statute": "no", "legal_basis": "X", "valid_from": "2027-01-01",
        }  # fmt: skip
        confirm_many(reader, path, form)

        assert lines.given[0].data["value"]["most_years"] is None

    def test_a_rule_that_nothing_is_counted_by_has_no_form(self, reader):
        assert reader.get(enact("days", "made.up")).status_code == 404
        assert reader.get(enact("nothing", "made.up")).status_code == 404


class TestEnding:
    def test_it_is_offered_only_for_what_may_end(self, reader):
        assert "/end" not in reader.get(RULES, kind="days").text
        assert f"{RULES}/ground/35f/2010-04-30/end" in reader.get(RULES, kind="ground").text

    def test_what_is_needed_is_not_ended_and_the_form_says_why(self, reader, lines):
        path = f"{RULES}/days/ordinary.answer/2010-04-30/end"
        page = reader.post(path, valid_to="2027-06-30", reason="Diganti")

        assert page.status_code == 409
        assert "Tidak akan ada yang berlaku mulai 2027-07-01" in page.text
        assert lines.given == []

    def test_a_ground_among_others_ends_after_the_preview(self, reader, lines):
        path = f"{RULES}/ground/35f/2010-04-30/end"
        confirm(reader, reader.post(path, valid_to="2027-06-30", reason="Dicabut"), path)

        assert lines.given[0].data["valid_to"] == "2027-06-30"

    def test_a_period_that_never_began_is_not_found(self, reader):
        assert reader.get(f"{RULES}/ground/35f/2010-04-29/end").status_code == 404


class TestForms:
    def test_every_rule_has_a_form_that_takes_its_own_value(self, lines):
        """The forms and the shapes that escalation demands cannot drift apart."""
        rules = lines.rules.known("rules/office").state.now
        for rule in rules.periods:
            periods = lines.query.rules(rule.kind, "")
            own = [each for each in periods if each["key"] == rule.key]
            schema = rule_values.value_of(rule.kind, rule.key, own)
            assert schema is not None, rule.key
            assert schema().validate(dict(rule.value)) in (
                {},
                {"most_years": ["Field may not be null."]},
            ), rule.key
            require_value(rule, rules)

    def test_every_rule_is_called_by_a_name(self, lines):
        for rule in lines.query.rules("", ""):
            assert labels.rule(rule["kind"], rule["key"]) != rule["key"]

    def test_every_question_of_every_form_has_a_name(self, lines):
        kinds = {(rule["kind"], rule["key"]): [rule] for rule in lines.query.rules("", "")}
        kinds |= {("ground", key): [] for key in (*words.GROUNDS, *words.OBJECTION_GROUNDS)}
        for (kind, key), periods in kinds.items():
            schema = rule_values.value_of(kind, key, periods)
            for name in schema().fields:
                assert labels.field(name) != name, (kind, key, name)

    def test_a_rule_without_a_form_is_written_as_json(self):
        assert rule_values.value_of("setting", "made.up", []) is None
        assert rule_values.read_json('{"a": 1}') == {"a": 1}

    @pytest.mark.parametrize("written", ["", "{", "[1]", json.dumps("text")])
    def test_what_is_no_value_is_refused_at_its_field(self, written):
        with pytest.raises(Rejected) as refused:
            rule_values.read_json(written)
        assert list(refused.value.errors) == ["value"]


def confirm_many(reader, path, form):
    """Fields with several values survive the page in between."""
    page = reader.client.post(path, data={**form, "key": "one"})
    assert page.status_code == 200, page.text
    kept = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page.text)
    sent = {}
    for name, value in kept:
        sent.setdefault(name, []).append(value)
    done = reader.client.post(path, data={**sent, "confirm": "yes"})
    assert done.status_code == 302, done.text
