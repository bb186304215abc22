"""The administrator's pages without accounts, broker or database."""

import re
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from contracts.roles import ADMINISTRATOR
from services.gateway import problems, shell
from services.gateway.identity import guard
from services.gateway.identity.accounts import Account
from services.gateway.pages import shapes
from services.gateway.pages.installing import BLUEPRINTS
from tests.suites.law_lines import LawLines

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)"')


@dataclass
class Reader:
    """Opens pages and fills in forms, as one account."""

    client: FlaskClient
    role: str = ADMINISTRATOR

    def get(self, path, **query):
        return self.client.get(path, query_string=query or None)

    def post(self, path, **form):
        """Send a form with its hidden fields."""
        opened = dict(_HIDDEN.findall(self.get(path).text))
        return self.client.post(path, data={**opened, **form})

    def press(self, page, path, **button):
        """Press a button of a page that carries what was typed."""
        return self.client.post(path, data={**dict(_HIDDEN.findall(page.text)), **button})


@pytest.fixture
def lines():
    return LawLines()


@dataclass
class Trail:
    """What pages wrote down."""

    lines: list = field(default_factory=list)

    def add(self, kind, account, **more):
        self.lines.append((kind, account, more["about"]))


@pytest.fixture
def trail():
    return Trail()


@pytest.fixture
def app(lines, trail):
    made = Flask("services.gateway")
    made.config.update(
        SECRET_KEY="of the tests",
        SERVICES=lines,
        PEPPER=b"of the tests",
        PUBLIC_ADDRESS="https://ppid.example.id",
        VISIBLE_SECONDS=0.1,
        IDENTITY=SimpleNamespace(trail=trail),
    )
    shell.install(made)
    shapes.install(made)
    for blueprint in BLUEPRINTS:
        made.register_blueprint(blueprint)
    problems.install(made)
    made.jinja_env.globals["csrf_token"] = lambda: "token"
    return made


@pytest.fixture
def reader(app, monkeypatch):
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    made = Reader(client)
    monkeypatch.setattr(guard, "signed_in", lambda: account(made.role))
    monkeypatch.setattr(guard, "owed", lambda _: "")
    monkeypatch.setattr(guard, "owed", lambda _account: "")
    return made


def account(role):
    return Account("ani", "Ani", role, password="")
