"""Who came before, by a number that travels sealed: found whatever they asked, and nothing of them told."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.fernet import Fernet

from contracts.sealed import Seal
from services.intake.returning import MOST, Returning
from services.intake.vault import Keys, Vault

NIK = "3174015208900003"
OTHER = "3174015208900004"


@pytest.fixture
def seal():
    return Seal(Fernet.generate_key())


@pytest.fixture
def vault(client, database, prefix):
    times = iter(datetime(2026, 8, 12, tzinfo=UTC) + timedelta(days=day) for day in range(100))
    keys = Keys(os.urandom(96), os.urandom(32))
    made = Vault(client, database, f"{prefix}_keys", keys, lambda: next(times))
    made.prepare()
    return made


@pytest.fixture
def earlier(database, seal, vault):
    returning = Returning(database["applicants"], seal, vault.token)
    return lambda **person: [each["request"] for each in returning.earlier(seal.close(person))]


def test_the_newest_comes_first_and_nothing_of_the_person(vault, database, seal, earlier):
    vault.keep("one", 1, "request/1", {"name": "Siti", "nik": NIK})
    vault.keep("two", 1, "request/2", {"name": "Siti R.", "nik": NIK})

    assert earlier(nik=NIK) == ["request/2", "request/1"]
    found = Returning(database["applicants"], seal, vault.token).earlier(seal.close({"nik": NIK}))
    assert [set(each) for each in found] == [{"applicant", "request"}] * 2


def test_spaces_in_a_number_make_no_difference(vault, earlier):
    vault.keep("one", 1, "request/1", {"name": "Siti", "nik": NIK})

    assert earlier(nik="3174 0152 0890 0003") == ["request/1"]


def test_an_entity_is_found_by_its_own_number(vault, earlier):
    vault.keep("one", 1, "request/1", {"name": "Yayasan", "entity_approval_number": "AHU-1"})

    assert earlier(entity_approval_number="AHU-1") == ["request/1"]


@pytest.mark.parametrize("person", [{"nik": OTHER}, {"name": "Siti"}, {}])
def test_nobody_else_is_found(vault, earlier, person):
    vault.keep("one", 1, "request/1", {"name": "Siti", "nik": NIK})

    assert earlier(**person) == []


def test_whose_number_was_corrected_is_found_by_the_new_one_only(vault, earlier):
    vault.keep("one", 1, "request/1", {"name": "Siti", "nik": OTHER})
    vault.correct("one", 2, {"name": "Siti", "nik": NIK})

    assert earlier(nik=NIK) == ["request/1"]
    assert earlier(nik=OTHER) == []


def test_whoever_was_erased_is_not_found(vault, earlier):
    vault.keep("one", 1, "request/1", {"name": "Siti", "nik": NIK})
    vault.erase("one")

    assert earlier(nik=NIK) == []


def test_no_more_are_named_than_somebody_looks_at(vault, earlier):
    for number in range(MOST + 2):
        vault.keep(f"{number}", 1, f"request/{number}", {"name": "Siti", "nik": NIK})

    assert len(earlier(nik=NIK)) == MOST


def test_looking_writes_no_read_down(vault, database, earlier):
    vault.keep("one", 1, "request/1", {"name": "Siti", "nik": NIK})
    earlier(nik=NIK)

    assert database["applicant_reads"].count_documents({}) == 0
