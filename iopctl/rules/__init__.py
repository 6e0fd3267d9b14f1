"""The catalogue of rules, joined from its series: a new one is imported and named here."""

from iopctl.rules import (
    across,
    alike,
    economy,
    events,
    extension,
    follow_up,
    form,
    identifiers,
    index,
    invoiced,
    invoices,
    invoicing,
    legal,
    parties,
    payment,
    reading,
    rows,
    shares,
    silencing,
    validity,
)
from iopctl.rules.rule import Context, Rule

_SERIES = (
    reading,
    form,
    parties,
    identifiers,
    economy,
    shares,
    index,
    rows,
    validity,
    extension,
    events,
    invoicing,
    payment,
    invoices,
    invoiced,
    follow_up,
    across,
    alike,
    legal,
    silencing,
)

ALL: tuple[Rule, ...] = tuple(
    sorted((rule for series in _SERIES for rule in series.RULES), key=lambda each: each.code)
)
BY_NAME = {rule.name: rule for rule in ALL}

__all__ = ["ALL", "BY_NAME", "Context", "Rule"]
