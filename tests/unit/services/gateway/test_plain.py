"""Values as people read them: nothing that code calls so is left where it means something to people."""

import pytest
from flask import g

from services.gateway.pages.plain import plain


@pytest.mark.parametrize(
    ("name", "value", "indonesian"),
    [
        ("because", "ApplicantNotified", "Pemberitahuan tertulis dikirim"),
        ("because", "window_over", "Jangka waktunya habis"),
        ("because", "Hari libur setempat", "Hari libur setempat"),
        ("author", "desk:ani", "Pelaksana (desk informasi) (ani)"),
        ("reviewer", "ppid_officer:budi", "PPID (Ka. Sub Bag) (budi)"),
    ],
)
def test_causes_and_people_are_named_as_the_office_calls_them(app, name, value, indonesian):
    with app.test_request_context():
        g.lang = "id"
        assert plain(value, name) == indonesian
