"""PDF by typst: the paper goes to it as data, so that no text of it can be code."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from iopctl import files
from iopctl.errors import MissingExtra, UserError
from iopctl.render.paper.pandoc import EXTRA, HERE, converted

if TYPE_CHECKING:
    from datetime import date

# For archives, and for those who have a page read to them.
_STANDARDS: Final = ["a-2a", "ua-1"]
