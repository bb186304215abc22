"""Orders about the law: first what would move is shown, and only a second press gives the order, with the same key.

The page in between carries everything that was typed, so that it can be changed, confirmed or left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from contracts.commands import COMMANDS
from contracts.errors import Rejected
from services.gateway import labels
from services.gateway.orders import follow, give, services, showing
from services.gateway.pages import typed
from services.gateway.pages.form import Body, Form, Page, acted, shown
from services.gateway.preview import would

SHOWING = showing("escalation", "law_counted")
CONFIRM, CHANGE = "yes", "change"
_NOT_KEPT = ("csrf_token", "confirm")


@dataclass(frozen=True, slots=True)
class LawOrder:
    """An order about calendar or rules, and how to tell in a few lines what it says.

    `about` goes to the preview's template; `done` is the page to go on to, the dates that moved unless said otherwise.
    """

    name: str
    subject: str
    data: Body
    says: Sequence[tuple[str, Any]] = ()
    template: str = "settings/preview.html"
    about: Mapping[str, Any] = field(default_factory=dict)
    done: str = ""


Ordering = Callable[[Body], LawOrder]
Pairs = Sequence[tuple[str, str]]
Mend = Callable[[Rejected], Rejected]


def confirmed(
    form: Form,
    ordering: Ordering,
    given: Mapping[str, Any] | None = None,
    mend: Mend = lambda refused: refused,
) -> Page:
    """A form whose order is previewed before it is given. `mend` says which field of the form a refusal is about."""
    if request.method == "GET":
        return shown(form, given or {})
    sent = _sent()
    body = typed.body(form.schema, sent)
    wanted = request.form.get("confirm", "")
    if wanted == CHANGE:
        return shown(form, body)

    def act(filled: Body) -> Page:
        try:
            order = ordering(filled)
            return _given(order) if wanted == CONFIRM else _previewed(form, order, _kept(sent))
        except Rejected as refused:
            raise mend(refused) from refused

    return acted(form, body, act)


def _sent() -> typed.Typed:
    """What was typed. A file of a field stands in place of what was pasted into it."""
    sent = request.form.copy()
    for name, file in request.files.items():
        if file.filename:
            sent[name] = file.read().decode("utf-8", "replace")
    return sent


def _previewed(form: Form, order: LawOrder, kept: Pairs) -> Page:
    told = would(order.name, order.subject, order.data)
    return render_template(
        order.template,
        form=form,
        order=order,
        kept=kept,
        would_move=told["would_move"],
        moves=named(told["moves"]),
        gives_way=told["gives_way"],
        **order.about,
    )


def _kept(sent: typed.Typed) -> Pairs:
    """What was typed, for the next press."""
    return [pair for pair in sent.items(multi=True) if pair[0] not in _NOT_KEPT]


def _given(order: LawOrder) -> Response:
    command = give(
        order.name, order.data, order.data, order.subject, key=request.form.get("key", "")
    )
    counted = follow(command, SHOWING).shown
    done = labels.order(order.name)
    if counted is None:
        late = _("Tercatat; batas waktu masih dihitung ulang.")
        flash(f"{done}. {late}", "later")
        return redirect(order.done or url_for("settings_moves.shown"))
    flash(f"{done}. {_counted(counted)}", "done")
    return redirect(order.done or url_for("settings_moves.shown", after=counted["changed_at"]))


def _counted(counted: Mapping[str, Any]) -> str:
    return str(
        _(
            "%(looked_at)s batas waktu dihitung ulang, %(moved)s pindah.",
            looked_at=counted["looked_at"],
            moved=counted["moved"],
        )
    )


def named(moves: Sequence[Mapping[str, Any]], subject: str = "_id") -> list[Body]:
    """Moves with what they are about: `about` (request, objection, duty), `id`, and its number if it has one."""
    numbers = services().ask("register", "named", sorted({move[subject] for move in moves}))
    return [
        {
            **move,
            "about": move[subject].partition("/")[0],
            "id": move[subject].partition("/")[2],
            "number": numbers.get(move[subject]),
        }
        for move in moves
    ]


def owners(name: str) -> frozenset[str]:
    """Who may give an order."""
    return COMMANDS[name].roles
