"""The staff's pages: what the API answers programs, shown to people who work at a desk.

Each area is a module with its blueprint. Pages ask the services as the API does and hold nothing themselves.
"""
