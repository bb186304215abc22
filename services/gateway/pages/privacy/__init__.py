"""Data pribadi: cases of personal data, each to be answered within 3 x 24 hours."""

from services.gateway.pages.privacy import listing, one, orders

BLUEPRINTS = (listing.blueprint, orders.blueprint, one.blueprint)
