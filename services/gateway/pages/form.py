"""One form from being opened to being followed: what is wrong stands at its field and above, and nothing typed is lost.

The form carries the key of its order, so that sending it twice is recorded once, and the version that was read, so
that nobody overwrites what a colleague did meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from flask import render_template, request
from flask_babel import gettext as _
from marshmallow import Schema
from werkzeug.wrappers import Response

from contracts.errors import STATUS, Rejected
from services.gateway.pages import typed
from services.gateway.pages.complaints import complaints, listed
from services.gateway.pages.controls import controls
from services.gateway.rpc import Unavailable

Body = dict[str, Any]
Page = Response | tuple[str, int] | str
Act = Callable[[Body], Page]
NOT_KNOWN = 503


@dataclass(frozen=True, slots=True)
class Form:
    """What a form asks for and how it looks. `about` goes to the template: the case that is shown beside, say."""

    schema: Schema
    title: str
    send: str
    template: str = "form.html"
    version: str = ""
    back: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a form comes back: its code, what to tell, and what is wrong where."""

    code: str = ""
    detail: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


def shown(form: Form, given: Mapping[str, Any], trouble: Trouble | None = None) -> str:
    """The form's page, with what was typed and what is wrong."""
    wrong = trouble or Trouble()
    return render_template(
        form.template,
        form=form,
        controls=controls(form.schema, given, wrong.fields),
        given=given,
        trouble=trouble,
        complaints=list(listed(wrong.fields)),
        key=_key(wrong.code),
        version=form.version if wrong.code == "stale_version" else _version(form),
        **form.about,
    )


def _key(code: str) -> str:
    """The order's key: the one of this form, unless a colleague's step makes it another order."""
    kept = request.form.get("key", "")
    return kept if kept and code != "stale_version" else str(uuid4())


def _version(form: Form) -> str:
    return request.form.get("version") or form.version


def filled(form: Form, act: Act, given: Mapping[str, Any] | None = None) -> Page:
    """Show a form, or act on what was typed into it. Refused, it comes back as it was sent.

    A press of one of its buttons called `look` only looks something up: the form comes back, and nothing is done.
    """
    if request.method == "GET":
        return shown(form, given or {})
    body = typed.body(form.schema, request.form)
    return shown(form, body) if "look" in request.form else acted(form, body, act)


def acted(form: Form, body: Body, act: Act) -> Page:
    """Act on a form's body, or show the form again with what is wrong."""
    wrong = complaints(form.schema.validate(body))
    if wrong:
        return shown(form, body, Trouble("invalid_fields", fields=wrong)), STATUS["invalid_fields"]
    try:
        return act(body)
    except Rejected as refused:
        trouble = Trouble(refused.code, refused.detail, complaints(refused.errors, refused.code))
        return shown(form, body, trouble), STATUS[refused.code]
    except Unavailable:
        return shown(form, body, Trouble("service_unavailable", _unknown())), NOT_KNOWN


def _unknown() -> str:
    sentence: str = _(
        "Belum pasti apakah sudah tercatat. Kirim formulir ini sekali lagi: tidak akan tercatat dua kali."
    )
    return sentence
