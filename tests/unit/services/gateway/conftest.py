"""The shell of the pages round nothing: what every page has, without accounts, services or a database."""

import pytest
from flask import Flask, g

from contracts.command import Actor
from contracts.errors import Rejected
from services.gateway import problems, shell
from services.gateway.pages import shapes
from services.gateway.rpc import Unavailable


@pytest.fixture
def app():
    made = Flask("services.gateway")
    shell.install(made)
    shapes.install(made)
    problems.install(made)
    made.jinja_env.globals["csrf_token"] = lambda: "token"
    _pages(made)
    return made


@pytest.fixture
def client(app):
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def _pages(app):
    """A page of each role's, and one for each way to fail."""

    def shown(**_):
        g.actor = Actor("sari", "desk")
        return app.jinja_env.get_template("layout.html").render()

    def fails(way):
        raise {
            "role": Rejected("role_not_allowed", "The role desk may not do this."),
            "stale": Rejected("stale_version", "The request has changed."),
            "away": Unavailable("no answer in 8 s", "register"),
            "bug": ZeroDivisionError(),
        }[way]

    for address, roles in {"/today": {"desk"}, "/cases": {"desk"}, "/settings": {"admin"}}.items():
        view = _marked(shown, roles)
        app.add_url_rule(address, address, view)
    app.add_url_rule("/cases/<id_>", "case", _marked(shown, {"desk"}))
    app.add_url_rule("/fails/<way>", "fails", fails)
    app.add_url_rule("/api/v1/fails/<way>", "api-fails", fails)


def _marked(view, roles):
    def page(**given):
        return view(**given)

    page.roles = frozenset(roles)
    return page
