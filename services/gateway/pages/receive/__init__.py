"""Terima permohonan: the form of the counter, what it looks up while somebody types, its draft, and the receipt."""

from services.gateway.pages.receive import drafting, looking, views

BLUEPRINTS = (views.blueprint, looking.blueprint, drafting.blueprint)
