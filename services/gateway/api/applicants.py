"""Applicants: entering one without a request; reading one needs a purpose and leaves a trace; erasing cannot be undone."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, jsonify, url_for

from contracts.commands import COMMANDS
from contracts.errors import Rejected
from contracts.roles import ADMINISTRATOR, AUDITOR, DESK_WORK
from services.gateway import forms
from services.gateway.auth import allowed
from services.gateway.body import read_body, read_query
from services.gateway.orders import follow, give, services

blueprint = Blueprint("applicants", __name__, url_prefix="/api/v1/applicants")


@blueprint.get("/<id_>")
@allowed(DESK_WORK)
def shown(id_: str) -> Response:
    """A person, for a purpose."""
    purpose = read_query(forms.PurposeQuery())["purpose"]
    sealed = services().ask("intake", "applicant", id_, purpose, str(g.actor))
    response = jsonify(current_app.config["SEAL"].open(sealed))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.post("")
@allowed(COMMANDS["EnterApplicant"].roles)
def enter() -> Response:
    """Enter somebody who has no request, to object by 35b. 201 with the applicant's id and what looks odd."""
    body = read_body(forms.EnterBody())
    person = forms.person({"applicant": body, "documents": body.get("documents")})
    data = {
        "category": body["category"],
        "indonesian": body.get("indonesian"),
        "applicant": current_app.config["SEAL"].close(person),
    }
    outcome = follow(give("EnterApplicant", data, body), lambda *_: None)
    id_ = outcome.subject.partition("/")[2]
    warnings = services().ask("intake", "applicant_warnings", id_)
    response = jsonify({"id": id_, "applicant_id": id_, "warnings": warnings})
    response.status_code = 201
    response.headers["Location"] = url_for("applicants.shown", id_=id_)
    return response


@blueprint.get("/<id_>/reads")
@allowed(frozenset({AUDITOR, ADMINISTRATOR}))
def reads(id_: str) -> Response:
    """Who read the person, when and what for."""
    return jsonify({"items": services().ask("intake", "applicant_reads", id_), "next_cursor": None})


@blueprint.put("/<id_>")
@allowed(COMMANDS["CorrectApplicant"].roles)
def correct(id_: str) -> Response:
    """Replace the applicant's data. Without `documents` the known numbers of papers stay."""
    body = read_body(forms.CorrectBody())
    person = forms.person({"applicant": body, "documents": body.get("documents")})
    data = {"applicant": current_app.config["SEAL"].close(person)}
    return _order("CorrectApplicant", id_, data, body)


@blueprint.delete("/<id_>")
@allowed(COMMANDS["EraseApplicant"].roles)
def erase(id_: str) -> Response:
    """Destroy the applicant's key."""
    reason = read_query(forms.PurposeQuery())["purpose"].strip()
    if not reason:
        raise Rejected("purpose_missing", "Say why the applicant's data are erased.")
    return _order("EraseApplicant", id_, {"reason": reason}, {"reason": reason})


def _order(name: str, id_: str, data: dict[str, str], sent: dict[str, object]) -> Response:
    """Applicants stand in no view of the register: the answer is durable, and there is nothing to wait for."""
    follow(give(name, data, sent, f"applicant/{id_}"), lambda *_: None)
    response = jsonify({"id": id_})
    response.headers["Location"] = url_for("applicants.shown", id_=id_)
    return response
