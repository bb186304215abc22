"""What escalation records: coordination, the clock, the consequence test, the decision and the notification."""

from marshmallow import Schema

from contracts import words
from contracts.events.classification import ListBasis
from contracts.fields import choice, choices, day, part, prose, several, text, truth, whole


class Escalated(Schema):
    """The desk could not answer at once and turned to the PPID officer (SOP 4)."""

    cause = choice(("coordinate", "exempt"))
    memo_number = text(100, optional=True, meaning="number of the nota dinas")
    note = prose(optional=True)


class DispositionGiven(Schema):
    """The officer told a unit what to do, and by when inside the house."""

    unit = text(200)
    instruction = prose()
    internal_due_on = day(optional=True)


class DeadlineSet(Schema):
    """A clock started. The day of receipt is day 0."""

    clock = choice(words.CLOCKS)
    regime = choice(words.REGIMES)
    start_on = day()
    days = whole(1, meaning="working days, unless `unit` says otherwise")
    due_on = day(meaning="the legal date")
    legal_basis = text(200)
    target_on = day(optional=True, meaning="the stricter date the house sets itself")
    note = text(300, optional=True, meaning="why it starts on that day, when it is not the receipt")
    unit = choice(words.CLOCK_UNITS, optional=True, meaning="what `days` counts")


class DeadlineMoved(Schema):
    """A date that had been set is another now. Nothing else moves a date, and nothing moves without it."""

    clock = choice(words.CLOCKS)
    cause = choice(words.MOVES)
    because = text(300, meaning="what was declared, corrected or enacted")
    due_before = day()
    due_on = day()
    target_on = day(optional=True)
    legal_basis = text(200)
    start_on = day(optional=True, meaning="day 0, where that is another now")
    days = whole(1, optional=True, meaning="working days, where they are others now")
    extension = whole(1, optional=True, meaning="working days of the extension it had been given")


class RegimeChosen(Schema):
    """Which clock the request runs on, and why; said again when it is corrected."""

    regime = choice(words.REGIMES)
    topic = choice(words.TOPICS)
    reason = text(500)
    legal_basis = text(200)
    corrected = truth()


class DeadlineExtended(Schema):
    """The one extension the law allows was given, before the clock ran out (UU 14/2008 art. 22(8))."""

    clock = choice(words.CLOCKS)
    days = whole(1)
    due_before = day()
    due_on = day()
    reason = choice(words.EXTENSION_REASONS)
    explanation = prose()
    legal_basis = text(200)
    target_on = day(optional=True)


class DeadlineApproached(Schema):
    """The due date is near, or is today; each said once a due date."""

    clock = choice(words.CLOCKS)
    due_on = day()
    working_days_left = whole()
    stage = choice(words.STAGES, optional=True)


class DeadlineMissed(Schema):
    """The due date passed without an answer; said once a due date."""

    clock = choice(words.CLOCKS)
    due_on = day()


class ClockStopped(Schema):
    """The clock ended, and with what. Nothing else ends a clock."""

    clock = choice(words.CLOCKS)
    because = text(60, meaning="name of the event that ended it")
    stopped_on = day()
    working_days_used = whole()
    due_on = day()
    late = truth()


class ConsequenceTested(Schema):
    """The consequence test of UU 14/2008 art. 19 was held and put to minutes."""

    minutes_number = text(100)
    grounds = choices(words.GROUNDS)
    statute = text(300, optional=True, meaning="statute and article, for ground 17j")
    consequence = prose()
    public_interest = prose()
    result = choice(words.TEST_RESULTS)
    approver = text(100, meaning="office of the one who approved")
    exempt_until = day(optional=True, meaning="when the exemption ends (UU 14/2008 art. 20)")


class Decided(Schema):
    """The officer decided what the applicant gets, and why (UU 14/2008 art. 22(7))."""

    outcome = choice(words.DECISIONS)
    grounds = choices(words.GROUNDS)
    statute = text(300, optional=True)
    consequence = prose(optional=True)
    blackened = several(
        text(500), 50, restricted=True, meaning="parts made unreadable, each with its reason"
    )
    referral = text(300, optional=True, meaning="the body that holds it, when this office does not")
    available_within = whole(0, 365, optional=True, meaning="working days until it is documented")
    reasons = prose(optional=True)
    public_interest = prose(optional=True, meaning="how the public interest was weighed")
    exempt_until = day(optional=True)
    author = text(200, optional=True, meaning="who prepared the refusal: role and account")
    reviewer = text(200, optional=True, meaning="who decided it, never its author")
    basis = part(ListBasis, optional=True, meaning="the entry relied on, as it stood that day")


class DecisionOrdered(Schema):
    """The superior, the commission or a court wants another decision: the request is decided anew."""

    objection = text(64, meaning="the objection it follows from")
    ordered_by = choice(("ppid_superior", "commission", "court"))
    order = prose()
    execute_on = day(optional=True, meaning="by when")


class ApplicantNotified(Schema):
    """The written notification went out (SOP 5)."""

    outcome = choice(words.DECISIONS)
    letter_number = text(100)
    medium = choice(words.MEDIA)
    grounds = choices(words.GROUNDS)
    held = truth()
    form = choice(words.COPY_FORMATS, optional=True)
    cost = whole(0, optional=True, meaning="rupiah")
    provided_within = whole(0, 365, optional=True, meaning="working days")
    referral = text(300, optional=True)
    statute = text(300, optional=True, meaning="statute and article, for ground 17j")
    blackened = whole(0, optional=True, meaning="how many parts were made unreadable")
    material = text(500, optional=True, restricted=True, meaning="what is given")
    payment = text(200, optional=True, meaning="how the cost is paid")
