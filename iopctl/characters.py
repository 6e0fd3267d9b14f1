"""Bytes and characters: which encodings are not UTF-8, and what a reader of a text can see.

What is refused in files and what is escaped where it is shown follows from here alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import category, name

from iopctl.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Callable

# A byte order mark, or the zeros beside the first character, which is ASCII in such a file.
_OTHER_ENCODINGS: Final = (
    ("UTF-32", re.compile(rb"\xff\xfe\0\0|\0\0\xfe\xff|[\t-~]\0\0\0|\0\0\0[\t-~]")),
    ("UTF-16", re.compile(rb"\xff\xfe|\xfe\xff|[\t-~]\0|\0[\t-~]")),
)
_UNSEEN: Final = {
    "Cc": marked("control character"),
    "Cf": marked("format character"),
    "Co": marked("private-use character"),
    "Cs": marked("half of a surrogate pair"),
    "Zl": marked("line separator"),
    "Zp": marked("paragraph separator"),
}
_NONCHARACTERS: Final = frozenset(
    (
        *range(0xFDD0, 0xFDF0),
        *(plane | end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
    )
)
_SWEDISH: Final = "åäöéüæø"
_SHOWN: Final = 40
_LAYOUT: Final = "\t\n\r"
_EMOJI: Final = "\u2190-\u2bff\U0001f000-\U0001faff"
# Joiners within an emoji; and emoji that are younger than the Python that reads them.
_JOINERS: Final = re.compile(f"(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}])")
_YOUNG: Final = range(0x1F000, 0x1FB00)
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"


def other_encoding(raw: bytes) -> str | None:
    """Return the encoding of *raw* where its first bytes show another than UTF-8."""
    return next((each for each, start in _OTHER_ENCODINGS if start.match(raw)), None)


def windows_letter(raw: bytes, at: int) -> str:
    """Return the Swedish letter at *at* if *raw* looks like Windows-1252, else ""."""
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    letter = raw[at : at + 1].decode("cp1252")
    return letter if letter.lower() in _SWEDISH else ""


def forbidden(text: str) -> list[int]:
    """Return the offsets of the characters that can't be seen, or turn the writing direction.

    Tabs, line ends and unassigned code points are none, nor are the joiners inside an emoji.
    """
    if text.replace("\n", "").isprintable():
        return []
    unseen = {char for char in set(text) if _unseen(char)}
    joined = _JOINERS.sub("-", text)
    return [offset for offset, char in enumerate(joined) if char in unseen] if unseen else []


def escaped(text: str, escape: Callable[[str], str]) -> str:
    """Return *text* with all that a reader would not see, or see elsewhere, made visible.

    That is what `forbidden` names, and tabs, line ends and unassigned code points besides; an
    emoji stays whole.
    """
    if text.replace(_NO_BREAK, " ").isprintable():
        return text
    joined = _JOINERS.sub("-", text)
    return "".join(
        char if _is_seen(stand_in) else escape(char)
        for char, stand_in in zip(text, joined, strict=True)
    )


def _is_seen(char: str) -> bool:
    return char.isprintable() or category(char) == "Zs" or ord(char) in _YOUNG


def named(char: str) -> str:
    """Name a character without showing it: `U+202E (right-to-left override)`."""
    unnamed = tr(_UNSEEN.get(category(char), marked("noncharacter")))
    known = name(char, "").lower() or unnamed
    return f"U+{ord(char):04X} ({known})"


def quoted(text: str) -> str:
    """Show *text* in a message: in quotes, cut, and with escapes for what can't be seen."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def without(text: str, offsets: list[int]) -> str:
    """Return *text* with U+FFFD, the sign for what can't be shown, at each of *offsets*."""
    if not offsets:
        return text
    characters = list(text)
    for offset in offsets:
        characters[offset] = "\ufffd"
    return "".join(characters)


def _unseen(char: str) -> bool:
    return ord(char) in _NONCHARACTERS or (category(char) in _UNSEEN and char not in _LAYOUT)
