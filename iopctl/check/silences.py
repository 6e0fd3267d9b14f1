"""What silences a rule in a file: exceptions that the parties stand by, and comments on form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl import dates
from iopctl.case.exceptions import spellings
from iopctl.check.diagnostics import Diagnostic, Finding, Severity, excerpt
from iopctl.check.rules import BY_NAME
from iopctl.check.selection import FOUND_BY_RULES, nearest, rule_called
from iopctl.language import marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from iopctl.model import Agreement
    from iopctl.source import Comment, Source, Span

BY_COMMENT: Final = frozenset({"file-name-differs", "personal-number-in-text"})
"""What concerns the file alone and not the agreement, so that a comment may silence it."""

_MARK: Final = "iopctl:"
_COMMENT: Final = re.compile(
    r"iopctl: ignore\[(?P<rules>[^]]*)\](?P<reason>.*?)(?:\buntil (?P<until>[0-9]\S*))?"
)


SilencedPlace = int | tuple[str, ...]


class Silence(NamedTuple):
    """What one exception or comment says; a comment covers a line, an exception a path.

    *problem* is why it can have no effect, "" if nothing is wrong with its form.
    """

    span: Span
    excerpt: str
    rule: str
    reason: str
    until: date | None = None
    path: str = ""
    line: int | None = None
    problem: str = ""

    @property
    def place(self) -> SilencedPlace:
        """The line that it speaks of, or the path: all within it are meant."""
        if self.line is not None:
            return self.line
        return tuple(self.path.split(".")) if self.path else ()


# ------------------------------------------------------------------ what a file says
def silences(source: Source, agreement: Agreement) -> tuple[Silence, ...]:
    """Return the exceptions and comments of a file, in this order."""
    comments = source.comments if _MARK in source.text else ()
    return (*_exceptions(source, agreement), *_of_comments(source, comments))


def _exceptions(source: Source, agreement: Agreement) -> Iterator[Silence]:
    for index, each in enumerate(agreement.exceptions):
        span = source.locate(("exceptions", index, "rule"))
        line = excerpt(source.text, span)
        yield Silence(span, line, each.rule, each.reason, each.until, each.path or "")


def _of_comments(source: Source, comments: tuple[Comment, ...]) -> Iterator[Silence]:
    below: dict[int, int] = {}  # a comment that has its line alone: the next line that is none
    for each in reversed(comments):
        if each.own_line:
            below[each.span.line] = below.get(each.span.line + 1, each.span.line + 1)
    for each in comments:
        if each.text.startswith(_MARK):
            line = below.get(each.span.line, each.span.line)
            for silence in _of_comment(each, excerpt(source.text, each.span)):
                yield silence._replace(line=line)


def _of_comment(comment: Comment, line: str) -> Iterator[Silence]:
    found = _COMMENT.fullmatch(comment.text)
    words = [each.strip() for each in found["rules"].split(",")] if found else []
    until = dates.day_month_or_year(found["until"]) if found and found["until"] else None
    if not found or not all(words):
        problem = tr("the suppression is not written as # iopctl: ignore[CODE] reason")
        yield Silence(comment.span, line, "", "", problem=problem)
    elif found["until"] and (until is None or until.first != until.last):
        problem = tr("the suppression ends on no day: {text}", text=found["until"])
        yield Silence(comment.span, line, words[0], "", problem=problem)
    else:
        for word in words:
            reason = found["reason"].strip(" ,;:-")
            yield Silence(comment.span, line, word, reason, until and until.last)


# ------------------------------------------------------------------ what it makes of findings
def silenced(
    found: Iterable[Diagnostic], by_file: Mapping[str, tuple[Silence, ...]], as_of: date
) -> Iterator[Diagnostic]:
    """Yield what is left of *found*, and what is wrong with the silences themselves.

    A comment takes a finding away; an exception makes a note of it that gives the reason.
    """
    in_force: dict[tuple[str, str, SilencedPlace], list[tuple[int, Silence]]] = {}
    for file, silences in by_file.items():
        for number, one in enumerate(silences):
            if _fault(one, as_of) is None:
                in_force.setdefault((file, one.rule, one.place), []).append((number, one))
    used: set[tuple[str, Silence]] = set()
    for each in found:
        covering = _covering(each, in_force) if in_force else []
        used |= {(each.file, one) for one in covering}
        if not covering:
            yield each
        elif covering[0].line is None:
            yield each._replace(severity=Severity.NOTE, reason=covering[0].reason)
    for file, silences in by_file.items():
        for one in silences:
            fault = _fault(one, as_of) or (None if (file, one) in used else _unused(one))
            if fault:
                yield _diagnostic(file, one, *fault)


def _covering(
    found: Diagnostic,
    in_force: Mapping[tuple[str, str, SilencedPlace], Sequence[tuple[int, Silence]]],
) -> list[Silence]:
    """Return what speaks of the rule and the place of a finding, in the order of the file."""
    places: set[SilencedPlace] = {found.span.line}
    for path in spellings(found.finding.path):
        places |= {path[:length] for length in range(len(path) + 1)}
    covering = {
        number: one
        for rule in (found.code, found.name)
        for place in places
        for number, one in in_force.get((found.file, rule, place), ())
    }
    return [covering[number] for number in sorted(covering)]


SilenceFault = tuple[str, Finding]


def _fault(silence: Silence, as_of: date) -> SilenceFault | None:
    """Return the rule that a silence breaks, and how; None for one that can have an effect."""
    rule = rule_called(silence.rule)
    if silence.problem:
        return _no_effect(silence.problem, marked("write it so, or take it out"))
    if rule is None:
        finding = Finding(
            (), "'{rule}' is no rule", remedy=nearest(silence.rule), rule=silence.rule
        )
        return "suppression-rule-unknown", finding
    if rule.code not in FOUND_BY_RULES:
        problem = tr(
            "the suppression names {rule}, which can't be silenced", rule=f"{rule.code} {rule.name}"
        )
        return _no_effect(problem, marked("take it out"))
    if silence.line is not None and rule.name not in BY_COMMENT:
        problem = tr(
            "the suppression names {rule}, which no comment silences",
            rule=f"{rule.code} {rule.name}",
        )
        remedy = marked("write it under exceptions, with the parties' reason")
        return _no_effect(problem, remedy)
    if not silence.reason:
        finding = Finding((), "the comment gives no reason", remedy="write it behind the bracket")
        return "suppression-without-reason", finding
    if silence.until and as_of > silence.until:
        finding = Finding(
            (),
            "it silenced {rule} until {until}",
            remedy="correct what it explained, or agree on a later day",
            rule=silence.rule,
            until=silence.until,
        )
        return "suppression-expired", finding
    return None


def _no_effect(problem: str, remedy: str) -> SilenceFault:
    finding = Finding((), "{problem}", remedy=remedy, problem=problem)
    return "suppression-without-effect", finding


def _unused(silence: Silence) -> SilenceFault:
    finding = Finding(
        (), "nothing is found here of {rule}", remedy="take it out", rule=silence.rule
    )
    return "suppression-unused", finding


def _diagnostic(file: str, silence: Silence, name: str, finding: Finding) -> Diagnostic:
    rule = BY_NAME[name]
    return Diagnostic(
        file, silence.span, rule.code, rule.name, rule.severity, finding, silence.excerpt
    )
