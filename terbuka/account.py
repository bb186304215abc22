"""`terbuka account`: the people who may sign in to the pages; the first administrator is made here.

A password is typed without being shown, or made up and printed once. It is never an argument: arguments are seen by
everybody on the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

import click

from contracts.roles import ROLES, STAFF
from eventlog.mongo.client import connect
from services.gateway.identity.accounts import (
    LONGEST_FULL_NAME,
    NAME,
    Account,
    AccountExists,
    LinkedElsewhere,
    NoSuchAccount,
)
from services.gateway.identity.administration import Administration
from services.gateway.identity.rules import weakness
from services.gateway.identity.tools import Tools, open_tools
from terbuka.answer import Fault, answer, for_machines
from terbuka.reach import PROCESS, Reach, reached
from terbuka.table import table

OPERATOR = "terbuka"  # who did it, in the trail
_ROLES = click.Choice([role for role in ROLES if role in STAFF])
_TITLES = ("account", "full_name", "role", "disabled", "must_change", "second_factor", "openid")
generated = click.option(
    "--generate", is_flag=True, help="Make up a password for one use and print it."
)


@click.group()
def account() -> None:
    """The people who may sign in."""


@contextmanager
def opened(reach: Reach) -> Iterator[Tools]:
    """The accounts of a system."""
    given = reach.settings("gateway")
    with connect(given["mongo_uri"], PROCESS) as client:
        tools = open_tools(given, client[given["database"]])
        tools.prepare()
        yield tools


def administering(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command what changes accounts, and say plainly what does not fit."""

    @for_machines
    @reached
    @wraps(command)
    def with_administration(reach: Reach, *given: Any, **options: Any) -> Any:
        with opened(reach) as tools:
            try:
                return command(Administration(tools, OPERATOR), *given, **options)
            except AccountExists as error:
                raise Fault(f"there is an account {error} already") from error
            except NoSuchAccount as error:
                raise Fault(f"there is no account {error}") from error
            except LinkedElsewhere as error:
                raise Fault(f"another account is {error} already") from error

    return with_administration


@account.command(name="list")
@for_machines
@reached
def list_(reach: Reach, *, as_json: bool) -> None:
    """Show all accounts."""
    with opened(reach) as tools:
        rows = [_row(each) for each in tools.accounts.everybody()]
    text = table(_TITLES, [[row[title] for title in _TITLES] for row in rows])
    answer(rows, text if rows else "there is no account yet", as_json=as_json)


@account.command()
@click.argument("name")
@click.option("--role", type=_ROLES, required=True)
@click.option("--full-name", required=True)
@generated
@administering
def create(
    administration: Administration,
    name: str,
    role: str,
    full_name: str,
    *,
    generate: bool,
    as_json: bool,
) -> None:
    """Add an account."""
    if not NAME.fullmatch(name):
        raise click.BadParameter(
            "2 to 40 small letters, digits, dots, underscores or hyphens", param_hint="NAME"
        )
    if len(full_name) > LONGEST_FULL_NAME:
        raise click.BadParameter("too long", param_hint="--full-name")
    made = administration.create(name, full_name, role, _typed(name, generate=generate))
    _told(name, f"may sign in as {role}", made if generate else "", as_json=as_json)


@account.command()
@click.argument("name")
@generated
@administering
def password(administration: Administration, name: str, *, generate: bool, as_json: bool) -> None:
    """Give an account another password; its sessions end, and a lock-out too."""
    made = administration.password(name, _typed(name, generate=generate))
    _told(name, "has another password", made if generate else "", as_json=as_json)


@account.command()
@click.argument("name")
@click.argument("role", type=_ROLES)
@administering
def role(administration: Administration, name: str, role: str, *, as_json: bool) -> None:
    """Give an account another role; its sessions end."""
    administration.role(name, role)
    _told(name, f"is {role}", as_json=as_json)


@account.command()
@click.argument("name")
@administering
def disable(administration: Administration, name: str, *, as_json: bool) -> None:
    """Let nobody sign in by an account; its sessions end."""
    administration.disable(name)
    _told(name, "is disabled", as_json=as_json)


@account.command()
@click.argument("name")
@administering
def enable(administration: Administration, name: str, *, as_json: bool) -> None:
    """Let an account's person sign in again; a lock-out ends."""
    administration.enable(name)
    _told(name, "is enabled", as_json=as_json)


@account.command(name="reset-totp")
@click.argument("name")
@administering
def reset_totp(administration: Administration, name: str, *, as_json: bool) -> None:
    """Take the second factor away from who lost it."""
    administration.reset_factor(name)
    _told(name, "has no second factor", as_json=as_json)


@account.command()
@click.argument("name")
@click.argument("openid")
@administering
def link(administration: Administration, name: str, openid: str, *, as_json: bool) -> None:
    """Say what the identity provider calls an account's person; "" for nobody."""
    administration.link(name, openid)
    _told(name, f"is {openid}" if openid else "is not linked", as_json=as_json)


def _typed(name: str, *, generate: bool) -> str:
    """A password that somebody types twice; "" when one is to be made up."""
    if generate:
        return ""
    typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    weak = weakness(typed, name)
    if weak:
        raise Fault(f"the password is {weak.replace('_', ' ')}")
    return typed


def _told(name: str, done: str, made: str = "", *, as_json: bool) -> None:
    """What was done, with a password that was made up: this once."""
    shown = {"account": name, "done": done, **({"password": made} if made else {})}
    text = f"{name} {done}" + (f"\npassword for one use: {made}" if made else "")
    answer(shown, text, as_json=as_json)


def _row(each: Account) -> dict[str, Any]:
    yes = {True: "yes", False: ""}
    return {
        "account": each.name,
        "full_name": each.full_name,
        "role": each.role,
        "disabled": yes[each.disabled],
        "must_change": yes[each.must_change],
        "second_factor": yes[bool(each.factor)],
        "openid": each.openid,
    }
