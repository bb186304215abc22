"""Every step of a case through its page: offered, opened, filled in and followed, on the services' own decisions."""

import re

import pytest

from contracts import roles
from contracts.commands import COMMANDS
from services.gateway.pages.offers import offers
from services.gateway.pages.steps import PATH_OF
from tests.integration.gateway.conftest import hidden, typed
from tests.suites.orders import ORDERS as ORDINARY
from tests.suites.permissions import STATES

CASE = "/cases/1"


# Each step from a state in which it is offered, with what is typed where the ordinary order would not do.
STEPS = {
    "CompleteRequest": ("S2 incomplete", {"documents": ["identity_card"], "received_at": "2026-08-12T10:00"}),
    "WithdrawRequest": ("S3 registered", {}),
    "ClassifyInformation": ("S3 registered", {}),
    "FlagExemption": ("S3 registered", {}),
    "CorrectRegime": ("S3 registered", {"regime": "election"}),
    "EscalateRequest": ("S5 to be coordinated", {}),
    "GiveDisposition": ("S5 coordination", {}),
    "ExtendDeadline": ("S5 coordination", {}),
    "RecordConsequenceTest": ("S5 coordination", {}),
    "DecideRequest": ("S5 coordination", {}),
    "NotifyApplicant": ("S7 decided to give", {}),
    "HandOverInformation": ("S8 notified of what is given", {}),
    "CloseRequest": ("S9 handed over", {}),
    "ReopenRequest": ("S10 closed, given", {}),
    "RecordDelivery": ("S9 handed over", {"happened_at": "2026-08-12T10:00"}),
}  # fmt: skip


def test_every_order_about_a_case_has_a_step_here():
    missing = {name for name in PATH_OF if name not in STEPS}

    assert not missing


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_offered_opened_filled_in_and_followed(at_desk, name):
    state, changed = STEPS[name]
    lines, visitor = at_desk(state)
    path = f"{CASE}/{PATH_OF[name]}"

    case = visitor.get(CASE)
    assert path in case.text
    form = visitor.get(path)
    assert form.status_code == 200, form.text
    filled = {**typed({**ORDINARY[name], **changed}), **hidden(form)}
    done = visitor.post(path, filled)

    assert (done.status_code, done.headers.get("Location")) == (302, CASE), done.text
    assert lines.given[-1].name == name


@pytest.mark.parametrize("name", STEPS)
def test_an_empty_form_says_what_is_missing_and_writes_nothing(at_desk, name):
    state, _ = STEPS[name]
    lines, visitor = at_desk(state)
    path = f"{CASE}/{PATH_OF[name]}"
    nothing = hidden(visitor.get(path))

    refused = visitor.post(path, nothing)

    required = [field for field in COMMANDS[name].schema().fields.values() if field.required]
    if refused.status_code == 302:
        assert all(
            field.allow_none or not field.required or name == "FlagExemption" for field in required
        )
    else:
        assert refused.status_code in (409, 422)
        assert "govuk-error-summary" in refused.text
        assert not lines.given


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("state", [state for state in STATES if state[0] in "Sr"])
def test_a_case_opens_in_every_state_and_offers_what_may_be_done(at_desk, state, lang):
    lines, visitor = at_desk(state, roles.DESK)

    page = visitor.get(f"{CASE}?lang={lang}", follow_redirects=True)

    assert page.status_code == 200, page.text
    for name in offers(lines.register_request("request/1"), roles.DESK):
        assert f"{CASE}/{PATH_OF[name]}" in page.text


def test_sending_a_form_twice_records_it_once(at_desk):
    lines, visitor = at_desk("S3 registered")
    path = f"{CASE}/withdrawal"
    form = {"reason": "Sudah didapat", **hidden(visitor.get(path))}

    visitor.post(path, form)
    again = visitor.post(path, form)

    assert again.status_code == 302
    facts = [event.name for event in lines.office.events()]
    assert facts.count("RequestWithdrawn") == 1


def test_a_colleague_who_was_quicker_is_told_of_and_nothing_typed_is_lost(at_desk):
    lines, visitor = at_desk("S3 registered")
    path = f"{CASE}/withdrawal"
    form = {"reason": "Sudah didapat", **hidden(visitor.get(path))}
    assert lines.office.order("ClassifyInformation") == ""
    lines.office.settle()

    refused = visitor.post(path, form)
    assert refused.status_code == 412
    assert "Sudah didapat" in refused.text
    confirmed = visitor.post(path, {"reason": "Sudah didapat", **hidden(refused)})

    assert confirmed.status_code == 302


@pytest.mark.parametrize("step", ["classification", "exemption"])
def test_looking_for_an_entry_of_a_list_records_nothing_and_keeps_what_was_typed(at_desk, step):
    lines, visitor = at_desk("S3 registered")
    path = f"{CASE}/{step}"
    before = len(lines.given)
    typed_in = {"outcome": "available", "grounds": ["17h"], "entry_q": "pemilih", "look": "entries"}

    looked = visitor.post(path, {**typed_in, **hidden(visitor.get(path))})

    assert looked.status_code == 200
    assert 'value="pemilih"' in looked.text
    chosen = "available" if step == "classification" else "17h"
    assert re.search(rf'value="{chosen}" id="[^"]*"\s*checked', looked.text)
    assert len(lines.given) == before


def test_the_clock_is_explained_day_by_day(at_desk):
    _, visitor = at_desk("S3 registered")

    page = visitor.get(f"{CASE}/clock")

    assert page.status_code == 200
    assert "Kemerdekaan" in page.text  # 17 August lies on the way


def test_a_case_that_never_was_is_a_page_that_says_so(at_desk):
    _, visitor = at_desk("S3 registered")

    assert visitor.get("/cases/2").status_code == 404


def test_script_in_what_was_asked_is_text(at_desk):
    lines, visitor = at_desk("S3 registered")
    hostile = '<script>alert("x")</script>'
    assert lines.office.order("ReceiveRequest", "request/2", information=hostile) == ""

    page = visitor.get("/cases/2")

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


def test_which_papers_came_is_ticked_by_hand_and_the_missing_ones_are_named(at_desk):
    _, visitor = at_desk("S2 incomplete")
    page = visitor.get(f"{CASE}/documents").text

    assert "Kartu identitas</p>" in page
    assert not re.search(r'name="documents"[^>]*checked', page)
