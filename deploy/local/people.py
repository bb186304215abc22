"""The demonstration's accounts, one for each role of the office, with passwords that this stack made up for itself."""

from collections.abc import Mapping

from deploy.local.addresses import Addresses
from deploy.local.processes import environment_of, prepare
from deploy.local.secrets import demo_accounts
from eventlog import settings
from eventlog.mongo.client import connect
from eventlog.store import utc_now
from services.gateway.identity import passwords
from services.gateway.identity.accounts import Accounts

FULL_NAMES = {
    "desk": "Petugas Pelayanan",
    "ppid_officer": "Kepala Sub Bagian",
    "division_head": "Kepala Bagian",
    "ppid_superior": "Atasan PPID",
    "administrator": "Pengelola Sistem",
    "auditor": "Pemeriksa",
}


def prepare_with_people(addresses: Addresses) -> None:
    """Prepare a stack that people may look around in."""
    prepare(addresses)
    given = settings.load("gateway", environment_of(addresses))
    with connect(given["mongo_uri"], "people") as client:
        accounts = Accounts(client[given["database"]])
        for role, entry in demo_accounts(addresses.folder).items():
            _enter(accounts, role, entry)


def _enter(accounts: Accounts, role: str, entry: Mapping[str, str]) -> None:
    """Make the account what the secrets folder says; leave it alone where it is."""
    name, password = entry["account"], entry["password"]
    account = accounts.find(name)
    if account is None:
        accounts.create(name, FULL_NAMES[role], role, password, utc_now(), must_change=False)
    elif not passwords.matches(password, account.password):
        accounts.set_password(name, password, must_change=False)
