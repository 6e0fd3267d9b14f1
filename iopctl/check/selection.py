"""Which rules are shown, and how much they weigh: what iopctl.toml and the command line say."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl.check.diagnostics import Severity
from iopctl.check.rules import ALL, BY_NAME
from iopctl.errors import UserError
from iopctl.language import tr
from iopctl.model.scalars import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.rules import Rule
    from iopctl.config import Config

Codes = frozenset[str]

_ALL: Final[Codes] = frozenset(each.code for each in ALL)
# Without ids of their own, agreements can't be told apart by any command.
_ID_TWICE: Final = BY_NAME["id-twice"].code
FOUND_BY_RULES: Final[Codes] = frozenset(
    each.code for each in ALL if (each.check or each.across) and each.code != _ID_TWICE
)
"""What is found in agreements that could be read, and may be silenced."""

ALWAYS: Final[Codes] = frozenset(
    each.code for each in ALL if each.severity is Severity.ERROR and each.code not in FOUND_BY_RULES
)
"""What keeps a file from being read: no choice hides it."""

_BY_WORD: Final = {word: each for each in ALL for word in (each.code, each.name)}
_SERIES: Final = re.compile(r"(?:IOP)?([0-9]{1,3})x{0,2}", re.ASCII)


class RuleSelection(NamedTuple):
    """The codes of the rules that are shown, and severities other than the rules' own."""

    codes: Codes
    severities: Mapping[str, Severity]

    def shown(self, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
        """Yield what is selected; what the parties stand by stays a note."""
        for each in found:
            if each.code in self.codes:
                other = None if each.reason else self.severities.get(each.code)
                yield each._replace(severity=other) if other else each


def selection(
    config: Config, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> RuleSelection:
    """Return what the configuration selects; *select* replaces its choice, *ignore* adds to it.

    Each is a rule's code or name, or a series as 2xx. What is ignored is not shown, though it
    be selected; what keeps a file from being read is shown whatever is chosen.

    Raises:
        UserError: a word is no rule and no series, or what it ignores can't be ignored.
    """
    weights = sorted(config.severity.items(), key=lambda each: -len(codes(each[0])))
    severities: dict[str, Severity | None] = {}
    for word, severity in weights:  # a rule's own comes after its series'
        given = None if severity == "off" else Severity(severity)
        severities |= dict.fromkeys(_changeable(word), given)
    chosen = [codes(each) for each in select or config.select] or [_ALL]
    hidden = [_changeable(each) for each in (*config.ignore, *ignore)]
    off = frozenset(code for code, severity in severities.items() if severity is None)
    return RuleSelection(
        codes=(frozenset().union(*chosen) - off).difference(*hidden) | ALWAYS,
        severities={code: severity for code, severity in severities.items() if severity},
    )


def rule_called(word: str) -> Rule | None:
    """Return the rule whose code or name *word* is."""
    return _BY_WORD.get(word)


def nearest(word: str) -> str:
    """Return a remedy for *word*, which is no rule: the code or name that it may be meant as."""
    is_code = word.upper().startswith("IOP")  # of numbers, none is meant by one beside it
    near = [] if is_code else get_close_matches(word, _BY_WORD, n=1)
    known = tr("iopctl rule --all lists the rules")
    return tr("write {wanted}", wanted=near[0]) if near else known


def codes(word: str) -> Codes:
    """Return the codes that *word* stands for: a rule's code or name, or a series.

    Raises:
        UserError: it stands for none.
    """
    if rule := rule_called(word):
        return frozenset({rule.code})
    if series := _SERIES.fullmatch(word):
        found = frozenset(code for code in _ALL if code.startswith(f"IOP{series[1]}"))
        if found:
            return found
    raise UserError(
        tr(
            "'{word}' is no rule and no series such as 2xx: {nearest}",
            word=cut(word),
            nearest=nearest(word),
        )
    )


def _changeable(word: str) -> Codes:
    found = codes(word) - ALWAYS
    if found:
        return found
    raise UserError(
        tr(
            "{word} can't be ignored or weighed otherwise: it keeps files from being read",
            word=word,
        )
    )
