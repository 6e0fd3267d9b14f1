"""The catalogue of rules, joined from its series: a new one is imported and named here."""

from iopctl.check.rules import (
    across,
    alike,
    differing,
    divisions,
    documents,
    economy,
    electronic,
    events,
    extension,
    follow_up,
    form,
    identifiers,
    index,
    instalments,
    invoiced,
    invoices,
    invoicing,
    ledger,
    legal,
    markings,
    notice,
    outcomes,
    parties,
    payment,
    prices,
    raises,
    reading,
    rows,
    shares,
    silencing,
    texts,
    validity,
)
from iopctl.check.rules.rule import Context, Rule

_SERIES = (
    reading,
    form,
    parties,
    identifiers,
    texts,
    economy,
    instalments,
    shares,
    divisions,
    index,
    prices,
    raises,
    rows,
    validity,
    notice,
    extension,
    events,
    invoicing,
    markings,
    payment,
    electronic,
    invoices,
    invoiced,
    ledger,
    follow_up,
    outcomes,
    across,
    differing,
    documents,
    alike,
    legal,
    silencing,
)

ALL: tuple[Rule, ...] = tuple(
    sorted((rule for series in _SERIES for rule in series.RULES), key=lambda each: each.code)
)
BY_NAME = {rule.name: rule for rule in ALL}

__all__ = ["ALL", "BY_NAME", "Context", "Rule"]
