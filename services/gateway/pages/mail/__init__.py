"""Mail on the pages: sending a paper of a case, letters that did not go, and Surat masuk."""

from services.gateway.pages.mail import files, incoming, letters, sending

BLUEPRINTS = (sending.blueprint, letters.blueprint, incoming.blueprint, files.blueprint)
