"""What intake knows of an objection: whose it is, and whether it still holds their data."""

from __future__ import annotations

from dataclasses import dataclass, replace

from contracts.envelope import Event


@dataclass(frozen=True, slots=True)
class Hold:
    """An objection, dispute or court case that may need the applicant's data."""

    applicant_id: str = ""
    open: bool = False
    last_court: bool = False  # nothing can be filed after its ruling


def evolve_hold(hold: Hold, event: Event) -> Hold:
    """The hold after one more event.

    It ends when the objector accepts the answer, when the time for a dispute, for a lawsuit over the award or for a
    cassation passes unused, or when the last court has ruled; a later step, late or not, takes it up again.
    """
    match event.name:
        case "ObjectionFiled":
            return Hold(event.data.get("applicant_id") or "", open=True)
        case "ObjectorReacted":
            return replace(hold, open=event.data["reaction"] != "accepts")
        case "RedressLapsed":
            return replace(hold, open=False)
        case "DisputeOpened":
            return replace(hold, open=True)
        case "CourtCaseOpened":
            return replace(hold, open=True, last_court=event.data["court"] == "supreme_court")
        case "CourtRuled" if hold.last_court:
            return replace(hold, open=False)
    return hold
