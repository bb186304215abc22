"""Objections at the desk: the list, one with its steps, filing one, and entering who objects without a request."""

from services.gateway.pages.objections import entering, filing, listing, one, steps

BLUEPRINTS = (
    listing.blueprint,
    filing.blueprint,
    entering.blueprint,
    one.blueprint,
    steps.blueprint,
)
