"""Escalation: coordination, the clock, the consequence test, the decision and the notification."""
