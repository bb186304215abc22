"""`terbuka account` on a real database, and signing in with what it made."""

import json

import pytest
from click.testing import CliRunner

from contracts.roles import ADMINISTRATOR, DESK
from deploy.local import people as demo_people
from services.gateway.identity.accounts import Accounts
from services.gateway.identity.passwords import matches
from services.gateway.identity.trail import Trail
from terbuka.__main__ import cli
from terbuka.reach import Reach

TYPED = "kopi pagi di loket tiga"
FIRST = ("create", "sari", "--role", ADMINISTRATOR, "--full-name", "Sari Wijaya")


@pytest.fixture
def own(client, prefix):
    return client[f"{prefix}_gateway"]


@pytest.fixture
def run(servers, prefix, secret_files):
    """Run the command; what it says, and how it ended."""
    reach = Reach(
        {
            **secret_files,
            "TERBUKA_MONGO_URI": servers.addresses.mongo,
            "TERBUKA_DATABASE_PREFIX": prefix,
        }
    )

    def run(*arguments, typed="", code=0):
        done = CliRunner().invoke(cli, ["account", *arguments], obj=reach, input=typed)
        assert done.exit_code == code, done.output
        return done

    return run


def test_there_is_no_account_before_the_first(run):
    assert "no account yet" in run("list").output


def test_the_first_administrator_types_a_password_that_is_not_shown(run, own):
    done = run(*FIRST, typed=f"{TYPED}\n{TYPED}\n")

    account = Accounts(own).find("sari")
    assert matches(TYPED, account.password)
    assert (account.role, account.must_change) == (ADMINISTRATOR, False)
    assert TYPED not in done.output


def test_or_gets_one_for_one_use_that_is_printed_once(run, own):
    made = json.loads(run(*FIRST, "--generate", "--json").output)["password"]

    account = Accounts(own).find("sari")
    assert matches(made, account.password)
    assert account.must_change
    assert made not in run("list", "--json").output


@pytest.mark.parametrize(
    ("arguments", "typed", "code"),
    [
        (FIRST, "pendek\npendek\n", 1),
        (("create", "Sari!", "--role", DESK, "--full-name", "S", "--generate"), "", 2),
        (("create", "sari", "--role", "integration", "--full-name", "S", "--generate"), "", 2),
    ],
    ids=["weak password", "no name", "no role of the office"],
)
def test_what_does_not_fit_makes_no_account(run, own, arguments, typed, code):
    run(*arguments, typed=typed, code=code)

    assert Accounts(own).everybody() == []


def test_nobody_gets_a_password_as_an_argument(run):
    run("password", "sari", TYPED, code=2)


def test_everything_that_can_be_changed_is(run, own):
    run(*FIRST, "--generate")
    accounts = Accounts(own)
    run("role", "sari", DESK)
    run("disable", "sari")
    assert (accounts.find("sari").role, accounts.find("sari").disabled) == (DESK, True)
    run("enable", "sari")
    run("link", "sari", "Sari@KPU.example")
    assert not accounts.find("sari").disabled
    assert accounts.find_linked("sari@kpu.example").name == "sari"
    accounts.set_factor("sari", "sealed", 1, ["digest"])
    run("reset-totp", "sari")
    run("password", "sari", "--generate")
    assert accounts.find("sari").factor == ""


def test_every_change_leaves_a_line_of_who_did_it(run, own, clock):
    run(*FIRST, "--generate")
    run("role", "sari", DESK)

    lines = Trail(own, clock).page(10, account="sari")
    assert [(line["kind"], line["by"]) for line in lines] == [
        ("role_changed", "terbuka"),
        ("created", "terbuka"),
    ]


@pytest.mark.parametrize(
    "arguments", [("disable", "nobody"), ("role", "nobody", DESK), ("reset-totp", "nobody")]
)
def test_an_account_that_is_not_there_is_a_fault(run, arguments):
    assert "there is no account nobody" in run(*arguments, code=1).stderr


def test_two_accounts_of_one_name_are_not_made(run):
    run(*FIRST, "--generate")

    assert "already" in run(*FIRST, "--generate", code=1).stderr


def test_the_demonstration_has_the_passwords_of_its_folder(own):
    """Also when the folder was made anew and the database was not."""
    accounts = Accounts(own)
    for password in ("satu-kuda-baterai", "dua-kuda-baterai", "dua-kuda-baterai"):
        entry = {"account": "demo-desk", "password": password}
        demo_people._enter(accounts, DESK, entry)
        assert matches(password, accounts.find("demo-desk").password)

    assert accounts.find("demo-desk").generation == 2
