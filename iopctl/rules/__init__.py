"""The catalogue of rules, joined from its series."""

from iopctl.rules import reading
from iopctl.rules.rule import Rule

ALL: tuple[Rule, ...] = tuple(sorted(reading.RULES, key=lambda rule: rule.code))
BY_NAME = {rule.name: rule for rule in ALL}

__all__ = ["ALL", "BY_NAME", "Rule"]
