"""Health and metrics of a nameko service: an HTTP entrypoint answered beside the workers.

The stock entrypoint runs in the worker pool, where a busy service would keep its own health waiting.
"""

from __future__ import annotations

from nameko.web.handlers import HttpRequestHandler
from werkzeug.wrappers import Request, Response

from telemetry.health import Health


class Telemetry(HttpRequestHandler):
    """`@telemetry` on any method; what is asked is answered from the container's HEALTH setting."""

    def __init__(self, **options: object) -> None:
        super().__init__("GET", "/<any(metrics, healthz, readyz):question>", **options)

    def handle_request(self, request: Request) -> Response:
        """Answer at once, on the connection's own green thread."""
        health: Health = self.container.config["HEALTH"]
        status, content_type, body = health.answer(request.path)
        return Response(body, status=status, content_type=content_type)


telemetry = Telemetry.decorator
