"""The office's own words on papers that are printed from a case: those of then on what was there, the new ones on what comes."""

from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from contracts.rules import SUBJECT
from eventlog.rulebook import first_rules
from tests.suites.papers import PERSON

CASE = "/cases/1"
OLD = "Demikian disampaikan, atas perhatian Saudara/i kami ucapkan terima kasih."


@pytest.fixture
def at_the_desk(office_at, visit):
    """The desk in front of a case of which somebody was notified, and the office it is in."""
    lines, app = office_at("S11 notified of a refusal")
    lines.intake_applicant = lambda *_: app.config["SEAL"].close(PERSON)
    visitor = visit(app)
    visitor.sign_in("desk")
    return lines, visitor


def word(lines, paper, **said):
    """Put other words on a paper in force, from the day on which the first were."""
    office = lines.office
    value = next(
        rule.value for rule in first_rules().periods if (rule.kind, rule.key) == ("wording", paper)
    )
    refused = office.order(
        "EnactRule", SUBJECT, role="administrator", account="administrator", kind="wording", key=paper,
        value={**value, **said}, legal_basis="SK 12", valid_from="2010-04-30", valid_to=None, replaces=True,
    )  # fmt: skip
    assert not refused, refused
    office.settle()


def text_of(answer):
    assert answer.status_code == 200, answer.text
    return " ".join(
        " ".join(p.extract_text() for p in PdfReader(BytesIO(answer.data)).pages).split()
    )


def lines_of(answer):
    assert answer.status_code == 200, answer.text
    return [each.text for each in docx.Document(BytesIO(answer.data)).paragraphs]


@pytest.mark.parametrize("paper", ["notification", "rejection"])
def test_a_paper_that_was_there_keeps_its_wording_even_for_days_that_were_worded_anew(
    at_the_desk, paper
):
    lines, visitor = at_the_desk
    before = text_of(visitor.get(f"{CASE}/papers/{paper}.pdf"))
    lines.office.pass_days(1)
    word(lines, paper, closing_id="Hormat kami, {office}.")

    assert OLD in before
    assert text_of(visitor.get(f"{CASE}/papers/{paper}.pdf")) == before
    assert OLD in lines_of(visitor.get(f"{CASE}/papers/{paper}.docx"))


@pytest.mark.parametrize(
    ("lang", "said"),
    [("id", "Selamat membaca, Siti Rahmawati."), ("en", "Enjoy reading, Siti Rahmawati.")],
)
def test_what_happens_afterwards_is_told_in_the_new_words_in_both_forms(
    office_at, visit, lang, said
):
    lines, app = office_at("S4 available at once")
    lines.intake_applicant = lambda *_: app.config["SEAL"].close(PERSON)
    lines.office.pass_days(1)
    word(
        lines,
        "handover",
        body_id="Selamat membaca, {applicant}.",
        body_en="Enjoy reading, {applicant}.",
    )
    lines.office.pass_days(1)
    assert not lines.office.order("HandOverInformation", role="desk", account="desk")
    lines.office.settle()
    visitor = visit(app)
    visitor.sign_in("desk")

    assert said in text_of(visitor.get(f"{CASE}/papers/handover.pdf?paper={lang}"))
    assert said in lines_of(visitor.get(f"{CASE}/papers/handover.docx?paper={lang}"))
