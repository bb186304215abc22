"""Who works with the system. Deny by default: a role may do what names it, and nothing else."""

DESK = "desk"
OFFICER = "ppid_officer"
HEAD = "division_head"
SUPERIOR = "ppid_superior"
ADMINISTRATOR = "administrator"
AUDITOR = "auditor"
INTEGRATION = "integration"
SYSTEM = "system"

ROLES = (DESK, OFFICER, HEAD, SUPERIOR, ADMINISTRATOR, AUDITOR, INTEGRATION)
DESK_WORK = frozenset({DESK, OFFICER})
STAFF = frozenset({DESK, OFFICER, HEAD, SUPERIOR, ADMINISTRATOR, AUDITOR})
