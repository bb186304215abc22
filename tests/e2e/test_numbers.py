"""Paper forms for a power cut, over the API: reserved, entered later, void; and what the book of the year says of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from contracts.local import local_day
from tests.e2e.desk import form, new_key
from tests.e2e.test_refusals import refused

# The year before: blocks of it may still be reserved, and no other test counts its numbers.
YEAR = local_day(datetime.now(UTC)).year - 1
NUMBERS = f"/numbers/{YEAR}"
RECEIVED_AT = f"{YEAR}-08-12T09:10:00+07:00"
BLOCK = {"count": 5, "holder": "Meja informasi 2", "reason": "Pemadaman terjadwal"}


@pytest.fixture
def administrator(desk):
    return desk.as_("administrator")


@pytest.fixture
def block(administrator):
    """The serials of a new block."""
    answer = administrator.post(f"{NUMBERS}/reservations", BLOCK)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    return list(range(told["first"], told["last"] + 1))


def paper(serial, **changed):
    return form(received_at=RECEIVED_AT, paper_serial=serial, **changed)


def void(desk, serial, **more):
    return desk.post(f"{NUMBERS}/voids", {"serial": serial, "reason": "Formulir rusak"}, **more)


class TestForms:
    def test_a_block_is_answered_with_its_serials_and_its_keeper(self, administrator):
        answer = administrator.post(f"{NUMBERS}/reservations", BLOCK)
        told = answer.json()

        assert (answer.status_code, told["last"] - told["first"] + 1) == (201, 5)
        assert (told["year"], told["holder"], told["by"]) == (
            YEAR,
            BLOCK["holder"],
            "administrator:demo-administrator",
        )
        assert answer.headers["Location"] == f"/api/v1{NUMBERS}"

    def test_the_same_reservation_is_made_once(self, administrator):
        key = new_key()
        first, again = (
            administrator.post(f"{NUMBERS}/reservations", BLOCK, key=key).json() for _ in range(2)
        )
        assert first == again

    def test_a_form_is_entered_later_under_its_number_and_with_its_true_time(self, desk, block):
        taken = desk.receive(received_at=RECEIVED_AT, paper_serial=block[2])
        seen = desk.see(f"/requests/{taken['id']}")

        assert taken["number"] == f"{block[2]:04d}/PPID-KPU-DKI/VIII/{YEAR}"
        assert (seen["serial"], seen["received_at"]) == (block[2], RECEIVED_AT)

    def test_requests_entered_meanwhile_are_numbered_behind_the_block(self, desk, block):
        taken = desk.receive(received_at=RECEIVED_AT)

        assert int(taken["number"].split("/")[0]) == block[-1] + 1

    def test_a_form_that_lacks_papers_keeps_its_number(self, desk, block):
        taken = desk.receive(received_at=RECEIVED_AT, paper_serial=block[0], documents=[])
        papers = {"documents": [{"kind": "identity_card"}]}
        completed = desk.step(taken["id"], "documents", papers)

        assert taken["state"] == "incomplete"
        assert taken["number"] == completed["number"] == f"{block[0]:04d}/PPID-KPU-DKI/VIII/{YEAR}"

    def test_each_serial_is_used_or_void_or_open(self, desk, officer, block):
        taken = desk.receive(received_at=RECEIVED_AT, paper_serial=block[0])
        assert void(officer, block[1]).status_code == 201
        seen = desk.see(NUMBERS)
        of_block = {
            kind: [line["serial"] for line in seen[kind] if line["serial"] in block]
            for kind in ("used", "void")
        }

        assert of_block == {"used": [block[0]], "void": [block[1]]}
        assert [serial for serial in seen["open"] if serial in block] == block[2:]
        assert taken["id"] in {line["request"] for line in seen["used"]}
        assert block[0] in {each["first"] for each in seen["blocks"]}

    def test_the_book_has_a_line_for_every_void_number(self, desk, officer, block):
        told = void(officer, block[0]).json()
        lines, cursor = [], None
        while True:
            page = desk.see(
                f"/register/{YEAR}", limit=200, **({"cursor": cursor} if cursor else {})
            )
            lines += page["items"]
            if not (cursor := page["next_cursor"]):
                break
        line = next(each for each in lines if each["serial"] == block[0])

        assert (line["state"], line["number"], line["reason"]) == (
            "void",
            told["number"],
            "Formulir rusak",
        )
        assert f"{told['number']},".encode() in desk.get(f"/register/{YEAR}.csv").content

    def test_of_two_counters_with_the_same_form_exactly_one_wins(self, desk, block):
        with ThreadPoolExecutor(4) as people:
            attempts = people.map(lambda _: desk.post("/requests", paper(block[0])), range(4))
            answers = list(attempts)

        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
        assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {
            "number_used_already"
        }


class TestRefusals:
    @pytest.mark.usefixtures("nothing_written")
    @pytest.mark.parametrize("serial", [10**6, 2**53])
    def test_a_serial_that_was_not_reserved(self, desk, officer, serial):
        refused(desk.post("/requests", paper(serial)), 409, "number_not_reserved")
        refused(void(officer, serial), 409, "number_not_reserved")

    def test_a_serial_of_another_year(self, desk, block):
        other = form(received_at=f"{YEAR - 3}-08-12T09:10:00+07:00", paper_serial=block[0])
        refused(desk.post("/requests", other), 409, "number_not_reserved")

    def test_a_serial_that_was_given_by_the_counter(self, desk):
        taken = desk.receive(received_at=RECEIVED_AT)
        serial = int(taken["number"].split("/")[0])
        refused(desk.post("/requests", paper(serial)), 409, "number_not_reserved")

    def test_a_used_serial_is_neither_used_nor_void_again(self, desk, officer, heads, block):
        desk.receive(received_at=RECEIVED_AT, paper_serial=block[0])
        before = heads()

        refused(desk.post("/requests", paper(block[0])), 409, "number_used_already")
        refused(void(officer, block[0]), 409, "number_used_already")
        assert heads() == before

    def test_a_void_serial_is_neither_used_nor_void_again(self, desk, officer, heads, block):
        void(officer, block[0])
        before = heads()

        refused(desk.post("/requests", paper(block[0])), 409, "number_used_already")
        refused(void(officer, block[0]), 409, "number_used_already")
        assert heads() == before

    @pytest.mark.usefixtures("nothing_written")
    @pytest.mark.parametrize(
        "changed",
        [
            {"count": 0},
            {"count": 201},
            {"count": "5"},
            {"count": True},
            {"holder": ""},
            {"holder": "x" * 101},
            {"reason": None},
            {"year": YEAR},
            {"colour": "red"},
        ],
    )
    def test_a_wrong_block(self, administrator, changed):
        answer = administrator.post(f"{NUMBERS}/reservations", {**BLOCK, **changed})
        refused(answer, 422, "invalid_fields")

    @pytest.mark.usefixtures("nothing_written")
    @pytest.mark.parametrize("year", [YEAR - 1, YEAR + 3, 2999, 1999, 9999])
    def test_a_block_of_a_far_year(self, administrator, year):
        answer = administrator.post(f"/numbers/{year}/reservations", BLOCK)
        refused(answer, 422, "invalid_fields")

    @pytest.mark.usefixtures("nothing_written")
    @pytest.mark.parametrize(
        "body", [{}, {"serial": 0, "reason": "x"}, {"serial": 1}, {"serial": 1.5, "reason": "x"}]
    )
    def test_a_wrong_void(self, officer, body):
        refused(officer.post(f"{NUMBERS}/voids", body), 422, "invalid_fields")

    @pytest.mark.usefixtures("nothing_written")
    @pytest.mark.parametrize("serial", [0, -1, "7", 1.5, True])
    def test_a_wrong_serial_on_a_form(self, desk, serial):
        refused(desk.post("/requests", paper(serial)), 422, "invalid_fields")

    @pytest.mark.usefixtures("nothing_written")
    @pytest.mark.parametrize("role", ["desk", "ppid_officer", "division_head", "ppid_superior"])
    def test_only_the_administrator_reserves(self, desk, role):
        answer = desk.as_(role).post(f"{NUMBERS}/reservations", BLOCK)
        refused(answer, 403, "role_not_allowed")

    @pytest.mark.usefixtures("nothing_written")
    @pytest.mark.parametrize("role", ["desk", "division_head", "ppid_superior", "auditor"])
    def test_the_desk_alone_voids_nothing(self, desk, role):
        refused(void(desk.as_(role), 1), 403, "role_not_allowed")

    def test_a_year_without_blocks_shows_none(self, desk):
        nothing = {"blocks": [], "void": [], "used": [], "open": []}
        assert desk.see("/numbers/2011") == {"year": 2011, **nothing}
