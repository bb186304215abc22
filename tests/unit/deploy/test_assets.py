"""When the pages' styles and scripts are built, and what their lock files may say."""

import json
from pathlib import Path

import pytest

from deploy.local import assets

AUDIT = assets.ROOT / "tests" / "audit"
LOCKS = [folder / "package-lock.json" for folder in (assets.SOURCES, AUDIT)]


@pytest.fixture
def gateway(tmp_path, monkeypatch):
    """A gateway with one style, one translation, and nothing built."""
    sources, static, words = (tmp_path / name for name in ("assets", "static", "translations"))
    for folder in (sources, static, words):
        folder.mkdir()
    (sources / "terbuka.scss").write_text("a {}")
    (words / "messages.po").write_text("")
    monkeypatch.setattr(assets, "SOURCES", sources)
    monkeypatch.setattr(assets, "PACKAGES", sources / "node_modules")
    monkeypatch.setattr(assets, "STATIC", static)
    monkeypatch.setattr(assets, "STAMP", static / "stamp")
    monkeypatch.setattr(assets, "TRANSLATIONS", words)
    monkeypatch.setattr(assets, "COPIED", {"terbuka.js": sources / "terbuka.js"})
    return tmp_path


def build(gateway):
    for made in ("static/terbuka.css", "static/terbuka.js", "translations/messages.mo"):
        (gateway / made).write_text("made")
    assets.STAMP.write_text(assets.fingerprint())


def test_what_is_built_is_left_alone(gateway):
    build(gateway)
    assert assets.main() == 0
    assert (gateway / "static/terbuka.css").read_text() == "made"


@pytest.mark.parametrize("source", ["assets/terbuka.scss", "translations/messages.po"])
def test_what_changed_is_built_again(gateway, source):
    build(gateway)
    (gateway / source).write_text("changed")
    assert assets.built() != assets.fingerprint()


@pytest.mark.parametrize(
    "made", ["static/terbuka.css", "static/terbuka.js", "translations/messages.mo"]
)
def test_what_is_missing_is_built_again(gateway, made):
    build(gateway)
    (gateway / made).unlink()
    assert assets.built() == ""


def test_fetched_packages_are_no_sources(gateway):
    build(gateway)
    assets.PACKAGES.mkdir()
    (assets.PACKAGES / "fetched.js").write_text("")
    assert assets.built() == assets.fingerprint()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.parent.name)
def test_any_registry_may_serve_a_lock_file(lock: Path):
    packages = json.loads(lock.read_text())["packages"]
    fetched = {name: about for name, about in packages.items() if name}
    assert fetched
    assert all(about["integrity"].startswith("sha512-") for about in fetched.values())
    assert [name for name, about in fetched.items() if "resolved" in about] == []
    assert "omit-lockfile-registry-resolved=true" in (lock.parent / ".npmrc").read_text()
