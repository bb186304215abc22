"""The stable codes with which the system says no, and the HTTP status each one becomes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

STATUS: Mapping[str, int] = {
    "malformed_json": 400,
    "not_utf8": 400,
    "idempotency_key_missing": 400,
    "idempotency_key_invalid": 400,
    "cursor_invalid": 400,
    "filter_invalid": 400,
    "purpose_missing": 400,
    "form_expired": 400,
    "sign_in_failed": 400,
    "token_missing": 401,
    "token_unknown": 401,
    "role_not_allowed": 403,
    "account_not_linked": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "wrong_phase": 409,
    "already_done": 409,
    "documents_still_missing": 409,
    "not_handed_over_or_notified": 409,
    "extension_already_given": 409,
    "deadline_passed": 409,
    "consequence_test_missing": 409,
    "list_entry_unusable": 409,
    "report_not_issued": 409,
    "reviewer_is_author": 409,
    "answerer_is_decider": 409,
    "objection_pending": 409,
    "rule_period_overlaps": 409,
    "rule_missing": 409,
    "rule_needed": 409,
    "day_declared_already": 409,
    "day_not_declared": 409,
    "number_not_reserved": 409,
    "number_used_already": 409,
    "applicant_erased": 409,
    "too_many_files": 409,
    "legal_hold": 409,
    "stale_version": 412,
    "if_match_missing": 412,
    "body_too_large": 413,
    "file_too_large": 413,
    "media_type_not_supported": 415,
    "file_type_not_allowed": 415,
    "mail_not_set_up": 409,
    "email_missing": 422,
    "invalid_fields": 422,
    "file_infected": 422,
    "upload_broken": 422,
    "received_in_future": 422,
    "date_in_future": 422,
    "period_not_over": 422,
    "date_before_receipt": 422,
    "date_before_law": 422,
    "regime_unknown": 422,
    "rule_value_wrong": 422,
    "objection_ground_missing": 422,
    "objection_needs_request": 422,
    "ground_missing": 422,
    "ground_fields_missing": 422,
    "idempotency_key_reused": 422,
    "too_many_requests": 429,
    "service_unavailable": 503,
    "provider_unavailable": 503,
}


class Rejected(Exception):
    """An order that cannot be followed. Nothing was written.

    `code` is stable and stands in STATUS; `detail` is one plain sentence; `errors` names fields and what is wrong.
    """

    def __init__(
        self, code: str, detail: str = "", errors: Mapping[str, Any] | None = None
    ) -> None:
        if code not in STATUS:
            raise ValueError(f"unknown error code {code}")
        # All three are arguments, so that the RPC carries them and the caller can build the same object again.
        super().__init__(code, detail, dict(errors or {}))
        self.code = code
        self.detail = detail
        self.errors = dict(errors or {})

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code
