import pytest

from services.gateway.identity.onward import own_address


@pytest.mark.parametrize("own", ["/", "/cases?state=open&q=a", "/cases/1#timeline", "/daftar/é"])
def test_our_own_addresses_stay(own):
    assert own_address(own) == own


@pytest.mark.parametrize(
    "foreign",
    [
        None,
        "",
        "cases",
        "https://evil.example/cases",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "javascript:alert(1)",
        " /cases",
        "/sign-out",
        "/" + "a" * 2000,
    ],
)
def test_any_other_leads_to_the_beginning(foreign):
    assert own_address(foreign) == "/"
