"""The one list of metrics. Times are exported as timestamps, not ages, so that a dead process still alarms.

No label ever holds a request, a person or an account.
"""

from __future__ import annotations

from datetime import datetime

from prometheus_client import Counter, Gauge, Histogram

DURATIONS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
WAITS = (*DURATIONS, 60, 120, 300)

HANDLED = Histogram(
    "terbuka_entrypoint_duration_seconds",
    "Time an entrypoint took, by what became of it: ok, rejected, error.",
    ["service", "entrypoint", "outcome"],
    buckets=DURATIONS,
)
HTTP = Histogram(
    "terbuka_http_request_duration_seconds",
    "Time the gateway took to answer, by route and status.",
    ["method", "route", "status"],
    buckets=DURATIONS,
)
REGISTERED = Histogram(
    "terbuka_register_seconds",
    "Time from opening the counter's form to the receipt of the request.",
    buckets=(15, 30, 45, 60, 90, 120, 180, 300, 600, 1800),
)
LOG_HEAD = Gauge(
    "terbuka_log_head_position",
    "Last commit of a service's own log that its relay has seen.",
    ["service"],
)

RELAY_ACTIVE = Gauge(
    "terbuka_relay_active", "1 where this relay holds the lease of the log.", ["service"]
)
RELAY_POSITION = Gauge(
    "terbuka_relay_checkpoint_position", "Last commit whose events are confirmed.", ["service"]
)
RELAY_LAST_LOOK = Gauge(
    "terbuka_relay_last_look_timestamp_seconds", "When the relay last read its log.", ["service"]
)
OLDEST_UNPUBLISHED = Gauge(
    "terbuka_oldest_unpublished_timestamp_seconds",
    "Time of the oldest event not yet published; 0 when there is none.",
    ["service"],
)
EVENTS_PUBLISHED = Counter(
    "terbuka_events_published_total", "Events confirmed by the broker.", ["service"]
)
RELAY_INTERRUPTIONS = Counter(
    "terbuka_relay_interruptions_total", "Times the relay had to connect anew.", ["service"]
)

CONSUMED = Counter(
    "terbuka_events_consumed_total",
    "Messages taken from a queue, by what became of them: ok, duplicate, parked.",
    ["queue", "outcome"],
)
PARKED = Gauge("terbuka_parked_messages", "Messages waiting in a parking queue.", ["queue"])
PAUSED = Gauge("terbuka_consumer_paused", "1 while a consumer waits for its database.", ["queue"])

INGEST_POSITION = Gauge(
    "terbuka_ingest_position", "Last event numbered in a numbered log.", ["service"]
)
PROJECTION_POSITION = Gauge(
    "terbuka_projection_position", "Last event that the views show.", ["service"]
)
PROJECTION_LAST_EVENT = Gauge(
    "terbuka_projection_last_event_timestamp_seconds",
    "Time of the newest event that the views show.",
    ["service"],
)
ACCEPTED_TO_VISIBLE = Histogram(
    "terbuka_accepted_to_visible_seconds",
    "From an event's recording to its being visible in the register's views.",
    buckets=WAITS,
)
RECONCILED_POSITION = Gauge(
    "terbuka_reconciled_position",
    "Commit of a service's log up to which the register was found complete.",
    ["service"],
)
RECONCILED_MISSING = Counter(
    "terbuka_reconciled_missing_total",
    "Events found missing in the register and fetched.",
    ["service"],
)
CHAIN_VERIFIED = Gauge(
    "terbuka_log_chain_verified_position", "Last event whose chain was verified.", ["service"]
)

OPEN_REQUESTS = Gauge("terbuka_requests_open", "Requests that are not ended, by state.", ["state"])
OVERDUE_REQUESTS = Gauge("terbuka_requests_overdue", "Open requests whose due date has passed.")
CALENDAR_DECREED = Gauge(
    "terbuka_calendar_decreed_until_timestamp_seconds",
    "End of the last year whose joint leave is declared; due dates beyond it will still move.",
)
CALENDAR_DECREED_DAYS = Gauge(
    "terbuka_calendar_decreed_days",
    "How many days ahead the calendar was decreed at the last recount; below 0 when this year is not.",
)
RECOUNT_LAST = Gauge(
    "terbuka_recount_last_timestamp_seconds",
    "When this process last counted every open clock; some process does so every day.",
)
RECOUNT_OWED_SINCE = Gauge(
    "terbuka_recount_owed_since_timestamp_seconds",
    "Since when open clocks do not follow a change of calendar or rules; 0 when they do.",
)
RECOUNT_LOOKED_AT = Gauge(
    "terbuka_recount_looked_at_requests",
    "Subjects with an open clock that the last recount looked at.",
)
RECOUNT_MOVED = Gauge(
    "terbuka_recount_moved_requests", "Subjects whose due date the last recount moved."
)
RECOUNT_SECONDS = Gauge("terbuka_recount_duration_seconds", "Time the last recount took.")
OVERDUE_DUTIES = Gauge(
    "terbuka_duties_overdue",
    "What the office owes by itself (reports, periodic information) and has not done in time.",
)
LETTERS = Gauge(
    "terbuka_outgoing_letters", "Letters by e-mail that are not at their end, by state.", ["state"]
)
OLDEST_LETTER = Gauge(
    "terbuka_outgoing_oldest_timestamp_seconds",
    "Since when the letter waits that has waited longest to go out; 0 when there is none.",
)
INCOMING_LETTERS = Gauge(
    "terbuka_incoming_letters", "E-mail that came in and is neither registered nor dropped."
)
OLDEST_INCOMING = Gauge(
    "terbuka_incoming_oldest_timestamp_seconds",
    "When the oldest of it came; 0 when there is none.",
)
MAILBOX_LAST_LOOK = Gauge(
    "terbuka_mailbox_last_look_timestamp_seconds",
    "When the office's mailbox was last looked into without trouble, or the process began to try.",
)
HTTP_REFUSED = Counter(
    "terbuka_http_refused_total", "Requests the gateway refused, by code.", ["code"]
)
SIGN_INS = Counter(
    "terbuka_sign_ins_total",
    "Sign-ins to the pages: who came in, who was refused, who left.",
    ["outcome"],
)
APPLICANT_READS = Counter(
    "terbuka_applicant_reads_total", "Times a person was read from the vault."
)
FILES_SCANNED = Counter(
    "terbuka_files_scanned_total",
    "Files that were sent in, by what the scanner made of them: clean, infected, not_scanned.",
    ["outcome"],
)


def epoch(moment: str) -> float:
    """An RFC 3339 time as seconds since 1970."""
    return datetime.fromisoformat(moment).timestamp()
