"""The steps of an objection: a form for every order about one, and what is done with what it says."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for

from contracts.commands import COMMANDS
from services.gateway import labels
from services.gateway.api.objections import SHOWING, STEPS
from services.gateway.identity.guard import page_allowed
from services.gateway.pages.form import Body, Form, Page, filled
from services.gateway.pages.now import typed_now
from services.gateway.pages.objections.one import beside, current
from services.gateway.pages.recording import Kind, recorded

blueprint = Blueprint("objection_steps", __name__)
_OBJECTION = Kind("objection", "objection", SHOWING)


def step(path: str, name: str) -> None:
    """Add the page of one order about an objection."""

    @page_allowed(COMMANDS[name].roles)
    def page(id_: str) -> Page:
        objection = current(id_)
        form = Form(
            schema=COMMANDS[name].schema(),
            title=labels.order(name),
            send=labels.order(name),
            template="objections/step.html",
            version=objection["version"],
            back=url_for("objection.shown", id_=id_),
            about=beside(objection),
        )
        return filled(form, lambda body: _given(id_, name, body), _proposed(name))

    page.__doc__ = COMMANDS[name].meaning
    blueprint.add_url_rule(f"/objections/<id_>/{path}", path, page, methods=["GET", "POST"])


def _proposed(name: str) -> Body:
    """What a form starts with."""
    if name != "RecordObjectionDelivery":
        return {}
    return {"state": "sent", "happened_at": typed_now()}


def _given(id_: str, name: str, body: Body) -> Page:
    """Give an order about the objection that was read, and go back to it."""
    recorded(_OBJECTION, id_, name, body, body)
    return redirect(url_for("objection.shown", id_=id_))


for _path, _name in STEPS.items():
    step(_path, _name)
