"""What stands round every page: its language, its theme, the way round, the addresses of styles and scripts."""

import re

import pytest


def cookies(answer):
    return {each.split("=")[0] for each in answer.headers.getlist("Set-Cookie")}


class TestLanguages:
    def test_indonesian_is_spoken_first(self, client):
        page = client.get("/today").text
        assert '<html lang="id"' in page
        assert "Langsung ke isi" in page

    def test_english_once_chosen(self, client):
        client.get("/today?lang=en")
        page = client.get("/today").text
        assert '<html lang="en"' in page
        assert "Skip to the content" in page

    def test_switching_keeps_the_page_and_its_query(self, client):
        answer = client.get("/cases?q=suara&lang=en&state=closed")
        assert answer.status_code == 303
        assert answer.location == "/cases?q=suara&state=closed"
        assert cookies(answer) == {"lang"}

    def test_the_switch_on_a_page_leads_to_the_same_page(self, client):
        assert 'href="/cases?q=suara&amp;lang=en"' in client.get("/cases?q=suara").text

    @pytest.mark.parametrize("path", ["//elsewhere.example/x", "/%5Celsewhere.example"])
    def test_switching_leads_nowhere_else(self, client, path):
        answer = client.get(f"{path}?lang=en")
        assert re.fullmatch(r"/[^/\\].*", answer.location)

    def test_a_language_nobody_speaks_is_left_alone(self, client):
        answer = client.get("/today?lang=xx")
        assert answer.status_code == 200
        assert cookies(answer) == set()


class TestThemes:
    def test_the_system_decides_first(self, client):
        assert 'data-theme="system"' in client.get("/today").text

    def test_dark_once_chosen(self, client):
        client.get("/today?theme=dark")
        assert 'data-theme="dark"' in client.get("/today").text


class TestNavigation:
    def test_it_offers_the_pages_of_the_role_and_no_others(self, client):
        page = client.get("/today").text
        assert 'href="/cases"' in page
        assert 'href="/settings"' not in page

    def test_it_says_where_one_is(self, client):
        assert '<a href="/today" aria-current="page">' in client.get("/today").text

    def test_a_page_within_an_area_marks_its_area(self, client):
        assert '<a href="/cases" aria-current="true">' in client.get("/cases/12").text


class TestAssets:
    def test_they_are_named_by_their_content(self, client):
        names = re.findall(r'"(/static/[^"]+)"', client.get("/today").text)
        assert len(names) == 4
        assert all(re.fullmatch(r"/static/[a-z-]+\.[a-z]+\?v=[0-9a-z]+", name) for name in names)
