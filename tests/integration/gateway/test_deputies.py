"""Somebody is away: their deputy sees the work, and nobody gets a right by it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from contracts.errors import Rejected
from contracts.local import local_day
from contracts.roles import ADMINISTRATOR, AUDITOR, DESK, HEAD, OFFICER
from services.gateway.identity.absences import Absence, Absences
from services.gateway.identity.deputies import away, wrong_days
from services.gateway.identity.trail import Trail
from tests.integration.gateway.conftest import hidden

OWN = "/account/deputy"
NOTE = "Telepon pemohon sebelum Jumat"
MARK = f"untuk Orang {DESK}"
MIDAT = "Orang midat"
_END = re.compile(r'action="([^"]+/end)"')


@pytest.fixture
def office(office_at, people, database, kept_password, clock):
    """Registered is a case that is the desk's; midat is at the desk as well."""
    database["accounts"].insert_one(
        {"_id": "midat", "full_name": MIDAT, "role": DESK, "password": kept_password,
         "generation": 1, "disabled": False, "must_change": False}
    )  # fmt: skip
    return office_at("S3 registered")


@pytest.fixture
def enter(office, visit):
    """Somebody of the office in a browser of their own."""
    _lines, app = office

    def signed_in(account):
        visitor = visit(app)
        assert visitor.sign_in(account).status_code == 303
        return visitor

    return signed_in


@pytest.fixture
def absences(database, clock):
    return Absences(database, clock)


@pytest.fixture
def trail(database, clock):
    return Trail(database, clock)


@pytest.fixture
def day(clock):
    """A day counted from today, as forms write it."""
    return lambda ahead: (local_day(clock()) + timedelta(days=ahead)).isoformat()


@pytest.fixture
def wish(day):
    def wished(**changed):
        typed = {"from": day(0), "to": day(3), "deputy": OFFICER, "note": NOTE}
        return {**typed, **{name.rstrip("_"): value for name, value in changed.items()}}

    return wished


def send(visitor, form, page=OWN):
    return visitor.post(page, {"key": "sent", **hidden(visitor.get(page)), **form})


def claim(visitor, assignee=DESK):
    form = {"case": "1", "key": "claim", "assignee": assignee, "back": "/cases"}
    return visitor.post("/cases/assign", form, page="/cases")


def lines_of(trail, account):
    return [
        line
        for line in trail.page(50, account=account)
        if line["kind"] in ("deputy_named", "absence_ended")
    ]


class TestTheDeputy:
    def test_sees_whose_work_it_is_with_the_note_on_the_first_page(self, enter, wish):
        claim(enter(DESK))
        assert send(enter(DESK), wish()).status_code == 302

        page = enter(OFFICER).get("/today").text

        assert f"Menggantikan Orang {DESK}" in page
        assert NOTE in page
        assert MARK in page

    def test_finds_it_in_the_list_of_their_own_work(self, enter, wish):
        claim(enter(DESK))
        deputy = enter(OFFICER)
        assert "/cases/1" not in deputy.get(f"/cases?assignee={OFFICER}").text
        send(enter(DESK), wish())

        page = deputy.get(f"/cases?assignee={OFFICER}").text

        assert "/cases/1" in page
        assert MARK in page
        assert f"Termasuk pekerjaan Orang {DESK}" in page

    def test_is_named_with_the_case_for_everybody_else(self, enter, wish):
        claim(enter(DESK))
        send(enter(DESK), wish())

        page = enter(HEAD).get("/cases/1").text

        assert f"Orang {DESK} tidak masuk sampai" in page
        assert f"digantikan Orang {OFFICER}" in page
        assert MARK not in page

    def test_alone_reads_the_note(self, enter, wish):
        claim(enter(DESK))
        send(enter(DESK), wish())

        assert NOTE in enter(OFFICER).get(OWN).text
        for account, page in (
            ("midat", "/today"),
            (AUDITOR, "/settings/deputies"),
            (AUDITOR, "/settings/access-log"),
            (ADMINISTRATOR, f"/settings/accounts/{DESK}/deputy"),
            (HEAD, "/cases/1"),
        ):
            answer = enter(account).get(page)
            assert (answer.status_code, NOTE in answer.text) == (200, False), page

    @pytest.mark.parametrize(("days", "seen"), [(0, False), (1, True), (3, True), (4, False)])
    def test_sees_it_on_its_days_only(self, enter, wish, day, clock, days, seen):
        claim(enter(DESK))
        send(enter(DESK), wish(from_=day(1), to=day(3)))
        clock.forward(days=days)

        assert (MARK in enter(OFFICER).get("/today").text) == seen

    def test_whose_account_was_closed_stands_in_for_nobody(self, enter, wish, people):
        claim(enter(DESK))
        send(enter(DESK), wish(deputy="midat"))
        people.set_disabled("midat", disabled=True)

        assert "digantikan" not in enter(HEAD).get("/cases/1").text
        assert "Akun pengganti ditutup" in enter(AUDITOR).get("/settings/deputies").text

    def test_whose_role_may_not_do_it_any_more_stands_in_for_nobody(self, enter, wish, people):
        claim(enter(DESK))
        send(enter(DESK), wish())
        people.set_role(OFFICER, HEAD)

        assert MARK not in enter(OFFICER).get("/today").text

    def test_gets_no_right_by_it(self, enter, wish):
        send(enter("midat"), wish(deputy=DESK))

        assert enter(DESK).get("/cases/1/decision").status_code == 403

    def test_acts_in_their_own_name(self, office, enter, wish):
        claim(enter(DESK))
        send(enter(DESK), wish())

        claim(enter(OFFICER), "midat")

        given = office[0].given[-1]
        assert (given.actor.account, given.actor.role) == (OFFICER, OFFICER)


class TestWhatDoesNotFit:
    @pytest.fixture
    def refused(self, enter, absences, trail):
        def at(account, form, field, told, page=OWN):
            visitor = enter(account)
            before = absences.everybodys(), len(trail.page(200))
            answer = send(visitor, form, page)
            assert answer.status_code == 422, answer.text
            complaint = re.search(rf'id="field-{field}-error">(.*?)</p>', answer.text, re.DOTALL)
            assert complaint, answer.text
            assert told in complaint[1]
            assert (absences.everybodys(), len(trail.page(200))) == before
            return answer

        return at

    @pytest.mark.parametrize(
        ("deputy", "told"),
        [
            (DESK, "dirinya sendiri"),
            ("siapa", "Tidak ada akun"),
            ("$ne", "Tidak ada akun"),
            (HEAD, "Peran akun itu"),
            (AUDITOR, "Peran akun itu"),
            ("", "Isi bagian ini"),
            ("x" * 41, "Paling banyak 40"),
        ],
    )
    def test_a_deputy_who_cannot_do_the_work(self, refused, wish, deputy, told):
        page = refused(DESK, wish(deputy=deputy), "deputy", told)

        assert NOTE in page.text

    def test_a_deputy_whose_account_is_closed(self, refused, wish, people):
        people.set_disabled("midat", disabled=True)

        refused(DESK, wish(deputy="midat"), "deputy", "Akun itu ditutup")

    def test_who_has_nobody_is_told_so_and_gets_no_form(self, enter):
        page = enter(HEAD).get(OWN).text

        assert "Tidak ada akun lain" in page
        assert 'name="deputy"' not in page

    def test_a_desk_that_would_decide_for_the_officer(self, refused, wish):
        refused(OFFICER, wish(deputy=DESK), "deputy", "Peran akun itu")

    def test_days_in_the_wrong_order(self, refused, wish, day):
        refused(DESK, wish(from_=day(3), to=day(2)), "to", "Berakhir sebelum mulai")

    def test_days_without_end(self, refused, wish, day):
        refused(DESK, wish(to=day(900)), "to", "terlalu panjang")

    def test_days_that_have_passed(self, refused, wish, day):
        refused(DESK, wish(from_=day(-1)), "from", "sudah lewat")

    @pytest.mark.parametrize("typed", ["besok", "2026-02-30", "0000-00-00"])
    def test_what_is_no_day(self, refused, wish, typed):
        refused(DESK, wish(from_=typed), "from", "Tulis tanggal")

    def test_a_note_without_end(self, refused, wish):
        refused(DESK, wish(note="x" * 10_001), "note", "Paling banyak 10000")

    def test_absences_that_overlap(self, enter, refused, wish, day):
        send(enter(DESK), wish(from_=day(2), to=day(5)))

        refused(DESK, wish(from_=day(5), to=day(9), deputy="midat"), "from", "Sudah tercatat")

    def test_a_deputy_who_is_away_too(self, enter, refused, wish, day):
        send(enter("midat"), wish(from_=day(2), to=day(5)))

        refused(DESK, wish(deputy="midat"), "deputy", "midat sendiri tidak masuk")

    def test_being_away_while_standing_in_for_somebody(self, enter, refused, wish, day):
        send(enter(DESK), wish(deputy="midat", from_=day(2), to=day(5)))

        refused("midat", wish(), "from", f"menggantikan {DESK}")

    def test_a_deputy_for_an_account_that_is_closed(self, refused, wish, people):
        people.set_disabled("midat", disabled=True)

        page = "/settings/accounts/midat/deputy"
        refused(ADMINISTRATOR, wish(), "deputy", "Akun ini ditutup", page)


class TestKeeping:
    def test_the_same_form_twice_is_one_absence(self, enter, wish, absences, trail):
        visitor = enter(DESK)
        form = {**hidden(visitor.get(OWN)), **wish()}

        answers = [visitor.post(OWN, form).status_code for _ in range(2)]

        assert answers == [302, 302]
        assert len(absences.everybodys()) == 1
        assert len(lines_of(trail, DESK)) == 1

    def test_of_two_at_the_same_moment_that_make_a_chain_one_is_refused(self, absences, clock):
        absences.prepare()

        def add(absence):
            days = (absence.first, absence.last)

            def check(known):
                if wrong_days(days, absence.account, known) or away(days, absence.deputy, known):
                    raise Rejected("invalid_fields", "")

            try:
                return absences.add(absence, check)
            except Rejected:
                return False

        for year in range(2030, 2038):
            days = (date(year, 8, 1), date(year, 8, 9))
            pair = [
                Absence(f"{account}-{year}", account, deputy, *days, "", account, clock())
                for account, deputy in (("ani", "budi"), ("budi", "cici"))
            ]
            with ThreadPoolExecutor(2) as both:
                assert sorted(both.map(add, pair)) == [False, True]

    def test_the_trail_says_who_named_whom_for_when(self, enter, wish, trail, day):
        page = f"/settings/accounts/{DESK}/deputy"
        send(enter(ADMINISTRATOR), wish(), page)

        (line,) = lines_of(trail, DESK)

        assert (line["kind"], line["by"]) == ("deputy_named", ADMINISTRATOR)
        assert line["about"] == {"deputy": OFFICER, "from": day(0), "to": day(3)}

    def test_who_is_back_early_ends_it_and_it_stays_written_down(
        self, enter, wish, trail, absences
    ):
        claim(enter(DESK))
        visitor = enter(DESK)
        send(visitor, wish())
        address = _END.search(visitor.get(OWN).text)[1]

        visitor.post(address, page=OWN)

        (kept,) = absences.everybodys()
        assert (kept.ended_by, kept.ended_at is None) == (DESK, False)
        assert [line["kind"] for line in lines_of(trail, DESK)] == ["absence_ended", "deputy_named"]
        assert MARK not in enter(OFFICER).get("/today").text
        assert "Diakhiri" in visitor.get(OWN).text
        assert send(visitor, wish()).status_code == 302

    def test_ending_it_twice_is_told_and_changes_nothing(self, enter, wish, trail, absences):
        visitor = enter(DESK)
        send(visitor, wish())
        address = _END.search(visitor.get(OWN).text)[1]
        visitor.post(address, page=OWN)
        before = absences.everybodys()

        visitor.post(address, page=OWN)

        assert "sudah berakhir" in visitor.get(OWN).text
        assert absences.everybodys() == before
        assert len(lines_of(trail, DESK)) == 2

    def test_nobody_ends_anybody_elses(self, enter, wish, absences):
        send(enter(DESK), wish())
        (kept,) = absences.everybodys()

        enter("midat").post(f"{OWN}/{kept.id}/end", page=OWN)

        assert absences.everybodys() == [kept]

    def test_the_administrator_ends_anybodys(self, enter, wish, absences):
        send(enter(DESK), wish())
        administrator, page = enter(ADMINISTRATOR), f"/settings/accounts/{DESK}/deputy"

        administrator.post(_END.search(administrator.get(page).text)[1], page=page)

        assert absences.everybodys()[0].ended_by == ADMINISTRATOR

    def test_the_auditor_reads_current_and_past_ones(self, enter, wish, clock):
        send(enter(DESK), wish())
        assert "Berlaku" in enter(AUDITOR).get("/settings/deputies").text
        clock.forward(days=10)

        page = enter(AUDITOR).get("/settings/deputies").text

        assert f"Orang {OFFICER}" in page
        assert "Sudah lewat" in page

    def test_who_is_away_is_told_so(self, enter, wish):
        send(enter(DESK), wish())

        page = enter(DESK).get("/today").text

        assert "Anda tercatat tidak masuk" in page
        assert f'href="{OWN}"' in page

    def test_an_account_that_nobody_has_is_not_there(self, enter):
        assert enter(ADMINISTRATOR).get("/settings/accounts/nobody/deputy").status_code == 404


class TestAWholePile:
    PAGE = f"/cases/hand-over?whose={DESK}"

    def give(self, visitor, **changed):
        form = {"whose": DESK, "receiver": "midat", "note": NOTE, **changed}
        return send(visitor, form, self.PAGE)

    def test_goes_to_a_colleague_with_its_note(self, office, enter):
        claim(enter(DESK))

        done = self.give(enter(OFFICER))

        assert (done.status_code, done.location) == (302, "/cases?assignee=midat")
        case = office[0].register_request("request/1")
        assert (case["assignee"], case["assignment_note"]) == ("midat", NOTE)

    def test_what_was_not_handed_over_is_told(self, office, enter, monkeypatch):
        lines, _app = office
        claim(enter(DESK))
        officer = enter(OFFICER)

        def closed_meanwhile(*_):
            raise Rejected("wrong_phase", "The request is closed, not open.")

        monkeypatch.setattr(lines, "order", closed_meanwhile)
        told = officer.get(self.give(officer).location).text

        assert "1 tidak diserahkan" in told
        assert "Masih ada permohonan terbuka" in told

    def test_of_whoever_left_the_office_as_well(self, office, enter, people):
        claim(enter(DESK))
        people.set_disabled(DESK, disabled=True)

        self.give(enter(OFFICER))

        assert office[0].register_request("request/1")["assignee"] == "midat"

    @pytest.mark.parametrize(
        ("changed", "field", "told"),
        [
            ({"receiver": DESK}, "receiver", "sudah miliknya"),
            ({"receiver": HEAD}, "receiver", "Tidak ada akun terbuka"),
            ({"receiver": "siapa"}, "receiver", "Tidak ada akun terbuka"),
            ({"receiver": ""}, "receiver", "Isi bagian ini"),
            ({"whose": "siapa"}, "whose", "Tidak ada permohonan terbuka"),
        ],
    )
    def test_what_does_not_fit_hands_nothing_over(self, office, enter, changed, field, told):
        claim(enter(DESK))
        given = len(office[0].given)

        page = self.give(enter(OFFICER), **changed)

        complaint = re.search(rf'id="field-{field}-error">(.*?)</p>', page.text, re.DOTALL)
        assert (page.status_code, told in complaint[1]) == (422, True)
        assert len(office[0].given) == given
