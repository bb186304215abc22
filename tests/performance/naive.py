"""The reference: what one writes first with nameko and pymongo. `python -m tests.performance.naive ROLE`.

One service takes an order by RPC, inserts a document and dispatches an event; another upserts a view. It has the same
durability as the product (majority and journal, confirmed publish, quorum queue), and none of its promises: the
insert and the dispatch are two writes, a failed handler loses the event, nothing is numbered, chained or encrypted.
"""

import eventlet

eventlet.monkey_patch()

import os  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
import uuid  # noqa: E402

from nameko.events import EventDispatcher, EventHandler  # noqa: E402
from nameko.extensions import DependencyProvider  # noqa: E402
from nameko.rpc import rpc  # noqa: E402
from nameko.runners import ServiceRunner  # noqa: E402

from eventlog.mongo.client import connect  # noqa: E402


class Database(DependencyProvider):
    """The naive way's one database."""

    def setup(self):
        """Connect once."""
        self.client = connect(os.environ["TERBUKA_MONGO_URI"], "naive")

    def get_dependency(self, _):
        """The same for every worker."""
        return self.client["naive"]


class QuorumHandler(EventHandler):
    """The stock handler on a queue that is as durable as the product's."""

    def setup(self):
        """Declare a quorum queue."""
        super().setup()
        self.queue.queue_arguments = {"x-queue-type": "quorum"}


class Intake:
    """Takes orders."""

    name = "naive_intake"
    database = Database()
    dispatch = EventDispatcher(confirm_timeout=5)

    @rpc
    def receive(self, order):
        """Insert, then publish: the dual write."""
        request = {**order, "_id": str(uuid.uuid4()), "at": time.time()}
        self.database["requests"].insert_one(request)
        self.dispatch("RequestSubmitted", request)
        return request["_id"]


class Register:
    """Shows requests."""

    name = "naive_register"
    database = Database()

    @QuorumHandler.decorator("naive_intake", "RequestSubmitted")
    def show(self, request):
        """Upsert the view."""
        self.database["view"].replace_one({"_id": request["_id"]}, request, upsert=True)


def main(role):
    """Run one of the two services."""
    runner = ServiceRunner(
        {
            "AMQP_URI": os.environ["TERBUKA_AMQP_URI"],
            "max_workers": 40,
            "WEB_SERVER_ADDRESS": "127.0.0.1:0",
        }
    )
    runner.add_service({"intake": Intake, "register": Register}[role])
    runner.start()
    print("ready", flush=True)  # noqa: T201 - the measurement waits for it
    runner.wait()


if __name__ == "__main__":
    main(sys.argv[1])
