"""Generated files are written once, checked, and never change what was released."""

import json

import pytest
from click.testing import CliRunner

from terbuka.generate import SCHEMAS, broken, files, generate, stale

CLOSED = SCHEMAS / "register" / "Closed.v1.json"


@pytest.fixture
def root(tmp_path):
    """A project in which everything was generated."""
    assert run(tmp_path).exit_code == 0
    return tmp_path


def run(root, *arguments):
    return CliRunner().invoke(generate, ["--root", str(root), *arguments])


def rewrite(file, change):
    """Change a JSON file as an edit of its contract would."""
    schema = json.loads(file.read_text())
    change(schema)
    file.write_text(json.dumps(schema))


def test_it_writes_every_file(root):
    assert all((root / path).read_text() == text for path, text in files().items())


def test_writing_again_changes_nothing(root):
    assert run(root).output == "everything is as the contracts say\n"


def test_a_check_lists_what_is_missing_and_writes_nothing(tmp_path):
    outcome = run(tmp_path, "--check", "--json")
    assert outcome.exit_code == 1
    assert set(json.loads(outcome.stdout)["stale"]) == set(map(str, files()))
    assert list(tmp_path.iterdir()) == []


def test_an_edited_file_is_stale_until_it_is_written_again(root):
    (root / "docs/events.md").write_text("mine")
    assert run(root, "--check").exit_code == 1
    assert run(root).output == "written: docs/events.md\n"
    assert stale(root) == ()


def test_a_released_message_is_not_overwritten_by_another(root):
    rewrite(root / CLOSED, lambda schema: schema["required"].remove("data"))
    outcome = run(root)
    assert outcome.exit_code == 1
    assert "message.data became required" in outcome.stderr
    assert broken(root) == (f"{CLOSED}: message.data became required",)


def test_an_optional_field_that_is_new_is_written(root):
    def forget(schema):
        del schema["properties"]["data"]["properties"]["remark"]

    rewrite(root / CLOSED, forget)
    assert run(root).output == f"written: {CLOSED}\n"


def test_a_message_that_left_the_catalogue_is_found(root):
    (root / SCHEMAS / "register" / "Forgotten.v1.json").write_text("{}")
    assert broken(root) == (f"{SCHEMAS}/register/Forgotten.v1.json: in no catalogue any more",)
