"""Every page that docs/pages.md names opens in the browser, in both languages, and nothing goes wrong in it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from contracts.local import local_day
from deploy.local.processes import environment_of
from eventlog import settings
from services.gateway.mail.incoming import Arrived, Place
from services.gateway.mail.installing import incoming_of
from tests.e2e.pages.conftest import LANGUAGES

PAGES = Path(__file__).resolve().parents[3] / "docs" / "pages.md"
_LINE = re.compile(r"\| GET `([^`]+)` \|(.+)\|")
_HEAD = re.compile(r"\| page \|(.+)\|")
_VARIABLE = re.compile(r"<(?:(?P<kind>[a-z]+)(?:\((?P<words>[^)]*)\))?:)?(?P<name>\w+)>")
# What is saved rather than shown, what is a part of a page, what asks the network for somebody else's page, and a message
# that is parked: there is none (tests/integration/gateway/test_operators_pages.py parks one).
NOT_SHOWN = (
    "/settings/parked/",
    ".pdf",
    "csv",
    "xlsx",
    "form",
    "attachment",
    "oidc",
    "openid",
    "choose",
    "original",
    "files",
)
YEAR = local_day(datetime.now(UTC)).year
VALUES = {
    "date": "2026-11-10", "kind": "public", "period": "2026-10", "year": str(YEAR), "start": "2010-04-30",
    "key": "remind.soon", "name": "demo-desk",
}  # fmt: skip
AT = "2026-11-10T09:00:00+07:00"


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
def letter(stack, mongo):
    """A message that came to the office's mailbox."""
    given = settings.load("gateway", environment_of(stack.addresses))
    raw = b"From: Ani <ani@example.org>\r\nSubject: Mohon data\r\n\r\nMohon rekapitulasi.\r\n"
    place = Place("INBOX", 1, 1)
    incoming = incoming_of(given, mongo[given["database"]])
    incoming.store(Arrived(place, datetime.now(UTC), len(raw), raw))
    return {"id": place.letter}


@pytest.fixture(scope="module")
def places(desk, letter):
    """One of everything that has a page of its own, and what its address says."""
    case = desk.receive(received_at="2026-01-05T09:00:00+07:00")
    silence = {"request": case["id"], "grounds": ["35c"], "case_position": "x", "filed_at": AT}
    block = {"count": 2, "holder": "Loket", "reason": "Listrik padam"}
    made = {
        "/cases/": case,
        "/receive/": case,
        "/objections/": desk.post("/objections", silence).json(),
        "/privacy/": desk.post("/privacy-cases", {"kind": "access", "opened_at": AT}).json(),
        "/lists/": desk.as_("ppid_officer").post("/lists/public", {"title": "Renstra"}).json(),
        "/settings/applicants/": {"id": case["applicant_id"]},
        "/incoming/": letter,
    }
    numbers = desk.as_("administrator").post(f"/numbers/{YEAR}/reservations", block).json()
    return {
        **{place: {"id_": one["id"]} for place, one in made.items()},
        "/settings/numbers/": {"first": str(numbers["first"])},
        "/reports/": {"kind": "monthly"},
        "/settings/rules/": {"kind": "days"},
        "/settings/letters/templates/": {"kind": "receipt"},
        "/settings/calendar/": {"date": "2026-12-25"},
    }


def address(path, places):
    place = next((place for place in places if path.startswith(place)), "")
    known = {**VALUES, **places.get(place, {})}

    def value(found):
        if found["kind"] == "any":
            return found["words"].split(",")[0].strip()
        return known[found["name"]]

    return _VARIABLE.sub(value, path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_opens_and_nothing_goes_wrong_in_it(office, places, lang):
    found, opened = [], {}
    for path, role in pages():
        if role not in opened:
            opened[role] = office.signed_in(role, lang) if role else office.visitor(lang).new_page()
            opened[role].on(
                "console", lambda said: found.append(said.text) if said.type == "error" else None
            )
            opened[role].on("pageerror", lambda error: found.append(str(error)))
        page, where = opened[role], address(path, places)
        answer = page.goto(where)
        if answer.status >= 400 or page.locator("html").get_attribute("lang") != lang:
            found.append(f"{where}: {answer.status}")
        if page.locator("h1").count() != 1:
            found.append(f"{where}: {page.locator('h1').count()} headings of the first rank")

    assert found == []
