"""`iopctl schema`: the format's JSON Schema, for editors."""


def schema() -> None:
    """Print the JSON Schema of agreement files, with Swedish titles and descriptions."""
