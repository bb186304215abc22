"""The closed lists of words that commands, events and views share. English here; docs/glossary.md has the Indonesian."""

CHANNELS = ("walk_in", "letter", "email", "phone", "fax", "web")
CATEGORIES = ("individual", "group", "legal_entity")
DOCUMENTS = ("identity_card", "notarial_deed", "entity_approval", "power_of_attorney")
OBTAIN = ("inspect", "copy")
COPY_FORMATS = ("softcopy", "hardcopy")
DELIVERIES = ("pickup", "courier", "post", "email", "fax")
MEDIA = ("counter", "courier", "post", "email", "fax")

# UU 14/2008 art. 17, letters a to j.
GROUNDS = tuple(f"17{letter}" for letter in "abcdefghij")
LISTS = ("public", "exempt")

# What a first look at the information may find (SOP 2, 3 and 4).
OUTCOMES = ("available", "exempt", "coordinate")
# What the officer may decide (UU 14/2008 art. 22(7)).
DECISIONS = ("full", "partial", "refused", "not_held", "not_documented")
# Why the answer may take seven working days more (UU 14/2008 art. 22(8)).
EXTENSION_REASONS = ("not_yet_held", "not_yet_documented", "not_yet_decided")
TEST_RESULTS = ("exempt", "partial", "open")

# How a request ended, as the register prints it.
CLOSINGS = ("granted", "granted_partly", "refused", "not_held", "not_documented")

# Clocks of a request, then those of an objection. The law counts the windows against whoever may take the next step.
# Among them are the office's own duties, each towards the law or the house rather than an applicant.
DUTIES = ("annual_report", "periodic_information", "monthly_report")
CLOCKS = (
    "answer", "completion", "objection_window", "objection_answer", "dispute_window", *DUTIES,
    "award_window", "cassation_window",
)  # fmt: skip
CLOCK_UNITS = ("working_days", "days", "months")
REGIMES = ("ordinary", "election")
# What a request is about, as far as the regime asks.
TOPICS = ("other", "election")
STAGES = ("soon", "today")
# Why a date moved that had been set before.
MOVES = ("calendar", "regime", "rule", "notice")

# UU 14/2008 art. 35(1), letters a to g.
OBJECTION_GROUNDS = tuple(f"35{letter}" for letter in "abcdefg")
OBJECTION_RESULTS = ("upheld", "granted", "granted_partly")
OBJECTOR_REACTIONS = ("accepts", "goes_to_commission")
DISPUTE_ROUTES = ("mediation", "adjudication")
DISPUTE_RESULTS = ("agreed", "granted", "granted_partly", "rejected", "withdrawn")
COURTS = ("state_administrative_court", "district_court", "supreme_court")

# Why the office does not work on a weekday.
DAY_KINDS = ("public", "joint_leave", "local", "election_day")
RULE_KINDS = ("days", "documents", "setting", "regime", "ground", "reason", "text", "wording")

# How an entry of the public list is to be had (UU 14/2008 arts. 9 to 11).
AVAILABILITIES = ("periodic", "immediate", "any_time")
PRIVACY_CASES = ("access", "correction", "restriction", "breach")

# Why somebody may not apply (UU 14/2008 art. 1(12)).
INELIGIBLE = ("not_indonesian",)

# What a file is that is kept with a request, which types are taken, and what a scanner made of it.
ATTACHMENT_KINDS = ("identity_card", "received_letter", "answer", "signed_paper", "other")
FILE_TYPES = (
    "application/pdf", "image/jpeg", "image/png",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)  # fmt: skip
SCANS = ("clean", "infected", "not_scanned")
# The office's papers that come back signed: forms, minutes, and each that the desk prints.
PAPERS = (
    "request_form", "objection_form", "test_minutes", "decision", "receipt", "incompleteness", "declined", "lapse",
    "withdrawal", "memo", "disposition", "extension", "notification", "rejection", "handover", "objection_receipt",
    "objection_answer",
)  # fmt: skip

# What is sent to an applicant: a paper of the desk, the information itself, or another letter; and what became of it.
SENDABLE = (
    "receipt", "incompleteness", "declined", "lapse", "withdrawal", "extension", "notification", "rejection",
    "handover", "objection_receipt", "objection_answer", "information", "other",
)  # fmt: skip
# The same of an objection.
OBJECTION_SENDABLE = ("objection_receipt", "objection_answer", "other")
DELIVERY_STATES = ("sent", "delivered", "failed", "returned")

# How intake knows somebody who objects.
OBJECTORS = ("known", *INELIGIBLE, "unknown", "erased")
# What looks odd about somebody who is entered without a request.
PERSON_WARNINGS = ("nik_malformed", "address_missing", "contact_missing", *INELIGIBLE)
WARNINGS = ("nik_malformed", "address_missing", "contact_missing", "near_duplicate")
