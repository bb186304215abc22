"""Orders to escalation about objections, disputes and court cases."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, choices, day, moment, prose, text


class FileObjection(Schema):
    """Enter an objection."""

    request = text(64, optional=True)
    applicant_id = text(64, optional=True)
    grounds = choices(words.OBJECTION_GROUNDS)
    case_position = prose()
    filed_at = moment()
    objector = choice(
        words.OBJECTORS, optional=True, meaning="how intake knows who objects; the gateway asks it"
    )


class AnswerObjection(Schema):
    """Answer an objection in writing."""

    result = choice(words.OBJECTION_RESULTS)
    reasons = prose()
    letter_number = text(100)
    order = prose(optional=True)
    execute_on = day(optional=True)
    opened = text(500, optional=True)


class RecordReaction(Schema):
    """Enter what the objector makes of the answer."""

    reaction = choice(words.OBJECTOR_REACTIONS)


class RecordObjectionDelivery(Schema):
    """Record that a paper of an objection was sent to the objector, or what became of it; also once it is settled."""

    item = choice(words.OBJECTION_SENDABLE, meaning="which paper")
    medium = choice(words.MEDIA)
    state = choice(words.DELIVERY_STATES)
    happened_at = moment(meaning="when it was sent, arrived or came back")
    proof = text(100, optional=True, meaning="tracking or receipt number")
    remark = prose(optional=True)


class OpenDispute(Schema):
    """Enter that the objector turned to the Komisi Informasi."""

    dispute_number = text(100)
    filed_on = day()


class SettleDispute(Schema):
    """Enter how the Komisi Informasi ended the dispute."""

    route = choice(words.DISPUTE_ROUTES)
    result = choice(words.DISPUTE_RESULTS)
    decision_number = text(100)
    settled_on = day()
    order = prose(optional=True)
    opened = text(500, optional=True)


class OpenCourtCase(Schema):
    """Enter that a party went to court over the award."""

    court = choice(words.COURTS)
    case_number = text(100)
    filed_on = day()


class RecordRuling(Schema):
    """Enter how a court ended the case."""

    result = choice(("upheld", "annulled"))
    ruled_on = day()
    order = prose(optional=True)
    opened = text(500, optional=True)
