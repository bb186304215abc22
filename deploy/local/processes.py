"""What runs on this machine besides the servers, and how each part finds the others."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from contracts.catalogue import SERVICES
from contracts.topology import LISTENING_TO_ALL
from deploy.local import secrets
from deploy.local.addresses import Addresses
from deploy.local.process import Process

GATEWAY_THREADS = 16


def processes(addresses: Addresses) -> tuple[Process, ...]:
    """The application's processes; the first metrics port belongs to the first of them, and so on."""
    plans = [*_services(), ("relay", _work("relay", SERVICES)), *_readers(), *_mail()]
    ports = iter(addresses.ports.metrics)
    environment = environment_of(addresses)
    programs = [_process(name, argv, next(ports), environment) for name, argv in plans]
    return (*programs, _gateway(addresses, environment))


def _services() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in SERVICES:
        yield name, ("-m", "eventlog.serve", name, "{port}")


def _readers() -> Iterator[tuple[str, tuple[str, ...]]]:
    for role in ("ingest", "project"):
        for service in LISTENING_TO_ALL:
            yield f"{role}-{service}", _work(role, (service,))


def _mail() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in ("postman", "mailbox"):
        yield name, ("-m", f"services.gateway.mail.{name}", "{port}")


def _work(role: str, services: tuple[str, ...]) -> tuple[str, ...]:
    return ("-m", "eventlog.work", role, "{port}", *services)


def _process(name: str, argv: tuple[str, ...], port: int, environment: dict[str, str]) -> Process:
    filled = tuple(part.format(port=port) for part in argv)
    return Process(name, (sys.executable, *filled), environment, port=port)


def _gateway(addresses: Addresses, environment: dict[str, str]) -> Process:
    port = addresses.ports.gateway
    argv = (
        sys.executable, "-m", "gunicorn", "services.gateway.app:create()",
        "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
        "--threads", str(GATEWAY_THREADS), "--workers", "1", "--timeout", "6", "--graceful-timeout", "3", "--keep-alive", "20",
        "--no-control-socket",
    )  # fmt: skip
    return Process("gateway", argv, environment, port=port)


def environment_of(addresses: Addresses) -> dict[str, str]:
    """What every process is told; deploy/env/example.env explains each name."""
    folder = secrets.folder_of(addresses.folder)
    return {
        "TERBUKA_AMQP_URI": addresses.amqp,
        "TERBUKA_MONGO_URI": addresses.mongo,
        "TERBUKA_GATEWAY_THREADS": str(GATEWAY_THREADS),
        "TERBUKA_PUBLIC_ADDRESS": addresses.gateway,
        "TERBUKA_VAULT_KEY_FILE": str(folder / "vault.key"),
        "TERBUKA_SEAL_KEY_FILE": str(folder / "seal.key"),
        "TERBUKA_LOOKUP_KEY_FILE": str(folder / "lookup.key"),
        "TERBUKA_PEPPER_FILE": str(folder / "pepper"),
        "TERBUKA_GATEWAY_KEY_FILE": str(folder / "gateway.key"),
        "TERBUKA_TOKENS_FILE": str(folder / "tokens.json"),
        "TERBUKA_CHECKPOINT_KEY_FILE": str(folder / "checkpoint.key"),
    }


def prepare(addresses: Addresses) -> None:
    """Make the secrets and demo accounts. Queues and indexes each process makes for itself."""
    secrets.make(addresses.folder)
