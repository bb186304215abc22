"""What the administrator keeps: calendar, rules, numbers, people's data, messages that nobody could handle."""

from services.gateway.pages.settings import (
    applicants,
    calendar,
    index,
    moves,
    numbers,
    parked,
    rules,
    wording_form,
    wordings,
)

BLUEPRINTS = (
    index.blueprint,
    moves.blueprint,
    calendar.blueprint,
    rules.blueprint,
    wordings.blueprint,
    wording_form.blueprint,
    numbers.blueprint,
    applicants.blueprint,
    parked.blueprint,
)
