"""Another office's service, written as nameko's own documentation shows it: it knows nothing of Terbuka but two names.

Started by test_listening.py. It writes each event that it hears as one line to the file CLERK_BOOK.
"""

import json
import os
from pathlib import Path

from nameko.events import event_handler


class Clerk:
    """Keeps a book of every request that was submitted."""

    name = "clerk"

    @event_handler("intake", "RequestSubmitted")
    def write_down(self, event):
        with Path(os.environ["CLERK_BOOK"]).open("a", encoding="utf-8") as book:
            book.write(json.dumps(event) + "\n")
