"""`python -m deploy.local.clean`: ends what a killed run left in `var/` and removes all that it kept.

A stack that somebody still runs is left alone; exit code 1 says so.
"""

import shutil
import sys

from deploy.local.claim import AlreadyRuns
from deploy.local.stack import Stack
from deploy.local.supervisord import ROOT


def main() -> int:
    """Leave no process and no file of the local stack; answer the exit code."""
    folder = ROOT / "var"
    if not folder.is_dir():
        return 0
    try:
        Stack(folder).down()
    except AlreadyRuns as refusal:
        print(refusal, file=sys.stderr)
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
