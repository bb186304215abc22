"""Histories of requests and objections as the register tells them, and what their papers are made from."""

from datetime import date

from contracts.rules import Rule, Rules
from eventlog.rulebook import first_rules
from services.gateway.documents.content import content_of
from services.gateway.documents.kinds import KINDS, papers_in
from services.gateway.documents.sources import Sources
from services.gateway.documents.story import until
from tests.suites.events import event

REQUEST = "request/0198a0b2-7c40-7d3e-9f61-52a1c04be7d5"
OBJECTION = "objection/0199f0c4-1d20-7b11-8a53-7f0b6d2e9c14"
STATUS_PAGE = "https://ppid.example.id/status"
SECRET = "ZVTQ-DTQ8-8RYB"
PERSON = {
    "name": "Siti Rahmawati",
    "nik": "3174014708890021",
    "address": "Jl. Contoh No. 12\nJakarta Pusat 10420",
    "phone": "+628120000000",
    "email": "siti@example.id",
    "occupation": "Peneliti",
}
REFUSED = {
    "outcome": "refused",
    "grounds": ["17h"],
    "consequence": "Rahasia pribadi pemilih terungkap",
    "public_interest": "Tidak lebih besar daripada perlindungan data pribadi",
    "exempt_until": "2031-08-30",
}
PARTIAL = {
    **REFUSED,
    "outcome": "partial",
    "blackened": ["NIK pada halaman 3: rahasia pribadi", "Nomor rekening pada lampiran II"],
}
WINDOW = ("DeadlineSet", {"clock": "objection_window", "days": 30, "due_on": "2026-10-05"})
ARRIVED = ("RequestReceived", "RequestSubmitted", "DeadlineSet")


def history(*steps, subject=REQUEST, begin=8):
    """Events of one subject, a day apart and one order each: names, or pairs of a name and what is changed.

    A clock is set by the order before it.
    """
    told = []
    for at, (name, data) in enumerate(map(_pair, steps), start=1):
        day = f"2026-{begin + at // 29:02d}-{at % 29 + 1:02d}T03:00:00+00:00"
        actor = "ppid_officer:budi" if name == "Decided" else "desk:ani"
        told.append(
            event(name, version=at, subject=subject, time=day, data=data, actor=actor, id=f"e{at}")
        )
    return tuple(told)


def _pair(step):
    return (step, {}) if isinstance(step, str) else step


def story_of(kind, events):
    """Where the newest paper of a kind stands in a history."""
    return [story for found, story in papers_in(events) if found.name == kind][-1]


def sources(kind, events, *, lang="id", person=None, rules=None, request=None) -> Sources:
    """What a paper is made from; `request` is the history of the request that an objection is about."""
    story = story_of(kind, events)
    return Sources(
        story=story,
        request=until(request, story.event.time) if request else None,
        person=person or PERSON,
        rules=rules or first_rules(),
        lang=lang,
        status_page=STATUS_PAGE,
        secret=SECRET,
    )


def content(kind, events, **given):
    """What the newest paper of a kind says."""
    return content_of(KINDS[kind], sources(kind, events, **given))


def with_letters(**values) -> Rules:
    """The first rules, with settings of letters that somebody filled in: head, signers, number, copies."""
    rules = first_rules()
    for name, value in values.items():
        key = f"letter.{name}"
        old = rules.get("setting", key, date(2026, 8, 12))
        periods = tuple(each for each in rules.periods if each != old)
        rules = Rules(
            (*periods, Rule("setting", key, {**old.value, **value}, "SK 1/2026", old.valid_from))
        )
    return rules


# A history that has every paper of a request, and one that has every paper of an objection.
INCOMPLETE = (
    "RequestReceived",
    ("IncompletenessNotified", {"missing": ["identity_card", "power_of_attorney"]}),
    ("DeadlineSet", {"clock": "completion", "days": 3, "due_on": "2026-08-18"}),
)
WALK = (
    *INCOMPLETE,
    "RequestSubmitted",
    "DeadlineSet",
    ("ExemptionFlagged", {"grounds": ["17h"]}),
    ("Escalated", {"cause": "exempt", "note": "Mohon arahan"}),
    "DispositionGiven",
    "DeadlineExtended",
    "ConsequenceTested",
    ("Decided", REFUSED),
    ("ApplicantNotified", {"outcome": "refused", "grounds": ["17h"]}),
    WINDOW,
    "InformationDelivered",
)
ENDINGS = {
    "lapse": (
        *INCOMPLETE,
        ("RequestLapsed", {"missing": ["identity_card"], "due_on": "2026-08-18"}),
    ),
    "withdrawal": (*ARRIVED, "RequestWithdrawn"),
    "declined": ("RequestReceived", "RequestDeclined"),
}
CONTESTED = (
    "ObjectionFiled",
    ("DeadlineSet", {"clock": "objection_answer", "days": 30, "due_on": "2026-11-11"}),
    "ObjectionAnswered",
    ("DeadlineSet", {"clock": "dispute_window", "days": 14, "due_on": "2026-11-09"}),
)


def every_paper(lang="id"):
    """What one paper of each kind is made from, by kind."""
    walked = history(*WALK)
    found = {kind.name: sources(kind.name, walked, lang=lang) for kind, _ in papers_in(walked)}
    for kind, steps in ENDINGS.items():
        found[kind] = sources(kind, history(*steps), lang=lang)
    contested = history(*CONTESTED, subject=OBJECTION, begin=10)
    for kind, _ in papers_in(contested):
        found[kind.name] = sources(kind.name, contested, lang=lang, request=walked)
    return found
