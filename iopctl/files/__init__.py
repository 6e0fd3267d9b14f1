"""The door to the disk: which files a run reads and writes; links are not followed."""

from iopctl.files.configuration import Repository, from_top, repository
from iopctl.files.locks import held, turn
from iopctl.files.places import (
    PASSED_OVER,
    SUFFIXES,
    inputs,
    neighbours,
    place,
    present,
    stamps,
)
from iopctl.files.reading import (
    MOST_BASELINE,
    MOST_BYTES,
    content,
    is_folder,
    is_there,
    ours,
    standard_input,
    text,
)
from iopctl.files.writing import Changed, create, write, write_both

__all__ = [
    "MOST_BASELINE",
    "MOST_BYTES",
    "PASSED_OVER",
    "SUFFIXES",
    "Changed",
    "Repository",
    "content",
    "create",
    "from_top",
    "held",
    "inputs",
    "is_folder",
    "is_there",
    "neighbours",
    "ours",
    "place",
    "present",
    "repository",
    "stamps",
    "standard_input",
    "text",
    "turn",
    "write",
    "write_both",
]
