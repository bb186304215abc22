"""What callers send where it differs from the order that the service gets: people come open here, and leave sealed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts import roles, words
from contracts.applicant import Applicant
from contracts.attachments import signs_wrongly
from contracts.commands.law import HolidayPart
from contracts.fields import choice, choices, day, moment, part, prose, several, text, truth, whole

Body = dict[str, Any]
MOST_POSITIONS = 2**53
MOST_DAYS = 400
RANGE_PARTS = 4
OWNERS = (roles.DESK, roles.OFFICER)
# What goes beside the sealed person, not into it: what is decided by, and the papers, of which the numbers are sealed.
_OPEN = ("category", "indonesian", "documents")


class ApplicantBody(Applicant):
    """An applicant with the category that says which papers are needed, and whether they may apply by law."""

    category = choice(words.CATEGORIES)
    indonesian = truth(
        optional=True,
        meaning="an Indonesian citizen, legal entity or group of such; true if left out",
    )


class DocumentBody(Schema):
    """One paper handed in, with the number printed on it."""

    kind = choice(words.DOCUMENTS)
    number = text(120, optional=True)


class ReceiveBody(Schema):
    """A request as the desk enters it."""

    channel = choice(words.CHANNELS)
    received_at = moment()
    applicant = part(ApplicantBody)
    documents = several(DocumentBody, 10, optional=True)
    information = prose()
    purpose = prose(optional=True)
    obtain = choice(words.OBTAIN)
    copy_format = choice(words.COPY_FORMATS, optional=True)
    delivery = choice(words.DELIVERIES)
    topic = choice(words.TOPICS, optional=True)
    paper_serial = whole(1, optional=True)


class EnterBody(ApplicantBody):
    """Somebody without a request, as the desk enters them."""

    documents = several(DocumentBody, 10, optional=True)


class CorrectBody(Applicant):
    """Somebody's data as they should be; the numbers of their papers stay as they are where none is sent."""

    documents = several(DocumentBody, 10, optional=True)


class CompleteBody(Schema):
    """Papers that were missing."""

    documents = several(DocumentBody, 10)
    received_at = moment(optional=True)

    @validates_schema
    def fits(self, data: Body, **_: Any) -> None:
        """Nothing was completed by nothing."""
        if not data.get("documents"):
            raise ValidationError("Name at least one paper.", "documents")


class ClassificationBody(Schema):
    """What the desk found out about the information."""

    outcome = choice(words.OUTCOMES)
    held = truth(optional=True)
    held_form = choices(words.COPY_FORMATS, optional=True)
    list_entry = text(64, optional=True)
    grounds = choices(words.GROUNDS, optional=True)
    consequence = prose(optional=True)

    @validates_schema
    def fits(self, data: Body, **_: Any) -> None:
        """Grounds belong to an exemption, and only to one."""
        if data.get("grounds") and data.get("outcome") != "exempt":
            raise ValidationError("Only an exemption has grounds.", "grounds")


class RequestFilters(Schema):
    """The filters of a work list."""

    state = choice(
        (
            "incomplete", "submitted", "available", "exempt", "coordination", "decided", "notified", "delivered",
            "closed", "withdrawn", "lapsed", "declined",
        ),
        optional=True,
    )  # fmt: skip
    channel = choice(words.CHANNELS, optional=True)
    due_before = fields.Date(format="iso")
    overdue = fields.Boolean()
    assignee = text(100, optional=True)
    unit = text(200, optional=True)
    q = text(100, optional=True)
    year = fields.Integer(validate=validate.Range(2000, 2999))
    cursor = fields.String()
    limit = fields.Integer(validate=validate.Range(1, 200), load_default=50)


class ObjectionFilters(Schema):
    """The filters of the list of objections."""

    sort = choice(("newest", "due"), optional=True, meaning="due: those that wait for an answer")
    state = choice(("filed", "answered", "disputed", "settled", "in_court", "ruled"), optional=True)
    overdue = fields.Boolean()
    request = text(64, optional=True)
    year = fields.Integer(validate=validate.Range(2000, 2999))
    cursor = fields.String()
    limit = fields.Integer(validate=validate.Range(1, 200), load_default=50)


class PrivacyFilters(Schema):
    """The filters of the list of cases of personal data."""

    state = choice(("open", "settled"), optional=True)
    overdue = fields.Boolean()
    cursor = fields.String()
    limit = fields.Integer(validate=validate.Range(1, 200), load_default=50)


class PageFilters(Schema):
    """A page of any other list."""

    cursor = fields.String()
    limit = fields.Integer(validate=validate.Range(1, 200), load_default=50)


class FeedFilters(Schema):
    """Where to go on in the feed, and how long to wait for something new."""

    after = fields.Integer(validate=validate.Range(0, MOST_POSITIONS), load_default=0)
    limit = fields.Integer(validate=validate.Range(1, 200), load_default=100)
    wait = fields.Integer(validate=validate.Range(0, 30), load_default=0)


class PurposeQuery(Schema):
    """Why a person's data are needed, or to be erased."""

    purpose = fields.String(load_default="")


class ReasonQuery(Schema):
    """Why something is destroyed."""

    reason = text(10_000)


class AttachmentQuery(Schema):
    """What a file is that is sent, and which of the office's papers it signs."""

    kind = choice(words.ATTACHMENT_KINDS)
    signs = choice(words.PAPERS, optional=True)

    @validates_schema
    def fits(self, data: Body, **_: Any) -> None:
        """A signed paper says which, and nothing else does."""
        wrong = signs_wrongly(data.get("kind"), data.get("signs"))
        if wrong:
            raise ValidationError(wrong, "signs")


class AsOf(Schema):
    """A time in the past to look from."""

    as_of = fields.AwareDateTime(
        format="iso", validate=validate.Range(min=datetime(2000, 1, 1, tzinfo=UTC))
    )


class YearQuery(Schema):
    """Which year of the calendar."""

    year = fields.Integer(validate=validate.Range(2000, 2999))


class DutiesQuery(Schema):
    """On which day the duties are looked at."""

    on = day(optional=True)


class PreviewQuery(Schema):
    """Whether only to say what would move."""

    preview = fields.Boolean(load_default=False)


class ImportQuery(PreviewQuery):
    """By which decree the days of a file are off."""

    decree = text(300)
    source = text(300)


class RevokeQuery(PreviewQuery):
    """What a revocation says, for clients that send no body with DELETE."""

    decree = text(300, optional=True)
    reason = text(10_000, optional=True)


class RevokeBody(Schema):
    """By which decree, and why, the office works on a declared day."""

    decree = text(300, optional=True)
    reason = prose(optional=True)


class DeclareBody(Schema):
    """Days to be declared by one decree: each by itself, or all of a range."""

    days = several(HolidayPart, MOST_DAYS, optional=True)
    from_ = day(optional=True, data_key="from")
    to = day(optional=True)
    kind = choice(words.DAY_KINDS, optional=True)
    day_name = text(200, optional=True)
    decree = text(300)
    source = text(300)

    @validates_schema
    def fits(self, data: Body, **_: Any) -> None:
        """Days or a range; a range is whole, in order and not endless."""
        whole = [name for name in ("from_", "to", "kind", "day_name") if data.get(name)]
        if not data.get("days") and not whole:
            raise ValidationError("Name at least one day.", "days")
        if whole and len(whole) < RANGE_PARTS:
            raise ValidationError("A range has from, to, kind and day_name.", "from")
        if whole:
            require_span(data["from_"], data["to"])


def require_span(first: date, last: date) -> None:
    """Refuse a range of days that ends before it begins, or never."""
    if not 0 <= (last - first).days < MOST_DAYS:
        raise ValidationError("Ends before it begins, or is too long.", "to")


class MovesQuery(PageFilters):
    """Moves since a time."""

    after = fields.AwareDateTime(
        format="iso", validate=validate.Range(min=datetime(2000, 1, 1, tzinfo=UTC))
    )


class NoticeQuery(PageFilters):
    """Whose notices."""

    for_ = fields.String(data_key="for", attribute="for", validate=validate.OneOf(OWNERS))


class RuleFilters(Schema):
    """Which rules."""

    kind = choice(words.RULE_KINDS, optional=True)
    on = fields.Date(format="iso")


def kinds(documents: list[Body] | None) -> list[str]:
    """The kinds of papers, each once."""
    return sorted({document["kind"] for document in documents or ()})


def numbers(documents: list[Body] | None) -> dict[str, str]:
    """The numbers on the papers, by kind."""
    return {
        document["kind"]: document["number"]
        for document in documents or ()
        if document.get("number")
    }


def person(body: Body) -> Body:
    """Who is to be sealed: the applicant with the numbers on the papers."""
    told = {name: value for name, value in body["applicant"].items() if name not in _OPEN}
    papers = numbers(body.get("documents"))
    return {**told, **({"documents": papers} if papers else {})}
