"""How large a picture of dots says it is: PNG, JPEG, GIF or WebP."""

from __future__ import annotations

import re
from typing import Final

BEGINNING: Final = re.compile(rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8|RIFF....WEBP", re.DOTALL)

_HEAD: Final = 30
# Of a JPEG's parts those of a frame, and those that have no length.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BEGINS: Final = 0xFF  # each of them; it may stand there more than once
_ALONE: Final = frozenset({_BEGINS, 0x01, *range(0xD0, 0xDA)})
_SIDE: Final = 1 << 14  # in WebP, which has fourteen bits for each


def size(picture: bytes) -> tuple[int, int]:
    """Return the width and height of a picture; zeros where it does not come to say so."""
    head = picture[:_HEAD].ljust(_HEAD, b"\0")
    match head[:4], head[12:16]:
        case b"\x89PNG", _:
            return _big(head[16:20]), _big(head[20:24])
        case b"GIF8", _:
            return _little(head[6:8]), _little(head[8:10])
        case b"RIFF", b"VP8X":
            return _little(head[24:27]) + 1, _little(head[27:30]) + 1
        case b"RIFF", b"VP8L":
            bits = _little(head[21:25])
            return bits % _SIDE + 1, (bits // _SIDE) % _SIDE + 1
        case b"RIFF", _:
            return _little(head[26:28]) % _SIDE, _little(head[28:30]) % _SIDE
        case _:
            return _of_jpeg(picture)


def _of_jpeg(picture: bytes) -> tuple[int, int]:
    """Return the size that the first frame of a JPEG has, going from part to part."""
    at = picture.find(_BEGINS, 2)
    while 0 <= at < len(picture) - len("..LLPHHWW"):
        marker = picture[at + 1]
        if marker in _FRAMES:
            return _big(picture[at + 7 : at + 9]), _big(picture[at + 5 : at + 7])
        length = 1 if marker in _ALONE else 2 + _big(picture[at + 2 : at + 4])
        at = picture.find(_BEGINS, at + length)
    return 0, 0


def _big(digits: bytes) -> int:
    return int.from_bytes(digits, "big")


def _little(digits: bytes) -> int:
    return int.from_bytes(digits, "little")
