"""Row: an order accepted until it is visible, against the naive way."""

from __future__ import annotations

from threading import local
from uuid import uuid4

from nameko.standalone.rpc import ClusterRpcProxy

from contracts.command import Actor, Command, to_message
from contracts.commands import COMMANDS
from contracts.sealed import Seal
from deploy.local import secrets
from deploy.local.stack import Stack
from eventlog.mongo.client import connect
from services.gateway.rpc import Services
from tests.performance.load import Measured, Order, closed_loop, open_loop

THREADS = 16
ACTOR = Actor("bench", "desk")


def order_data(number: int, seal: Seal) -> dict[str, object]:
    """An order of ordinary size."""
    person = {
        "name": f"Pemohon {number}",
        "nik": f"317401{uuid4().int % 10**10:010d}",
        "address": "Jl. Contoh No. 1, RT 001/RW 002, Jakarta Pusat 10430",
        "phone": "081234567890",
        "email": f"pemohon{number}@contoh.id",
    }
    return {
        "channel": "email",
        "received_at": "2026-08-12T09:10:00+07:00",
        "category": "individual",
        "documents": ["identity_card"],
        "applicant": seal.close(person),
        "information": "Rekapitulasi hasil penghitungan suara per kecamatan " * 6,
        "purpose": "Penelitian",
        "obtain": "copy",
        "copy_format": "softcopy",
        "delivery": "email",
    }


def ours(stack: Stack) -> Order:
    """Order as the gateway does; the answer names the request."""
    lines = Services(stack.addresses.amqp, THREADS, 30)
    seal = Seal((secrets.folder_of(stack.folder) / "seal.key").read_bytes())

    def order(number: int) -> str:
        command = Command("ReceiveRequest", str(uuid4()), "", ACTOR, "", order_data(number, seal))
        return str(lines.order(COMMANDS["ReceiveRequest"], to_message(command))["subject"])

    return order


def naive(stack: Stack) -> Order:
    """The same order, to the naive service, by nameko's own proxy: one a thread, as it is meant to be used."""
    seal = Seal((secrets.folder_of(stack.folder) / "seal.key").read_bytes())
    mine = local()

    def order(number: int) -> str:
        if not hasattr(mine, "proxy"):
            mine.proxy = ClusterRpcProxy({"AMQP_URI": stack.addresses.amqp}, timeout=30).start()
        return str(mine.proxy.naive_intake.receive(order_data(number, seal)))

    return order


def throughput(stack: Stack, order: Order, database: str, view: str, total: int) -> Measured:
    """Closed loop, after a warm-up that is not counted."""
    watched = connect(stack.addresses.mongo, "bench")[database][view]
    closed_loop(order, watched, THREADS, total // 10)
    return closed_loop(order, watched, THREADS, total)


def latency(
    stack: Stack, order: Order, database: str, view: str, rate: float, seconds: int
) -> Measured:
    """Open loop at a fixed rate."""
    watched = connect(stack.addresses.mongo, "bench")[database][view]
    return open_loop(order, watched, rate, int(rate * seconds), THREADS)
