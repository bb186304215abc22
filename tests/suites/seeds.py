"""Days declared straight into a log."""

from dataclasses import replace

from services.escalation.calendar import SUBJECT
from tests.suites.events import commit, event


def declare(log, day, **changed):
    """Declare a day as somebody would have; what was written."""
    expected = log.version(SUBJECT)
    told = event(
        "HolidayDeclared", subject=SUBJECT, version=expected + 1, data={"date": day, **changed}
    )
    return log.append(replace(commit(SUBJECT, expected), events=lambda _: (told,)))
