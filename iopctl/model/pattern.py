r"""The patterns of references: regular expressions that are matched in linear time.

They are a stranger's: whoever proposes a change of `iopctl.toml` writes them, and every check
matches them. So they are matched by the engine of Rust, which never goes back, and are small:
counts are of single characters, and come to a hundred at most.

    [0-9]{3}Z    (IOP|PU)-[0-9]{4,6}    \d+[A-Z]?
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from pydantic_core import SchemaError, SchemaValidator, core_schema

from iopctl.language import tr
from iopctl.model.base import refusal
from iopctl.model.scalars import scalar, shown

LONGEST_PATTERN: Final = 200
MOST_COUNTED: Final = 100
LONGEST_TEXT: Final = 1000
"""Characters of what may be of a pattern's form; a reference has some ten."""

# A character, a class of them, each with a count; groups, whose counts have no number.
_PUNCTUATION: Final = r"\\[^0-9A-Za-z]"
_SHORT: Final = r"\\[dDsSwW]"
_CLASS: Final = rf"\[\^?+(?>{_PUNCTUATION}|\\[dsw]|(?!&&|~~|--|\|\|)[^\\\[\]])++\]"
_COUNT: Final = r"(?>[?*+]|\{[0-9]{1,2}+(?>,[0-9]{0,2}+)?+\})?+"
_PATTERN: Final = re.compile(
    rf"(?>(?>{_PUNCTUATION}|{_SHORT}|{_CLASS}|[^\\\[\](){{}}|?*+^$]){_COUNT}|\)[?*+]?+|[(|^$])*+"
)
_NUMBERS: Final = re.compile(r"\{([0-9]+)(?:,([0-9]*))?\}")
# What the short names mean: figures and letters of ASCII, as identifiers have.
_MEANT: Final = {
    "d": "[0-9]", "D": "[^0-9]", "w": "[0-9A-Za-z_]", "W": "[^0-9A-Za-z_]",
    "s": r"[\t-\r ]", "S": r"[^\t-\r ]",
}  # fmt: skip


def pattern(value: object) -> str:
    """Read the pattern of references."""
    text = scalar(value, "a pattern such as [0-9]{3}Z")
    if problem := _problem(text):
        raise refusal(
            "contradiction",
            problem,
            tr("write it as [0-9]{3}Z"),
        )
    return text


def _problem(text: str) -> str | None:
    if len(text) > LONGEST_PATTERN:
        return tr(
            "the pattern has {length} characters, and {most} at most are read",
            length=len(text),
            most=LONGEST_PATTERN,
        )
    if not _PATTERN.fullmatch(text):
        return tr(
            "the pattern {text} is more than characters, classes and groups, and counts of these",
            text=shown(text),
        )
    counted = sum(int(most or least) for least, most in _NUMBERS.findall(text))
    if counted > MOST_COUNTED:
        return tr(
            "the pattern counts {counted} characters, and {most} at most are read",
            counted=counted,
            most=MOST_COUNTED,
        )
    try:
        re.compile(text)
        _engine(text)
    except (re.error, SchemaError) as error:
        why = str(error).rpartition("error: ")[2].strip()
        return tr("the pattern can't be read: {why}", why=why)
    return None


def matches(text: str, form: str) -> bool:
    """Whether all of *text* is of the *form* that `pattern` has read."""
    return len(text) <= LONGEST_TEXT and _engine(form).isinstance_python(text)


@cache
def _engine(form: str) -> SchemaValidator:
    inner = re.sub(r"\\(.)", _in_rust, form)
    schema = core_schema.str_schema(pattern=rf"\A(?:{inner})\z", regex_engine="rust-regex")
    return SchemaValidator(schema)


def _in_rust(escape: re.Match[str]) -> str:
    return _MEANT.get(escape[1]) or rf"\x{{{ord(escape[1]):x}}}"
