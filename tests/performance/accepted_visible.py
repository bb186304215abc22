"""Row: an order accepted until it is visible, against the naive way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
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
from tests.performance.profile import seconds_used, shares
from tests.performance.servers import PATH, program, servers
from tests.performance.table import Row, middle

CALLERS = (64, 32)  # a closed loop each: how many wait at the same time
LINES = 32  # to the services, where orders come at a given rate
ORDERS = 3000
RUNS = 3
LEAST = 1.5
RATE = 50
SECONDS = 30
MOST_SECONDS = 0.25
View = tuple[str, str]
Programs = tuple[tuple[str, int], ...]
SHOWN: View = ("terbuka_register", "view_requests_1")
NAIVELY_SHOWN: View = ("naive", "view")
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
        "received_at": datetime.now(UTC).isoformat(),
        "category": "individual",
        "documents": ["identity_card"],
        "applicant": seal.close(person),
        "information": "Rekapitulasi hasil penghitungan suara per kecamatan " * 6,
        "purpose": "Penelitian",
        "obtain": "copy",
        "copy_format": "softcopy",
        "delivery": "email",
    }


def ours(stack: Stack, callers: int = LINES) -> Order:
    """Order as the gateway does; the answer names the request."""
    lines = Services(stack.addresses.amqp, callers, 30)
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


def throughput(
    stack: Stack, order: Order, view: View, callers: int, others: Programs = ()
) -> tuple[Measured, str]:
    """Closed loop after a warm-up that is not counted; and where the processor time went."""
    watched = connect(stack.addresses.mongo, "bench")[view[0]][view[1]]
    closed_loop(order, watched, callers, ORDERS // 10)
    before = seconds_used(stack, others)
    measured = closed_loop(order, watched, callers, ORDERS)
    return measured, shares(before, seconds_used(stack, others), ORDERS)


def rows() -> Iterator[Row]:
    """The product without and with its vault, each against the naive way, taking turns; then the latency."""
    for callers in CALLERS:
        naive, plain, vaulted = [], [], []
        for _ in range(RUNS):
            naive.append(_naive_run(callers))
            plain.append(_run_without_vault(callers))
            vaulted.append(_run(callers))
        yield _row(f"accepted to visible, without the vault, {callers} callers", plain, naive)
        yield _row(f"accepted to visible, with the vault, {callers} callers", vaulted, naive)
    yield latency_row()


Run = tuple[Measured, str]


def _run(callers: int) -> Run:
    with servers(PATH) as stack:
        return throughput(stack, ours(stack, callers), SHOWN, callers)


def _run_without_vault(callers: int) -> Run:
    carriers = tuple(name for name in PATH if name != "intake")
    with servers(carriers) as stack:
        port = str(stack.ports.metrics[-1])
        with program(stack, "tests.performance.without_vault", port) as intake:
            order = ours(stack, callers)
            return throughput(stack, order, SHOWN, callers, (("intake", intake.pid),))


def _naive_run(callers: int) -> Run:
    with (
        servers() as stack,
        program(stack, "tests.performance.naive", "intake") as intake,
        program(stack, "tests.performance.naive", "register") as register,
    ):
        secrets.make(stack.folder)
        pids = (("naive intake", intake.pid), ("naive register", register.pid))
        return throughput(stack, naive(stack), NAIVELY_SHOWN, callers, pids)


def _row(what: str, ours_: list[Run], naive_: list[Run]) -> Row:
    pairs = list(zip(ours_, naive_, strict=True))
    ratio = middle([one.rate / other.rate for (one, _), (other, _) in pairs])
    slow = [middle([run.percentile(99) for run, _ in runs]) for runs in (ours_, naive_)]
    lost = sum(run.lost for run, _ in (*ours_, *naive_))
    held = ratio >= LEAST and slow[0] <= slow[1] and lost == 0
    return Row(
        what,
        f"{middle([run.rate for run, _ in ours_]):,.0f}/s, p99 {1000 * slow[0]:.0f} ms",
        f"naive nameko: {middle([run.rate for run, _ in naive_]):,.0f}/s, p99 {1000 * slow[1]:.0f} ms",
        ratio,
        f">= {LEAST}x, p99 no worse, 0 lost",
        held,
        () if held else (f"**{what}**: ours: {ours_[0][1]}. Naive: {naive_[0][1]}.", ""),
    )


def latency_row() -> Row:
    """Open loop on the whole product, everything running; waiting counts from when an order was due."""
    with servers(None) as stack:
        watched = connect(stack.addresses.mongo, "bench")[SHOWN[0]][SHOWN[1]]
        order = ours(stack)
        open_loop(order, watched, RATE, RATE * 5, LINES)
        before = seconds_used(stack)
        measured = open_loop(order, watched, RATE, RATE * SECONDS, LINES)
        profile = shares(before, seconds_used(stack), RATE * SECONDS)
    slow = measured.percentile(99)
    held = slow < MOST_SECONDS and measured.lost == 0
    return Row(
        f"accepted to visible at {RATE}/s, open loop, whole product",
        f"p50 {1000 * measured.percentile(50):.0f} ms, p99 {1000 * slow:.0f} ms, {measured.lost} lost",
        "-",
        None,
        f"p99 < {1000 * MOST_SECONDS:.0f} ms, 0 lost",
        held,
        () if held else (f"**latency**: {profile}.", ""),
    )
