"""Everything a paper is made from, gathered before: then its content is a function of this and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.rules import Rules
from services.gateway.documents.story import Data, Story
from services.gateway.documents.terms import TERMS
from services.gateway.documents.writing import listed, written_day

Signer = Mapping[str, str]
_ARTICLES = {
    "17": {"id": "Pasal 17 huruf {letter}", "en": "Article 17 letter {letter}"},
    "35": {"id": "Pasal 35 ayat (1) huruf {letter}", "en": "Article 35(1) letter {letter}"},
}
_AND = {"id": "dan", "en": "and"}


@dataclass(frozen=True, slots=True)
class Sources:
    """The story of what the paper is about, the request behind it, who asked, and the rules as they were known then."""

    story: Story
    request: Story | None
    person: Mapping[str, Any]
    rules: Rules
    lang: str
    status_page: str = ""
    secret: str = ""
    preview: bool = False

    @property
    def on(self) -> date:
        """The day of the paper."""
        return self.story.day

    def word(self, group: str, value: str | None) -> str:
        """A word of a closed list; "" for none."""
        return TERMS[f"{group}.{value}"][self.lang] if value else ""

    def words(self, group: str, values: Sequence[str]) -> str:
        """Several of them, as a sentence names them."""
        return listed([self.word(group, value) for value in values], _AND[self.lang])

    def setting(self, key: str) -> Data:
        """A setting of the office on that day."""
        return self.rules.get("setting", key, self.on).value

    def wording(self, kind: str, key: str) -> str:
        """How the rules word something; "" where they no longer do."""
        rule = self.rules.find(kind, key, self.on)
        return str(rule.value[self.lang]) if rule else ""

    def length(self, key: str) -> int:
        """How many days something takes by the rules of that day."""
        return int(self.rules.days(key, self.on).value["count"])

    def grounds(self, keys: Sequence[str]) -> list[dict[str, str]]:
        """Grounds by article and wording."""
        return [
            {
                "article": _ARTICLES[key[:2]][self.lang].format(letter=key[2:]),
                "text": self.wording("ground", key),
            }
            for key in keys
        ]

    def day(self, value: str | date | None) -> str:
        """A date as this paper writes it; "" for none."""
        return written_day(value, self.lang) if value else ""

    def signer(self, role: str) -> Signer:
        """Who signs for a role; "" for what nobody has filled in yet."""
        found = self.setting("letter.signers")[role]
        return {name: found.get(name) or "" for name in ("title", "name", "rank", "nip")}
