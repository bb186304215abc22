"""Questions to the register, a module a subject."""

from services.register.query.entries import EntryQuery
from services.register.query.numbers import NumbersQuery
from services.register.query.objections import ObjectionQuery
from services.register.query.privacy import PrivacyQuery
from services.register.query.published import PublishedQuery
from services.register.query.requests import MOST, Query, matching, public
from services.register.query.work import WorkQuery

__all__ = [
    "MOST", "EntryQuery", "NumbersQuery", "ObjectionQuery", "PrivacyQuery", "PublishedQuery", "Query", "WorkQuery",
    "matching", "public",
]  # fmt: skip
