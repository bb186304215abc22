"""Every page that docs/pages.md names opens in the browser, in both languages, and nothing goes wrong in it."""

import re
from pathlib import Path

import pytest

from tests.e2e.pages.conftest import LANGUAGES

PAGES = Path(__file__).resolve().parents[3] / "docs" / "pages.md"
_LINE = re.compile(r"\| GET `([^`]+)` \|(.+)\|")
_HEAD = re.compile(r"\| page \|(.+)\|")
_VARIABLE = re.compile(r"<(?:(?P<kind>[a-z]+)(?:\((?P<words>[^)]*)\))?:)?(?P<name>\w+)>")
# What is saved rather than shown, and what asks the network for somebody else's page.
NOT_SHOWN = ("csv", "xlsx", "form", "attachment", "oidc", "openid")
VALUES = {
    "date": "2026-11-10", "kind": "public", "period": "2026-10", "year": "2026", "start": "2010-04-30",
    "key": "remind.soon",
}  # fmt: skip
BY_PLACE = {
    "/reports/": {"kind": "monthly"},
    "/settings/rules/": {"kind": "days"},
    "/settings/calendar/": {"date": "2026-12-25"},
}


def pages():
    """Each page with a role that may open it; None where everybody may."""
    text = PAGES.read_text(encoding="utf-8")
    roles = re.findall(r"`([^`]+)`", _HEAD.search(text)[1])
    for path, marks in _LINE.findall(text):
        cells = [cell.strip() for cell in marks.split("|")]
        if not any(word in path for word in NOT_SHOWN):
            role = next((role for role, cell in zip(roles, cells, strict=False) if cell), None)
            yield path, None if "everybody" in cells else role


@pytest.fixture(scope="module")
def ids(desk):
    """One of everything that has a page of its own."""
    case = desk.receive(received_at="2026-01-05T09:00:00+07:00")
    objection = desk.post(
        "/objections",
        {
            "request": case["id"],
            "grounds": ["35c"],
            "case_position": "x",
            "filed_at": "2026-11-10T09:00:00+07:00",
        },
    ).json()["id"]
    privacy = desk.post(
        "/privacy-cases", {"kind": "access", "opened_at": "2026-11-10T09:00:00+07:00"}
    ).json()
    entry = (
        desk.as_("ppid_officer")
        .post("/lists/public", {"title": "Renstra", "unit": "Perencanaan"})
        .json()
    )
    return {
        "/cases/": case["id"], "/receive/": case["id"], "/objections/": objection, "/privacy/": privacy["id"],
        "/lists/": entry["id"], "/settings/applicants/": case["applicant_id"],
    }  # fmt: skip


def address(path, ids):
    place = next((place for place in (*BY_PLACE, *ids) if path.startswith(place)), "")
    known = {**VALUES, **BY_PLACE.get(place, {})}

    def value(found):
        if found["words"] and found["kind"] == "any":
            return found["words"].split(",")[0].strip()
        return ids[place] if found["name"].startswith("id") else known[found["name"]]

    return _VARIABLE.sub(value, path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_opens_and_nothing_goes_wrong_in_it(office, ids, lang):
    found, opened = [], {}
    for path, role in pages():
        if role not in opened:
            opened[role] = office.signed_in(role, lang) if role else office.visitor(lang).new_page()
            opened[role].on(
                "console", lambda said: found.append(said.text) if said.type == "error" else None
            )
            opened[role].on("pageerror", lambda error: found.append(str(error)))
        page, where = opened[role], address(path, ids)
        answer = page.goto(where)
        if answer.status >= 400 or page.locator("html").get_attribute("lang") != lang:
            found.append(f"{where}: {answer.status}")
        if page.locator("h1").count() != 1:
            found.append(f"{where}: {page.locator('h1').count()} headings of the first rank")

    assert found == []
