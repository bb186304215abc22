"""Becomes the program described in a file: supervisord starts this, and the pid stays the same.

Promises that the program gets exactly the arguments and the environment written there: nothing inherited, no quoting rules of a
configuration format in between, and no secret on a command line. Standard library only; started as a script.
"""

import json
import os
import sys
from pathlib import Path


def main() -> None:
    """Replace this process by the described one."""
    description = json.loads(Path(sys.argv[1]).read_text())
    argv, environment = description["argv"], description["environment"]
    os.execvpe(argv[0], argv, environment)  # noqa: S606  # no shell is the point


if __name__ == "__main__":
    main()
