"""An objection through its pages, on the services' own decisions: filed, answered, and every step behind it."""

import pytest

from contracts import roles
from contracts.local import WIB
from services.gateway.forms import ApplicantBody
from services.gateway.pages.objections.entering import Entry
from services.gateway.pages.objections.one import PATH_OF
from services.gateway.pages.offers import objection_offers
from tests.integration.gateway.conftest import hidden, typed
from tests.suites.orders import ORDERS as ORDINARY
from tests.suites.permissions import STATES

OBJECTION = "/objections/1"
NEW = "/objections/new?request=1"
UPHOLD = {"result": "upheld", "execute_on": None, "order": None, "opened": None}
# Each step from a state in which it is offered, who gives it, and what is typed where the ordinary order would not do.
STEPS = {
    "AnswerObjection": ("K1 objection filed", roles.SUPERIOR, UPHOLD),
    "RecordReaction": ("K3 upheld", roles.DESK, {}),
    "RecordObjectionDelivery": ("K3 upheld", roles.DESK, {}),
    "OpenDispute": ("K3 upheld", roles.DESK, {}),
    "SettleDispute": ("K4 dispute", roles.OFFICER, {}),
    "OpenCourtCase": ("K4 dispute settled", roles.OFFICER, {}),
    "RecordRuling": ("K5 in court", roles.OFFICER, {}),
}
DAYS = {
    "OpenDispute": "filed_on",
    "SettleDispute": "settled_on",
    "OpenCourtCase": "filed_on",
    "RecordRuling": "ruled_on",
}


def written(name, changed, lines):
    """What is typed into the form of a step."""
    day = {DAYS[name]: lines.office.time.date().isoformat()} if name in DAYS else {}
    if name == "RecordObjectionDelivery":
        day = {"happened_at": lines.office.time.astimezone(WIB).strftime("%Y-%m-%dT%H:%M")}
    return typed({**ORDINARY[name], **changed, **day})


def test_every_order_about_an_objection_has_a_step_here():
    assert set(STEPS) == set(PATH_OF)


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_offered_opened_filled_in_and_followed(at_desk, name):
    state, role, changed = STEPS[name]
    lines, visitor = at_desk(state, role)
    path = f"{OBJECTION}/{PATH_OF[name]}"

    assert path in visitor.get(OBJECTION).text
    form = visitor.get(path)
    assert form.status_code == 200, form.text
    done = visitor.post(path, {**written(name, changed, lines), **hidden(form)})

    assert (done.status_code, done.headers.get("Location")) == (302, OBJECTION), done.text
    assert lines.given[-1].name == name
    assert "Tercatat: " in visitor.get(OBJECTION).text
    assert "Tercatat: " not in visitor.get(OBJECTION).text


@pytest.mark.parametrize("name", STEPS)
def test_an_empty_form_says_what_is_missing_and_writes_nothing(at_desk, name):
    state, role, _ = STEPS[name]
    lines, visitor = at_desk(state, role)
    path = f"{OBJECTION}/{PATH_OF[name]}"

    refused = visitor.post(path, hidden(visitor.get(path)))

    assert refused.status_code == 422
    assert "govuk-error-message" in refused.text
    assert not lines.given


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("state", [state for state in STATES if state.startswith("K")])
def test_an_objection_opens_in_every_state_and_offers_what_may_be_done(at_desk, state, lang):
    lines, visitor = at_desk(state, roles.OFFICER)

    page = visitor.get(f"{OBJECTION}?lang={lang}", follow_redirects=True)

    assert page.status_code == 200, page.text
    offered = objection_offers(lines.register_objection("objection/1"), roles.OFFICER)
    paths = {path for name, path in PATH_OF.items() if f"{OBJECTION}/{path}" in page.text}
    assert paths == {PATH_OF[name] for name in offered}


class TestFiling:
    def test_only_grounds_that_hold_today_are_offered(self, at_desk):
        _, visitor = at_desk("S11 closed, refused", roles.DESK)

        page = visitor.get(NEW)

        assert 'value="35a"' in page.text
        assert 'value="35c"' not in page.text

    def test_an_objection_is_filed_and_opened(self, at_desk):
        lines, visitor = at_desk("S11 closed, refused", roles.DESK)

        done = visitor.post(NEW, self.filled(lines, visitor))

        assert done.headers.get("Location") == OBJECTION, done.text
        assert visitor.get(OBJECTION).status_code == 200
        assert OBJECTION in visitor.get("/objections").text

    def test_what_was_typed_stays_when_a_ground_is_missing(self, at_desk):
        lines, visitor = at_desk("S11 closed, refused", roles.DESK)
        form = {**self.filled(lines, visitor), "grounds": []}

        refused = visitor.post(NEW, form)

        assert refused.status_code == 422
        assert form["case_position"] in refused.text
        assert "govuk-error-message" in refused.text
        assert not lines.given

    def test_after_its_window_it_is_taken_in_with_a_warning_before_and_a_flag_after(self, at_desk):
        lines, visitor = at_desk("S11 closed, refused", roles.DESK)
        lines.office.pass_days(90)

        page = visitor.get(NEW)
        visitor.post(NEW, self.filled(lines, visitor))

        assert "Jangka waktu keberatan berakhir" in page.text
        assert lines.register_objection("objection/1")["late"] is True
        assert "Melewati jangka waktu" in visitor.get(OBJECTION).text

    def test_where_no_ground_is_open_none_is_asked_for(self, at_desk):
        _, visitor = at_desk("SX withdrawn", roles.DESK)

        assert 'name="case_position"' not in visitor.get(NEW).text

    def test_a_number_leads_to_its_request(self, at_desk):
        _, visitor = at_desk("S11 closed, refused", roles.DESK)

        led = visitor.get("/objections/new?number=001")

        assert led.headers.get("Location") == NEW

    def test_whoever_never_asked_is_entered_and_objects_by_35b(self, at_desk):
        lines, visitor = at_desk("S3 registered", roles.DESK)
        path = "/applicants/new"
        person = {"name": "Rina Contoh", "category": "individual", "numbers.identity_card": "7"}

        led = visitor.post(path, {**person, **hidden(visitor.get(path))})
        page = visitor.get(led.headers["Location"])

        assert lines.given[-1].name == "EnterApplicant"
        assert "Rina" not in str(lines.given[-1].data)
        assert 'value="35b"' in page.text
        assert 'value="35a"' not in page.text
        assert "Tidak ada telepon atau surel" in page.text

    def test_all_that_is_known_of_a_person_is_asked(self):
        assert set(Entry().fields) == {*ApplicantBody().fields, "numbers"}

    def filled(self, lines, visitor):
        at = lines.office.time.isoformat(timespec="minutes")
        wish = {"grounds": ["35a"], "case_position": "Saya berhak tahu", "filed_at": at}
        return {**wish, **hidden(visitor.get(NEW))}


@pytest.mark.parametrize("role", [roles.AUDITOR, roles.HEAD, roles.SUPERIOR])
def test_only_the_desk_files(at_desk, role):
    _, visitor = at_desk("S11 closed, refused", role)

    assert visitor.get(NEW).status_code == 403
    assert "/objections/new" not in visitor.get("/objections").text


def test_a_filter_that_nobody_knows_is_said_and_all_is_shown(at_desk):
    _, visitor = at_desk("K1 objection filed", roles.AUDITOR)

    page = visitor.get("/objections?state=lost")

    assert page.status_code == 200
    assert "govuk-error-summary" in page.text
    assert OBJECTION in page.text
