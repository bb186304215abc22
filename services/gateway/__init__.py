"""Gateway: the HTTP API, and later the pages, in front of the services."""
