"""Applicants' data on a real database: unreadable without the key, found once, gone when erased."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import bson
import pytest
from pymongo.errors import BulkWriteError
from pymongocrypt.errors import MongoCryptError

from contracts.errors import Rejected
from services.intake.cipher import Cipher
from services.intake.vault import KEYS, Keys, Vault

NOW = datetime(2026, 8, 12, 3, 0, tzinfo=UTC)
PERSON = {
    "name": "Siti Rahmawati",
    "nik": "3174015208900003",
    "address": "Jl. Salemba Raya 15",
    "phone": "+6281234567890",
    "email": "siti@contoh.id",
    "occupation": "Peneliti",
    "documents": {"identity_card": "KTP-3174", "power_of_attorney": "SK-99"},
}
SECRETS = [*(value for value in PERSON.values() if isinstance(value, str)), "KTP-3174", "SK-99"]
KEYRING = Keys(os.urandom(96), os.urandom(32))


class Time:
    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def time():
    return Time()


@pytest.fixture
def make(client, database, prefix, time):
    """A vault of another process on the same database."""

    def vault(kind=Vault, keys=KEYRING):
        made = kind(client, database, f"{prefix}_keys", keys, time)
        made.prepare()
        return made

    return vault


@pytest.fixture
def vault(make):
    return make()


@pytest.fixture
def keys(client, prefix):
    return client[f"{prefix}_keys"][KEYS]


def refusal(attempt, *arguments):
    with pytest.raises(Rejected) as refused:
        attempt(*arguments)
    return refused.value.code


def read(vault, applicant="one"):
    found = vault.read(applicant, "pemeriksaan", "desk:ani")
    return {name: found[name] for name in PERSON if name in found}


def on_disk(database):
    """Everything the service's database holds, byte for byte."""
    return b"".join(
        bson.encode(document)
        for name in database.list_collection_names()
        for document in database[name].find()
    )


class TestKeeping:
    def test_a_person_is_read_as_it_was_kept(self, vault):
        vault.keep("one", 1, "request/1", PERSON)

        assert read(vault) == PERSON

    def test_another_process_with_the_same_keys_reads_it(self, vault, make):
        vault.keep("one", 1, "request/1", PERSON)

        assert read(make()) == PERSON

    @pytest.mark.parametrize("secret", SECRETS)
    def test_nothing_of_a_person_stands_in_the_database(self, vault, database, secret):
        vault.keep("one", 1, "request/1", PERSON)

        assert secret.encode() not in on_disk(database)

    def test_every_field_is_encrypted_on_its_own(self, vault, database):
        vault.keep("one", 1, "request/1", PERSON)
        fields = database["applicants"].find_one()["fields"]

        assert set(fields) == {
            *(name for name in PERSON if name != "documents"),
            "documents:identity_card",
            "documents:power_of_attorney",
        }
        assert {value.subtype for value in fields.values()} == {6}

    def test_the_same_text_never_looks_the_same(self, vault, database):
        vault.keep("one", 1, "request/1", {"name": "Ani", "occupation": "Ani"})
        vault.keep("two", 1, "request/2", {"name": "Ani"})
        stored = [
            value for each in database["applicants"].find() for value in each["fields"].values()
        ]

        assert len(set(stored)) == len(stored) == 3

    def test_each_applicant_has_a_key_of_its_own(self, vault, keys):
        for at in range(3):
            vault.keep(f"applicant-{at}", 1, "request/1", PERSON)

        assert sorted(each["keyAltNames"] for each in keys.find()) == [
            [f"applicant-{at}"] for at in range(3)
        ]

    def test_keeping_the_same_revision_again_changes_nothing(self, vault, database, keys):
        vault.keep("one", 1, "request/1", PERSON)
        before = database["applicants"].find_one(), keys.find_one()
        vault.keep("one", 1, "request/1", {**PERSON, "name": "Lain"})

        assert (database["applicants"].find_one(), keys.find_one()) == before
        assert keys.count_documents({}) == 1

    def test_after_a_crash_between_key_and_person_keeping_again_stores_the_person(
        self, vault, make, database, keys
    ):
        vault.keep("one", 1, "request/1", PERSON)
        database["applicants"].delete_many({})
        make().keep("one", 1, "request/1", PERSON)

        assert read(vault) == PERSON
        assert keys.count_documents({}) == 1

    def test_many_people_kept_at_once_are_all_there(self, vault):
        names = [f"applicant-{at}" for at in range(60)]
        with ThreadPoolExecutor(16) as workers:
            list(
                workers.map(
                    lambda name: vault.keep(name, 1, f"request/{name}", {"name": name}), names
                )
            )

        assert [read(vault, name)["name"] for name in names] == names

    def test_the_same_person_kept_by_many_at_once_is_there_once(self, vault, make, database, keys):
        vaults = [vault, make(), make()]
        with ThreadPoolExecutor(12) as workers:
            list(
                workers.map(
                    lambda at: vaults[at % 3].keep("one", 1, "request/1", PERSON), range(36)
                )
            )

        assert (keys.count_documents({}), database["applicants"].count_documents({})) == (1, 1)
        assert read(vault) == PERSON

    def test_a_person_may_have_a_name_only(self, vault):
        vault.keep("one", 1, "request/1", {"name": "Ani"})

        assert read(vault) == {"name": "Ani", "documents": {}}


class TestKeyOfTheOffice:
    def test_with_another_master_key_nothing_is_read(self, vault, make):
        vault.keep("one", 1, "request/1", PERSON)
        other = make(keys=Keys(os.urandom(96), KEYRING.lookup))

        with pytest.raises(MongoCryptError):
            read(other)

    def test_a_value_of_one_applicant_is_not_read_without_that_applicants_key(self, keys):
        cipher = Cipher(keys, KEYRING.master)
        key = cipher.new_key("nobody")
        hidden = cipher.encrypt({"name": "Ani"}, key)["name"]

        with pytest.raises(MongoCryptError):
            Cipher(keys, KEYRING.master).decrypt(hidden)


class TestReading:
    def test_a_read_is_written_down_with_purpose_and_reader(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        read(vault)

        assert vault.reads_of("one") == [
            {"applicant": "one", "purpose": "pemeriksaan", "reader": "desk:ani", "at": NOW}
        ]

    def test_a_read_is_written_down_before_anything_is_seen(self, vault, make):
        vault.keep("one", 1, "request/1", PERSON)
        blind = make(keys=Keys(os.urandom(96), KEYRING.lookup))
        with pytest.raises(MongoCryptError):
            read(blind)

        assert len(vault.reads_of("one")) == 1

    def test_reads_are_told_oldest_first(self, vault, time):
        vault.keep("one", 1, "request/1", PERSON)
        for hours in (0, 1, 2):
            time.now = NOW + timedelta(hours=hours)
            read(vault)

        assert [each["at"] for each in vault.reads_of("one")] == [
            NOW + timedelta(hours=hours) for hours in (0, 1, 2)
        ]

    def test_reads_of_others_are_not_told(self, vault):
        for name in ("one", "two"):
            vault.keep(name, 1, "request/1", PERSON)
            read(vault, name)

        assert len(vault.reads_of("one")) == 1

    def test_nobody_is_read_who_does_not_exist(self, vault):
        assert refusal(read, vault, "nobody") == "not_found"
        assert vault.reads_of("nobody") == []


class TestCorrecting:
    def test_the_newest_revision_is_read(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.correct("one", 2, {**PERSON, "name": "Siti R."})

        found = vault.read("one", "pemeriksaan", "desk:ani")
        assert (found["name"], found["applicant_revision"]) == ("Siti R.", 2)

    def test_a_person_is_read_as_they_were_known_at_a_time(self, vault, time):
        vault.keep("one", 1, "request/1", PERSON)
        time.now = NOW + timedelta(hours=2)
        vault.correct("one", 2, {**PERSON, "name": "Siti R."})

        names = [
            vault.read("one", "surat", "desk:ani", NOW + timedelta(hours=hours))["name"]
            for hours in (-1, 1, 2)
        ]
        assert names == [PERSON["name"], PERSON["name"], "Siti R."]

    def test_the_earlier_revision_stays(self, vault, database):
        vault.keep("one", 1, "request/1", PERSON)
        vault.correct("one", 2, {"name": "Siti R."})

        assert database["applicants"].count_documents({"applicant": "one"}) == 2

    def test_a_correction_stands_under_the_applicants_own_key(self, vault, keys):
        vault.keep("one", 1, "request/1", PERSON)
        vault.correct("one", 2, {"name": "Siti R."})

        assert keys.count_documents({}) == 1

    def test_a_correction_that_was_never_recorded_gives_way_to_the_next(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.correct("one", 2, {"name": "Salah"})
        vault.correct("one", 2, {"name": "Benar"})

        assert read(vault)["name"] == "Benar"

    def test_a_correction_without_papers_keeps_their_numbers(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.supplement("one", {"notarial_deed": "B"})
        vault.correct("one", 2, {"name": "Siti R."})

        assert read(vault) == {
            "name": "Siti R.",
            "documents": {**PERSON["documents"], "notarial_deed": "B"},
        }

    def test_a_correction_with_papers_replaces_their_numbers(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.correct("one", 2, {"name": "Siti R.", "documents": {"identity_card": "KTP-1"}})

        assert read(vault)["documents"] == {"identity_card": "KTP-1"}

    def test_who_was_erased_is_not_corrected(self, vault, keys):
        vault.keep("one", 1, "request/1", PERSON)
        vault.erase("one")

        assert refusal(vault.correct, "one", 2, PERSON) == "applicant_erased"
        assert keys.count_documents({}) == 0
        assert refusal(read, vault) == "applicant_erased"

    def test_who_is_erased_during_a_correction_stays_erased(self, vault, make, database):
        vault.keep("one", 1, "request/1", PERSON)

        class Late(Vault):
            def _document(self, *arguments):
                made = super()._document(*arguments)
                vault.erase("one")
                return made

        assert refusal(make(Late).correct, "one", 2, PERSON) == "applicant_erased"
        assert refusal(read, vault) == "applicant_erased"
        assert all(not each["fields"] for each in database["applicants"].find())
        assert vault.requests_of_same(PERSON, NOW - timedelta(days=1)) == []


class TestSupplementing:
    def test_numbers_of_papers_that_came_later_are_added(self, vault):
        vault.keep("one", 1, "request/1", {"name": "Ani", "documents": {"identity_card": "A"}})
        vault.supplement("one", {"notarial_deed": "B"})

        assert read(vault)["documents"] == {"identity_card": "A", "notarial_deed": "B"}

    def test_they_are_added_to_the_newest_revision(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.correct("one", 2, {"name": "Ani", "documents": {}})
        vault.supplement("one", {"notarial_deed": "B"})

        assert read(vault) == {"name": "Ani", "documents": {"notarial_deed": "B"}}

    def test_they_are_encrypted(self, vault, database):
        vault.keep("one", 1, "request/1", PERSON)
        vault.supplement("one", {"notarial_deed": "AKTA-77"})

        assert b"AKTA-77" not in on_disk(database)

    def test_nothing_is_added_to_who_does_not_exist(self, vault):
        assert refusal(vault.supplement, "nobody", {"notarial_deed": "B"}) == "not_found"

    def test_nothing_is_added_to_who_was_erased(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.erase("one")

        assert refusal(vault.supplement, "one", {"notarial_deed": "B"}) == "applicant_erased"


class TestErasing:
    def test_who_was_erased_is_not_read(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.erase("one")

        assert refusal(read, vault) == "applicant_erased"

    def test_the_key_is_gone(self, vault, keys):
        vault.keep("one", 1, "request/1", PERSON)
        vault.erase("one")

        assert keys.count_documents({}) == 0

    def test_a_copy_of_the_ciphertext_stays_unreadable(self, vault, keys, database):
        vault.keep("one", 1, "request/1", PERSON)
        copied = database["applicants"].find_one()["fields"]
        vault.erase("one")

        afresh = Cipher(keys, KEYRING.master)  # knows nothing that a process may still remember
        for value in copied.values():
            with pytest.raises(MongoCryptError):
                afresh.decrypt(value)

    def test_every_revision_is_erased(self, vault, database):
        vault.keep("one", 1, "request/1", PERSON)
        vault.correct("one", 2, PERSON)
        vault.erase("one")

        assert [each["fields"] for each in database["applicants"].find()] == [{}, {}]

    def test_who_was_erased_is_not_found_by_number(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.erase("one")

        assert vault.requests_of_same(PERSON, NOW - timedelta(days=1)) == []

    def test_others_stay_readable(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.keep("two", 1, "request/2", PERSON)
        vault.erase("one")

        assert read(vault, "two") == PERSON

    def test_erasing_again_changes_nothing(self, vault, keys):
        vault.keep("one", 1, "request/1", PERSON)
        vault.erase("one")
        vault.erase("one")

        assert refusal(read, vault) == "applicant_erased"
        assert keys.count_documents({}) == 0

    def test_who_was_erased_is_known_to_have_existed(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.erase("one")

        assert vault.exists("one")
        assert not vault.exists("nobody")

    def test_an_order_that_is_repeated_later_does_not_bring_the_person_back(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.erase("one")
        vault.keep("one", 1, "request/1", PERSON)
        vault.keep("one", 1, "request/1", PERSON)

        assert refusal(read, vault) == "applicant_erased"
        assert vault.requests_of_same(PERSON, NOW - timedelta(days=1)) == []


class TestFindingTheSame:
    def test_requests_of_the_same_number_are_found(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.keep("two", 1, "request/2", {"name": "Siti", "nik": PERSON["nik"]})
        vault.keep("three", 1, "request/3", {"name": "Budi", "nik": "3174011208900004"})

        found = vault.requests_of_same({"nik": PERSON["nik"]}, NOW - timedelta(days=1))
        assert sorted(found) == ["request/1", "request/2"]

    def test_spaces_in_a_number_do_not_matter(self, vault):
        vault.keep("one", 1, "request/1", PERSON)

        assert vault.requests_of_same({"nik": "3174 0152 0890 0003"}, NOW - timedelta(days=1)) == [
            "request/1"
        ]

    def test_a_body_is_found_by_its_approval(self, vault):
        body = {"name": "Yayasan", "entity_approval_number": "AHU-1"}
        vault.keep("one", 1, "request/1", body)

        assert vault.requests_of_same(body, NOW) == ["request/1"]

    def test_earlier_requests_are_not_found(self, vault):
        vault.keep("one", 1, "request/1", PERSON)

        assert vault.requests_of_same(PERSON, NOW + timedelta(seconds=1)) == []

    def test_without_a_number_nobody_is_found(self, vault):
        vault.keep("one", 1, "request/1", {"name": "Ani"})

        assert vault.requests_of_same({"name": "Ani"}, NOW - timedelta(days=1)) == []

    def test_everybody_who_asks_at_once_is_told_their_own(self, vault):
        people = [{"name": "x", "nik": f"{at:016d}"} for at in range(1, 21)]
        for at, person in enumerate(people):
            vault.keep(f"applicant-{at}", 1, f"request/{at}", person)
        with ThreadPoolExecutor(10) as workers:
            found = list(workers.map(lambda each: vault.requests_of_same(each, NOW), people * 3))

        assert found == [[f"request/{at}"] for at in range(20)] * 3

    def test_a_number_is_not_guessed_from_its_token_without_the_key(self, vault, make):
        other = make(keys=Keys(KEYRING.master, os.urandom(32)))

        assert vault.token(PERSON) != other.token(PERSON)
        assert PERSON["nik"] not in vault.token(PERSON)


class TestSweeping:
    later = NOW + timedelta(days=2)

    def test_who_has_no_request_is_named(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.keep("two", 1, "request/2", PERSON)

        assert vault.without_request(self.later, lambda request: request == "request/1") == ["two"]

    def test_who_came_lately_is_left_alone(self, vault):
        vault.keep("one", 1, "request/1", PERSON)

        assert vault.without_request(NOW, lambda _: False) == []

    def test_who_has_a_request_is_looked_at_once(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.without_request(self.later, lambda _: True)

        asked = []
        vault.without_request(self.later, asked.append)
        assert asked == []

    def test_who_was_named_and_not_erased_is_named_again(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.without_request(self.later, lambda _: False)  # and then the process was killed

        assert vault.without_request(self.later, lambda _: False) == ["one"]

    def test_who_was_erased_is_not_named_again(self, vault):
        vault.keep("one", 1, "request/1", PERSON)
        vault.erase("one")

        assert vault.without_request(self.later, lambda _: False) == []


class TestFaults:
    def test_an_error_of_the_database_rises(self, make, database):
        database.create_collection("applicants", validator={"request": {"$ne": "refused"}})

        with pytest.raises(BulkWriteError):
            make().keep("one", 1, "refused", PERSON)

    def test_nobody_is_asked_for_what_is_explicit_and_local(self, keys):
        vault = Cipher(keys, KEYRING.master)._vault

        for ask in (vault.kms_request, vault.collection_info, vault.mark_command):
            with pytest.raises(RuntimeError):
                ask(None)
