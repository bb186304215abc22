"""An identity provider on loopback: discovery, keys and tokens, and whatever it is told to say of who comes."""

import json
from base64 import urlsafe_b64encode
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import time
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "terbuka", "secret of the tests"
HEADER = {"alg": "RS256", "kid": "one"}


class Provider:
    """Signs in whoever `claims` says. `id_claims` overrides what the token says of itself."""

    def __init__(self, issuer):
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.signs_with = self.key
        self.claims = {}
        self.id_claims = {}
        self.challenges = {}

    def consent(self, address):
        """What a browser brings back from the address it was sent to."""
        asked = {name: each[0] for name, each in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = asked
        return asked["redirect_uri"], {"code": code, "state": asked["state"]}

    def discovery(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
        }

    def keys(self):
        return KeySet([self.key]).as_dict(private=False)

    def token(self, form):
        """One token for one code, and only for who asked for it (PKCE)."""
        asked = self.challenges.pop(form["code"][0])
        digest = sha256(form["code_verifier"][0].encode()).digest()
        assert asked["code_challenge_method"] == "S256"
        assert asked["code_challenge"] == urlsafe_b64encode(digest).decode().rstrip("=")
        now = int(time())
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": "81",
            "iat": now,
            "exp": now + 60,
            "nonce": asked["nonce"],
            **self.claims,
            **self.id_claims,
        }
        signed = jwt.encode(HEADER, claims, self.signs_with)
        return {"access_token": "a", "token_type": "Bearer", "id_token": signed, "expires_in": 60}


@contextmanager
def running():
    """A provider that answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    server.provider = Provider(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        pages = {
            "/.well-known/openid-configuration": self.server.provider.discovery,
            "/keys": self.server.provider.keys,
        }
        self._answer(pages[self.path]())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(self.server.provider.token(parse_qs(body)))

    def _answer(self, content):
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Tests are quiet."""
