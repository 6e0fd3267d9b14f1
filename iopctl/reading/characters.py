"""Text as documents have it, made plain: one kind of blank, no hyphen that is not seen."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_BLANKS: Final = re.compile(r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
# Soft hyphens, marks of direction and joining, byte-order marks, what stands for a lost hyphen.
_UNSEEN: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_LIGATURES: Final = re.compile(r"[\ufb00-\ufb06\uff01-\uff5e\u2160-\u217f]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff]")
BULLET: Final = re.compile(
    r"^\s*(?:[•●○◦▪■□►▸❖✓✔»›⁃∙·\*\uf0b7\uf0a7]|[-–—](?=\s)|o(?=\s{2,})|[a-zåäö]\)(?=\s))\s*"
)


def plain(text: str) -> str:
    """Return *text* composed, with ordinary blanks and without what no reader sees."""
    text = _BLANKS.sub(" ", unicodedata.normalize("NFC", text))
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _CONTROL.sub("", _UNSEEN.sub("", text)).replace("--", "–")


def one_line(text: str) -> str:
    """Return *text* plain, on one line, single blanks between its words."""
    return " ".join(plain(text).split())
