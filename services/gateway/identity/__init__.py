"""Who works at the desk: accounts, signing in, and what a session may do. Asks no service and decides nothing of the law."""
