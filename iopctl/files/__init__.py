"""The door to the disk: which files a run reads and writes; links are not followed."""

from iopctl.files.places import (
    PASSED_OVER,
    SUFFIXES,
    Repository,
    inputs,
    neighbours,
    present,
    repository,
    stamps,
)
from iopctl.files.reading import MOST_BYTES, content, standard_input, text
from iopctl.files.writing import Changed, create, write, write_all

__all__ = [
    "MOST_BYTES",
    "PASSED_OVER",
    "SUFFIXES",
    "Changed",
    "Repository",
    "content",
    "create",
    "inputs",
    "neighbours",
    "present",
    "repository",
    "stamps",
    "standard_input",
    "text",
    "write",
    "write_all",
]
