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
from iopctl.files.reading import MOST_BYTES, content, is_folder, standard_input, text
from iopctl.files.writing import Changed, create, write, write_both

__all__ = [
    "MOST_BYTES",
    "PASSED_OVER",
    "SUFFIXES",
    "Changed",
    "Repository",
    "content",
    "create",
    "inputs",
    "is_folder",
    "neighbours",
    "present",
    "repository",
    "stamps",
    "standard_input",
    "text",
    "write",
    "write_both",
]
