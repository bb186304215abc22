"""Laporan: the officer's daily supervision, and the reports of months and years on their way to the head of division."""

from services.gateway.pages.reports import days, index, periods

BLUEPRINTS = (index.blueprint, days.blueprint, periods.blueprint)
