"""Register: hand-over and closing, the numbered log of all events, and the views of requests."""
