"""Which papers there are: of what each is made, whom it names, how large it is, and what it is called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from contracts.envelope import Event
from services.gateway.documents.story import Story

REQUEST, OBJECTION = "request", "objection"


def _always(_: Event) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of paper.

    `clock` must have been set by the event, because the paper tells its date. `names` says whether the applicant stands
    on it: where they do not, nobody is read.
    """

    name: str
    event: str
    id: str
    en: str
    about: str = REQUEST
    size: str = "A4"
    clock: str = ""
    names: bool = True
    only: Callable[[Event], bool] = _always

    @property
    def key(self) -> str:
        """What rules and deliveries call it."""
        return self.name.replace("-", "_")

    @property
    def title(self) -> Mapping[str, str]:
        """What it is called, in both languages."""
        return {"id": self.id, "en": self.en}

    def stands(self, story: Story) -> bool:
        """Whether the event that the story is at has such a paper."""
        event = story.event
        fits = event.name == self.event and self.only(event)
        return fits and (not self.clock or story.began(self.clock) is not None)


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("receipt", "RequestSubmitted", "Tanda bukti penerimaan", "Receipt", size="A5", clock="answer"),
        Kind(
            "incompleteness", "IncompletenessNotified",
            "Pemberitahuan ketidaklengkapan", "Notice of incompleteness", clock="completion",
        ),
        Kind("declined", "RequestDeclined", "Pemberitahuan tidak berhak memohon", "Notice of ineligibility"),
        Kind("lapse", "RequestLapsed", "Pemberitahuan permohonan tidak diproses", "Notice of lapse"),
        Kind("withdrawal", "RequestWithdrawn", "Tanda terima pencabutan", "Acknowledgement of withdrawal"),
        Kind("memo", "Escalated", "Nota dinas kepada PPID", "Memo to the PPID officer", names=False),
        Kind("disposition", "DispositionGiven", "Lembar disposisi", "Disposition sheet", size="A5", names=False),
        Kind("extension", "DeadlineExtended", "Pemberitahuan perpanjangan waktu", "Notice of extension"),
        Kind("notification", "ApplicantNotified", "Pemberitahuan tertulis", "Written notification"),
        Kind(
            "rejection", "ApplicantNotified", "Surat penolakan", "Letter of refusal",
            only=lambda event: event.data["outcome"] == "refused",
        ),
        Kind("handover", "InformationDelivered", "Tanda terima informasi", "Receipt of the information", size="A5"),
        Kind(
            "objection-receipt", "ObjectionFiled", "Tanda terima keberatan", "Receipt of an objection",
            about=OBJECTION, size="A5", clock="objection_answer",
        ),
        Kind(
            "objection-answer", "ObjectionAnswered", "Tanggapan atas keberatan", "Answer to an objection",
            about=OBJECTION,
        ),
    )
}  # fmt: skip


def papers_in(events: tuple[Event, ...]) -> tuple[tuple[Kind, Story], ...]:
    """Every paper that a history has, in the order in which they came to be."""
    stories = (Story(events, at) for at in range(len(events)))
    return tuple(
        (kind, story) for story in stories for kind in KINDS.values() if kind.stands(story)
    )
