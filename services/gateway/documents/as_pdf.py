"""A paper as PDF, tagged for screen readers (PDF/UA-1). It can reach no file and no network.

Drawing holds Python's lock, so one paper is drawn at a time: the other threads go on answering between its steps.
"""

from __future__ import annotations

from threading import BoundedSemaphore

from PIL import ImageFile
from weasyprint import HTML, URLFetcher
from weasyprint.text.fonts import FontConfiguration

from services.gateway.rpc import Unavailable

WAIT_SECONDS = 20.0
# WeasyPrint lets the whole process take half an image for a whole one; whoever keeps files here must not.
ImageFile.LOAD_TRUNCATED_IMAGES = False
_turn = BoundedSemaphore(1)
_fonts = FontConfiguration()


def draw(html: str, variant: str | None = "pdf/ua-1") -> bytes:
    """The document; `variant` None where it becomes part of another. Raises Unavailable when others' papers took all the time."""
    if not _turn.acquire(timeout=WAIT_SECONDS):
        raise Unavailable("too many papers at once")
    try:
        fetcher = URLFetcher(allowed_protocols=["data"])
        drawn = HTML(string=html, url_fetcher=fetcher)
        return bytes(drawn.write_pdf(font_config=_fonts, pdf_variant=variant))
    finally:
        _turn.release()
