"""Reports of mail servers (RFC 3464), as tests write them."""

OURS = "<letter.1@ppid.example.org>"
_BACK = {
    "message": ("message/rfc822", "\r\nhalo\r\n"),
    "head": ("text/rfc822-headers", ""),
    "head as a message": ("message/rfc822-headers", ""),
}


def reported(id_=OURS, *, action="failed", status="5.1.1", back="message", head="", kind="delivery-status"):  # fmt: skip
    """A report about a message: which, what happened, and how much of the message comes back with it."""
    sent_back = _sent_back(id_, back) if back else ""
    return f"""\
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>\r
To: ppid@ppid.example.org\r
Subject: Undelivered Mail Returned to Sender\r
Message-ID: <report@mx.example.org>\r
{head}MIME-Version: 1.0\r
Content-Type: multipart/report; report-type={kind}; boundary="batas"\r
\r
--batas\r
Content-Type: text/plain; charset=us-ascii\r
\r
<sari@example.org>: host mx.example.org said: 550 5.1.1 no such user\r
\r
--batas\r
Content-Type: message/{kind}\r
\r
Reporting-MTA: dns; mx.example.org\r
\r
Final-Recipient: rfc822; sari@example.org\r
Action: {action}\r
Status: {status}\r
Diagnostic-Code: smtp; 550 5.1.1 no such user\r
{sent_back}\r
--batas--\r
""".encode()


def _sent_back(id_, back):
    kind, text = _BACK[back]
    return f"""\r
--batas\r
Content-Type: {kind}\r
\r
From: ppid@ppid.example.org\r
To: sari@example.org\r
Subject: [0001/PPID] Tanda bukti penerimaan\r
Message-ID: {id_}\r
{text}"""
