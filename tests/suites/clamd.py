"""A stand-in for ClamAV's clamd: it speaks INSTREAM as the real one does, and knows one signature."""

import socketserver
import struct
from contextlib import contextmanager
from threading import Thread

# The industry's test file (eicar.org); no program finds anything else harmful in it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
FOUND = "Win.Test.EICAR_HDB-1"
MOST = 25 * 1024 * 1024


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        assert self.rfile.read(len(b"zINSTREAM\0")) == b"zINSTREAM\0"
        content, size = [], 0
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            size += length
            if size > MOST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
            content.append(self.rfile.read(length))
        self.server.seen.append(size)
        self.wfile.write(self.server.answer(b"".join(content)) + b"\0")


def _honest(content):
    return f"stream: {FOUND} FOUND".encode() if EICAR in content else b"stream: OK"


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@contextmanager
def clamd(path=None, answer=_honest):
    """A scanner on loopback, or on a unix socket at a path: its address, and the server."""
    server = _Unix(str(path), _Conversation) if path else _Tcp(("127.0.0.1", 0), _Conversation)
    server.answer, server.seen = answer, []
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        address = f"unix:{path}" if path else f"127.0.0.1:{server.server_address[1]}"
        yield address, server
    finally:
        server.shutdown()
        server.server_close()
