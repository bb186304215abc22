"""What is wrong with an absence, in the reader's words, each at its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask_babel import gettext as _

from contracts.errors import Rejected
from services.gateway.identity.absences import Absence
from services.gateway.identity.accounts import Account
from services.gateway.identity.deputies import away, wrong_days, wrong_deputy
from services.gateway.languages import day
from services.gateway.pages.complaints import InWords


def fault(field: str, sentence: str) -> Rejected:
    """A refusal at one field of a form."""
    return Rejected("invalid_fields", "", {field: [sentence]})


def deputy_fault(deputy: Account | None, absent: Account) -> None:
    """Raise Rejected for somebody who may not stand in."""
    why = wrong_deputy(deputy, absent)
    if why:
        raise fault("deputy", InWords(_DEPUTY[why]()))


def require_free(wished: Absence, known: Sequence[Absence]) -> None:
    """Raise Rejected where an absence overlaps another, or would leave somebody to one who is away too."""
    days = (wished.first, wished.last)
    wrong = wrong_days(days, wished.account, known)
    if wrong:
        raise fault("from", InWords(_DAYS[wrong[0]](wrong[1])))
    other = away(days, wished.deputy, known)
    if other:
        raise fault("deputy", InWords(_away(other)))


def _away(other: Absence) -> str:
    return str(
        _(
            "%(deputy)s sendiri tidak masuk %(first)s sampai %(last)s.",
            deputy=other.account,
            **_span(other),
        )
    )


def _span(absence: Absence) -> dict[str, str]:
    return {"first": day(absence.first), "last": day(absence.last)}


_DEPUTY: Mapping[str, Callable[[], str]] = {
    "absent_closed": lambda: _("Akun ini ditutup. Serahkan seluruh pekerjaannya kepada rekan."),
    "unknown": lambda: _("Tidak ada akun dengan nama itu."),
    "closed": lambda: _("Akun itu ditutup."),
    "oneself": lambda: _("Seseorang tidak dapat menggantikan dirinya sendiri."),
    "role": lambda: _("Peran akun itu tidak dapat mengerjakan pekerjaan ini."),
}
_DAYS: Mapping[str, Callable[[Absence], str]] = {
    "overlaps": lambda other: _(
        "Sudah tercatat tidak masuk %(first)s sampai %(last)s.", **_span(other)
    ),
    "stands_in": lambda other: _(
        "Pada hari-hari itu menggantikan %(account)s (%(first)s sampai %(last)s). Penggantian itu perlu diakhiri dahulu.",
        account=other.account,
        **_span(other),
    ),
}
