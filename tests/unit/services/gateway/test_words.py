"""Every sentence of the pages has its English, no translation is left over, and no template brings in what the browser forbids."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from contracts.errors import STATUS
from services.gateway import refusal_texts

GATEWAY = Path(refusal_texts.__file__).parent
CATALOGUE = GATEWAY / "translations" / "en" / "LC_MESSAGES" / "messages.po"
TEMPLATES = sorted((GATEWAY / "templates").rglob("*.html"))
KEYWORDS = {
    "_": None,
    "_l": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}
METHODS = [
    ("static/**", "ignore"),
    ("assets/**", "ignore"),
    ("**.py", "python"),
    ("templates/**.html", "jinja2"),
]
_PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]")
_EVENT_HANDLER = re.compile(r"\bon[a-z]+\s*=\s*[\"']")
_ELSEWHERE = re.compile(r"""(?:src|href|action|hx-[a-z]+)\s*=\s*["']\s*(?:[a-z]+:)?//""")
# an address in another name space than the web's says what a drawing is, and loads nothing
_JINJA = re.compile(r"\{[%{#].*?[%}#]\}", re.DOTALL)


@cache
def said():
    """What the pages say, with where."""
    found = {}
    for file, line, message, _comments, _context in extract_from_dir(
        GATEWAY, METHODS, keywords=KEYWORDS
    ):
        # a sentence with a plural is one entry, named by its singular
        text = message[0] if isinstance(message, tuple) else message
        found.setdefault(text, f"{file}:{line}")
    return found


@cache
def english():
    with CATALOGUE.open("rb") as file:
        return {entry.id: entry for entry in read_po(file, locale="en") if entry.id}


def by_singular():
    return {id_[0] if isinstance(id_, tuple) else id_: entry for id_, entry in english().items()}


def test_every_sentence_has_its_english():
    known = by_singular()
    missing = {text: where for text, where in said().items() if text not in known}
    # ready to be completed and put into the catalogue
    assert not missing, "\n\n".join(
        f'# {where}\nmsgid "{text}"\nmsgstr ""' for text, where in missing.items()
    )


def test_no_translation_is_left_over():
    assert sorted(set(by_singular()) - set(said())) == []


def test_every_translation_is_finished():
    unfinished = [
        id_ for id_, entry in english().items() if entry.fuzzy or not all(_texts(entry.string))
    ]
    assert unfinished == []


def test_translations_keep_the_values_they_are_told():
    for id_, entry in english().items():
        wanted = set(_PLACEHOLDER.findall(" ".join(_texts(id_))))
        for text in _texts(entry.string):
            assert set(_PLACEHOLDER.findall(text)) == wanted, id_


def test_a_sentence_stands_in_the_catalogue_once():
    ids = [
        line
        for line in CATALOGUE.read_text().splitlines()
        if line.startswith("msgid ") and line != 'msgid ""'
    ]
    assert sorted({line for line in ids if ids.count(line) > 1}) == []


def test_every_code_is_said_in_words():
    assert set(STATUS) - set(refusal_texts.TEXTS) == set()


def _texts(value):
    return value if isinstance(value, tuple) else (value,)


class Elements(HTMLParser):
    """The elements of a template, what is written between them, and nothing of its logic."""

    def __init__(self):
        super().__init__()
        self.seen = []
        self.within = ""

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, {name for name, _ in attrs}))
        self.within = tag

    def handle_data(self, data):
        if self.within in {"script", "style"} and data.strip():
            self.seen.append(("inline", {data.strip()}))

    def handle_endtag(self, tag):  # noqa: ARG002  # the parser calls it so
        self.within = ""


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
class TestWhatTheBrowserForbids:
    def test_styles_and_scripts_stand_in_files(self, template):
        parser = Elements()
        parser.feed(_JINJA.sub("", template.read_text()))
        inline = [each for each in parser.seen if each[0] in {"style", "inline"}]
        assert inline == []
        assert [each for each in parser.seen if "style" in each[1]] == []

    def test_nothing_is_called_from_an_attribute(self, template):
        assert _EVENT_HANDLER.findall(template.read_text()) == []

    def test_nothing_comes_from_another_host(self, template):
        assert _ELSEWHERE.findall(template.read_text()) == []
