"""The services, one folder each, with the same rooms: service, state, decide, consume, project, query."""
