"""The fault campaign: a load on the whole product while its parts are killed, starved and flooded. `make faults`."""
