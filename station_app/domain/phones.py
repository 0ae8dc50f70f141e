"""Phone numbers: made uniform for finding, masked for showing."""

from __future__ import annotations

import re
import unicodedata

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(0\d{2,3}-?)?\d{7,8}(-\d{1,5})?|\d{5}")
_EXTENSION = re.compile(r"(.*\d)\s*(?:转|-|ext\.?|#)\s*(\d{1,5})", re.IGNORECASE)


def normalise_phone(typed: str) -> str:
    """``typed`` with full-width digits made plain and blanks, dots and dashes within dropped.

    The dash of an area code (``0411-83600001``) and of an extension (``83600001-802``, also
    written ``83600001转802``) stays, because people read it that way.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    plain = _plain(text)
    if is_phone(plain):
        return plain
    extended = _EXTENSION.fullmatch(text)
    if extended and is_phone(_plain(extended[1])):
        return f"{_plain(extended[1])}-{extended[2]}"
    return plain


def is_phone(normal: str) -> bool:
    """Whether ``normal`` (see ``normalise_phone``) can be a mobile, landline or short number."""
    return bool(_MOBILE.fullmatch(normal) or _LANDLINE.fullmatch(normal))


def _plain(text: str) -> str:
    digits = re.sub(r"[\s.\-()]+", "", text)
    digits = digits.removeprefix("+86")
    if re.fullmatch(r"0(10|2\d)\d{8}", digits):
        return f"{digits[:3]}-{digits[3:]}"
    if re.fullmatch(r"0[3-9]\d{9,10}", digits):
        return f"{digits[:4]}-{digits[4:]}"
    return digits


def mask_phone(normal: str) -> str:
    """``138****1234``: enough to recognise, too little to call (domain.md §8)."""
    digits = re.sub(r"\D", "", normal)
    if len(digits) < 7:
        return normal[:1] + "*" * (len(normal) - 1) if normal else ""
    return f"{digits[:3]}****{digits[-4:]}"
