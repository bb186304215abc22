"""The demonstration: forty invented requests, each taken through the desk by the same door as everybody's.

It speaks HTTP only. Every order has a key of its own that is always the same, so playing it twice changes nothing and an
interrupted play goes on where it ended.
"""
