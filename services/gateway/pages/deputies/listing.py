"""All absences, past ones too: who stood in for whom, named and ended by whom. Notes are for the deputy and do not stand here."""

from __future__ import annotations

from flask import Blueprint, render_template

from contracts.roles import ADMINISTRATOR, AUDITOR
from services.gateway.identity.guard import page_allowed
from services.gateway.identity.tools import tools
from services.gateway.pages.deputies.together import by_name, today

blueprint = Blueprint("all_deputies", __name__)


@blueprint.get("/settings/deputies")
@page_allowed(frozenset({ADMINISTRATOR, AUDITOR}))
def shown() -> str:
    """The latest first."""
    absences = tools().absences.everybodys()
    return render_template("deputies/list.html", absences=absences, people=by_name(), today=today())
