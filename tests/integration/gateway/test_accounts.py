import re

import pytest

from contracts.roles import ADMINISTRATOR, AUDITOR, DESK, OFFICER
from services.gateway.identity.trail import Trail
from tests.integration.gateway.conftest import PASSWORD

_MADE = re.compile(r'id="one-time-password">([^<]+)<')
NEW = {"name": "sari.wijaya", "full_name": "Sari Wijaya", "role": DESK}
BETTER = "kopi pagi di loket tiga"


@pytest.fixture
def administrator(visitor):
    visitor.sign_in(ADMINISTRATOR)
    return visitor


@pytest.fixture
def trail(database, clock):
    return Trail(database, clock)


def act(administrator, name, change, form=None):
    return administrator.post(
        f"/settings/accounts/{name}/{change}", form, page="/settings/accounts"
    )


def kinds(trail, account):
    return [line["kind"] for line in trail.page(20, account=account)]


class TestNewAccounts:
    def test_one_gets_a_password_for_one_use(self, administrator, another):
        made = _MADE.search(administrator.post("/settings/accounts", NEW).text)[1]

        another.sign_in("sari.wijaya", made)
        assert another.get("/settings/access-log").location == "/account"
        form = {"current": made, "password": BETTER, "again": BETTER}
        assert another.post("/account/password", form, page="/account").location == "/"
        assert another.get("/settings/access-log").status_code == 403

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"name": "S"}, "Nama akun: 2 sampai 40"),
            ({"name": DESK}, "sudah dipakai"),
            ({"full_name": " "}, "Tulis nama lengkap"),
            ({"role": "integration"}, "Pilih satu peran"),
        ],
    )
    def test_what_does_not_fit_is_said_and_nothing_is_written(
        self, administrator, people, wrong, told
    ):
        before = people.everybody()

        page = administrator.post("/settings/accounts", {**NEW, **wrong})

        assert (page.status_code, told in page.text) == (422, True)
        assert people.everybody() == before
        assert {**NEW, **wrong}["full_name"].strip() in page.text


class TestChanges:
    def test_another_role_ends_the_sessions(self, administrator, another, people, trail):
        another.sign_in(DESK)

        act(administrator, DESK, "role", {"role": OFFICER})

        assert people.find(DESK).role == OFFICER
        assert another.get("/account").status_code == 303
        assert kinds(trail, DESK)[0] == "role_changed"

    def test_a_closed_account_opens_again(self, administrator, another):
        act(administrator, DESK, "disabling")
        assert another.sign_in(DESK).status_code == 422
        act(administrator, DESK, "enabling")
        assert another.sign_in(DESK).status_code == 303

    def test_a_forgotten_password_is_replaced_for_one_use(self, administrator, another):
        made = _MADE.search(act(administrator, DESK, "password").text)[1]

        assert another.sign_in(DESK).status_code == 422
        assert another.sign_in(DESK, made).status_code == 303
        assert another.get("/account").status_code == 200

    def test_a_lost_second_factor_is_taken_away(self, administrator, people):
        people.set_factor(DESK, "sealed", 1, ["digest"])

        act(administrator, DESK, "factor_reset")

        assert (people.find(DESK).factor, people.find(DESK).recovery) == ("", 0)

    @pytest.mark.parametrize("change", ["disabling", "role", "factor_reset"])
    def test_nobody_takes_their_own_rights_away(self, administrator, people, change):
        before = people.find(ADMINISTRATOR)

        refused = act(administrator, ADMINISTRATOR, change, {"role": DESK})

        assert refused.status_code == 422
        assert people.find(ADMINISTRATOR) == before

    def test_an_unknown_account_is_not_there(self, administrator):
        assert act(administrator, "nobody", "disabling").status_code == 404

    def test_a_name_at_the_provider_belongs_to_one_account(self, administrator, people):
        act(administrator, DESK, "link", {"openid": "sari@kpu.example"})

        refused = act(administrator, OFFICER, "link", {"openid": "SARI@kpu.example"})

        assert refused.status_code == 422
        assert people.find_linked("sari@kpu.example").name == DESK
        assert people.find(OFFICER).openid == ""


class TestOwnPassword:
    def change(self, visitor, **wrong):
        form = {"current": PASSWORD, "password": BETTER, "again": BETTER, **wrong}
        return visitor.post("/account/password", form, page="/account")

    def test_it_ends_every_other_session(self, visitor, another):
        another.sign_in(DESK)
        visitor.sign_in(DESK)

        self.change(visitor)

        assert visitor.get("/account").status_code == 200
        assert another.get("/account").status_code == 303
        assert another.sign_in(DESK).status_code == 422
        assert another.sign_in(DESK, BETTER).status_code == 303

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"current": "salah"}, "sekarang tidak cocok"),
            ({"again": "kopi pagi di loket dua"}, "tidak sama"),
            ({"password": "pendek", "again": "pendek"}, "sekurang-kurangnya"),
            ({"password": PASSWORD, "again": PASSWORD}, "harus berbeda"),
        ],
    )
    def test_what_does_not_fit_changes_nothing(self, visitor, people, wrong, told):
        visitor.sign_in(DESK)
        before = people.find(DESK)

        page = self.change(visitor, **wrong)

        assert (page.status_code, told in page.text) == (422, True)
        assert people.find(DESK) == before
        assert BETTER not in page.text


class TestAccessLog:
    def test_the_auditor_reads_it(self, visitor):
        visitor.sign_in(AUDITOR)

        page = visitor.get("/settings/access-log")

        assert (page.status_code, AUDITOR in page.text) == (200, True)

    def test_the_desk_does_not(self, visitor):
        visitor.sign_in(DESK)

        assert visitor.get("/settings/access-log").status_code == 403

    def test_coming_and_going_leave_lines(self, visitor, trail):
        visitor.sign_in(DESK, "salah")
        visitor.sign_in(DESK)
        visitor.post("/sign-out", page="/account")

        assert kinds(trail, DESK) == ["signed_out", "signed_in", "refused"]

    def test_pages_hold_every_line_once(self, visitor, trail):
        for number in range(120):
            trail.add("signed_in", DESK, by=DESK, address=f"10.0.0.{number}")
        visitor.sign_in(AUDITOR)
        seen, address = [], f"/settings/access-log?account={DESK}"
        while address:
            page = visitor.get(address).text
            seen += re.findall(r"10\.0\.0\.[0-9]+", page)
            found = re.search(r'href="([^"]+)" rel="next"', page)
            address = found[1].replace("&amp;", "&") if found else ""

        assert seen == [f"10.0.0.{number}" for number in reversed(range(120))]

    @pytest.mark.parametrize("asked", ["account=$ne", "kind=x", "before=x", "before[$gt]=a"])
    def test_what_is_no_filter_filters_nothing(self, visitor, asked):
        visitor.sign_in(AUDITOR)

        assert visitor.get(f"/settings/access-log?{asked}").status_code == 200
