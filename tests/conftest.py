"""What tests of several tiers share: profiles for hypothesis, and one broker and one database for a whole run."""

import os
import shutil
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

from deploy.local.addresses import Given
from deploy.local.ports import free_ports
from deploy.local.stack import Stack
from eventlog.mongo.client import connect

# What a suite asserts is told as fully as what a test asserts.
pytest.register_assert_rewrite("tests.suites")

# No time limit an example: the machine that runs CI is shared, and slowness is measured elsewhere.
settings.register_profile(
    "here",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("thorough", settings.get_profile("here"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "here"))


@pytest.fixture(scope="session")
def servers(tmp_path_factory):
    """A real broker and a real database, and nothing on them."""
    folder = tmp_path_factory.mktemp("servers")
    stack = Stack(folder, free_ports(), given=Given(), cache_gigabytes=0.25)
    stack.up()
    yield stack
    stack.discard()
    shutil.rmtree(folder / "database")  # pytest keeps folders; logs are enough to look into


@pytest.fixture(scope="session")
def client(servers):
    with connect(servers.addresses.mongo, "tests") as client:
        yield client


@pytest.fixture
def prefix():
    """What the names of one test's databases begin with."""
    return f"t{uuid4().hex[:12]}"


@pytest.fixture
def database(client, prefix):
    """One service's empty database. It goes with the server: dropping each would take half of the time."""
    return client[f"{prefix}_intake"]
