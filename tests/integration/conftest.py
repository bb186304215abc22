"""The whole product on real servers, started once for the tests that need all of it."""

import pytest

from deploy.local import secrets
from deploy.local.addresses import Given
from deploy.local.people import prepare_with_people
from deploy.local.ports import free_ports
from deploy.local.processes import processes
from deploy.local.stack import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    secrets.make(folder)
    one = Stack(
        folder,
        free_ports(),
        processes,
        prepare_with_people,
        tokens=secrets.demo_tokens(folder),
        accounts=secrets.demo_accounts(folder),
        given=Given(),
        cache_gigabytes=0.25,
    )
    try:
        one.up()
        yield one
    finally:
        one.discard()
