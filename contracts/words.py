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

CLOCKS = ("answer", "completion")
REGIMES = ("ordinary",)

WARNINGS = ("nik_malformed", "address_missing", "contact_missing", "near_duplicate")
