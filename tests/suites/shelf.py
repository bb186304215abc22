"""A numbered log, the views of it, and the projector between them, on a real database."""

from eventlog.mongo.numbered import MongoNumberedLog
from eventlog.mongo.views import MongoViews
from eventlog.projector import Projector


class Shelf:
    """What a service shows of some events."""

    def __init__(self, client, database, views):
        self.numbered = MongoNumberedLog(database)
        self.numbered.prepare()
        self.views = MongoViews(client, database, views)
        self.views.prepare()
        self._projector = Projector("test", self.numbered, self.views)

    def tell(self, *told):
        """Record events and show them."""
        self.numbered.record(told)
        while self._projector.step():
            continue
