"""Small files of each type that is taken, and of some that only pretend to be."""

import io
import struct
import zlib
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
PROGRAM = b"MZ" + bytes(60) + b"PE\0\0" + bytes(200)
ELF = b"\x7fELF" + bytes(200)


def pdf(inside=b""):
    """A PDF with something in it."""
    return PDF.replace(b"trailer", b"% " + inside + b"\ntrailer")


def word(change=None):
    """A Word document; `change` gets its parts by name and may add, alter or remove some."""
    file = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Jawaban tertulis")
    document.save(file)
    if change is None:
        return file.getvalue()
    with ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return zipped(parts)


def zipped(parts):
    """An archive of some parts."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def image(format_="JPEG", size=(64, 48), mode="RGB", **options):
    """An image of one colour."""
    file = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(file, format_, **options)
    return file.getvalue()


def photo(place=b"Gang Kembojawangi 4"):
    """A photo that says where and how it was taken, and is lying on its side."""
    exif = Image.Exif()
    exif[0x010E] = place.decode()  # description
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[2] = (6.0, 10.0, 0.0)  # where
    return image(exif=exif, comment=b"rahasia", dpi=(300, 300))


def png_bomb(width=60_000, height=60_000):
    """A PNG of a few kilobytes that unpacks to gigabytes."""
    row = zlib.compress(bytes(1000 * (width + 1)), 9)
    head = struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", row), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _chunk(name, content):
    check = struct.pack("!I", zlib.crc32(name + content))
    return struct.pack("!I", len(content)) + name + content + check
