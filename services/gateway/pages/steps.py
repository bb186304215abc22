"""The steps of a case: a form for every order about a request, and what is done with what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from flask import Blueprint, current_app, redirect, request, url_for
from marshmallow import Schema

from contracts import words
from contracts.applicant import DocumentNumbers
from contracts.commands import COMMANDS
from contracts.fields import choices, moment, part
from services.gateway import labels
from services.gateway.api.requests import EMPTY, STEPS, step_body
from services.gateway.identity.guard import page_allowed
from services.gateway.pages.case import current
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.lists.choosing import LIST_OF, offered
from services.gateway.pages.near import near
from services.gateway.pages.now import typed_now
from services.gateway.pages.recording import Kind, recorded
from services.gateway.receiving import SHOWING

blueprint = Blueprint("steps", __name__)
Data = Callable[[Body], Body]
_REQUEST = Kind("request", "request", SHOWING)


class Papers(Schema):
    """Missing papers as a form asks for them: which, with the numbers on them, and when they came."""

    documents = choices(words.DOCUMENTS)
    numbers = part(DocumentNumbers, optional=True)
    received_at = moment()


def step(path: str, name: str, schema: Callable[[], Schema], data: Data) -> None:
    """Add the page of one order about a request."""

    @page_allowed(COMMANDS[name].roles)
    def page(id_: str) -> Page:
        case = current(id_)
        form = Form(
            schema=schema(),
            title=labels.order(name),
            send=labels.order(name),
            template="step.html",
            version=case["version"],
            back=url_for("case.shown", id_=id_),
            about={
                "case": case,
                "order": name,
                "near": near([case["due_on"]]),
                "entries": _entries(name, case),
            },
        )
        return filled(form, lambda body: _given(id_, name, data(body), body), _proposed(case, name))

    page.__doc__ = COMMANDS[name].meaning
    blueprint.add_url_rule(f"/cases/<id_>/{path}", path, page, methods=["GET", "POST"])


def _entries(name: str, case: Body) -> Body | None:
    """The entries of a list that can be chosen, where the step asks for one."""
    if name not in LIST_OF:
        return None
    return offered(LIST_OF[name], request.form, case.get("list_entry") or "")


def _given(id_: str, name: str, data: Body, sent: Body) -> Page:
    """Give an order about the case that was read, and go back to it."""
    recorded(_REQUEST, id_, name, data, sent)
    return redirect(url_for("case.shown", id_=id_))


def _as_typed(name: str, body: Body) -> Body:
    """What was typed is the order; what was left empty has its plain meaning, or none."""
    unsaid = {key: None for key, each in COMMANDS[name].schema().fields.items() if each.allow_none}
    return {**unsaid, **EMPTY.get(name, {}), **body}


def _papers(body: Body) -> Body:
    """Numbers of papers are a person's: they travel sealed."""
    numbers = body.get("numbers")
    sealed = current_app.config["SEAL"].close(numbers) if numbers else None
    return {**body, "numbers": sealed}


def _proposed(case: Body, name: str) -> Body:
    """What a form starts with, where the case already says it."""
    propose = _PROPOSALS.get(name)
    return propose(case) if propose else {}


def _sent(case: Body) -> Body:
    """By the way the applicant chose."""
    medium = "counter" if case["delivery"] == "pickup" else case["delivery"]
    return {"medium": medium, "form": case.get("copy_format")}


_PROPOSALS: Mapping[str, Callable[[Body], Body]] = {
    # which papers came is ticked by hand: pressing on at once must register nothing
    "CompleteRequest": lambda _: {"received_at": typed_now()},
    "ClassifyInformation": lambda _: {"held": True},
    "NotifyApplicant": _sent,
    "HandOverInformation": lambda case: {**_sent(case), "received_by": "applicant"},
    "RecordDelivery": lambda case: {
        "medium": _sent(case)["medium"],
        "state": "sent",
        "happened_at": typed_now(),
    },
}
_FIRST_LOOK = {"classification": "ClassifyInformation", "exemption": "FlagExemption"}
# Whose work a case is has a place of its own (assignment.py).
_PLAIN = {path: name for path, name in {**STEPS, **_FIRST_LOOK}.items() if name != "AssignRequest"}
PATHS = {**_PLAIN, "documents": "CompleteRequest"}
PATH_OF = {name: path for path, name in PATHS.items()}

for _path, _name in _PLAIN.items():
    step(_path, _name, partial(step_body, _name), partial(_as_typed, _name))
step("documents", "CompleteRequest", Papers, _papers)
