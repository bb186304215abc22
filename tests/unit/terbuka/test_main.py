"""Exit codes: 0 all is well, 1 a fault, 2 wrong usage, 3 out of reach; and one line on standard error."""

import click
import pytest
from click.testing import CliRunner

from eventlog.settings import MissingSetting
from terbuka.__main__ import Operators, cli
from terbuka.answer import Fault, Unreachable


@pytest.fixture
def run():
    return CliRunner().invoke


def raising(error):
    @click.group(cls=Operators)
    def group():
        pass

    @group.command()
    def it():
        raise error

    return group


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Fault("broken"), 1),
        (FileNotFoundError(2, "no such file", "here"), 1),
        (click.UsageError("wrong"), 2),
        (MissingSetting("NAME"), 2),
        (Unreachable("away"), 3),
        (ConnectionRefusedError("refused"), 3),
    ],
)
def test_each_kind_of_error_has_its_exit_code(run, error, code):
    done = run(raising(error), ["it"])

    assert done.exit_code == code
    assert done.stdout == ""
    assert done.stderr.splitlines()[-1].startswith("Error: ")


def test_a_bug_keeps_its_traceback(run):
    assert isinstance(run(raising(ZeroDivisionError()), ["it"]).exception, ZeroDivisionError)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nothing"],
        ["log", "nothing"],
        ["log", "tail", "-n", "-1"],
        ["log", "verify", "--checkpoint", "/nowhere"],
        ["log", "import", "/nowhere"],
        ["views", "rebuild", "--service", "intake"],
        ["parked", "show", "no.queue", "key"],
        ["replay", "no.queue"],
        ["parked", "retry", "intake.inbox"],
        ["parked", "retry", "intake.inbox", "key", "--all"],
    ],
)
def test_wrong_usage_ends_with_2(run, arguments):
    assert run(cli, arguments).exit_code == 2


@pytest.mark.parametrize("arguments", [["--run", "{}", "status"], ["status", "--run", "{}"]])
def test_the_record_may_be_named_before_and_behind_the_command(run, tmp_path, arguments):
    file = str(tmp_path / "run.json")
    done = run(cli, [each.format(file) for each in arguments])

    assert done.exit_code == 3
    assert "no stack runs there" in done.stderr


def _commands(group, path=()):
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(_commands(cli))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself_and_speaks_json(run, path):
    assert COMMANDS[path].help
    assert "--json" in run(cli, [*path, "--help"]).output
