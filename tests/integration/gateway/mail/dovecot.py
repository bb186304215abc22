"""A real IMAP server for tests: Debian's dovecot as a plain process on loopback, as a user of its own, in a folder of its own."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from imaplib import IMAP4
from pathlib import Path

from deploy.local.ports import answers, free_ports
from deploy.local.waiting import wait_until

PROGRAM = "/usr/sbin/dovecot"
PASSWORD = "rahasia-kotak-surat"
_COMMON = """\
base_dir = {folder}/run
log_path = {folder}/log
listen = 127.0.0.1
ssl = no
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 1
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""
# The same in the words of each release.
_2_3 = """\
protocols = imap
mail_location = maildir:{folder}/mail/%u
disable_plaintext_auth = no
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%u
}}
"""
_2_4 = """\
protocols {{
  imap = yes
}}
mail_driver = maildir
mail_path = {folder}/mail/%{{user}}
auth_allow_cleartext = yes
passdb static {{
  password = {password}
}}
userdb static {{
  fields {{
    uid = {uid}
    gid = {gid}
    home = {folder}/mail/%{{user}}
  }}
}}
"""
_VERSIONS_FIRST = "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\n"
_CONFIGURATIONS = {"2.3.": _COMMON + _2_3, "2.4.": _VERSIONS_FIRST + _COMMON + _2_4}
WRITTEN_FOR = tuple(_CONFIGURATIONS)


@dataclass(frozen=True)
class Dovecot:
    """A server with a mailbox for whoever signs in."""

    port: int

    def address(self, user):
        return f"imap://{user}@127.0.0.1:{self.port}?tls=off"

    @contextmanager
    def client(self, user):
        """Python's own client, so that what the product does is seen from outside."""
        client = IMAP4("127.0.0.1", self.port, timeout=10)
        client.login(user, PASSWORD)
        try:
            yield client
        finally:
            client.logout()

    def deliver(self, user, raw):
        """Put a message into the inbox, as a mail server would."""
        with self.client(user) as client:
            client.append("INBOX", None, None, raw)

    def count(self, user, folder="INBOX"):
        with self.client(user) as client:
            status, told = client.select(folder, readonly=True)
            return int(told[0]) if status == "OK" else 0


def version():
    """Which dovecot is installed here."""
    told = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True)
    return told.stdout


@contextmanager
def running():
    """Start it and stop it."""
    owner = pwd.getpwnam("nobody" if os.geteuid() == 0 else getpass.getuser())
    folder = Path(tempfile.mkdtemp(prefix="terbuka-mailbox-"))
    port = free_ports().gateway
    try:
        configuration = _configured(folder, owner, port)
        process = subprocess.Popen(
            [PROGRAM, "-F", "-c", str(configuration)],
            **({"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}),
        )  # fmt: skip
        try:
            wait_until(lambda: answers(port), "dovecot answers", 20)
            yield Dovecot(port)
        finally:
            process.terminate()
            process.wait(timeout=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _configuration():
    """In the words of the release that is installed."""
    here = version()
    return next(text for release, text in _CONFIGURATIONS.items() if here.startswith(release))


def _configured(folder, owner, port):
    (folder / "run").mkdir()
    (folder / "mail").mkdir()
    configuration = folder / "dovecot.conf"
    group = subprocess.run(
        ["id", "-gn", owner.pw_name], capture_output=True, text=True, check=True
    ).stdout.strip()
    configuration.write_text(
        _configuration().format(
            folder=folder,
            user=owner.pw_name,
            group=group,
            uid=owner.pw_uid,
            gid=owner.pw_gid,
            port=port,
            password=PASSWORD,
        )
    )
    for path in (folder, *folder.iterdir()):
        os.chown(path, owner.pw_uid, owner.pw_gid)
    return configuration
