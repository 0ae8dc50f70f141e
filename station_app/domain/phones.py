"""Phone numbers: made uniform for finding, masked for showing."""

from __future__ import annotations

import re
import unicodedata

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0\d{2,3})?\d{7,8}(-\d{1,5})?|\d{5}")


def normalise_phone(typed: str) -> str:
    """``typed`` with full-width digits made plain and blanks, dots and dashes within dropped.

    The dash of an area code (``0411-83600001``) stays, because people read it that way.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    digits = re.sub(r"[\s.\-()]+", "", text)
    if digits.startswith("+86"):
        digits = digits[3:]
    if re.fullmatch(r"0(10|2\d)\d{8}", digits):
        return f"{digits[:3]}-{digits[3:]}"
    if re.fullmatch(r"0[3-9]\d{9,10}", digits):
        return f"{digits[:4]}-{digits[4:]}"
    return digits


def is_phone(normal: str) -> bool:
    """Whether ``normal`` (see ``normalise_phone``) can be a mobile, landline or short number."""
    return bool(_MOBILE.fullmatch(normal) or _LANDLINE.fullmatch(normal.replace("-", "")))


def mask_phone(normal: str) -> str:
    """``138****1234``: enough to recognise, too little to call (domain.md §8)."""
    digits = normal.replace("-", "")
    if len(digits) < 7:
        return normal[:1] + "*" * (len(normal) - 1) if normal else ""
    return f"{digits[:3]}****{digits[-4:]}"
