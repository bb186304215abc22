"""Saying no: a page for people, a document for programs, the same code on both, and nothing about our insides."""

from typing import NamedTuple

import pytest


class Case(NamedTuple):
    way: str
    status: int
    code: str
    told: str


@pytest.fixture(
    params=[
        Case("role", 403, "role_not_allowed", "bukan wewenang peran Anda"),
        Case("stale", 412, "stale_version", "Rekan lain sudah mengubahnya"),
        Case("away", 503, "service_unavailable", "Tidak ada yang hilang"),
        Case("bug", 500, "internal_error", "bukan pada Anda"),
    ],
    ids=lambda case: case.way,
)
def case(request):
    return request.param


def test_a_page_says_it_in_words_with_the_code(client, case):
    answer = client.get(f"/fails/{case.way}")
    assert answer.status_code == case.status
    assert answer.mimetype == "text/html"
    assert case.told in answer.text
    assert case.code in answer.text


def test_a_page_speaks_english_as_well(client, case):
    client.set_cookie("lang", "en")
    answer = client.get(f"/fails/{case.way}")
    assert '<html lang="en"' in answer.text
    assert case.told not in answer.text


def test_programs_get_a_document(client, case):
    answer = client.get(f"/api/v1/fails/{case.way}")
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == case.code


def test_what_does_not_answer_is_named(client):
    answer = client.get("/fails/away?q=suara")
    assert "layanan register" in answer.text
    assert 'href="/fails/away?q=suara"' in answer.text
    assert answer.headers["Retry-After"]


def test_a_bug_says_nothing_about_our_insides_but_how_to_find_it(client):
    page = client.get("/fails/bug").text
    assert "ZeroDivisionError" not in page
    assert "Nomor kesalahan" in page


def test_an_address_that_is_none(client):
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert "not_found" in answer.text
