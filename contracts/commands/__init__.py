"""The orders each service follows, a module a service, and the one list of them."""

from collections.abc import Mapping

from contracts import roles
from contracts.command import CommandContract
from contracts.commands import classification, escalation, intake, register, reporting

_DESK = roles.DESK_WORK
_OFFICER = frozenset({roles.OFFICER})
_HEAD = frozenset({roles.HEAD})
_LISTS = frozenset({roles.OFFICER, roles.ADMINISTRATOR})
_DATA = frozenset({roles.ADMINISTRATOR})

_CONTRACTS = (
    CommandContract("intake", "receive", intake.ReceiveRequest, _DESK, creates=True),
    CommandContract("intake", "complete", intake.CompleteRequest, _DESK),
    CommandContract("intake", "withdraw", intake.WithdrawRequest, _DESK),
    CommandContract(
        "intake", "correct_applicant", intake.CorrectApplicant, _DESK, about="applicant"
    ),
    CommandContract("intake", "erase_applicant", intake.EraseApplicant, _DATA, about="applicant"),
    CommandContract("classification", "classify", classification.ClassifyInformation, _DESK),
    CommandContract("classification", "flag_exemption", classification.FlagExemption, _DESK),
    CommandContract(
        "classification",
        "publish_entry",
        classification.PublishListEntry,
        _LISTS,
        about="list-entry",
        creates=True,
    ),
    CommandContract(
        "classification", "revoke_entry", classification.RevokeListEntry, _LISTS, about="list-entry"
    ),
    CommandContract("escalation", "escalate", escalation.EscalateRequest, _DESK),
    CommandContract("escalation", "give_disposition", escalation.GiveDisposition, _OFFICER),
    CommandContract("escalation", "extend", escalation.ExtendDeadline, _OFFICER),
    CommandContract("escalation", "record_test", escalation.RecordConsequenceTest, _OFFICER),
    CommandContract("escalation", "decide", escalation.DecideRequest, _OFFICER),
    CommandContract("escalation", "notify", escalation.NotifyApplicant, _DESK),
    CommandContract("register", "hand_over", register.HandOverInformation, _DESK),
    CommandContract("register", "close", register.CloseRequest, _DESK),
    CommandContract("register", "reopen", register.ReopenRequest, _OFFICER),
    CommandContract("reporting", "supervise", reporting.SuperviseDay, _OFFICER, about="day"),
    CommandContract("reporting", "issue", reporting.IssueReport, _OFFICER, about="report"),
    CommandContract("reporting", "acknowledge", reporting.AcknowledgeReport, _HEAD, about="report"),
)

COMMANDS: Mapping[str, CommandContract] = {contract.name: contract for contract in _CONTRACTS}
