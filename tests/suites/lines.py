"""The gateway's lines to the services, ending at the office in memory: pages and forms tried on the real decisions."""

from dataclasses import asdict, replace

from contracts.attachments import parts_of
from contracts.command import checked, from_message
from contracts.envelope import causal_order, to_cloudevent
from contracts.errors import Rejected
from contracts.local import local_day
from services.escalation.explanation import explain
from services.escalation.query import Query as LawQuery
from services.intake.decide import require_attachment
from services.register.project.entries import entry
from services.register.project.objections import objection
from services.register.project.requests import request
from services.register.query.objections import held
from services.register.query.work import piles
from tests.suites.practice import PRACTICE


class OfficeLines:
    """Answers what pages ask, and follows what they order, by an office that nobody else works in."""

    def __init__(self, office):
        self.office = office
        self.given = []
        self.uploads = []

    def ask(self, service, method, *args, **_):
        return getattr(self, f"{service}_{method}")(*args)

    def order(self, contract, message):
        """Follow an order as the service's door does, and let everybody hear of it."""
        command = checked(contract, from_message(message))
        if contract.creates and not command.subject:
            command = replace(command, subject=f"{contract.about}/1")
        before = {event.id for event in self.office.events()}
        self.office._follow(command)
        self.office.publish()
        self.office.settle()
        new = [event for event in self.office.logged(contract.service) if event.id not in before]
        self.given.append(command)
        log = self.office.logs[contract.service]
        names = [{"id": event.id, "name": event.name} for event in new]
        return {
            "subject": command.subject,
            "version": log.version(command.subject),
            "events": names,
        }

    def _events(self, subject):
        return causal_order(event for event in self.office.events() if event.subject == subject)

    def _fold(self, fold, subject):
        shown = fold(self._events(subject))
        if shown is None:
            raise Rejected("not_found", "There is no such thing.")
        return {"_id": subject, **shown}

    def register_request(self, subject):
        about = {event.subject for event in self.office.events() if event.subject != subject}
        contested = [self._fold(objection, each) for each in about if each.startswith("objection/")]
        ours = [each for each in contested if f"request/{each['request']}" == subject]
        return {**self._fold(request, subject), **held(ours)}

    def register_request_showing(self, subject, *_):
        return self.register_request(subject)

    def register_objection(self, subject):
        return self._fold(objection, subject)

    def register_objection_showing(self, subject, *_):
        return self.register_objection(subject)

    def register_timeline(self, subject):
        return [to_cloudevent(event) for event in self._events(subject)]

    def register_requests(self, filters=None, *_):
        """Every request, or those of one assignee or of several."""
        subjects = {event.subject for event in self.office.events()}
        found = [self.register_request(each) for each in subjects if each.startswith("request/")]
        whose = (filters or {}).get("assignee", ())
        wanted = [whose] if isinstance(whose, str) else whose
        return [
            each for each in found if not wanted or (each["open"] and each["assignee"] in wanted)
        ]

    def register_piles(self, today, soon_until):
        """Empty but for what is to be classified."""
        items = [each for each in self.register_requests() if each["state"] == "submitted"]
        lying = {"to_classify": {"count": len(items), "items": items}}
        return {
            name: lying.get(name, {"count": 0, "items": []}) for name in piles(today, soon_until)
        }

    def register_pile_of(self, account):
        items = self.register_requests({"assignee": account})
        return {"count": len(items), "items": items}

    def register_objections(self, filters, *_):
        subjects = {event.subject for event in self.office.events()}
        found = [self._fold(objection, each) for each in subjects if each.startswith("objection/")]
        return [each for each in found if filters.get("state") in (None, each["state"])]

    def intake_attachment_limits(self):
        return asdict(PRACTICE.limits(local_day(self.office.time)))

    def intake_open_upload(self, request):
        self.uploads.append([])
        return f"upload-{len(self.uploads)}-of-{request}"

    def intake_add_part(self, upload, number, sealed):
        parts = self.uploads[int(upload.split("-")[1]) - 1]
        assert number == len(parts)
        parts.append(sealed)

    def intake_read_attachment(self, request_id, attachment, purpose, _reader):
        if not purpose.strip():
            raise Rejected("purpose_missing", "Say what the file is needed for.")
        known = require_attachment(self.office.state("intake", f"request/{request_id}"), attachment)
        return {**asdict(known), "reading": attachment, "parts": parts_of(known.size)}

    def intake_attachment_part(self, reading, number):
        return self.uploads[int(reading.split("-")[1]) - 1][number]

    def intake_objector(self, *_):
        return "known"

    def intake_applicant_warnings(self, _):
        return ["contact_missing"]

    def register_entries(self, *_):
        return []

    def register_entry(self, subject):
        return self._fold(entry, subject)

    def _law(self):
        return LawQuery(self.office.logs["escalation"], self.office.law, None, None)

    def escalation_near(self, days):
        return self._law().near(days, self.office.time)

    def escalation_rules(self, kind, on, known_at=""):
        return self._law().rules(kind, on, known_at)

    def escalation_rule_changes(self, kind, key):
        return self._law().rule_changes(kind, key)

    def escalation_explain(self, subject):
        known = self.office.handlers["escalation"].known(subject)
        assert known.state.clocks
        events = [event for event in self._events(subject) if event.stream == subject]
        return explain(events, self.office.law())

    def escalation_grounds(self, request_id):
        return self.office.redress().grounds(request_id, self.office.time)
