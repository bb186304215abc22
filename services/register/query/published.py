"""What is public already and reads like what somebody asks for: a hint at the counter, by the words of the titles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from eventlog.mongo.views import MongoViews

Shown = dict[str, Any]
MOST = 5
_LOOKED_AT = 40
_MOST_WORDS = 24
_SHORTEST = 3
# Two words in common say something; a single one only of a question of one word.
_IN_COMMON = 2
_WORD = re.compile(r"\w+")
# They stand in every sentence, or in every request.
_EMPTY = frozenset(
    (
        "ada", "adalah", "agar", "akan", "antara", "apa", "atas", "atau", "bagi", "bagaimana", "berapa", "beserta",
        "dalam", "dan", "dapat", "dari", "data", "dengan", "dokumen", "hal", "hingga", "informasi", "ingin", "ini",
        "itu", "juga", "kami", "karena", "kepada", "lain", "melalui", "memohon", "mengenai", "meminta", "minta", "mohon",
        "oleh", "pada", "para", "permintaan", "permohonan", "saat", "saya", "sebagai", "secara", "selama", "seluruh",
        "semua", "serta", "setiap", "siapa", "sudah", "tahun", "tentang", "terkait", "tersebut", "untuk", "yaitu", "yang",
        "the", "and", "for", "from", "with",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PublishedQuery:
    """Reads views; writes nothing."""

    views: MongoViews

    def like(self, text: str, today: str) -> list[Shown]:
        """Entries of the public list whose titles share words with a text, the likeliest first. `today` is an ISO date."""
        asked = telling(text)
        if not asked:
            return []
        query = {"$text": {"$search": " ".join(asked)}, "list": "public", "revoked_at": None}
        score = {"$meta": "textScore"}
        found = self.views.collection("entries").find(
            query, {"score": score}, sort=[("score", score)], limit=_LOOKED_AT
        )
        return [entry for entry in found if fits(asked, entry, today)][:MOST]


def telling(text: str) -> tuple[str, ...]:
    """The words of a text that say what it is about, each once."""
    words = _WORD.findall(text.casefold())
    kept = [word for word in words if len(word) >= _SHORTEST and word not in _EMPTY]
    return tuple(dict.fromkeys(kept))[:_MOST_WORDS]


def fits(asked: Sequence[str], entry: Shown, today: str) -> bool:
    """Whether enough words are the same, and the entry counts on a day."""
    common = set(asked) & set(_WORD.findall(entry["title"].casefold()))
    ended = entry.get("valid_to") is not None and entry["valid_to"] < today
    return not ended and len(common) >= min(_IN_COMMON, len(asked))
