"""What intake records: arrival, completeness, the register number, and what becomes of the applicant's data."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, choices, day, moment, prose, several, text, whole


class RequestReceived(Schema):
    """A request arrived by some channel and its papers were looked at (SOP 1)."""

    channel = choice(words.CHANNELS)
    received_at = moment(meaning="when it reached the office, which may be before it was entered")
    category = choice(words.CATEGORIES)
    applicant_id = text(64, meaning="who asks; the person is in intake's vault")
    applicant_revision = whole(1)
    documents = choices(
        words.DOCUMENTS, meaning="kinds of papers handed in; their numbers are in the vault"
    )
    information = prose(meaning="what is asked")
    purpose = prose(optional=True)
    obtain = choice(words.OBTAIN)
    copy_format = choice(words.COPY_FORMATS, optional=True)
    delivery = choice(words.DELIVERIES)
    similar_to = several(
        text(64), 20, meaning="earlier requests of the same applicant that read alike"
    )
    warnings = choices(words.WARNINGS)
    topic = choice(words.TOPICS, optional=True, meaning="whether it is about an election")
    paper_serial = whole(1, optional=True, meaning="serial of the paper form it was written on")
    number = text(100, optional=True, meaning="register number, where the paper form has one")


class IncompletenessNotified(Schema):
    """The applicant was told which papers are missing. The register number waits until they are here."""

    category = choice(words.CATEGORIES)
    received_at = moment()
    missing = choices(words.DOCUMENTS)


class DocumentsReceived(Schema):
    """Missing papers came in."""

    documents = choices(words.DOCUMENTS)
    received_at = moment()
    missing = choices(words.DOCUMENTS, meaning="what is still missing")


class RequestSubmitted(Schema):
    """The request is complete and numbered; the receipt is due (UU 14/2008 art. 22(4))."""

    number = text(100, meaning="register number, gap-free within its year")
    serial = whole(1)
    year = whole(2000, 2999)
    channel = choice(words.CHANNELS)
    category = choice(words.CATEGORIES)
    applicant_id = text(64)
    applicant_revision = whole(1)
    received_at = moment()
    completed_at = moment()
    topic = choice(words.TOPICS, optional=True)


class NumbersReserved(Schema):
    """A block of register numbers was printed on paper forms, for when the power is out."""

    year = whole(2000, 2999)
    first = whole(1)
    last = whole(1)
    holder = text(100, meaning="the counter that keeps the block")
    reason = prose()


class NumberVoided(Schema):
    """A number was spoilt. It stays in the register, void, and is never given again."""

    number = text(100)
    serial = whole(1)
    year = whole(2000, 2999)
    reason = prose()


class AttachmentKept(Schema):
    """A file is kept with the request; its content is in intake's vault, under the applicant's key.

    What was not scanned is kept, and not handed over.
    """

    attachment = text(64)
    kind = choice(words.ATTACHMENT_KINDS)
    signs = choice(words.PAPERS, optional=True, meaning="which paper, for a signed one")
    media_type = choice(words.FILE_TYPES, meaning="what it is by its content")
    size = whole(1, meaning="bytes")
    sha256 = text(64, least=64, meaning="of what is kept, in hexadecimal")
    scanned = choice(words.SCANS)


class AttachmentRefused(Schema):
    """A file was not kept, because something harmful was found in it. Its content was stored nowhere."""

    kind = choice(words.ATTACHMENT_KINDS)
    media_type = choice(words.FILE_TYPES)
    size = whole(1, meaning="bytes")
    sha256 = text(64, least=64, meaning="of what was sent, in hexadecimal")
    found = text(200, optional=True, meaning="the scanner's name for what it found")


class AttachmentDropped(Schema):
    """A file that was kept with the request was destroyed."""

    attachment = text(64)
    reason = prose()


class RequestLapsed(Schema):
    """The papers did not come in time: the request is not processed. Not a refusal; the applicant may ask again."""

    missing = choices(words.DOCUMENTS)
    due_on = day()


class RequestDeclined(Schema):
    """Whoever asks may not apply by law: received, but not numbered and not processed. Not a refusal of information.

    What is published is open to anyone, and the applicant may ask again.
    """

    category = choice(words.CATEGORIES)
    reason = choice(words.INELIGIBLE)
    legal_basis = text(300, meaning="of the rule in force on the day of receipt")


class RequestWithdrawn(Schema):
    """The applicant took the request back."""

    reason = prose()


class ApplicantEntered(Schema):
    """Somebody without a request is known to the office, to object by art. 35(1)b; the person is in intake's vault.

    Whoever may not apply by law is taken in with a warning.
    """

    applicant_id = text(64)
    applicant_revision = whole(1)
    category = choice(words.CATEGORIES)
    warnings = choices(words.PERSON_WARNINGS)
    legal_basis = text(300, optional=True, meaning="of the rule by which they may not apply")


class ApplicantCorrected(Schema):
    """The applicant's data were corrected; the earlier revision stays readable to those who may."""

    applicant_id = text(64)
    applicant_revision = whole(2)


class ApplicantErased(Schema):
    """The applicant's key was destroyed: nobody can read the person any more. The request and its events stay."""

    applicant_id = text(64)
    reason = prose()
