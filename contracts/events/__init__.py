"""The facts each service records, a module a service. A released event never changes: add a version and an upcast."""
