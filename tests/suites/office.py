"""The five services' decisions on logs in memory, wired as the broker would: for histories nobody invents at a desk.

What is ordered is refused or recorded by the real decide functions. What was recorded waits in one queue a service
until it is delivered, in any order, late, and more than once.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import count

from hypothesis import strategies

from contracts.catalogue import SERVICES
from contracts.command import checked
from contracts.commands import COMMANDS
from contracts.errors import Rejected
from contracts.local import local_day
from contracts.rules import SUBJECT as RULES
from contracts.rules import evolve_rules
from contracts.topology import SUBSCRIPTIONS
from eventlog.consume import Listener
from eventlog.handle import Handler
from eventlog.memory import MemoryInbox, MemoryLog
from eventlog.replay import hears
from services.classification import decide as classification
from services.classification import state as classification_state
from services.classification.consume import opens, publish_opened
from services.classification.tools import opened_entry
from services.escalation import consume as escalation_consume
from services.escalation import decide as escalation
from services.escalation import state as escalation_state
from services.escalation import timekeeping
from services.escalation.calendar import SUBJECT as CALENDAR
from services.escalation.calendar import evolve_calendar
from services.escalation.law import Law
from services.escalation.moves import moved
from services.escalation.redress import Redress
from services.intake import consume as intake_consume
from services.intake import decide as intake
from services.intake import state as intake_state
from services.intake.paper import Paper
from services.register import decide as register
from services.register import state as register_state
from services.reporting import decide as reporting
from services.reporting import state as reporting_state
from tests.suites.found import FoundInMemory
from tests.suites.law import with_rule
from tests.suites.orders import order
from tests.suites.practice import PRACTICE

# Before anybody changes it, and in the election stages: there is another regime to correct to.
LAW = with_rule("regime", "election", {"topics": ["election"]}, basis="PKPU tahapan")
BEGIN = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)
ENTRY = "list-entry/1"
STATES = {
    "intake": (intake_state.RequestState(), intake_state.evolve),
    "applicants": (intake_state.ApplicantState(), intake_state.evolve_applicant),
    "numbers": (intake_state.NumbersState(), intake_state.evolve_numbers),
    "classification": (classification_state.RequestState(), classification_state.evolve),
    "entries": (classification_state.EntryState(), classification_state.evolve_entry),
    "escalation": (escalation_state.RequestState(), escalation_state.evolve),
    "contested": (escalation_state.Contested(), escalation_state.evolve_contested),
    "relied on": (escalation_state.EntryState(), escalation_state.evolve_entry),
    "objections": (escalation_state.ObjectionState(), escalation_state.evolve_objection),
    "privacy": (escalation_state.PrivacyState(), escalation_state.evolve_privacy),
    "calendar": (
        escalation_state.Standing(LAW.calendar),
        escalation_state.evolve_standing(evolve_calendar),
    ),
    "rules": (escalation_state.Standing(LAW.rules), escalation_state.evolve_standing(evolve_rules)),
    "register": (register_state.RequestState(), register_state.evolve),
    "reporting": (reporting_state.ReportState(), reporting_state.evolve),
}
_SERVICES = {
    "applicants": "intake",
    "numbers": "intake",
    "entries": "classification",
    "contested": "escalation",
    "relied on": "escalation",
    "objections": "escalation",
    "privacy": "escalation",
    "calendar": "escalation",
    "rules": "escalation",
}
# What an order says of the time at which it is given.
_MOMENTS = {
    "ReceiveRequest": "received_at",
    "CompleteRequest": "received_at",
    "FileObjection": "filed_at",
    "OpenPrivacyCase": "opened_at",
    "SettlePrivacyCase": "settled_at",
    "RecordDelivery": "happened_at",
    "RecordObjectionDelivery": "happened_at",
}
_DAYS = {
    "OpenDispute": "filed_on",
    "SettleDispute": "settled_on",
    "OpenCourtCase": "filed_on",
    "RecordRuling": "ruled_on",
}
_WEEK = timedelta(days=7)


class Office:
    """Five services, each with its own log and inbox, and messages on their way."""

    def __init__(self):
        self.time = BEGIN
        self._ids = count(1)
        self._orders = count(1)
        self.logs = {name: MemoryLog() for name in SERVICES}
        self.inboxes = {name: MemoryInbox() for name in SERVICES}
        self.handlers = {name: self._handler(name) for name in STATES}
        self.reactions = {
            "intake": intake_consume.REACTIONS,
            "escalation": escalation_consume.reactions(self.law),
        }
        self.underway = defaultdict(list)
        self._sent = dict.fromkeys(SERVICES, 0)

    def law(self):
        """The law as it stands."""
        log = self.logs["escalation"]
        return Law(
            reduce(evolve_rules, log.stream(RULES), LAW.rules),
            reduce(evolve_calendar, log.stream(CALENDAR), LAW.calendar),
        )

    def _handler(self, name):
        service = _SERVICES.get(name, name)
        log, inbox = self.logs[service], self.inboxes[service]
        initial, evolve = STATES[name]
        return Handler(
            service, log, inbox, initial, evolve, lambda: self.time, lambda: f"{next(self._ids):06}"
        )

    def order(self, name, subject="request/1", **changed):
        """Give an order; the code of the refusal, or "" when it was followed."""
        command = order(
            name,
            subject=subject,
            id_=f"order {next(self._orders)}",
            **{**self._now(name), **changed},
        )
        try:
            self._follow(command)
        except Rejected as refused:
            return refused.code
        self.publish()
        return ""

    def _now(self, name):
        if name in _MOMENTS:
            return {_MOMENTS[name]: self.time.isoformat()}
        if name in _DAYS:
            return {_DAYS[name]: local_day(self.time).isoformat()}
        if name == "AnswerObjection":
            # by somebody who decides nothing else
            execute_on = local_day(self.time + _WEEK).isoformat()
            return {"execute_on": execute_on, "account": "atasan"}
        return {}

    def _follow(self, command):
        command, decision, name = self._prepared(command)
        handler = self.handlers[name]
        if name == "numbers":
            self._number(command)
        elif not COMMANDS[command.name].creates:
            handler.obey(command, decision)
        elif not handler.log.stream(command.subject):  # what exists is not created again
            with self.paper().claiming(command.data.get("paper_serial")):
                handler.create(command, _with_numbers(decision, self))
        if name == "objections":
            self.redress().carry(command.subject)
        if command.name == "CorrectRegime":
            self.redress().follow_regimes()

    def _number(self, command):
        follow = {"ReserveNumbers": self.paper().reserve, "VoidNumber": self.paper().void}
        follow[command.name](command)

    def paper(self):
        """What knows of paper forms."""
        return Paper(self.handlers["numbers"], lambda: PRACTICE)

    def _prepared(self, command):
        """An order with all that its decision has to know, and whose it is."""
        decision, name = DECISIONS[command.name]
        if command.name == "FileObjection":
            command, decision = _about_its_request(command), _filed(self)
        if command.name == "AnswerObjection":
            decision = _answered(self)
        if command.name in ("DecideRequest", "NotifyApplicant"):
            decision = _by_list(decision, self)
        if isinstance(decision, _Lawful):
            decision = decision.by(self.law)
        return command, _with_entry(decision, self), name

    def judge(self, name, subject="request/1", **changed):
        """What would become of an order: the code of the refusal, or "" if it would be followed. Nothing is written."""
        given = order(name, subject=subject, **{**self._now(name), **changed})
        try:
            command, decision, handler = self._prepared(checked(COMMANDS[name], given))
            if COMMANDS[name].creates:
                decision(command, self.time)
            else:
                decision(command, self.handlers[handler].known(subject).state, self.time)
        except Rejected as refused:
            return refused.code
        return ""

    def redress(self):
        """What carries the orders of objections to their requests."""
        known = ("objections", "contested", "escalation")
        handlers = (self.handlers[name] for name in known)
        return Redress(*handlers, self.law, FoundInMemory(self.logs["escalation"]))

    def publish(self):
        """Put what was recorded into the queues."""
        for service, log in self.logs.items():
            for done in log.read(self._sent[service], 10_000):
                self._sent[service] = done.position
                for each in SUBSCRIPTIONS:
                    if each.queue.endswith(".inbox"):
                        heard = [event for event in done.events if hears(each, event)]
                        self.underway[each.service].extend(heard)

    def deliver(self, service, at=0, *, keep=False):
        """Hand over one message of a queue; `keep` leaves it there, to come again."""
        queue = self.underway[service]
        if not queue:
            return
        event = queue[at % len(queue)] if keep else queue.pop(at % len(queue))
        reactions = self.reactions.get(service, {})
        Listener(f"{service}.inbox", self.inboxes[service], self.handlers[service], reactions).hear(
            event
        )
        self._open(event, service)
        self.publish()

    def _open(self, event, service):
        """What classification puts on the public list, as its tools do."""
        if service == "classification" and opens(event):
            self.handlers["entries"].conclude(
                opened_entry(event),
                f"opened {event.id}",
                lambda state, _: publish_opened(event, state),
            )

    def settle(self):
        """Deliver everything, in order, until nothing is on its way."""
        while any(self.underway.values()):
            for service in SERVICES:
                while self.underway[service]:
                    self.deliver(service)

    def pass_days(self, days):
        """Let time go by, clocks follow the law, and the agenda look at every request and objection."""
        self.time += timedelta(days=days)
        self.recount()
        self._conclude(
            "reminders", lambda state, now: timekeeping.reminders(state, now, self.law())
        )

    def recount(self):
        """Count every open clock again by the law as it stands; which facts that took."""
        law, today = self.law(), local_day(self.time)
        return self._conclude("recount", lambda state, _: moved(state, law, today))

    def timed(self):
        """Everything that may have clocks, folded as requests are."""
        subjects = {event.stream for event in self.logged("escalation")}
        return {
            subject: self.state("escalation", subject)
            for subject in sorted(subjects)
            if subject.startswith(("request/", "objection/"))
        }

    def _conclude(self, what, decide):
        run = f"{what} {next(self._orders)}"
        handler = self.handlers["escalation"]
        done = [handler.conclude(subject, f"{run} {subject}", decide) for subject in self.timed()]
        self.publish()
        return [event for each in done if each for event in each.events]

    def events(self):
        """Everything recorded, service by service."""
        return [event for service in self.logs for event in self.logged(service)]

    def logged(self, service):
        """Everything that a service recorded."""
        return [event for done in self.logs[service].read(0, 100_000) for event in done.events]

    def state(self, name, subject="request/1"):
        """What a service knows of a subject."""
        return self.handlers[name].known(subject).state


def _with_entry(decision, office):
    if decision not in (classification.classify, classification.flag_exemption):
        return decision
    return lambda command, state, now: decision(
        command, state, now, office.state("entries", command.data["list_entry"] or "")
    )


def _with_numbers(decision, office):
    if decision is not _receive:
        return decision
    return lambda command, now: decision(command, now, office.paper().known(command))


def _about_its_request(command):
    request = command.subject.partition("/")[2]
    return replace(command, data={**command.data, "request": request, "applicant_id": None})


def _filed(office):
    def filed(command, now):
        request = command.data["request"]
        pending = office.redress().found.pending(request, but="")
        about = office.state("contested", f"request/{request}")
        return escalation.file_objection(command, now, office.law(), about, pending)

    return filed


def _by_list(decision, office):
    def decided(command, state, now):
        entry = escalation_state.relied_on(state)
        listed = office.state("relied on", entry["entry"] if entry else "")
        return decision(command, state, now, office.law(), listed)

    return decided


def _answered(office):
    return lambda command, state, now: escalation.answer_objection(
        command, state, now, office.law(), office.state("contested", f"request/{state.request}")
    )


def _receive(command, now, numbers):
    applicant = command.subject.replace("request", "applicant")
    return intake.receive(command, now, intake.Arrival(applicant), PRACTICE, numbers)


def _complete(command, state, now):
    return intake.complete(command, state, now, PRACTICE)


def _keep(command, state, now):
    return intake.keep_attachment(command, state, now, PRACTICE)


def _enter(command, now):
    arrival = intake.Arrival(command.subject.partition("/")[2])
    return intake.enter_applicant(command, now, arrival, PRACTICE)


def _erase(command, state, _):
    return intake.erase_applicant(command, command.subject, state)


def _correct(command, state, _):
    return intake.correct_applicant(command.subject, state)


def _publish(command, now, law):
    return classification.publish_entry(command, now, law.rules)


@dataclass(frozen=True)
class _Lawful:
    """A decision that the law has a say in, as it stands when it is taken."""

    decision: Callable

    def by(self, law):
        return lambda *given: self.decision(*given, law())


def _supervise(command, state, now):
    return reporting.supervise(command, state, now, now.date(), {"received": 1})


def _issue(command, state, now):
    return reporting.issue(command, state, now, "2026-07", {"received": 1})


def _acknowledge(command, state, now):
    return reporting.acknowledge(command, state, now, "2026-07")


DECISIONS = {
    "ReceiveRequest": (_receive, "intake"),
    "CompleteRequest": (_complete, "intake"),
    "WithdrawRequest": (intake.withdraw, "intake"),
    "KeepAttachment": (_keep, "intake"),
    "DropAttachment": (intake.drop_attachment, "intake"),
    "EnterApplicant": (_enter, "applicants"),
    "CorrectApplicant": (_correct, "applicants"),
    "ReserveNumbers": (intake.reserve, "numbers"),
    "VoidNumber": (intake.void, "numbers"),
    "EraseApplicant": (_erase, "applicants"),
    "ClassifyInformation": (classification.classify, "classification"),
    "FlagExemption": (classification.flag_exemption, "classification"),
    "PublishListEntry": (_Lawful(_publish), "entries"),
    "RevokeListEntry": (classification.revoke_entry, "entries"),
    "EscalateRequest": (escalation.escalate, "escalation"),
    "GiveDisposition": (escalation.give_disposition, "escalation"),
    "ExtendDeadline": (_Lawful(escalation.extend), "escalation"),
    "RecordConsequenceTest": (_Lawful(escalation.record_test), "escalation"),
    "DecideRequest": (escalation.decide, "escalation"),
    "CorrectRegime": (_Lawful(escalation.correct_regime), "escalation"),
    "NotifyApplicant": (escalation.notify, "escalation"),
    "FileObjection": (escalation.file_objection, "objections"),
    "AnswerObjection": (escalation.answer_objection, "objections"),
    "RecordReaction": (_Lawful(escalation.record_reaction), "objections"),
    "RecordObjectionDelivery": (escalation.record_delivery, "objections"),
    "OpenDispute": (_Lawful(escalation.open_dispute), "objections"),
    "SettleDispute": (_Lawful(escalation.settle_dispute), "objections"),
    "OpenCourtCase": (_Lawful(escalation.open_court_case), "objections"),
    "RecordRuling": (_Lawful(escalation.record_ruling), "objections"),
    "OpenPrivacyCase": (_Lawful(escalation.open_privacy_case), "privacy"),
    "SettlePrivacyCase": (escalation.settle_privacy_case, "privacy"),
    "DeclareHolidays": (escalation.declare_holidays, "calendar"),
    "RevokeHoliday": (escalation.revoke_holiday, "calendar"),
    "EnactRule": (escalation.enact_rule, "rules"),
    "EndRule": (escalation.end_rule, "rules"),
    "HandOverInformation": (register.hand_over, "register"),
    "RecordDelivery": (register.record_delivery, "register"),
    "CloseRequest": (register.close, "register"),
    "AssignRequest": (register.assign, "register"),
    "ReopenRequest": (register.reopen, "register"),
    "SuperviseDay": (_supervise, "reporting"),
    "IssueReport": (_issue, "reporting"),
    "AcknowledgeReport": (_acknowledge, "reporting"),
}

_SUBJECTS = {
    "list-entry": ENTRY,
    "day": "day/2026-08-12",
    "report": "report/2026-07",
    "numbers": "numbers/2026",
    "calendar": CALENDAR,
    "rules": RULES,
}


def _off(*days):
    return [{"date": day, "kind": "local", "day_name": "Libur setempat"} for day in days]


def _length(key, count, valid_from="2026-01-01", valid_to=None):
    value = {"count": count, "unit": "working_days"}
    return _rule("days", key, value, valid_from, valid_to)


def _rule(kind, key, value, valid_from="2026-01-01", valid_to=None):
    said = {"kind": kind, "key": key, "value": value, "legal_basis": "Keputusan"}
    return {**said, "valid_from": valid_from, "valid_to": valid_to, "replaces": True}


_CHANGES = {
    "ReceiveRequest": (
        {},
        {"documents": []},
        {"channel": "letter", "category": "group"},
        {"paper_serial": 1},
        {"paper_serial": 2, "documents": []},
        {"indonesian": False},
        {"paper_serial": 3, "indonesian": False},
    ),
    "VoidNumber": ({"serial": 1}, {"serial": 2}, {"serial": 9}),
    "CompleteRequest": ({}, {"documents": ["power_of_attorney"]}),
    "KeepAttachment": ({}, {"attachment": "2"}, {"scanned": "infected"}),
    "DropAttachment": ({}, {"attachment": "2"}),
    "ClassifyInformation": ({}, {"outcome": "available"}),
    "FlagExemption": ({}, {"list_entry": ENTRY}),
    "FileObjection": ({"grounds": ["35a"]}, {"grounds": ["35c"]}, {"grounds": ["35b"]}),
    "AnswerObjection": (
        {"result": "upheld", "order": None, "execute_on": None, "opened": None},
        {},
    ),
    "DeclareHolidays": (
        {"days": _off("2026-08-19")},
        {"days": _off("2026-08-26", "2026-08-27")},
        {"days": _off("2026-09-10", "2026-10-05", "2026-11-16")},
        {"days": _off("2026-08-29")},  # a Saturday
        {"days": _off("2026-08-17")},  # off already
    ),
    "RevokeHoliday": (
        {"date": "2026-08-17"},
        {"date": "2026-08-25"},
        {"date": "2026-08-19"},
        {"date": "2026-09-10"},
    ),
    "EnactRule": (
        _length("ordinary.answer", 12),
        _length("ordinary.answer", 5, "2026-08-10", "2026-08-20"),
        _length("election.answer", 4),
        _length("ordinary.objection_answer", 20),
        _length("ordinary.objection_window", 10),
        _rule("setting", "clock.starts", {"at": "completeness"}),
        _rule("setting", "clock.joint_leave", {"legal": "working_day", "target": "working_day"}),
    ),
    "EndRule": (
        {"kind": "regime", "key": "election", "valid_from": "2010-04-30"},
        {
            "kind": "days",
            "key": "ordinary.answer",
            "valid_from": "2026-08-10",
            "valid_to": "2026-08-15",
        },
    ),
    "CorrectRegime": ({"regime": "election"}, {"regime": "ordinary"}),
    "DecideRequest": (
        {},
        {
            "outcome": "refused",
            "grounds": ["17h"],
            "consequence": "Terungkap",
            "public_interest": "Tidak lebih besar",
        },
    ),
}
# The usual ways come more often than chance alone would let them. A number says which of _CHANGES.
_WAYS = (
    "ReceiveRequest:0 ClassifyInformation:0 EscalateRequest:0 DecideRequest:0 NotifyApplicant:0",
    "ReceiveRequest:0 ClassifyInformation:1 HandOverInformation:0 CloseRequest:0 ReopenRequest:0",
    "ReceiveRequest:1 CompleteRequest:0 FlagExemption:0 EscalateRequest:0 ExtendDeadline:0",
    "DecideRequest:0 NotifyApplicant:0 HandOverInformation:0 CloseRequest:0",
    "ReserveNumbers:0 ReceiveRequest:3 VoidNumber:1 CloseRequest:0",
    "ReserveNumbers:0 ReceiveRequest:4 CompleteRequest:0 WithdrawRequest:0",
    "PublishListEntry:0 ReceiveRequest:0 FlagExemption:1 NotifyApplicant:0 CloseRequest:0",
    "FileObjection:0 AnswerObjection:1 DecideRequest:0 NotifyApplicant:0 HandOverInformation:0",
    "ReceiveRequest:0 ClassifyInformation:0 EscalateRequest:0 ExtendDeadline:0 CorrectRegime:0",
    "ReceiveRequest:0 KeepAttachment:0 KeepAttachment:1 DropAttachment:0 KeepAttachment:2",
    "EnactRule:0 CorrectRegime:0 DeclareHolidays:2 CorrectRegime:1",
    "FileObjection:2 AnswerObjection:0 OpenDispute:0 SettleDispute:0 OpenCourtCase:0 RecordRuling:0",
)


ALL = tuple(sorted(DECISIONS))


@strategies.composite
def steps(draw, most=25, names=ALL):
    """What a desk may do, sensible or not: orders on three requests, messages arriving oddly, days going by."""
    one = strategies.one_of(_orders(names), _ways(), _deliveries(), _days(), _recounts())
    parts = draw(strategies.lists(one, min_size=1, max_size=most))
    return [step for several in parts for step in several]


def _orders(names):
    drawn = strategies.sampled_from(names)
    return strategies.tuples(drawn, strategies.integers(1, 3), strategies.integers(0, 6)).map(
        lambda drawn: [("order", *drawn)]
    )


def _ways():
    return strategies.tuples(strategies.sampled_from(_WAYS), strategies.integers(1, 3)).map(
        lambda drawn: way(*drawn)
    )


def way(words, request):
    """Orders about a request one after the other, each heard by everybody before the next."""
    named = (word.split(":") for word in words.split())
    orders = (("order", name, request, int(variant)) for name, variant in named)
    return [step for order_ in orders for step in (order_, ("settle",))]


def _deliveries():
    return strategies.tuples(
        strategies.sampled_from(SERVICES), strategies.integers(0, 5), strategies.booleans()
    ).map(lambda drawn: [("deliver", *drawn)])


def _days():
    return strategies.integers(1, 20).map(lambda days: [("days", days)])


def _recounts():
    return strategies.just([("recount",)])


def taken(office, history):
    """The office after some steps."""
    for step in history:
        _take(office, *step)
    return office


def _take(office, kind, *details):
    if kind == "order":
        name, request, variant = details
        changes = _CHANGES.get(name, ({},))
        office.order(name, _subject(name, request), **changes[variant % len(changes)])
    elif kind == "deliver":
        service, at, keep = details
        office.deliver(service, at, keep=keep)
    elif kind == "days":
        office.pass_days(*details)
    elif kind == "recount":
        office.recount()
    else:
        office.settle()


def _subject(name, request):
    about = COMMANDS[name].about
    return _SUBJECTS.get(about) or f"{about}/{request}"


@strategies.composite
def histories(draw):
    """All events of some requests as the services recorded them, in one order of recording."""
    office = taken(Office(), draw(steps()))
    office.settle()
    return office.events()


@strategies.composite
def deliveries(draw):
    """A history, and batches in which its events arrive: shuffled, late, some of them several times."""
    events = draw(histories())
    again = draw(strategies.lists(strategies.sampled_from(events), max_size=10)) if events else []
    order_ = draw(strategies.permutations([*events, *again]))
    return events, batched(order_, draw(strategies.integers(1, 8)))


def batched(sequence, size):
    return [sequence[at : at + size] for at in range(0, len(sequence), size)]
