"""How a bare machine is made ready: which Python is taken, which packages are asked for, what an unprivileged user is told."""

import sys

import pytest

from deploy.local import debian, interpreter, setup

_BROKEN = "#!/bin/sh\necho 'command not found' >&2\nexit 127\n"
_WORKING = f'#!/bin/sh\nexec {sys.executable} "$@"\n'
_THIS = f"python3.{sys.version_info[1]}"


@pytest.fixture
def path(tmp_path):
    """Make a PATH of folders, each with some commands."""

    def make(*folders):
        for number, commands in enumerate(folders):
            for name, text in commands.items():
                file = tmp_path / str(number) / name
                file.parent.mkdir(exist_ok=True)
                file.write_text(text)
                file.chmod(0o755)
        return {"PATH": ":".join(str(tmp_path / str(number)) for number in range(len(folders)))}

    return make


def test_a_python_that_does_not_run_is_passed_over(path):
    environment = path({"python3.13": _BROKEN, "python3.12": _BROKEN, "python3.11": _BROKEN})
    assert interpreter.newest(environment) is None


def test_a_broken_python_does_not_hide_the_same_one_further_on(path):
    found = interpreter.newest(path({_THIS: _BROKEN}, {_THIS: _WORKING}))
    assert found.version == sys.version_info[:2]


def test_the_newest_is_tried_first(path):
    everywhere = path({"python3.11": _WORKING, "python3.13": _WORKING, "python3.12": _WORKING})
    tried = [candidate[-4:] for candidate in interpreter.candidates(everywhere)]
    assert tried == ["3.13", "3.12", "3.11"]


def test_a_named_python_is_taken_and_no_other(path):
    everywhere = path({_THIS: _WORKING})
    assert list(interpreter.candidates(everywhere | {"PYTHON": "mine"})) == ["mine"]


def test_a_python_too_old_is_no_answer(path, tmp_path):
    old = tmp_path / "old"
    old.write_text('#!/bin/sh\necho \'[[3, 10], "3.10", "old"]\'\n')
    old.chmod(0o755)
    assert interpreter.newest({"PYTHON": str(old)}) is None


def test_servers_that_run_elsewhere_need_no_packages():
    drawing, database = list(debian.LETTERS), ["libcurl4", "libssl3", "liblzma5"]
    there = {"TERBUKA_AMQP_URI": "amqp://there", "TERBUKA_MONGO_URI": "mongodb://there"}

    assert debian.needed({"TERBUKA_AMQP_URI": "amqp://there"}) == [*database, *drawing]
    assert debian.needed({"TERBUKA_MONGO_URI": "there"}) == ["rabbitmq-server", *drawing]
    assert debian.needed(there) == drawing


def test_only_tests_need_a_browser_and_a_mailbox():
    assert debian.needed({}, tests=True) == [*debian.needed({}), "chromium", "dovecot-imapd"]


def test_an_administrator_is_told_to_keep_every_server_off():
    told = debian.command(["rabbitmq-server", "chromium", "dovecot-imapd"])

    assert told.endswith(
        " && sudo systemctl disable --now rabbitmq-server && sudo systemctl disable --now dovecot"
    )


def test_what_is_installed_is_not_missing():
    assert debian.missing(["dpkg", "no-such-package"]) == ["no-such-package"]


def test_what_another_package_provides_is_not_missing():
    """Newer releases renamed libssl3; here `awk` is such a name."""
    assert debian.missing(["awk"]) == []


def test_an_unprivileged_user_is_told_the_command_and_gets_exit_code_2(monkeypatch, capsys):
    monkeypatch.setattr(debian, "missing", lambda _: ["rabbitmq-server"])
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(debian.shutil, "which", lambda name: None if name == "sudo" else name)
    assert setup.main() == 2
    assert (
        "apt-get install --yes --no-install-recommends rabbitmq-server" in capsys.readouterr().out
    )


def test_starts_are_forbidden_while_packages_are_unpacked_and_only_then(tmp_path):
    policy = tmp_path / "policy-rc.d"
    with debian._no_server_starts(policy, []):
        assert "exit 101" in policy.read_text()
        assert policy.stat().st_mode & 0o111
    assert not policy.exists()


def test_the_machines_own_start_policy_is_left_alone(tmp_path):
    policy = tmp_path / "policy-rc.d"
    policy.write_text("its owner's")
    with debian._no_server_starts(policy, []):
        pass
    assert policy.read_text() == "its owner's"


def test_a_server_that_was_started_all_the_same_is_an_error():
    with pytest.raises(debian.ServerStarted):
        debian._refuse_started({1})


def test_a_second_set_up_does_nothing(set_up):
    assert set_up() == ["make", "install"]
    assert set_up() == []


def test_changed_requirements_bring_the_environment_up_to_date(set_up, tmp_path):
    set_up()
    (tmp_path / "requirements").write_text("more")
    assert set_up() == ["install"]


@pytest.fixture
def set_up(monkeypatch, tmp_path):
    """Run the set-up on a pretended environment; answer what it did."""
    done = []
    (tmp_path / "requirements").write_text("some")
    monkeypatch.setattr(setup, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(setup, "DECIDING", (tmp_path / "requirements",))
    monkeypatch.setattr(setup, "make", lambda _: done.append("make"))
    monkeypatch.setattr(setup, "install", lambda: done.append("install"))

    def run():
        done.clear()
        assert setup.main() == 0
        return list(done)

    return run
