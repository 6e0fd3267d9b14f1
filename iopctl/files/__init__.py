"""The door to the disk: which files a run reads and writes; links are not followed."""

from iopctl.files.configuration import Repository, from_top, repository
from iopctl.files.locks import held, turn
from iopctl.files.places import (
    PASSED_OVER,
    SUFFIXES,
    Stamp,
    existing,
    identifiers,
    inputs,
    neighbours,
    place,
    present,
    stamped,
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
from iopctl.files.writing import (
    Changed,
    create,
    make_folder,
    refuse_present,
    write,
    write_all,
)

__all__ = [
    "MOST_BASELINE",
    "MOST_BYTES",
    "PASSED_OVER",
    "SUFFIXES",
    "Changed",
    "Repository",
    "Stamp",
    "content",
    "create",
    "existing",
    "from_top",
    "held",
    "identifiers",
    "inputs",
    "is_folder",
    "is_there",
    "make_folder",
    "neighbours",
    "ours",
    "place",
    "present",
    "refuse_present",
    "repository",
    "stamped",
    "stamps",
    "standard_input",
    "text",
    "turn",
    "write",
    "write_all",
]
