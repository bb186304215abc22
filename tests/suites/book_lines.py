"""The same lines, with what the books, the reports, the duties and the cases of personal data ask."""

from datetime import date

from contracts.errors import Rejected
from contracts.local import local_day
from services.escalation.duties import reports_owed, row
from services.escalation.state import DutyState
from services.register.project.objections import objection
from services.register.project.privacy import privacy_case
from services.register.project.requests import request
from services.register.query.objections import book_line
from services.register.query.privacy import shown_at
from services.reporting import figures
from services.reporting.project.lines import line
from services.reporting.project.reports import report
from tests.suites.lines import OfficeLines

VOID = {
    "_id": "void/2026-0002", "state": "void", "number": "0002/PPID-DKI/VIII/2026", "serial": 2, "year": 2026,
    "reason": "Formulir rusak", "voided_at": "2026-08-13T09:10:00+07:00", "voided_by": "administrator:ida",
}  # fmt: skip


class BookLines(OfficeLines):
    """Counts as reporting counts, from the events of the office."""

    def __init__(self, office):
        super().__init__(office)
        self.seal = None  # the gateway's own
        self.reads = []

    def intake_applicants(self, applicants, purpose, reader):
        self.reads.append((tuple(applicants), purpose, reader))
        person = {"name": "Rina Contoh", "address": "Jalan Contoh 2", "phone": "021555001"}
        return self.seal.close(dict.fromkeys(applicants, person))

    def intake_applicant(self, applicant, purpose, reader):
        self.reads.append((applicant, purpose, reader))
        return self.seal.close({"name": "Rina Contoh"})

    def _all(self, fold, kind):
        found = sorted({event.subject for event in self.office.events()})
        shown = [
            {"_id": each, **(fold(self._events(each)) or {})}
            for each in found
            if each.startswith(kind)
        ]
        return [each for each in shown if len(each) > 1]

    def register_book(self, year, after, limit):
        lines = [each for each in self._all(request, "request/") if each["year"] == year]
        return [each for each in (*lines, VOID) if each["serial"] > after][:limit]

    def register_objection_book(self, year, after, limit):
        lines = [each for each in self._all(objection, "objection/") if each["year"] == year]
        about = self.register_request("request/1")
        return [book_line(each, about) for each in lines if each["serial"] > after][:limit]

    def register_privacy_case(self, subject):
        return shown_at(self._fold(privacy_case, subject), self.office.time.isoformat())

    def register_privacy_case_showing(self, subject, *_):
        return self.register_privacy_case(subject)

    def register_privacy_cases(self, filters, *_):
        shown = [
            self.register_privacy_case(each["_id"]) for each in self._all(privacy_case, "privacy/")
        ]
        return [each for each in shown if filters.get("state") in (None, each["state"])]

    def reporting_day(self, day):
        try:
            on = date.fromisoformat(day)
        except ValueError:
            raise Rejected("not_found", "There is no such day.") from None
        lines = self._all(line, "request/")
        counted = figures.of_day(lines, on, self.office.law().rules)
        return {
            "date": day,
            "figures": counted,
            "lines": lines,
            "supervision": self._frozen(f"day/{day}"),
        }

    def reporting_period(self, period):
        counted = figures.of_period(self._all(line, "request/"), period, self.office.law().rules)
        return {"period": period, "figures": counted, "report": self._frozen(f"report/{period}")}

    def reporting_day_showing(self, subject, *_):
        return self._frozen(subject)

    def reporting_report_showing(self, subject, *_):
        return self._frozen(subject)

    def _frozen(self, subject):
        events = self._events(subject)
        return dict(report(events)) if events else None

    def escalation_duties(self, on):
        first, today = date(2026, 6, 1), date.fromisoformat(on)
        law = self.office.law()
        rows = (row(each, DutyState(), today, law) for each in reports_owed(first, today))
        return [each for each in rows if each]

    def now(self):
        """The office's day."""
        return local_day(self.office.time).isoformat()
