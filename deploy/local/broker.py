"""One RabbitMQ node of our own, from Debian's programs, in a folder of its own and on loopback only.

Debian's start script would switch to the user rabbitmq and use the machine's folders, so the inner script is called, with every
place it may write to or read from named here. The node's data survives the folder being moved and the ports being changed.
"""

import os
import secrets
import subprocess
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.error import URLError
from urllib.request import HTTPBasicAuthHandler, HTTPPasswordMgrWithDefaultRealm, build_opener

import amqp

from deploy.local import leftovers
from deploy.local.ports import LOOPBACK, Ports, answers
from deploy.local.process import Process
from deploy.local.supervisord import inherited
from deploy.local.waiting import wait_until

PROGRAMS = Path("/usr/lib/rabbitmq/bin")
MEMORY_LIMIT = "1GB"
_SECONDS_TO_START = 120
_SECONDS_FOR_COMMAND = 60
_SECONDS_TO_STOP = 45  # a clean stop took 6 s; it may have queues to write
_USER = "guest"  # RabbitMQ lets it in from loopback only, and nothing listens elsewhere
_TO_LOOPBACK = "-kernel inet_dist_use_interface {127,0,0,1}"
# No busy waiting of idle schedulers: the stack shares two cores with everything else. -noinput: see RABBITMQ_ALLOW_INPUT below.
_SERVER_ARGUMENTS = f"{_TO_LOOPBACK} +sbwt none +sbwtdcpu none +sbwtdio none +S 2:2 -noinput"
_CONFIGURATION = """\
listeners.tcp.default = {ip}:{amqp}
management.tcp.ip = {ip}
management.tcp.port = {management}
prometheus.tcp.ip = {ip}
prometheus.tcp.port = {prometheus}
disk_free_limit.absolute = 2GB
vm_memory_high_watermark.absolute = {memory}
consumer_timeout = 1800000
log.file = false
log.console = true
log.console.level = info
log.console.use_colors = off
"""


@dataclass(frozen=True)
class Broker:
    """The node in `folder`, listening on the ports given."""

    folder: Path
    ports: Ports
    stack: Path

    @property
    def uri(self) -> str:
        """Where clients connect."""
        return f"amqp://{_USER}:{_USER}@{LOOPBACK}:{self.ports.amqp}//"

    def prepare(self) -> None:
        """Write what the node reads at start; its name and its cookie stay what they were."""
        for name in ("home", "conf", "mnesia"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        _keep(self.folder / "home" / ".erlang.cookie", secrets.token_hex(20))
        # own names, so that two stacks never take each other for the same node
        _keep(self.folder / "nodename", f"terbuka_{secrets.token_hex(4)}@localhost")
        self._write_configuration()

    def mapper(self) -> Process:
        """Erlang's port mapper. Ours, as a child: one started by the node would outlive it."""
        argv = ("epmd", "-port", str(self.ports.epmd), "-address", LOOPBACK)
        return Process("epmd", argv, self._environment())

    def server(self) -> Process:
        """Answer the node itself; the script becomes Erlang, so the pid is that of the broker."""
        argv = (str(PROGRAMS / "rabbitmq-server"),)
        return Process("broker", argv, self._environment(), stop_seconds=_SECONDS_TO_STOP)

    def wait_for_mapper(self) -> None:
        """Return when the port mapper answers."""
        wait_until(lambda: answers(self.ports.epmd), "the port mapper answers", _SECONDS_TO_START)

    def wait(self, seconds: float = _SECONDS_TO_START) -> None:
        """Return when the broker takes clients and its virtual hosts run."""
        wait_until(
            self.ready, f"the broker is ready (log: {self.stack / 'log' / 'broker.log'})", seconds
        )

    def ready(self) -> bool:
        """Tell whether a client can sign in and every virtual host is up."""
        return answers(self.ports.amqp) and self._lets_in() and self._healthy()

    def rabbitmqctl(self, *arguments: str) -> str:
        """Run the broker's own command and answer what it printed."""
        environment = inherited(os.environ) | self._environment() | leftovers.mark(self.stack)
        done = subprocess.run(
            [str(PROGRAMS / "rabbitmqctl"), "--quiet", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=_SECONDS_FOR_COMMAND,
            check=True,
        )
        return done.stdout

    def reachable(self) -> bool:
        """Tell whether `rabbitmqctl` finds the node; not so for some seconds after the port mapper was killed."""
        try:
            return bool(self.rabbitmqctl("eval", "node()."))
        except subprocess.SubprocessError:
            return False

    def settle(self) -> None:
        """Have the broker write down which quorum queues it has; call it after declaring some.

        It does so by itself, but half a second later: killed before, it takes such a queue for a new one after its restart,
        without its messages and without ever electing a leader.
        """
        self.rabbitmqctl("eval", "[ok = dets:sync(Table) || Table <- dets:all()].")

    def raise_memory_alarm(self) -> None:
        """Set the memory limit so low that the broker blocks every publisher."""
        self.rabbitmqctl("set_vm_memory_high_watermark", "absolute", "1MB")

    def clear_memory_alarm(self) -> None:
        """Set the memory limit back to what the configuration says."""
        self.rabbitmqctl("set_vm_memory_high_watermark", "absolute", MEMORY_LIMIT)

    def _lets_in(self) -> bool:
        host = f"{LOOPBACK}:{self.ports.amqp}"
        try:
            with amqp.Connection(host, userid=_USER, password=_USER, connect_timeout=2):
                return True
        except (OSError, amqp.AMQPError):  # it is still starting
            return False

    def _healthy(self) -> bool:
        address = f"http://{LOOPBACK}:{self.ports.management}/"
        passwords = HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, address, _USER, _USER)
        try:
            opener = build_opener(HTTPBasicAuthHandler(passwords))
            with opener.open(f"{address}api/health/checks/virtual-hosts", timeout=5) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except (URLError, OSError):
            return False

    def _write_configuration(self) -> None:
        conf = self.folder / "conf"
        (conf / "rabbitmq.conf").write_text(
            _CONFIGURATION.format(
                ip=LOOPBACK,
                amqp=self.ports.amqp,
                management=self.ports.management,
                prometheus=self.ports.prometheus,
                memory=MEMORY_LIMIT,
            )
        )
        (conf / "enabled_plugins").write_text("[rabbitmq_management,rabbitmq_prometheus].\n")
        (conf / "rabbitmq-env.conf").write_text("")  # named and empty: keeps the machine's own out

    def _environment(self) -> dict[str, str]:
        conf, mnesia = self.folder / "conf", self.folder / "mnesia"
        node = (self.folder / "nodename").read_text()
        return {
            "HOME": str(self.folder / "home"),  # where Erlang looks for its cookie
            "ERL_EPMD_PORT": str(self.ports.epmd),
            "ERL_EPMD_ADDRESS": LOOPBACK,
            "ERL_CRASH_DUMP": str(self.folder / "erl_crash.dump"),
            "RABBITMQ_NODENAME": node,
            "RABBITMQ_NODE_IP_ADDRESS": LOOPBACK,
            "RABBITMQ_NODE_PORT": str(self.ports.amqp),
            "RABBITMQ_DIST_PORT": str(self.ports.dist),
            "RABBITMQ_CONF_ENV_FILE": str(conf / "rabbitmq-env.conf"),
            "RABBITMQ_CONFIG_FILE": str(conf / "rabbitmq"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(conf / "advanced"),
            "RABBITMQ_MNESIA_BASE": str(mnesia),
            "RABBITMQ_MNESIA_DIR": str(mnesia / "node"),
            "RABBITMQ_LOG_BASE": str(self.folder),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(conf / "enabled_plugins"),
            "RABBITMQ_PID_FILE": str(self.folder / "rabbitmq.pid"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": _SERVER_ARGUMENTS,
            # makes the script replace itself by Erlang instead of watching over it: a kill -9 must hit the broker
            "RABBITMQ_ALLOW_INPUT": "true",
            # the command is a node too, for a second, and its usual ports (10000 above ours) may not exist
            "RABBITMQ_CTL_ERL_ARGS": _TO_LOOPBACK,
            "RABBITMQ_CTL_DIST_PORT_MIN": "35672",
            "RABBITMQ_CTL_DIST_PORT_MAX": "35772",
        }


def _keep(path: Path, text: str) -> None:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(text)
        path.chmod(0o400)
