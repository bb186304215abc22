"""What the services say to each other: envelope, events, commands, errors, roles, topology. No input or output."""
