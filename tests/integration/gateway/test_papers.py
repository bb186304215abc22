"""Papers from the pages: who is offered which, printed as they are asked for, and whom printing reads."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from contracts import roles
from tests.suites.papers import PERSON

CASE, OBJECTION = "/cases/1", "/objections/1"


@pytest.fixture
def printing(office_at, visit):
    """A case in a state, somebody in front of it, and what was read of the applicant."""

    def made(state, role=roles.DESK):
        lines, app = office_at(state)
        lines.reads = []

        def applicant(*asked):
            lines.reads.append(asked)
            return app.config["SEAL"].close(PERSON)

        lines.intake_applicant = applicant
        visitor = visit(app)
        visitor.sign_in(role)
        return lines, visitor

    return made


def text_of(answer):
    assert answer.status_code == 200, answer.text
    pages = PdfReader(BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_case_offers_its_papers_and_they_are_printed(printing):
    lines, visitor = printing("S11 notified of a refusal")

    page = visitor.get(CASE).text
    printed = visitor.get(f"{CASE}/papers/rejection.pdf")

    assert f"{CASE}/papers/rejection.pdf?event=" in page
    assert f"{CASE}/papers/handover.pdf" not in page
    assert PERSON["name"] in text_of(printed)
    assert printed.headers["Cache-Control"] == "no-store"
    assert [asked[1] for asked in lines.reads] == ["Surat penolakan (request/1)"]


def test_an_objection_offers_its_papers_to_the_superior_too(printing):
    lines, visitor = printing("K3 upheld", roles.SUPERIOR)

    assert f"{OBJECTION}/papers/objection-answer.docx?event=" in visitor.get(OBJECTION).text
    assert "MENOLAK keberatan" in text_of(visitor.get(f"{OBJECTION}/papers/objection-answer.pdf"))
    assert lines.reads


def test_a_paper_is_also_written_in_english(printing):
    _, visitor = printing("S11 notified of a refusal")

    assert "Written Notification" in text_of(
        visitor.get(f"{CASE}/papers/notification.pdf?paper=en")
    )


@pytest.mark.parametrize("role", [roles.HEAD, roles.AUDITOR, roles.ADMINISTRATOR, roles.SUPERIOR])
def test_who_may_not_read_people_is_offered_none_and_prints_none(printing, role):
    lines, visitor = printing("S11 notified of a refusal", role)

    assert "/papers/" not in visitor.get(CASE).text
    assert visitor.get(f"{CASE}/papers/rejection.pdf").status_code == 403
    assert lines.reads == []


@pytest.mark.parametrize(
    "path",
    ["handover.pdf", "receipt.exe", "nothing.pdf", "receipt.pdf?event=0", "receipt.pdf?paper=fr"],
)
def test_what_there_is_not_is_not_found(printing, path):
    lines, visitor = printing("S11 notified of a refusal")

    assert visitor.get(f"{CASE}/papers/{path}").status_code == 404
    assert lines.reads == []


def test_nobody_prints_without_signing_in(office_at, visit):
    _, app = office_at("S11 notified of a refusal")
    answer = visit(app).get(f"{CASE}/papers/receipt.pdf")

    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, "/sign-in")
