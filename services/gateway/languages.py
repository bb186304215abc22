"""The languages of the pages: Indonesian first, English beside it, and dates, money and numbers as each writes them.

What stands in the source is Indonesian; `translations/en` has the English of every sentence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, format_date, format_datetime, format_decimal, get_locale

from contracts.local import local_day

LANGUAGES = {"id": "Bahasa Indonesia", "en": "English"}
DEFAULT = "id"
TIMEZONE = "Asia/Jakarta"
COOKIE = "lang"
NOTHING = "\N{EN DASH}"
_ISO_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")


def install(app: Flask) -> None:
    """Have the application speak the language of whoever looks."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = TIMEZONE
    Babel(app, locale_selector=chosen)
    app.jinja_env.filters.update(FILTERS)


def chosen() -> str:
    """The language of this request: as just switched, else as chosen before, else Indonesian."""
    if not has_request_context():
        return DEFAULT
    wanted: str = g.get("lang") or request.cookies.get(COOKIE, "")
    return wanted if wanted in LANGUAGES else DEFAULT


def language() -> str:
    """The code of the language that is spoken now."""
    spoken = get_locale()
    return spoken.language if spoken else DEFAULT


def day(value: date | str | None) -> str:
    """Selasa, 24 November 2026."""
    return _shown(value, lambda known: format_date(_day(known), "EEEE, d MMMM y"))


def short_day(value: date | str | None) -> str:
    """24 Nov 2026."""
    return _shown(value, lambda known: format_date(_day(known), "d MMM y"))


def with_days(text: str | None) -> str:
    """A sentence of a service, with the days in it as people write them."""
    return _shown(text, lambda known: _ISO_DAY.sub(lambda found: short_day(found[0]), known))


def moment(value: datetime | str | None) -> str:
    """24 Nov 2026 09.10 WIB."""
    pattern = "d MMM y HH.mm 'WIB'" if language() == DEFAULT else "d MMM y HH:mm 'WIB'"
    return _shown(value, lambda known: format_datetime(_moment(known), pattern))


def clock(value: datetime | str | None) -> str:
    """09.10, on a day that is clear."""
    pattern = "HH.mm" if language() == DEFAULT else "HH:mm"
    return _shown(value, lambda known: format_datetime(_moment(known), pattern))


def number(value: float | Decimal | None) -> str:
    """1.234,5, or 1,234.5 in English."""
    return _shown(value, format_decimal)


def money(value: float | Decimal | None) -> str:
    """Rp 15.000, kept on one line."""
    return _shown(value, lambda known: f"Rp\N{NO-BREAK SPACE}{format_decimal(known)}")


def _shown(value: Any, write: Callable[[Any], str]) -> str:
    return NOTHING if value is None or value == "" else write(value)


def _day(value: date | str) -> date:
    if isinstance(value, datetime) or (isinstance(value, str) and "T" in value):
        return local_day(value)
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: datetime | str) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value


FILTERS = {
    "day": day,
    "short_day": short_day,
    "with_days": with_days,
    "moment": moment,
    "clock": clock,
    "number": number,
    "money": money,
}
