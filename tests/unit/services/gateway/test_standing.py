"""What applicants are told of their request: every state in words, the next date, nothing else."""

import pytest
from flask import Flask
from flask_babel import force_locale

from services.gateway import forms, languages
from services.gateway.pages.standing import standing

STATES = ("received", *forms.RequestFilters().fields["state"].validate.choices)
TODAY = "2026-08-20"
SECRET = "Rapat tertutup dengan Siti"
CASE = {
    "state": "submitted",
    "information": SECRET,
    "purpose": SECRET,
    "missing": ["identity_card"],
    "due_on": "2026-08-28",
    "objection_until": "2026-09-30",
    "extended": False,
    "notification": {"at": "2026-08-18T03:00:00+00:00", "reason": SECRET},
    "closed_at": "2026-08-19T03:00:00+00:00",
    "outcome": "exempt",
    "grounds": ["17h"],
    "unit": SECRET,
}


@pytest.fixture(autouse=True)
def speaking():
    app = Flask("services.gateway")
    languages.install(app)
    with app.test_request_context():
        yield


def told(**changes):
    return standing({**CASE, **changes}, TODAY)


def everything(shown):
    return " ".join(
        [shown.heading, *shown.sentences, *(word for pair in shown.dates for word in pair)]
    )


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("lang", languages.LANGUAGES)
def test_every_state_is_told_without_what_it_is_about(state, lang):
    with force_locale(lang):
        shown = told(state=state)

    assert shown.heading
    assert shown.sentences
    assert SECRET not in everything(shown)


@pytest.mark.parametrize("state", ["submitted", "available", "exempt", "coordination", "decided"])
def test_what_the_office_still_weighs_is_told_alike(state):
    assert told(state=state) == told(state="submitted")


def test_who_must_act_is_told_with_what_and_until_when():
    shown = told(state="incomplete")

    assert "Kartu identitas" in everything(shown)
    assert shown.dates == (("Serahkan paling lambat", "Jumat, 28 Agustus 2026"),)


def test_a_request_in_process_has_its_due_date():
    assert told().dates == (("Dijawab paling lambat", "Jumat, 28 Agustus 2026"),)


def test_when_it_is_late_the_right_to_object_is_told_and_no_date_that_has_passed():
    shown = told(due_on="2026-08-19")

    assert "keberatan" in everything(shown)
    assert shown.dates == ()


@pytest.mark.parametrize("state", ["notified", "delivered", "closed"])
def test_whoever_was_answered_is_told_until_when_to_object(state):
    assert told(state=state).dates == (
        ("Keberatan dapat diajukan sampai", "Rabu, 30 September 2026"),
    )
    assert told(state=state, objection_until="2026-08-19").dates == ()


@pytest.mark.parametrize("state", ["withdrawn", "lapsed", "declined"])
def test_what_ended_otherwise_has_no_next_date(state):
    assert told(state=state).dates == ()


def test_a_due_date_that_is_not_known_yet_is_not_made_up():
    assert told(due_on=None).dates == ()
