"""Who may import whom: .importlinter says it, and why."""

import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT


def test_everybody_imports_only_what_they_may():
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
