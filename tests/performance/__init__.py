"""Measurements: each row side by side with its reference, in the same run, on the same servers."""
