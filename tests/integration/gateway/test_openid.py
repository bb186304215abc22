from urllib.parse import urlsplit

import pytest
from joserfc.jwk import RSAKey

from contracts.roles import DESK, OFFICER
from services.gateway.app import build
from services.gateway.rpc import Services
from tests.integration.gateway import provider as providers

SARI = {"email": "sari@kpu.example", "email_verified": True}


@pytest.fixture(scope="session")
def running_provider():
    with providers.running() as provider:
        yield provider


@pytest.fixture
def provider(running_provider):
    running_provider.claims, running_provider.id_claims = dict(SARI), {}
    running_provider.signs_with = running_provider.key
    return running_provider


@pytest.fixture
def linked(given, database, people, clock, tmp_path, provider):
    """The gateway with the provider; the desk's account is Sari's."""
    (tmp_path / "secret").write_text(providers.SECRET)
    settings = {
        **given.values,
        "openid_issuer": provider.issuer,
        "openid_client_id": providers.CLIENT,
        "openid_client_secret_file": str(tmp_path / "secret"),
    }

    def made(**more):
        told = type(given)(given.service, {**settings, **more})
        app = build(told, Services("amqp://nowhere.invalid", 1, 0.1), database, clock)
        people.link(DESK, "Sari@kpu.example")
        return app

    return made


@pytest.fixture
def visitor(linked, visit):
    return visit(linked())


def come_back(visitor, provider, onward="/account", **altered):
    """Go to the provider, be known there, and come back."""
    away = visitor.get(f"/sign-in/openid?next={onward}").location
    address, brought = provider.consent(away)
    return visitor.get(urlsplit(address).path, query_string={**brought, **altered})


def test_who_is_known_there_comes_in(visitor, provider):
    entered = come_back(visitor, provider)

    assert (entered.status_code, entered.location) == (303, "/account")
    assert "Orang desk" in visitor.get("/account").text


def test_the_sign_in_page_offers_it(visitor):
    assert "/sign-in/openid" in visitor.get("/sign-in").text


def test_where_none_is_configured_there_is_none(app, visit):
    visitor = visit(app)

    assert "/sign-in/openid" not in visitor.get("/sign-in").text
    assert visitor.get("/sign-in/openid").status_code == 404


def test_the_session_of_before_is_not_the_one_of_after(visitor, provider):
    visitor.get("/sign-in")
    before = visitor.cookie
    come_back(visitor, provider)

    assert visitor.cookie != before


def test_who_is_unknown_here_stays_outside(visitor, provider):
    provider.claims["email"] = "budi@kpu.example"

    refused = come_back(visitor, provider)

    assert (refused.status_code, "account_not_linked" in refused.text) == (403, True)
    assert visitor.get("/account").status_code == 303


def test_an_address_that_nobody_verified_is_nobodys(visitor, provider):
    provider.claims["email_verified"] = False

    assert come_back(visitor, provider).status_code == 403


def test_a_disabled_account_stays_closed(visitor, provider, people):
    people.set_disabled(DESK, disabled=True)

    assert come_back(visitor, provider).status_code == 403


def test_a_wrong_state_is_a_plain_refusal(visitor, provider):
    refused = come_back(visitor, provider, state="made-up")

    assert (refused.status_code, "sign_in_failed" in refused.text) == (400, True)


def test_coming_back_without_having_gone_is_a_plain_refusal(visitor):
    assert visitor.get("/sign-in/openid/back?code=x&state=y").status_code == 400


def test_what_the_provider_refuses_is_a_plain_refusal(visitor):
    assert visitor.get("/sign-in/openid/back?error=access_denied").status_code == 400


@pytest.mark.parametrize(
    "wrong",
    [{"nonce": "another"}, {"aud": "another"}, {"iss": "https://another.example"}, {"exp": 1}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_token_that_was_not_made_for_this_is_refused(visitor, provider, wrong):
    provider.id_claims = wrong

    assert come_back(visitor, provider).status_code == 400


def test_a_token_that_somebody_else_signed_is_refused(visitor, provider):
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "one"})

    assert come_back(visitor, provider).status_code == 400


def test_it_leads_to_our_own_pages_only(visitor, provider):
    assert come_back(visitor, provider, onward="//evil.example").location == "/"


def test_a_provider_that_is_away_is_said_plainly(linked, visit):
    visitor = visit(linked(openid_issuer="http://127.0.0.1:9"))

    refused = visitor.get("/sign-in/openid")

    assert (refused.status_code, "provider_unavailable" in refused.text) == (503, True)


def test_the_provider_gives_no_role(visitor, provider, people):
    provider.claims["groups"] = ["administrator"]
    provider.claims["role"] = "administrator"
    come_back(visitor, provider)

    assert people.find(DESK).role == DESK


class TestMappedRoles:
    @pytest.fixture
    def visitor(self, linked, visit):
        return visit(linked(openid_roles="groups: ppid=ppid_officer, loket=desk"))

    def test_a_mapped_role_is_taken(self, visitor, provider, people):
        provider.claims["groups"] = ["ppid", "kantin"]

        assert come_back(visitor, provider).status_code == 303
        assert people.find(DESK).role == OFFICER
        assert visitor.get("/account").status_code == 200

    @pytest.mark.parametrize("groups", [[], ["kantin"], ["ppid", "loket"]])
    def test_without_one_clear_role_nobody_comes_in(self, visitor, provider, people, groups):
        provider.claims["groups"] = groups

        assert come_back(visitor, provider).status_code == 403
        assert people.find(DESK).role == DESK
