"""The orders each service follows, a module a service, and the one list of them."""

from collections.abc import Mapping

from contracts import roles
from contracts.command import CommandContract
from contracts.commands import (
    classification,
    escalation,
    intake,
    law,
    objections,
    register,
    reporting,
)

_DESK = roles.DESK_WORK
_OFFICER = frozenset({roles.OFFICER})
_HEAD = frozenset({roles.HEAD})
_LISTS = frozenset({roles.OFFICER, roles.ADMINISTRATOR})
_SUPERIOR = frozenset({roles.SUPERIOR})
_DECIDERS = frozenset({roles.OFFICER, roles.HEAD})
_LAW = frozenset({roles.ADMINISTRATOR})
_DATA = frozenset({roles.ADMINISTRATOR})

_CONTRACTS = (
    CommandContract("intake", "receive", intake.ReceiveRequest, _DESK, creates=True),
    CommandContract("intake", "complete", intake.CompleteRequest, _DESK),
    CommandContract("intake", "withdraw", intake.WithdrawRequest, _DESK),
    CommandContract(
        "intake",
        "enter_applicant",
        intake.EnterApplicant,
        _DESK,
        about="applicant",
        creates=True,
    ),
    CommandContract(
        "intake", "correct_applicant", intake.CorrectApplicant, _DESK, about="applicant"
    ),
    CommandContract("intake", "erase_applicant", intake.EraseApplicant, _DATA, about="applicant"),
    CommandContract("intake", "keep_attachment", intake.KeepAttachment, _DESK),
    CommandContract("intake", "drop_attachment", intake.DropAttachment, _DESK),
    CommandContract("intake", "reserve_numbers", intake.ReserveNumbers, _DATA, about="numbers"),
    CommandContract("intake", "void_number", intake.VoidNumber, _LISTS, about="numbers"),
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
    CommandContract("escalation", "record_test", escalation.RecordConsequenceTest, _DESK),
    CommandContract("escalation", "decide", escalation.DecideRequest, _DECIDERS),
    CommandContract("escalation", "notify", escalation.NotifyApplicant, _DESK),
    CommandContract("escalation", "correct_regime", escalation.CorrectRegime, _OFFICER),
    CommandContract(
        "escalation",
        "file_objection",
        objections.FileObjection,
        _DESK,
        about="objection",
        creates=True,
    ),
    CommandContract(
        "escalation", "answer_objection", objections.AnswerObjection, _SUPERIOR, about="objection"
    ),
    CommandContract(
        "escalation", "record_reaction", objections.RecordReaction, _DESK, about="objection"
    ),
    CommandContract(
        "escalation",
        "record_objection_delivery",
        objections.RecordObjectionDelivery,
        _DESK,
        about="objection",
    ),
    CommandContract("escalation", "open_dispute", objections.OpenDispute, _DESK, about="objection"),
    CommandContract(
        "escalation", "settle_dispute", objections.SettleDispute, _OFFICER, about="objection"
    ),
    CommandContract(
        "escalation", "open_court_case", objections.OpenCourtCase, _OFFICER, about="objection"
    ),
    CommandContract(
        "escalation", "record_ruling", objections.RecordRuling, _OFFICER, about="objection"
    ),
    CommandContract("escalation", "declare_holidays", law.DeclareHolidays, _LAW, about="calendar"),
    CommandContract("escalation", "revoke_holiday", law.RevokeHoliday, _LAW, about="calendar"),
    CommandContract("escalation", "enact_rule", law.EnactRule, _LAW, about="rules"),
    CommandContract("escalation", "end_rule", law.EndRule, _LAW, about="rules"),
    CommandContract(
        "escalation",
        "open_privacy_case",
        law.OpenPrivacyCase,
        _DESK,
        about="privacy",
        creates=True,
    ),
    CommandContract(
        "escalation", "settle_privacy_case", law.SettlePrivacyCase, _OFFICER, about="privacy"
    ),
    CommandContract("register", "hand_over", register.HandOverInformation, _DESK),
    CommandContract("register", "record_delivery", register.RecordDelivery, _DESK),
    CommandContract("register", "close", register.CloseRequest, _DESK),
    CommandContract("register", "assign", register.AssignRequest, _DESK),
    CommandContract("register", "reopen", register.ReopenRequest, _OFFICER),
    CommandContract("reporting", "supervise", reporting.SuperviseDay, _OFFICER, about="day"),
    CommandContract("reporting", "issue", reporting.IssueReport, _OFFICER, about="report"),
    CommandContract("reporting", "acknowledge", reporting.AcknowledgeReport, _HEAD, about="report"),
)

COMMANDS: Mapping[str, CommandContract] = {contract.name: contract for contract in _CONTRACTS}
