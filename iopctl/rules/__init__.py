"""The catalogue of rules, joined from its series."""

from iopctl.rules import economy, reading
from iopctl.rules.rule import Rule

ALL: tuple[Rule, ...] = tuple(sorted((*reading.RULES, *economy.RULES), key=lambda each: each.code))

__all__ = ["ALL", "Rule"]
