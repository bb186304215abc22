"""The log, the inbox and the rest on MongoDB."""
