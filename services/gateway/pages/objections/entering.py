"""Entering somebody who has no request, so that they can object by 35b."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, url_for

from contracts.applicant import DocumentNumbers
from contracts.commands import COMMANDS
from contracts.fields import part
from services.gateway import labels
from services.gateway.forms import ApplicantBody
from services.gateway.identity.guard import page_allowed
from services.gateway.orders import follow, give, services
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.recording import key

blueprint = Blueprint("entering", __name__)
_ORDER = "EnterApplicant"


class Entry(ApplicantBody):
    """Somebody as a form asks for them: who they are, and the numbers on the papers they show."""

    numbers = part(DocumentNumbers, optional=True)

    class Meta:
        """Asked first is what decides which papers are needed."""

        fields = (
            "category", "indonesian", "name", "nik", "entity_approval_number", "address", "phone", "email",
            "occupation", "numbers",
        )  # fmt: skip


@blueprint.route("/applicants/new", methods=["GET", "POST"])
@page_allowed(COMMANDS[_ORDER].roles)
def new() -> Page:
    """The form; then the objection is filed for whoever was entered."""
    form = Form(
        schema=Entry(),
        title=labels.order(_ORDER),
        send=labels.order(_ORDER),
        back=url_for("objection_filing.new"),
    )
    return filled(form, _enter)


def _enter(body: Body) -> Page:
    outcome = follow(give(_ORDER, _sealed(body), body, key=key()), lambda *_: None)
    id_ = outcome.subject.partition("/")[2]
    flash(labels.order(_ORDER), "done")
    for warning in services().ask("intake", "applicant_warnings", id_):
        flash(labels.word(warning), "warning")
    return redirect(url_for("objection_filing.new", applicant=id_))


def _sealed(body: Body) -> Body:
    """The order: who it is travels sealed, what is decided by stands beside it."""
    told = {
        name: value
        for name, value in body.items()
        if name not in ("category", "indonesian", "numbers")
    }
    papers = body.get("numbers")
    person = {**told, **({"documents": papers} if papers else {})}
    return {
        "category": body["category"],
        "indonesian": body.get("indonesian"),
        "applicant": current_app.config["SEAL"].close(person),
    }
