"""The list of public information (DIP) and the list of exempt information (DIK), and choosing an entry of theirs."""

from services.gateway.pages.lists import choosing, entries

BLUEPRINTS = (choosing.blueprint, entries.blueprint)
