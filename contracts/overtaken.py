"""Which facts an order to decide anew overtakes: those recorded by somebody who cannot have heard of it.

From an order until the applicant is notified anew, a request is escalation's alone. What classification or the register
records of it then was decided on what stood before. Every fold leaves it out, so that all come to one end: the order
is carried out, in whichever order facts arrive. What the applicant takes back is not overtaken, and no order opens it.
"""

from __future__ import annotations

from contracts.envelope import Event

OVERTAKEN = frozenset(
    {"InformationClassified", "ExemptionFlagged", "InformationDelivered", "Closed", "Reopened"}
)


def is_overtaken(event: Event, *, ordered: bool) -> bool:
    """Whether a fact does not count, because an order waits to be carried out."""
    return ordered and event.name in OVERTAKEN


def still_ordered(event: Event, *, ordered: bool) -> bool:
    """Whether an order waits to be carried out after one more event."""
    return event.name == "DecisionOrdered" or (ordered and event.name != "ApplicantNotified")
