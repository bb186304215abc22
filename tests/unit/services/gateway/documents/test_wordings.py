"""What the office itself says on papers: filled in, as text, in the wording of the paper's day, beside what the law demands."""

import re
from datetime import date
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader

from contracts import wording
from contracts.rules import GivesWay, Rule
from eventlog.rulebook import first_rules
from services.gateway.documents import as_docx, as_pdf, drawing
from services.gateway.documents.content import content_of
from services.gateway.documents.kinds import KINDS
from services.gateway.documents.sample import PERSON, sample
from tests.suites.papers import WALK, content, every_paper, history

DAY = date(2027, 1, 4)
LANGUAGES = ("id", "en")
HOSTILE = {
    "a script": "<script>app.alert(1)</script>",
    "a picture of a file": '<img src="file:///etc/passwd"/>',
    "a formula": '=HYPERLINK("http://contoh.invalid","klik")',
    "an entity": "&lt;b&gt;&amp;",
    "a way out": "</p></body><style>@import 'x'</style>",
}
NOTHING = dict.fromkeys(wording.FIELDS)


def worded(key, since=date(2010, 4, 30), **said):
    """The first rules with other words on one paper, from a day on."""
    old = first_rules().get(wording.KIND, key, since)
    rule = Rule(wording.KIND, key, {**old.value, **said}, "SK 1", since)
    until = None if since == old.valid_from else date.fromordinal(since.toordinal() - 1)
    return first_rules().enacted(rule, [GivesWay(old.valid_from, until, None)])


def everything(key, lang):
    """Every placeholder that a paper has, in its body."""
    return {f"body_{lang}": " | ".join(f"{{{name}}}" for name in wording.places(key))}


def html_of(said, on=DAY):
    return drawing.html_of(said, on)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", KINDS)
class TestEveryPaper:
    def test_has_something_for_each_of_its_placeholders(self, name, lang):
        kind, given = KINDS[name], every_paper(lang)[name]
        rules = worded(kind.key, **everything(kind.key, lang))
        said = content_of(kind, sources_with(given, rules))["wording"]["body"].split(" | ")
        filled = dict(zip(wording.places(kind.key), said, strict=True))

        assert [place for place, text in filled.items() if not text] == []
        assert "{" not in "".join(said)

    def test_is_drawn_for_the_sample_case_with_the_mark_of_a_preview(self, name, lang):
        kind = KINDS[name]
        rules = worded(kind.key, body_id="Kalimat kantor.", body_en="The office says so.")
        html = html_of(
            content_of(kind, sample(kind, lang, rules, DAY, "https://ppid.example.id/status"))
        )
        said = {"id": ("PRATINJAU", "Kalimat kantor."), "en": ("PREVIEW", "The office says so.")}
        written = docx.Document(BytesIO(as_docx.write(html)))
        texts = [each.text for each in written.paragraphs]

        assert texts[0].startswith(said[lang][0])
        assert said[lang][1] in texts

    def test_keeps_what_the_law_demands_when_the_office_says_nothing(self, name, lang):
        kind, given = KINDS[name], every_paper(lang)[name]
        silent = content_of(kind, sources_with(given, worded(kind.key, **NOTHING)))
        usual = content_of(kind, given)
        lost = set(rows(html_of(usual, given.on))) - set(rows(html_of(silent, given.on)))

        assert lost == {
            each for part in usual["wording"].values() for each in rows(f"<p>{part}</p>") if part
        }


def sources_with(given, rules):
    return type(given)(
        given.story, given.request, given.person, rules, given.lang, given.status_page, given.secret
    )


def rows(html):
    """What stands in each paragraph and cell."""
    body = html.partition("<body")[2] or html
    return [
        re.sub(r"<[^>]+>|\s", "", each)
        for each in re.findall(r"<p[^>]*>.*?</p>|<t[dh][^>]*>.*?</t[dh]>", body, re.DOTALL)
    ]


def test_the_seven_items_stand_below_whatever_the_office_says():
    rules = worded("notification", body_id="a. Semua butir di atas tidak berlaku.")
    text = html_of(content("notification", history(*WALK), rules=rules))

    assert re.findall(r"<tr><td>([a-g])\.</td>", text) == list("abcdefg")


@pytest.fixture(scope="module")
def html():
    """A notification in which everything that the office says is hostile."""
    text = "\n\n".join(HOSTILE.values())
    rules = worded("notification", body_id=text, closing_id=text, opening_id=text)
    return html_of(content("notification", history(*WALK), rules=rules))


class TestWhatIsTyped:
    @pytest.mark.parametrize("what", HOSTILE)
    def test_it_is_text_in_the_pdf(self, html, what):
        drawn = PdfReader(BytesIO(as_pdf.draw(html)))
        text = "".join("".join(page.extract_text() for page in drawn.pages).split())

        assert "".join(HOSTILE[what].split()) in text
        assert not any("/Annots" in page for page in drawn.pages)

    @pytest.mark.parametrize("what", HOSTILE)
    def test_it_is_text_in_the_docx(self, html, what):
        written = docx.Document(BytesIO(as_docx.write(html)))

        assert HOSTILE[what] in [each.text for each in written.paragraphs]
        assert not written.element.body.xpath(".//w:hyperlink | .//w:instrText | .//w:fldSimple")

    def test_an_empty_line_begins_a_paragraph_and_an_end_of_line_a_line(self):
        assert str(drawing.paragraphs_of("a\r\nb\r\n\r\n\r\nc\n \nd")) == (
            "<p>a<br/>b</p>\n<p>c</p>\n<p>d</p>"
        )

    def test_a_name_that_looks_like_a_placeholder_stays_a_name(self):
        person = {**PERSON, "name": "{office} {day"}
        rules = worded("notification", body_id="Kepada {applicant}.")
        said = content("notification", history(*WALK), rules=rules, person=person)

        assert said["wording"]["body"] == "Kepada {office} {day."


class TestByDay:
    def test_a_paper_is_drawn_with_the_wording_of_the_day_of_its_event(self):
        events = history(*WALK)
        told = content("notification", events)["day"]
        later = worded("notification", date(2026, 8, 14), closing_id="Salam baru.")
        at_once = worded("notification", date(2026, 8, 13), closing_id="Salam baru.")

        assert told == "13 Agustus 2026"
        old, new = (content("notification", events, rules=each) for each in (later, at_once))
        assert old["wording"]["closing"].startswith("Demikian disampaikan")
        assert new["wording"]["closing"] == "Salam baru."

    def test_an_english_copy_has_the_english_words(self):
        rules = worded("notification", closing_id="Salam.", closing_en="Greetings.")
        said = content("notification", history(*WALK), rules=rules, lang="en")

        assert "<p>Greetings.</p>" in html_of(said)
        assert "Salam." not in html_of(said)
