"""How events are kept and carried: append, publish, consume, number, project, reconcile, replay."""
