"""What escalation records of an objection: its filing, the superior's answer, the dispute and the court."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, choices, day, moment, prose, text, truth, whole


class ObjectionFiled(Schema):
    """An objection arrived and has its number (UU 14/2008 art. 36(1)). A late one is taken in: the superior decides."""

    number = text(100, meaning="objection number, gap-free within its year")
    serial = whole(1)
    year = whole(2000, 2999)
    request = text(64, optional=True, meaning="the request it is about; none is needed for 35b")
    applicant_id = text(64, optional=True)
    grounds = choices(words.OBJECTION_GROUNDS)
    case_position = prose(meaning="what the objector says happened")
    filed_at = moment()
    late = truth(meaning="after the window")
    regime = choice(words.REGIMES)
    warnings = choices(
        words.INELIGIBLE, optional=True, meaning="what the superior should know of who objects"
    )


class ObjectionAnswered(Schema):
    """The superior answered in writing (UU 14/2008 art. 36(2), (3))."""

    result = choice(words.OBJECTION_RESULTS)
    reasons = prose()
    letter_number = text(100)
    order = prose(optional=True, meaning="what the officer has to do")
    execute_on = day(optional=True)
    opened = text(500, optional=True, meaning="title of the information that is open from now on")


class ObjectorReacted(Schema):
    """What the objector makes of the answer."""

    reaction = choice(words.OBJECTOR_REACTIONS)


class ObjectionDeliveryRecorded(Schema):
    """A paper of an objection was sent to the objector, arrived, failed or came back. It decides nothing."""

    item = choice(words.OBJECTION_SENDABLE, meaning="which paper")
    medium = choice(words.MEDIA)
    state = choice(words.DELIVERY_STATES)
    happened_at = moment(meaning="when it was sent, arrived or came back")
    proof = text(100, optional=True, meaning="tracking or receipt number")
    remark = prose(optional=True)


class RedressLapsed(Schema):
    """The time for the next step passed unused: the answer, the award or the judgment stands, unless somebody is late."""

    clock = choice(words.CLOCKS)
    due_on = day()


class DisputeOpened(Schema):
    """The objector turned to the Komisi Informasi (UU 14/2008 art. 37)."""

    dispute_number = text(100)
    filed_on = day()
    late = truth(meaning="later than 14 working days after the answer")
    registers_by = day(optional=True, meaning="by when the commission registers it (art. 38)")
    starts_by = day(optional=True, meaning="by when the commission begins with it")
    ends_by = day(optional=True, meaning="by when the commission ends it")


class DisputeSettled(Schema):
    """The Komisi Informasi ended the dispute (UU 14/2008 art. 38)."""

    route = choice(words.DISPUTE_ROUTES)
    result = choice(words.DISPUTE_RESULTS)
    decision_number = text(100)
    settled_on = day()
    order = prose(optional=True)
    opened = text(500, optional=True, meaning="title of the information that is open from now on")


class CourtCaseOpened(Schema):
    """A party went to court over the award (UU 14/2008 arts. 47 to 50)."""

    court = choice(words.COURTS)
    case_number = text(100)
    filed_on = day()
    late = truth(optional=True, meaning="after the time for it (UU 14/2008 arts. 48, 50)")


class CourtRuled(Schema):
    """A court ended the case."""

    case_number = text(100)
    result = choice(("upheld", "annulled"))
    ruled_on = day()
    order = prose(optional=True)
    opened = text(500, optional=True)
