"""Orders to intake."""

from marshmallow import Schema

from contracts import words
from contracts.fields import choice, choices, moment, prose, text, truth, whole


class ReceiveRequest(Schema):
    """Enter a request that arrived by any channel. The person travels sealed: see contracts/sealed.py."""

    channel = choice(words.CHANNELS)
    received_at = moment()
    category = choice(words.CATEGORIES)
    indonesian = truth(
        optional=True, meaning="citizen, legal entity or all members of a group; true if left out"
    )
    documents = choices(words.DOCUMENTS)
    applicant = text(
        60_000, meaning="sealed applicant: name, NIK, address, contacts, document numbers"
    )
    information = prose()
    purpose = prose(optional=True)
    obtain = choice(words.OBTAIN)
    copy_format = choice(words.COPY_FORMATS, optional=True)
    delivery = choice(words.DELIVERIES)
    topic = choice(words.TOPICS, optional=True)
    paper_serial = whole(1, optional=True)


class CompleteRequest(Schema):
    """Enter papers that were missing."""

    documents = choices(words.DOCUMENTS)
    received_at = moment()
    numbers = text(60_000, optional=True, meaning="sealed numbers of the papers, by kind")


class WithdrawRequest(Schema):
    """Enter that the applicant takes the request back."""

    reason = prose()


class EnterApplicant(Schema):
    """Enter a person who has no request, to object that something is not published. The person travels sealed."""

    category = choice(words.CATEGORIES)
    indonesian = truth(
        optional=True, meaning="citizen, legal entity or all members of a group; true if left out"
    )
    applicant = text(
        60_000, meaning="sealed applicant: name, NIK, address, contacts, document numbers"
    )


class CorrectApplicant(Schema):
    """Replace the applicant's data by corrected ones."""

    applicant = text(60_000, meaning="sealed applicant")


class EraseApplicant(Schema):
    """Destroy the applicant's key, so that nobody can read the person any more."""

    reason = prose()


class KeepAttachment(Schema):
    """Keep a file with a request, whose content was sent to the vault before; what is infected is refused, and that is recorded."""

    attachment = text(64, meaning="id of the upload")
    kind = choice(words.ATTACHMENT_KINDS)
    signs = choice(words.PAPERS, optional=True, meaning="which paper, for a signed one")
    media_type = choice(words.FILE_TYPES, meaning="what it is by its content")
    size = whole(1, meaning="bytes")
    sha256 = text(64, least=64, meaning="of what is kept, in hexadecimal")
    scanned = choice(words.SCANS)
    found = text(200, optional=True, meaning="the scanner's name for what it found")


class DropAttachment(Schema):
    """Destroy a file that was kept with a request."""

    attachment = text(64)
    reason = prose()


class ReserveNumbers(Schema):
    """Reserve a block of register numbers for paper forms."""

    year = whole(2000, 2999)
    count = whole(1, 200)
    holder = text(100)
    reason = prose()


class VoidNumber(Schema):
    """Say that a reserved number was spoilt and will never be used."""

    year = whole(2000, 2999)
    serial = whole(1)
    reason = prose()
