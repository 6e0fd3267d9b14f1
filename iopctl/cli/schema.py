"""`iopctl schema`: the format for an editor."""

from __future__ import annotations

import json

from iopctl.output import terminal


def schema() -> None:
    """Print the JSON Schema of agreement files.

    By it an editor completes and explains each key, in Swedish. Keep it as iopctl.schema.json at
    the root of the repository: the first line of an agreement points there.

    Examples:
        iopctl schema
    """
    from iopctl.model.schema import schema

    terminal.write(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n", "utf-8")
