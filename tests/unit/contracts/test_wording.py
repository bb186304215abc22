"""Which wordings of papers can be printed, and what is wrong with the others."""

import pytest

from contracts import wording, words

WHOLE = {
    "opening_id": "Atas permohonan {register_number} tanggal {received_on}:",
    "opening_en": "On request {register_number} of {received_on}:",
    "body_id": "Kantor {office} buka pukul 9.",
    "body_en": "{office} opens at 9.",
    "closing_id": "Terima kasih.",
    "closing_en": None,
}


def faults(paper="notification", **changed):
    return wording.faults(paper, {**WHOLE, **changed})


def test_a_wording_with_what_it_needs_can_be_printed():
    assert faults() == {}


def test_every_paper_that_is_worded_is_a_paper_of_the_office():
    assert set(wording.PAPERS) <= set(words.PAPERS)


@pytest.mark.parametrize("paper", wording.PAPERS)
def test_what_an_opening_has_to_name_may_stand_there(paper):
    assert set(wording.NEEDED.get(paper, ())) <= set(wording.places(paper))


class TestPlaceholders:
    @pytest.mark.parametrize("name", ["nik", "applicant.name", "Office", "due", "secret"])
    def test_one_of_another_paper_or_of_none_is_refused(self, name):
        told = faults(body_id=f"Lihat {{{name}}}")["body_id"]

        assert told == ["No such placeholder: {" + name + "}."] or told == [
            "Braces stand only around a placeholder."
        ]

    @pytest.mark.parametrize(
        "text",
        ["{", "}", "{day", "day}", "{{day}}", "{% if x %}", "{}", "{ day }", "{day!r}", "{0}"],
    )
    def test_other_braces_are_refused(self, text):
        assert faults(body_id=text)["body_id"][0] == "Braces stand only around a placeholder."

    @pytest.mark.parametrize("name", ["received_on", "register_number"])
    def test_an_opening_that_does_not_name_what_it_has_to_is_refused(self, name):
        text = WHOLE["opening_en"].replace(f"{{{name}}}", "it")

        assert faults(opening_en=text) == {"opening_en": [f"Has to name {{{name}}}."]}

    def test_what_is_filled_in_is_not_looked_at_again(self):
        assert (
            wording.filled("{applicant}, {day}", {"applicant": "{day}", "day": "5"}) == "{day}, 5"
        )


class TestTexts:
    def test_the_longest_may_be_printed_and_one_more_letter_not(self):
        assert faults(closing_id="x" * wording.LONGEST) == {}
        assert faults(closing_id="x" * (wording.LONGEST + 1)) == {
            "closing_id": ["Longer than 2000 characters."]
        }

    @pytest.mark.parametrize("sign", ["\x00", "\x1b", "\u202e", "\u200b", "\ud800", "\ue000"])
    def test_what_no_letter_shows_is_refused(self, sign):
        assert faults(closing_id=f"a{sign}b") == {
            "closing_id": ["Contains a character that cannot be stored."]
        }

    def test_lines_and_signs_of_all_languages_may_be_printed(self):
        assert faults(closing_id="Satu\r\n\r\n\tDua: \u201cé\u201d \u2013 مرحبا\u00a0!") == {}

    @pytest.mark.parametrize("value", [1, ["a"], {"a": 1}, True])
    def test_what_is_no_text_is_refused(self, value):
        assert faults(body_en=value) == {"body_en": ["Not a valid string."]}

    def test_nothing_but_spaces_is_refused(self):
        assert faults(closing_id=" \n") == {"closing_id": ["Empty: leave it out."]}


class TestLanguages:
    @pytest.mark.parametrize("name", ["opening_id", "opening_en"])
    def test_a_letter_opens_in_both_languages(self, name):
        assert faults(**{name: None})[name] == ["Missing data for required field."]

    def test_a_slip_may_have_none(self):
        assert wording.faults("receipt", dict.fromkeys(wording.FIELDS)) == {}

    def test_a_body_is_in_both_languages_or_in_none(self):
        assert faults(body_id=None, body_en=None) == {}
        assert faults(body_en=None) == {"body_en": ["Missing data for required field."]}
        assert faults(body_id=None) == {"body_en": ["Only a translation of the Indonesian text."]}

    def test_a_courtesy_needs_no_english(self):
        assert faults(closing_en=None) == {}
        assert faults(closing_en="Thank you.") == {}
        assert faults(closing_id=None, closing_en="Thank you.") == {
            "closing_en": ["Only a translation of the Indonesian text."]
        }
