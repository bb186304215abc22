"""Fills a fresh stack with a demonstration: what a person sees who opens it for the first time."""

import click

from deploy.local import secrets
from deploy.local.addresses import Addresses
from deploy.local.waiting import TooLate
from terbuka.demo.table import summary
from terbuka.demonstrate import show


def fill(addresses: Addresses) -> None:
    """Play the sample requests through the same door as everybody else; nothing changes where they were played before.

    A demonstration that fails does not keep the stack from running.
    """
    try:
        played = show(addresses.gateway, secrets.demo_tokens(addresses.folder))
    except (click.ClickException, TooLate) as failure:
        print(f"the demonstration is incomplete: {failure}", flush=True)
    else:
        print(summary(played), flush=True)
