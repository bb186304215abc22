"""Every page in every role: open to whom the table says, closed to all others, and no form without its token."""

import os

import pytest

from services.gateway.app import build
from tests.suites.lines import OfficeLines
from tests.suites.permissions import STATES, reached
from tests.suites.routes import PAGE, STAFF, page, routes

# Everybody may come: to sign in, and to ask how a request stands.
OPEN = ("/sign-in", "/sign-out", "/status")
# It knows no session and changes nothing: there is nobody in whose name it could be forged.
WITHOUT_TOKEN = ("/status",)


@pytest.fixture
def office(given, database, people, clock):
    app = build(given, OfficeLines(reached(STATES["S3 registered"])), database, clock)
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    return app


def test_only_signing_in_and_asking_how_a_request_stands_is_open_to_everybody(office):
    opened = {route.path for route in routes(office) if route.roles is None}

    assert all(path.startswith(OPEN) for path in opened), opened


def test_who_is_not_signed_in_is_asked_to(office, visit):
    stranger = visit(office)
    for route in routes(office):
        if route.roles is not None and route.method == "GET":
            answer = stranger.get(route.example)
            assert (answer.status_code, "/sign-in" in answer.headers.get("Location", "")) == (
                303,
                True,
            ), route


@pytest.mark.parametrize("role", STAFF)
def test_a_page_is_closed_to_whom_the_table_does_not_name(office, visit, role):
    visitor = visit(office)
    visitor.sign_in(role)

    for route in routes(office):
        if route.roles is not None and route.method == "GET":
            refused = visitor.get(route.example).status_code == 403
            assert refused == (role not in route.roles), route


def test_every_form_without_its_token_is_refused(office, visit):
    visitor = visit(office)
    visitor.sign_in("administrator")

    for route in routes(office):
        if route.method == "POST" and route.path not in WITHOUT_TOKEN:
            assert visitor.client.post(route.example, data={"key": "1"}).status_code == 400, route


def test_the_printed_table_is_the_one_that_was_found(office):
    found = page(routes(office))
    if os.environ.get("WRITE_PAGES"):
        PAGE.write_text(found, encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == found, "WRITE_PAGES=1 pytest this file writes it"
