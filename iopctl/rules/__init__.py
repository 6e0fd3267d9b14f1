"""The catalogue of rules, joined from its series: a new series is imported and named here."""

from iopctl.rules import economy, form, parties, reading
from iopctl.rules.rule import Context, Rule

_SERIES = (reading, form, parties, economy)

ALL: tuple[Rule, ...] = tuple(
    sorted((rule for series in _SERIES for rule in series.RULES), key=lambda each: each.code)
)
BY_NAME = {rule.name: rule for rule in ALL}

__all__ = ["ALL", "BY_NAME", "Context", "Rule"]
