import io
from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from contracts.errors import Rejected
from services.gateway.attachments.images import rewritten
from tests.suites import uploads
from tests.suites.orders import refusal

JPEG, PNG = "image/jpeg", "image/png"


def written(content, type_=JPEG):
    """The image that is kept, byte for byte."""
    with rewritten(io.BytesIO(content), type_) as clean:
        kept = b"".join(clean.parts())
        assert (clean.size, clean.sha256) == (len(kept), sha256(kept).hexdigest())
    return kept


def opened(content):
    return Image.open(io.BytesIO(content))


def refused(content, type_=JPEG):
    return refusal(written, content, type_) == "file_type_not_allowed"


@pytest.mark.parametrize(("format_", "type_"), [("JPEG", JPEG), ("PNG", PNG)])
def test_an_image_stays_an_image_of_its_type_and_size(format_, type_):
    kept = opened(written(uploads.image(format_), type_))

    assert (kept.format, kept.size) == (format_, (64, 48))


class TestCleaning:
    def test_nothing_is_left_of_where_and_how_it_was_taken(self):
        kept = written(uploads.photo())

        assert b"Kembojawangi" in uploads.photo()
        assert b"Kembojawangi" not in kept
        assert b"rahasia" not in kept
        assert not opened(kept).getexif()

    def test_it_stands_as_it_was_meant(self):
        assert opened(written(uploads.photo())).size == (48, 64)

    def test_how_large_it_is_on_paper_stays(self):
        assert opened(written(uploads.photo())).info["dpi"] == (300, 300)

    def test_texts_in_a_png_are_gone(self):
        from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415 - only here

        texts = PngInfo()
        texts.add_text("Author", "Siti Rahmawati")
        content = uploads.image("PNG", pnginfo=texts)

        assert b"Siti" in content
        assert b"Siti" not in written(content, PNG)

    def test_what_hides_behind_an_image_is_gone(self):
        hidden = uploads.zipped({"x.exe": uploads.PROGRAM})

        assert hidden not in written(uploads.image() + hidden)
        assert hidden not in written(uploads.image("PNG") + hidden, PNG)

    @pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
    def test_every_kind_of_jpeg_is_taken(self, mode):
        assert opened(written(uploads.image(mode=mode))).mode in ("L", "RGB")

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
    def test_every_kind_of_png_is_taken(self, mode):
        assert opened(written(uploads.image("PNG", mode=mode), PNG)).size == (64, 48)

    def test_holes_in_a_palette_stay_holes(self):
        content = uploads.image("PNG", mode="P", transparency=0)

        assert opened(written(content, PNG)).getpixel((0, 0))[3] == 0


class TestRefusing:
    def test_what_unpacks_to_gigabytes_is_refused(self):
        assert refused(uploads.png_bomb(), PNG)
        assert refused(uploads.png_bomb(12_000, 12_000), PNG)

    def test_more_pixels_than_a_page_has_are_refused(self):
        assert refused(uploads.png_bomb(8_001, 5_000), PNG)

    @pytest.mark.parametrize("type_", [JPEG, PNG])
    def test_an_image_of_another_type_is_refused(self, type_):
        other = uploads.image("PNG" if type_ == JPEG else "JPEG")

        assert refused(other, type_)

    def test_half_an_image_is_refused(self):
        large = uploads.image("PNG", size=(400, 400), mode="RGB")

        assert refused(large[: len(large) // 2], PNG)
        assert refused(uploads.image()[:300])


@pytest.mark.filterwarnings(
    "ignore::UserWarning:PIL"
)  # it grumbles about a broken description, and goes on
@given(st.data())
def test_whatever_an_image_is_changed_to_is_taken_or_refused(data):
    """And never a fault."""
    format_, type_ = data.draw(st.sampled_from([("JPEG", JPEG), ("PNG", PNG)]))
    content = bytearray(uploads.photo() if format_ == "JPEG" else uploads.image("PNG"))
    for at in data.draw(st.lists(st.integers(2, len(content) - 1), max_size=6)):
        content[at] = data.draw(st.integers(0, 255))
    with suppress(Rejected):
        assert written(bytes(content), type_)
