"""The operator's command `terbuka`: looks into a running system, verifies, moves and mends what it keeps.

It finds a local stack through var/run.json (or --run), and any other system through the TERBUKA_* variables that its processes
use. Exit codes: 0 all is well, 1 a fault was found (a broken chain, a view that differs, an event that was missing, something
that is not there), 2 wrong usage, 3 the system cannot be reached.
"""
