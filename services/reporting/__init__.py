"""Reporting: daily supervision and the monthly report."""
