"""Which errors mean that the database is away, and is to be waited for."""

import pytest
from pymongo.errors import (
    AutoReconnect,
    BulkWriteError,
    DuplicateKeyError,
    InvalidOperation,
    NetworkTimeout,
    NotPrimaryError,
    OperationFailure,
    ServerSelectionTimeoutError,
    WTimeoutError,
)

from eventlog.mongo.client import unavailable

SHUTTING_DOWN, TIMED_OUT, DUPLICATE = 11600, 64, 11000


def labelled(error, label):
    error._add_error_label(label)
    return error


@pytest.mark.parametrize(
    "error",
    [
        AutoReconnect(""),
        NetworkTimeout(""),
        NotPrimaryError(""),
        ServerSelectionTimeoutError(""),
        WTimeoutError("", TIMED_OUT),
        OperationFailure("", SHUTTING_DOWN),
        labelled(OperationFailure(""), "TransientTransactionError"),
        labelled(OperationFailure(""), "RetryableWriteError"),
        BulkWriteError({"writeErrors": [{"index": 0, "code": SHUTTING_DOWN}]}),
        BulkWriteError({"writeErrors": [], "writeConcernErrors": [{"code": TIMED_OUT}]}),
    ],
    ids=repr,
)
def test_a_database_that_is_away_is_waited_for(error):
    assert unavailable(error)


@pytest.mark.parametrize(
    "error",
    [
        ValueError(""),
        OSError(""),
        InvalidOperation(""),
        OperationFailure("", 13),
        DuplicateKeyError("", DUPLICATE),
        BulkWriteError({"writeErrors": [{"index": 0, "code": DUPLICATE}]}),
    ],
    ids=repr,
)
def test_anything_else_is_not(error):
    assert not unavailable(error)
