"""Fills a fresh stack with a demonstration: what a person sees who opens it for the first time."""

from deploy.local.addresses import Addresses


def fill(_: Addresses) -> None:
    """Put in demo requests through the same door as everybody else; does nothing to a stack that has some."""
