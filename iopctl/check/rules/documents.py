"""What is told of a record beside the document that it was made from."""

from iopctl.check.rules.rule import told

DIFFERS = told(
    "IOP620",
    "document-differs",
    """The record and the document that it names as its source say different things.

    A figure, date, number or interval that was typed wrongly costs money, and nobody sees it in
    the record alone. `iopctl check --sources` reads the document of each agreement whose
    `source` names a file in the repository and compares; `iopctl compare ID` shows the same with
    the document's own words. What the document says nothing of is no error of the record, and a
    note. Correct the record, or, where the document is the one that is
    wrong, say so in the notes and leave this check to `compare`.

    Source: the document that the agreement names.
    """,
)

RULES = (DIFFERS,)
