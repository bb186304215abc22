"""The counter's form on the services' own decisions and a real database of drafts."""

import re
import time
from urllib.parse import unquote

import pytest
from prometheus_client import REGISTRY
from pymongo import MongoClient

from contracts import roles
from contracts.errors import Rejected
from services.gateway.app import build
from services.gateway.drafts import Drafts
from services.gateway.pages.receive import keeping
from services.gateway.pages.receive.looking import PURPOSE
from services.gateway.rpc import Unavailable
from tests.integration.gateway.conftest import hidden, token_of
from tests.suites.lines import OfficeLines
from tests.suites.office import Office

NIK = "3174015208900003"
TYPED = {
    "channel": "walk_in",
    "received_at": "2026-08-12T09:00",
    "applicant.category": "individual",
    "applicant.indonesian": "yes",
    "applicant.name": "Siti Rahmawati",
    "applicant.nik": NIK,
    "documents": ["identity_card"],
    "information": "Daftar pemilih tetap Jakarta Pusat",
    "obtain": "copy",
    "copy_format": "softcopy",
    "delivery": "pickup",
}
PERSON = {"name": "Siti Rahmawati", "nik": NIK, "address": "Jl. Salemba Raya 15"}


class Counter(OfficeLines):
    """Intake and the register answer what the counter asks; a part may be away."""

    def __init__(self):
        super().__init__(Office())
        self.away = set()
        self.refusing = set()
        self.asked = []
        self.seal = None

    def ask(self, service, method, *args, **more):
        self.asked.append((method, *args))
        if method in self.away:
            raise Unavailable("no answer", service)
        return super().ask(service, method, *args, **more)

    def order(self, contract, message):
        if "order" in self.away:
            raise Unavailable("no answer", contract.service)
        for code in self.refusing:
            raise Rejected(code)
        return super().order(contract, message)

    def intake_earlier(self, sealed):
        found = self.seal.open(sealed) == {"nik": NIK}
        return [{"applicant": "one", "request": "request/1"}] if found else []

    def intake_applicant(self, applicant, *_):
        return self.seal.close({"applicant_id": applicant, **PERSON})

    def register_some_requests(self, subjects):
        return [self.register_request(each) for each in subjects]

    def register_published_like(self, text, *_):
        if "pemilih" not in text:
            return []
        entry = {"title": "Daftar pemilih tetap", "unit": "Bagian Data", "location": "Laman"}
        return [{"_id": "list-entry/1", "availability": "periodic", **entry}]


@pytest.fixture
def counter():
    return Counter()


@pytest.fixture
def app(given, database, people, clock, counter):
    made = build(given, counter, database, clock)
    counter.seal = made.config["SEAL"]
    return made


@pytest.fixture
def clerk(app, visit):
    visitor = visit(app)
    visitor.sign_in(roles.DESK)
    return visitor


def send(clerk, path="/receive", **changes):
    """Fill in the form that stands at /receive and press a button of it."""
    page = clerk.get("/receive")
    form = {**TYPED, **hidden(page), "csrf_token": token_of(page), **changes}
    return clerk.client.post(path, data=form)


def value_of(page, name):
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', page.text)
    return found[1] if found else None


def key_of(page):
    return hidden(page)["key"]


class TestSending:
    def test_it_opens_with_what_is_likely_and_the_papers_of_each_category(self, clerk):
        page = clerk.get("/receive")

        assert page.status_code == 200
        assert 'value="walk_in" id="field-channel" checked' in page.text
        assert 'data-needed-by="group individual legal_entity"' in page.text

    def test_it_is_received_and_leads_to_the_receipt(self, clerk, counter):
        sent = send(clerk)
        receipt = clerk.get(sent.location)

        assert (sent.status_code, sent.location) == (303, "/receive/1/done")
        assert counter.given[-1].name == "ReceiveRequest"
        assert "0001/PPID-KPU-DKI/VIII/2026" in receipt.text
        assert re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", receipt.text)

    def test_the_person_leaves_sealed(self, clerk, counter):
        send(clerk)
        order = counter.given[-1].data

        assert "Siti" not in str(order)
        assert counter.seal.open(order["applicant"])["name"] == "Siti Rahmawati"

    def test_the_same_form_again_leads_to_the_same_receipt(self, clerk, counter):
        key = key_of(clerk.get("/receive"))
        first, second = send(clerk, key=key), send(clerk, key=key)

        assert first.location == second.location
        received = [each for each in counter.office.events() if each.name == "RequestReceived"]
        assert len(received) == 1

    def test_another_content_under_the_same_key_is_another_request_only_if_meant(
        self, clerk, counter
    ):
        key = key_of(clerk.get("/receive"))
        counter.refusing = {"idempotency_key_reused"}
        refused = send(clerk, key=key, information="Anggaran")
        meant = re.search(r'name="another_key" value="([^"]+)"', refused.text)[1]
        counter.refusing = set()
        sent = send(clerk, key=key, information="Anggaran", another_key=meant)

        assert (refused.status_code, sent.status_code) == (422, 303)
        assert "Anggaran" in refused.text
        assert meant != key

    def test_missing_papers_are_said_and_the_request_is_received(self, clerk):
        sent = send(clerk, documents=[])
        receipt = clerk.get(sent.location)

        assert sent.status_code == 303
        assert "Belum ada: Kartu identitas" in receipt.text

    def test_whoever_may_not_apply_is_received_and_told_so(self, clerk):
        receipt = clerk.get(send(clerk, **{"applicant.indonesian": "no"}).location)

        assert "tidak dapat diproses" in receipt.text

    def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(self, clerk, counter):
        refused = send(clerk, information="", **{"applicant.name": ""})

        assert refused.status_code == 422
        assert 'href="#field-information"' in refused.text
        assert 'href="#field-applicant-name"' in refused.text
        assert value_of(refused, "applicant.nik") == NIK
        assert counter.given == []

    def test_a_receipt_in_the_future_is_refused_in_words(self, clerk):
        refused = send(clerk, received_at="2027-08-12T09:00")

        assert refused.status_code == 422
        assert value_of(refused, "applicant.name") == "Siti Rahmawati"

    def test_when_intake_is_away_the_form_comes_back_with_its_key(self, clerk, counter):
        key = key_of(clerk.get("/receive"))
        counter.away = {"order"}
        refused = send(clerk, key=key)

        assert refused.status_code == 503
        assert key_of(refused) == key
        assert value_of(refused, "applicant.name") == "Siti Rahmawati"

    def test_the_form_opens_while_nobody_can_say_which_papers_are_needed(self, clerk, counter):
        counter.away = {"rules"}

        assert clerk.get("/receive").status_code == 200

    @pytest.mark.parametrize(
        ("opened", "measured"), [(40, 1), (-40, 0), (2 * 24 * 3600, 0), (None, 0)]
    )
    def test_how_long_it_took_is_measured_unless_it_makes_no_sense(self, clerk, opened, measured):
        before = REGISTRY.get_sample_value("terbuka_register_seconds_count")
        send(clerk, opened="?" if opened is None else str(int(time.time()) - opened))

        assert REGISTRY.get_sample_value("terbuka_register_seconds_count") - before == measured

    def test_a_receipt_that_is_not_shown_yet_says_so(self, clerk):
        assert "nomornya sebentar lagi tampil" in clerk.get("/receive/9/done").text

    @pytest.mark.parametrize("role", [roles.AUDITOR, roles.SUPERIOR])
    def test_who_receives_nothing_is_refused(self, app, visit, role):
        visitor = visit(app)
        visitor.sign_in(role)

        assert visitor.get("/receive").status_code == 403


class TestLooking:
    def test_an_earlier_request_is_named_and_nothing_of_the_person(self, clerk, counter):
        send(clerk)
        found = send(clerk, "/receive/earlier", information="Lain")

        assert "0001/PPID-KPU-DKI/VIII/2026" in found.text
        assert "Salemba" not in found.text
        assert "Lain" in found.text
        assert NIK not in str(counter.asked)

    def test_a_script_gets_the_piece_only(self, clerk):
        send(clerk)
        token = token_of(clerk.get("/receive"))
        piece = clerk.client.post(
            "/receive/earlier",
            data={"applicant.nik": NIK},
            headers={"HX-Request": "true", "X-CSRFToken": token},
        )

        assert "0001/PPID-KPU-DKI/VIII/2026" in piece.text
        assert "<html" not in piece.text

    def test_the_person_is_opened_by_a_press_for_a_purpose(self, clerk, counter):
        send(clerk)
        form = {"applicant.name": "", "earlier": "1", "information": "Lain"}
        filled = send(clerk, "/receive/known", **form)

        assert value_of(filled, "applicant.address") == "Jl. Salemba Raya 15"
        assert value_of(filled, "applicant.name") == "Siti Rahmawati"
        assert ("applicant", PURPOSE, f"{roles.DESK}:{roles.DESK}") in [
            (asked[0], *asked[2:]) for asked in counter.asked
        ]

    def test_what_is_public_already_is_said(self, clerk):
        assert "Bagian Data" in send(clerk, "/receive/published").text
        assert "Bagian Data" not in send(clerk, "/receive/published", information="Rapat").text


class TestDrafts:
    def test_a_draft_is_restored_with_its_key(self, clerk):
        key = key_of(clerk.get("/receive"))
        send(clerk, "/receive/draft", key=key)
        page = clerk.get("/receive")

        assert "dipulihkan" in page.text
        assert value_of(page, "applicant.name") == "Siti Rahmawati"
        assert key_of(page) == key

    def test_a_script_is_told_when_it_was_kept(self, clerk):
        page = clerk.get("/receive")
        form = {**TYPED, **hidden(page), "csrf_token": token_of(page)}
        answer = clerk.client.post(
            "/receive/draft", data=form, headers={"Accept": "application/json"}
        )

        assert re.fullmatch(r"Konsep tersimpan pukul \d\d\.\d\d\.", answer.json["said"])

    def test_a_refused_form_is_kept_as_a_draft(self, clerk):
        send(clerk, information="")

        assert value_of(clerk.get("/receive"), "applicant.nik") == NIK

    def test_it_is_gone_once_the_request_is_received(self, clerk):
        send(clerk, "/receive/draft")
        send(clerk)
        page = clerk.get("/receive")

        assert "dipulihkan" not in page.text
        assert value_of(page, "applicant.name") == ""
        assert "/receive/1/done" in page.text

    def test_a_button_throws_it_away(self, clerk):
        send(clerk, "/receive/draft")
        clerk.client.post("/receive/discard", data={"csrf_token": token_of(clerk.get("/receive"))})

        assert "dipulihkan" not in clerk.get("/receive").text

    def test_nobody_else_sees_it(self, clerk, app, visit):
        send(clerk, "/receive/draft")
        colleague = visit(app)
        colleague.sign_in(roles.OFFICER)

        assert "Siti" not in colleague.get("/receive").text

    def test_only_what_the_form_asks_is_kept(self, clerk, app):
        send(clerk, "/receive/draft", password="rahasia")
        kept = app.config["DRAFTS"].find(roles.DESK)

        assert {name for name, _ in kept.typed} == set(TYPED)

    def test_after_the_session_has_ended_one_signs_in_and_finds_it(self, clerk, clock):
        send(clerk, "/receive/draft")
        clock.forward(hours=2)
        asked = clerk.get("/receive")
        clerk.sign_in(roles.DESK)

        assert (asked.status_code, unquote(asked.location)) == (303, "/sign-in?next=/receive")
        assert value_of(clerk.get("/receive"), "applicant.name") == "Siti Rahmawati"

    def test_too_much_is_not_kept(self, clerk):
        assert send(clerk, "/receive/draft", information="x" * 100_000).status_code == 413


class TestWithoutTheDraftsDatabase:
    @pytest.fixture
    def clerk(self, clerk, app, clock, monkeypatch):
        monkeypatch.setattr(keeping, "SECONDS", 0.05)
        away = MongoClient("mongodb://127.0.0.1:1", serverSelectionTimeoutMS=50)
        app.config["DRAFTS"] = Drafts(away["nowhere"], bytes(32), clock() - clock(), clock)
        yield clerk
        away.close()

    def test_a_request_is_received_all_the_same(self, clerk):
        assert send(clerk).location == "/receive/1/done"

    def test_a_refused_form_comes_back_all_the_same(self, clerk):
        assert send(clerk, information="").status_code == 422

    def test_that_the_draft_is_not_kept_is_said_and_nothing_typed_is_lost(self, clerk):
        refused = send(clerk, "/receive/draft")

        assert refused.status_code == 503
        assert value_of(refused, "applicant.name") == "Siti Rahmawati"


def test_an_unknown_earlier_request_opens_nobody(clerk, counter):
    counter.register_request = _nobody
    answer = send(clerk, "/receive/known", earlier="9")

    assert answer.status_code == 404
    assert "applicant" not in [asked[0] for asked in counter.asked]


def _nobody(_):
    raise Rejected("not_found", "There is no such request.")
