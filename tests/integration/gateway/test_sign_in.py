from hashlib import sha256

import pytest
from flask import g

from contracts.roles import AUDITOR, DESK, OFFICER
from services.gateway.identity.guard import page_allowed
from services.gateway.identity.headers import HEADERS
from tests.integration.gateway.conftest import PASSWORD

FORM = '<form method="post"><input type="hidden" name="csrf_token" value="{}"></form>'


@pytest.fixture
def app(app):
    """With one page for the desk, which answers who is there and takes a form."""

    @page_allowed(frozenset({DESK, OFFICER}))
    def counter():
        return FORM.format(app.jinja_env.globals["csrf_token"]()) + str(g.actor)

    app.add_url_rule("/counter", view_func=counter, methods=["GET", "POST"])
    return app


def test_who_is_not_signed_in_signs_in_and_comes_back(visitor):
    asked = visitor.get("/counter?year=2026")
    entered = visitor.sign_in(DESK, onward="/counter?year=2026")

    assert (asked.status_code, asked.location) == (303, "/sign-in?next=/counter?year%3D2026")
    assert (entered.status_code, entered.location) == (303, "/counter?year=2026")
    assert "desk:desk" in visitor.get("/counter").text


@pytest.mark.parametrize(
    ("account", "password"), [(DESK, "salah-kuda-baterai"), ("nobody", PASSWORD), ("", "")]
)
def test_whoever_does_not_fit_is_told_the_same(visitor, account, password):
    refused = visitor.sign_in(account, password)

    assert refused.status_code == 422
    assert "tidak cocok" in refused.text
    assert visitor.get("/counter").status_code == 303


def test_a_disabled_account_is_told_the_same(visitor, people):
    people.set_disabled(DESK, disabled=True)

    assert visitor.sign_in(DESK).status_code == 422


def test_another_role_is_refused(visitor):
    visitor.sign_in(AUDITOR)

    assert visitor.get("/counter").status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        lambda people: people.set_role(DESK, OFFICER),
        lambda people: people.set_password(DESK, "lain-kuda-baterai", must_change=False),
        lambda people: people.set_disabled(DESK, disabled=True),
    ],
    ids=["role", "password", "disabled"],
)
def test_a_session_ends_with_what_it_was_begun_for(visitor, people, change):
    visitor.sign_in(DESK)

    change(people)

    assert visitor.get("/counter").status_code == 303


def test_signing_out_ends_the_session_also_for_who_kept_its_id(visitor, another):
    visitor.sign_in(DESK)
    another.client.set_cookie("terbuka_session", visitor.cookie)

    visitor.post("/sign-out", page="/counter")

    assert visitor.cookie is None
    assert another.get("/counter").status_code == 303


def test_a_link_signs_nobody_out(visitor):
    visitor.sign_in(DESK)

    assert visitor.get("/sign-out").status_code == 405
    assert visitor.get("/counter").status_code == 200


def test_the_session_of_before_signing_in_is_not_the_one_of_after(visitor, another):
    visitor.get("/sign-in")
    before = visitor.cookie
    another.client.set_cookie("terbuka_session", before)

    visitor.sign_in(DESK)

    assert visitor.cookie != before
    assert another.get("/counter").status_code == 303


def test_the_id_of_a_session_is_kept_nowhere(visitor, database):
    visitor.sign_in(DESK)

    kept = database["sessions"].find_one({"content.account": DESK})

    assert kept["_id"] == sha256(visitor.cookie.encode()).hexdigest()
    assert visitor.cookie not in str(kept)


@pytest.mark.parametrize("span", [{"minutes": 61}, {"hours": 13}], ids=["unused", "at all"])
def test_a_session_ends_by_time(visitor, clock, span):
    visitor.sign_in(DESK)

    clock.forward(**span)

    assert visitor.get("/counter").status_code == 303


def test_a_session_in_use_goes_on_until_the_day_is_over(visitor, clock):
    visitor.sign_in(DESK)
    answers = []
    for _ in range(15):
        clock.forward(minutes=50)
        answers.append(visitor.get("/counter").status_code)

    assert answers == [200] * 14 + [303]


def test_the_database_removes_what_ended(app, database):
    indexes = database["sessions"].index_information().values()

    assert [one["key"] for one in indexes if one.get("expireAfterSeconds") == 0] == [
        [("ends_at", 1)]
    ]


def test_the_cookie_is_for_our_server_only(visitor):
    told = visitor.sign_in(DESK).headers["Set-Cookie"]

    assert "HttpOnly" in told
    assert "SameSite=Lax" in told
    assert "Secure" not in told


def test_over_https_the_cookie_stays_there(visitor):
    told = visitor.get("/sign-in", base_url="https://localhost").headers

    assert "Secure" in told["Set-Cookie"]
    assert "max-age" in told["Strict-Transport-Security"]


def test_a_form_without_its_token_is_refused(visitor):
    visitor.sign_in(DESK)

    refused = visitor.client.post("/counter")

    assert refused.status_code == 400
    assert "form_expired" in refused.text


def test_a_form_with_the_token_of_another_session_is_refused(visitor, another):
    visitor.sign_in(DESK)
    another.sign_in(OFFICER)
    stolen = another.get("/counter").text.partition('value="')[2].partition('"')[0]

    assert visitor.client.post("/counter", data={"csrf_token": stolen}).status_code == 400


def test_who_sends_a_form_after_the_session_ended_comes_back_to_the_form(visitor, clock):
    visitor.sign_in(DESK)
    clock.forward(hours=2)

    led = visitor.client.post("/counter", headers={"Referer": "http://localhost/receive?by=post"})

    assert (led.status_code, led.location) == (303, "/sign-in?next=/receive?by%3Dpost")


def test_a_part_of_a_page_leads_the_whole_page_to_signing_in(visitor):
    asked = {"HX-Request": "true", "HX-Current-URL": "http://localhost/cases"}

    led = visitor.get("/counter", headers=asked)

    assert (led.status_code, led.headers["HX-Redirect"]) == (204, "/sign-in?next=/cases")


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_leads_to_our_own_pages_only(visitor, onward):
    assert visitor.sign_in(DESK, onward=onward).location == "/"


@pytest.mark.parametrize("path", ["/sign-in", "/nowhere", "/counter", "/api/v1/requests"])
def test_every_answer_tells_the_browser_to_be_strict(visitor, path):
    told = visitor.get(path).headers

    assert {name: told[name] for name in HEADERS} == HEADERS


def test_who_has_to_choose_a_password_does_that_first(visitor, people):
    people.set_password(DESK, "sekali-pakai-saja", must_change=True)
    visitor.sign_in(DESK, "sekali-pakai-saja")

    assert visitor.get("/counter").location == "/account"


def test_the_api_takes_no_session(visitor):
    visitor.sign_in(DESK)

    refused = visitor.client.post("/api/v1/requests", json={})

    assert (refused.status_code, refused.json["code"]) == (401, "token_missing")
