"""The address that a duty card leads a phone to: short, and plain enough for a small QR."""

from __future__ import annotations

import re

from station_app.errors import RuleViolation
from station_app.i18n import tr

#: With a payload behind it, an address of this length still fits a QR of version 10, level M.
LONGEST = 66
#: Only what a QR packs tightly once it is in capital letters (ISO/IEC 18004, 7.3.4).
_PLAIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?(/[a-z0-9./-]*)?")


def tidy_address(typed: str) -> str:
    """``typed`` in small letters without a slash at its end; empty stays empty.

    Raises RuleViolation beside ``address`` for what no phone could open or no small QR could hold.
    """
    plain = typed.strip().rstrip("/").lower()
    if not plain:
        return ""
    if not _PLAIN.fullmatch(plain):
        text = tr("Write the address like https://lz.example.gov.cn, without signs or Chinese.")
        raise RuleViolation({"address": text})
    if len(plain) > LONGEST:
        text = tr("The address is too long for the small code: {n} characters at most.", n=LONGEST)
        raise RuleViolation({"address": text})
    return plain
