"""Kesehatan layanan: whether every part of the system runs, in words, for an office without dashboards."""

from services.gateway.pages.health import page

BLUEPRINTS = (page.blueprint,)
