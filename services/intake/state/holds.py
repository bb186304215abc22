"""What intake knows of an objection: whose it is, and whether it still holds their data."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.envelope import Event


@dataclass(frozen=True, slots=True)
class Hold:
    """An objection, dispute or court case that may need the applicant's data."""

    applicant_id: str = ""
    open: bool = False


def evolve_hold(hold: Hold, event: Event) -> Hold:
    """The hold after one more event.

    It ends when the objector accepts the answer or lets the time for a dispute pass, or when the commission or the
    court has spoken; a later step takes it up again.
    """
    match event.name:
        case "ObjectionFiled":
            return Hold(event.data.get("applicant_id") or "", open=True)
        case "ObjectorReacted":
            return replace(hold, open=event.data["reaction"] != "accepts")
        case "DeadlineMissed" if event.data["clock"] == "dispute_window":
            return replace(hold, open=False)
        case "DisputeOpened" | "CourtCaseOpened":
            return replace(hold, open=True)
        case "DisputeSettled" | "CourtRuled":
            return replace(hold, open=False)
    return hold
