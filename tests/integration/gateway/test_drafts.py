"""Drafts on a real database: nobody reads them there, each account has one, and what was sent does not come back."""

import os
from datetime import timedelta

import bson
import pytest

from services.gateway.drafts import Drafts

TYPED = (
    ("applicant.name", "Siti Rahmawati"),
    ("documents", "identity_card"),
    ("documents", "notarial_deed"),
)
KEY = os.urandom(32)
DAY = timedelta(hours=24)


@pytest.fixture
def make(database, clock):
    def made(key=KEY):
        drafts = Drafts(database, key, DAY, clock)
        drafts.prepare()
        return drafts

    return made


@pytest.fixture
def drafts(make):
    return make()


def on_disk(database):
    return b"".join(bson.encode(each) for each in database["drafts"].find())


def test_a_draft_is_found_as_it_was_typed(drafts):
    at = drafts.keep("ani", "form-1", TYPED)
    draft = drafts.find("ani")

    assert (draft.key, draft.typed) == ("form-1", TYPED)
    assert abs(draft.kept_at - at) < timedelta(milliseconds=1)


@pytest.mark.parametrize("typed", ["Siti", "Rahmawati", "applicant.name", "identity_card"])
def test_nothing_of_it_can_be_read_in_the_database(drafts, database, typed):
    drafts.keep("ani", "form-1", TYPED)

    assert typed.encode() not in on_disk(database)


def test_the_same_text_never_looks_the_same(drafts, database):
    drafts.keep("ani", "form-1", TYPED)
    first = database["drafts"].find_one()["content"]
    drafts.keep("ani", "form-1", TYPED)

    assert database["drafts"].find_one()["content"] != first


def test_an_account_has_one_draft_and_nobody_elses(drafts, database):
    drafts.keep("ani", "form-1", TYPED)
    drafts.keep("ani", "form-2", (("information", "Lain"),))

    assert drafts.find("ani").key == "form-2"
    assert database["drafts"].count_documents({}) == 1
    assert drafts.find("budi") is None


def test_a_draft_put_under_another_account_is_not_opened(drafts, database):
    drafts.keep("ani", "form-1", TYPED)
    stolen = {**database["drafts"].find_one(), "_id": "budi"}
    database["drafts"].insert_one(stolen)

    assert drafts.find("budi") is None


def test_under_another_key_there_is_no_draft_and_a_new_one_is_kept(drafts, make):
    drafts.keep("ani", "form-1", TYPED)
    other = make(os.urandom(32))

    assert other.find("ani") is None
    other.keep("ani", "form-2", TYPED)
    assert other.find("ani").key == "form-2"


def test_a_draft_is_gone_after_its_time_and_the_database_removes_it(drafts, database, clock):
    drafts.keep("ani", "form-1", TYPED)
    clock.forward(hours=23, minutes=59)
    assert drafts.find("ani")
    clock.forward(minutes=2)

    assert drafts.find("ani") is None
    assert database["drafts"].index_information()["ends_at_1"]["expireAfterSeconds"] == 0


def test_a_draft_that_is_thrown_away_is_gone(drafts, database):
    drafts.keep("ani", "form-1", TYPED)
    drafts.drop("ani")

    assert drafts.find("ani") is None
    assert "content" not in database["drafts"].find_one()


def test_what_was_sent_does_not_come_back_by_a_late_save(drafts):
    drafts.keep("ani", "form-1", TYPED)
    drafts.finish("ani", "form-1", "request-1")

    assert drafts.keep("ani", "form-1", TYPED) is None
    assert drafts.find("ani") is None


def test_the_next_form_is_kept_and_the_last_one_sent_is_remembered(drafts):
    drafts.finish("ani", "form-1", "request-1")

    assert drafts.keep("ani", "form-2", TYPED)
    assert drafts.find("ani").key == "form-2"
    assert drafts.last_sent("ani").request == "request-1"
    assert drafts.last_sent("budi") is None
