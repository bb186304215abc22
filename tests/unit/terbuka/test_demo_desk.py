"""The desk tries again where that is right, with the same key, and nowhere else."""

import httpx
import pytest

from deploy.local import waiting
from deploy.local.waiting import TooLate
from terbuka.demo import desk as room
from terbuka.demo.desk import Desk, Order, Refused

ORDER = Order("desk", "/requests/1/closing", {"remark": "x"}, "demo-1-closing")
DONE = httpx.Response(200, json={"version": "intake3"})


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    monkeypatch.setattr(room, "PATIENCE", 1)
    monkeypatch.setattr(waiting, "_PAUSE", 0)


class Gateway:
    """Answers what it was told, in turn, and remembers what it was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, request):
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def desk(self):
        return Desk("http://gateway", {"desk": "token"}, httpx.MockTransport(self))

    @property
    def keys(self):
        return [request.headers.get("Idempotency-Key") for request in self.asked]


def problem(status):
    return httpx.Response(status, json={"code": "some_code"})


@pytest.mark.parametrize(
    "first", [problem(503), httpx.Response(202, json={}), httpx.ConnectError("away")], ids=repr
)
def test_what_is_not_done_yet_is_ordered_again_with_the_same_key(first):
    gateway = Gateway(first, DONE)
    with gateway.desk() as desk:
        assert desk.give(ORDER) == {"version": "intake3"}
    assert gateway.keys == ["demo-1-closing"] * 2


def test_what_moved_on_is_read_again():
    gateway = Gateway(problem(412), httpx.Response(200, json={"version": "intake2"}), DONE)
    with gateway.desk() as desk:
        assert desk.step(ORDER, "/requests/1", "intake1") == {"version": "intake3"}
    assert [request.headers.get("If-Match") for request in gateway.asked] == [
        '"intake1"',
        None,
        '"intake2"',
    ]


@pytest.mark.parametrize("status", [400, 403, 409, 422, 500])
def test_a_no_is_a_no(status):
    gateway = Gateway(problem(status))
    with gateway.desk() as desk, pytest.raises(Refused, match=f"demo-1-closing: {status}"):
        desk.give(ORDER)
    assert len(gateway.asked) == 1


def test_patience_ends(monkeypatch):
    monkeypatch.setattr(room, "PATIENCE", 0)
    with Gateway(*[problem(503)] * 9).desk() as desk, pytest.raises(TooLate):
        desk.give(ORDER)


def test_it_signs_with_the_token_of_the_role():
    gateway = Gateway(DONE)
    with gateway.desk() as desk:
        desk.see("/requests/1", "desk")
    assert gateway.asked[0].headers["Authorization"] == "Bearer token"
    assert str(gateway.asked[0].url) == "http://gateway/api/v1/requests/1"
