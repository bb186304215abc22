"""Looks at every page as people with other eyes, hands and screens do, and measures how quickly it is there."""
