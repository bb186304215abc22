"""The gateway's pages without their services: a Flask test client on a real database."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jinja2
import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from contracts import roles
from contracts.roles import STAFF
from eventlog.settings import Settings, load
from services.gateway.app import build
from services.gateway.identity import passwords
from services.gateway.identity.accounts import Accounts
from services.gateway.rpc import Services
from tests.suites.lines import OfficeLines
from tests.suites.permissions import STATES, reached

PASSWORD = "benar-kuda-baterai"
_HIDDEN = re.compile(r'<input type="hidden" name="(key|version)" value="([^"]*)"')
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Clock:
    """A time that tests move."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self):
        return datetime.now(UTC) + self.ahead

    def forward(self, **span):
        self.ahead += timedelta(**span)


@dataclass
class Visitor:
    """A browser: it keeps cookies, fills in forms and follows nothing by itself."""

    client: FlaskClient

    def get(self, path: str, **more) -> TestResponse:
        return self.client.get(path, **more)

    def post(self, path: str, form=None, page: str | None = None, **more) -> TestResponse:
        """Send a form with the token of the page it stands on."""
        token = token_of(self.get(page or path))
        return self.client.post(path, data={**(form or {}), "csrf_token": token}, **more)

    def sign_in(self, account: str, password: str = PASSWORD, onward: str = "") -> TestResponse:
        form = {"account": account, "password": password, "next": onward}
        return self.post("/sign-in", form)

    @property
    def cookie(self) -> str | None:
        kept = self.client.get_cookie("terbuka_session")
        return kept.value if kept else None


def token_of(page: TestResponse) -> str:
    found = _TOKEN.search(page.text)
    assert found, page.text
    return found[1]


def hidden(page):
    return dict(_HIDDEN.findall(page.text))


def typed(data):
    """An order as its form sends it."""
    form = {}
    for name, value in data.items():
        if isinstance(value, bool):
            form[name] = "yes" if value else "no"
        elif isinstance(value, list):
            form[name] = "\r\n".join(value) if name == "blackened" else value
        elif value is not None:
            form[name] = str(value)
    return form


@pytest.fixture(scope="session")
def secret_files(tmp_path_factory) -> dict[str, str]:
    folder: Path = tmp_path_factory.mktemp("gateway")
    contents = {
        "TOKENS": "{}",
        "SEAL_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
        "PEPPER": "pepper of the tests",
        "GATEWAY_KEY": "key of the tests",
    }
    for name, content in contents.items():
        (folder / name).write_text(content)
    return {f"TERBUKA_{name}_FILE": str(folder / name) for name in contents}


@pytest.fixture(scope="session", autouse=True)
def done_once():
    """What is slow on purpose, or done once a process, is no part of these tests: hashes of passwords, templates, routes."""
    with pytest.MonkeyPatch.context() as patched:
        cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patched.setattr(passwords, "_HASHER", cheap)
        options = {**Flask.jinja_options, "bytecode_cache": BytecodeCache()}
        patched.setattr(Flask, "jinja_options", options)
        patched.setattr(Rule, "_compile_builder", compiled_once(Rule._compile_builder))
        yield


def compiled_once(compile_builder):
    """The code that writes addresses of a route asks its rule for everything, so that equal rules may share it."""
    known = {}

    def shared(rule, append_unknown):
        key = (rule.rule, rule.merge_slashes, append_unknown, repr(rule.defaults))
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    return shared


class BytecodeCache(jinja2.BytecodeCache):
    """Templates that were compiled for an earlier application of this run."""

    def __init__(self):
        self._compiled = {}

    def load_bytecode(self, bucket):
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])

    def dump_bytecode(self, bucket):
        self._compiled[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session")
def kept_password(done_once) -> str:
    """One hash for every account."""
    return passwords.hashed(PASSWORD)


@pytest.fixture(scope="session")
def kept_database(client):
    """One for all of these tests: with one each, the server runs out of files that it may open."""
    return client["gateway_of_the_tests"]


@pytest.fixture
def database(kept_database):
    """The gateway's database with nothing in it; its indexes stay, because making them takes longer than most tests."""
    for name in kept_database.list_collection_names():
        kept_database[name].delete_many({})
    return kept_database


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def people(database, kept_password) -> Accounts:
    """The office: one account a role, called as the role, all with the same password."""
    database["accounts"].insert_many(
        {
            "_id": role,
            "full_name": f"Orang {role}",
            "role": role,
            "password": kept_password,
            "generation": 1,
            "disabled": False,
            "must_change": False,
        }
        for role in STAFF
    )
    return Accounts(database)


@pytest.fixture
def given(secret_files) -> Settings:
    return load("gateway", secret_files)


@pytest.fixture
def app(given, database, people, clock):
    made = build(given, Services("amqp://nowhere.invalid", 1, 0.1), database, clock)
    made.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    return made


@pytest.fixture
def visit():
    """A new browser for an application."""
    return _visitor


@pytest.fixture
def visitor(app) -> Visitor:
    return _visitor(app)


@pytest.fixture
def another(app) -> Visitor:
    """A second browser."""
    return _visitor(app)


def _visitor(app) -> Visitor:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return Visitor(client)


@pytest.fixture
def office_at(given, database, people, clock):
    """A gateway whose services are an office where a case has come to a state."""

    def made(state):
        lines = OfficeLines(reached(STATES[state]))
        app = build(given, lines, database, clock)
        return lines, app

    return made


@pytest.fixture
def at_desk(office_at, visit):
    def signed_in(state, role=roles.OFFICER):
        lines, app = office_at(state)
        visitor = visit(app)
        visitor.sign_in(role)
        return lines, visitor

    return signed_in
