"""Intake: arrival, completeness, register number, and the applicants' personal data."""
