"""Why a letter did not go, in words: codes of ours, and the numbers with which mail servers refuse."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from contracts.errors import STATUS
from services.gateway import refusal_texts

# What a mail server refuses with: `550`, `550 5.1.1`, `5.1.1`.
_NUMBERS = re.compile(r"[245][0-9]{2}|(?:[245][0-9]{2} )?[245]\.[0-9]{1,3}\.[0-9]{1,3}")
SAID: Mapping[str, LazyString] = {
    "server_away": _l("server surel tidak menjawab"),
    "server_unsafe": _l("server surel tidak menawarkan sambungan yang aman"),
    "sign_in_refused": _l("server surel menolak akun kantor"),
    "service_unavailable": _l("bagian lain sistem tidak menjawab"),
    "service_fault": _l("suratnya tidak dapat dibuat"),
    "address_gone": _l("alamatnya sudah dihapus"),
    "unsendable": _l("alamat atau isinya tidak dapat dikirim"),
    "interrupted": _l("pengirimannya berulang kali terputus"),
}


def said(code: str) -> str:
    """What people read."""
    if code in SAID:
        return str(SAID[code])
    if code in STATUS:
        return str(refusal_texts.text(code))
    return str(_("ditolak server surel (%(code)s)", code=code))


def remarked(remark: str) -> str:
    """The remark of a delivery: our codes and a server's numbers in words, what somebody typed as it is."""
    code = remark in SAID or remark in STATUS or _NUMBERS.fullmatch(remark)
    return said(remark) if code else remark
