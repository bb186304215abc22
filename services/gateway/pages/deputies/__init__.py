"""Absences and deputies: one's own, anybody's for the administrator, all of them, and a whole pile handed over."""

from __future__ import annotations

from services.gateway.pages.deputies import listing, naming, pile

BLUEPRINTS = (naming.blueprint, listing.blueprint, pile.blueprint)
