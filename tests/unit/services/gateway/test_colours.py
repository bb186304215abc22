"""Text is readable on every ground it stands on, and marks can be told from theirs, in the light and in the dark."""

import re
from itertools import product
from pathlib import Path

import pytest

import services.gateway

TOKENS = Path(services.gateway.__file__).parent / "assets" / "scss" / "_tokens.scss"
TONES = ("calm", "warn", "today", "late", "news", "plain")
GROUNDS = ("ground", "surface", "sunken")
TEXTS = ("ink", "soft", "link", "accent", "danger")
# A browser rounds what is between two colours; nobody should live on the edge.
READABLE, TOLD_APART = 4.5, 3.0
_THEME = re.compile(r"@mixin (light|dark) \{(.*?)\n\}", re.DOTALL)
_COLOUR = re.compile(r"--([a-z-]+): (#[0-9a-f]{3,6});")


def themes():
    return {
        name: dict(_COLOUR.findall(written)) for name, written in _THEME.findall(TOKENS.read_text())
    }


def contrast(one, other):
    """As WCAG 2 defines it."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    red, green, blue = (linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


@pytest.fixture(params=["light", "dark"])
def colours(request):
    return themes()[request.param]


def test_both_themes_have_the_same_colours():
    assert themes()["light"].keys() == themes()["dark"].keys()


def test_black_on_white_is_21_to_1():
    assert contrast("#000", "#ffffff") == pytest.approx(21)


def test_text_is_readable_on_every_ground(colours):
    weak = {
        (text, ground): ratio
        for text, ground in product(TEXTS, GROUNDS)
        if (ratio := contrast(colours[text], colours[ground])) < READABLE
    }
    assert weak == {}


def test_tags_and_banners_are_readable(colours):
    weak = {
        (text, tone): ratio
        for tone in TONES
        for text in (tone, "ink", "soft", "link")
        if (ratio := contrast(colours[text], colours[f"{tone}-pale"])) < READABLE
    }
    assert weak == {}


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("on-accent", "accent"),
        ("on-accent", "accent-strong"),
        ("on-focus", "focus"),
        ("ink", "accent-pale"),
    ],
)
def test_what_is_pressed_or_focused_is_readable(colours, text, ground):
    assert contrast(colours[text], colours[ground]) >= READABLE


def test_marks_bars_and_lines_can_be_told_from_their_ground(colours):
    marks = [f"{tone}-mark" for tone in TONES] + ["edge", "focus", "accent"]
    weak = {
        (mark, ground): ratio
        for mark, ground in product(marks, ("surface", "ground"))
        if (ratio := contrast(colours[mark], colours[ground])) < TOLD_APART
    }
    assert weak == {}
