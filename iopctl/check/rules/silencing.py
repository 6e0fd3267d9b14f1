"""What may be wrong with the ways of silencing a rule: series 9xx, told by `iopctl.check`."""

from __future__ import annotations

from iopctl.check.diagnostics import Severity
from iopctl.check.rules.rule import Rule

RULES = (
    Rule(
        "IOP901",
        "suppression-without-reason",
        Severity.WARNING,
        """A comment silences a rule and does not say why.

        The next reader can't tell whether the reason still holds. Such a comment silences
        nothing until a reason stands behind the bracket.

        Source: the format of agreement files.

        Bad:

            # in exemplet.yaml:
            # expect below: IOP602 IOP901
            id: exempel-2024  # iopctl: ignore[IOP602]

        Good:

            # in exemplet.yaml:
            id: exempel-2024  # iopctl: ignore[IOP602] the old name is in letters sent out
        """,
    ),
    Rule(
        "IOP902",
        "suppression-unused",
        Severity.NOTE,
        """An exception or comment silences a finding that is not there.

        What it explained was corrected, or depends on the day. Left in place, it would hide the
        next finding of the same rule. Take it out.

        Source: the format of agreement files.

        Bad:

            exceptions:
              - {rule: stated-total-differs, reason: Avtalets egen summa.}  # expect: IOP902

        Good:

            exceptions: []
        """,
    ),
    Rule(
        "IOP903",
        "suppression-rule-unknown",
        Severity.WARNING,
        """An exception or comment names a rule that there is not.

        It silences nothing. Rules are named by code or name: `iopctl rule --all` lists them.

        Source: the format of agreement files.

        Bad:

            exceptions:
              - {rule: share-off-bench, reason: Föreningen äger lokalerna.}  # expect: IOP903

        Good:

            economy:
              contributions:
                - {party: kommunen, item: Handledning, amount: 300000}
                - {party: foreningen, item: Lokaler, amount: 700000}
            exceptions:
              - {rule: share-off-benchmark, reason: Föreningen äger lokalerna.}
        """,
    ),
    Rule(
        "IOP904",
        "suppression-expired",
        Severity.WARNING,
        """The last day of an exception or comment has passed.

        It silences nothing any more. Correct what it explained, or agree on a later day.

        Source: the format of agreement files.

        Bad:

            economy:
              contributions:
                - {party: kommunen, item: Handledning, amount: 300000}
                - {party: foreningen, item: Lokaler, amount: 700000}
            exceptions:
              - {rule: IOP210, reason: Ett startår., until: 2024-03-31}  # expect: IOP904

        Good:

            economy:
              contributions:
                - {party: kommunen, item: Handledning, amount: 300000}
                - {party: foreningen, item: Lokaler, amount: 700000}
            exceptions:
              - {rule: IOP210, reason: Ett startår., until: 2024-12-31}
        """,
    ),
    Rule(
        "IOP905",
        "suppression-without-effect",
        Severity.WARNING,
        """A suppression is misspelt, or its rule can't be silenced in this way.

        A comment silences what concerns the file alone: its name, and words in it that look
        like something else. What the parties stand by is written under `exceptions`, where
        the budget and the reports see it, too. What keeps a file from being read can't be
        silenced at all.

        Source: the format of agreement files.

        Bad:

            # iopctl: ignore IOP201, the parties know  # expect: IOP905

        Good:

            notes: The parties know.
        """,
    ),
)
