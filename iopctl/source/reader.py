"""Reading: from a file's bytes to its data, and from a path in the data back to its place."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import yaml

from iopctl.source import faults
from iopctl.source.characters import forbidden, named, other_encoding, windows_letter, without
from iopctl.source.events import Builder, UnreadableError
from iopctl.source.layout import Layout
from iopctl.source.places import Lines, Problems
from iopctl.source.syntax import explain

if TYPE_CHECKING:
    from iopctl.source.events import Value
    from iopctl.source.layout import Comment, Place, Style
    from iopctl.source.places import Path, Problem, Span

LARGEST: Final = 1 << 20

_BARE_RETURN: Final = re.compile(r"\r(?!\n)")
_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7}) .*", re.MULTILINE)
