"""Findings for people: each with its line of the file, and with what to do about it."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING, Final

from iopctl.check.diagnostics import Severity
from iopctl.language import tr
from iopctl.listings.notes import named
from iopctl.output.diagnostics.summary import MENDED
from iopctl.output.measure import INDENT, width, wrapped
from iopctl.output.terminal import PIPE, Screen, bold, encodable, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from iopctl.check.diagnostics import Diagnostic
    from iopctl.output.diagnostics import Findings

MOST_A_FILE: Final = 20
MOST_A_RUN: Final = 200
FEWEST_ALIKE: Final = 3
LONGEST_LINE: Final = 120  # of a file's line, what is shown beside the place found
FEWEST_SHOWN: Final = 30  # of it, however narrow the screen is
MARGIN: Final = 10  # for the number of the line, and for what says that there is more
LONGEST_MESSAGE: Final = 500

_WEIGHTS: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
_COLORS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.NOTE: "36"}


def render(found: Findings, screen: Screen = PIPE) -> str:
    """Write the findings file by file, with an empty line after each.

    A line begins with a file's name, or with a space; words wrap to the width of the *screen*, and
    a pipe has none. Of very many findings the gravest are shown, and how many more there are.
    """
    shown = _gravest(found.diagnostics)
    more = Counter(each.file for each in found.diagnostics)
    more.subtract(each.file for each in shown)
    lines: list[str] = []
    folded = _alike(shown)
    for file, in_file in groupby(shown, key=lambda each: each.file):
        for each in in_file:
            first, *others = folded.get(_kind(each), (each,))
            if each is first:
                lines += [*_block(each, others, screen), ""]
        if hidden := more.pop(file):
            lines += [
                tr("{file}: {number} more findings", file=_text(file, screen), number=hidden),
                "",
            ]
    if elsewhere := +more:
        told = tr(
            "{number} more findings in {files} other files",
            number=elsewhere.total(),
            files=len(elsewhere),
        )
        lines += [f" {told}", ""]
    if len(shown) < len(found.diagnostics):
        lines += [f" {tr('--format concise shows them all')}", ""]
    return "\n".join(lines)


def _kind(each: Diagnostic) -> tuple[str, str, str]:
    return (each.code, each.severity, each.advice)


def _alike(shown: Sequence[Diagnostic]) -> dict[tuple[str, str, str], list[Diagnostic]]:
    """Return by what they say the findings that say the same in many files: one will be told."""
    kinds: dict[tuple[str, str, str], list[Diagnostic]] = {}
    for each in shown:
        kinds.setdefault(_kind(each), []).append(each)
    return {
        kind: found
        for kind, found in kinds.items()
        if len({each.file for each in found}) >= FEWEST_ALIKE
    }


def _gravest(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Return those to show, in their order: the gravest of each file, and of all files."""
    by_weight = sorted(diagnostics, key=lambda each: _WEIGHTS[each.severity])
    in_file: Counter[str] = Counter()
    chosen = []
    for each in by_weight:
        in_file[each.file] += 1
        if in_file[each.file] <= MOST_A_FILE:
            chosen.append(each)
    return sorted(chosen[:MOST_A_RUN], key=lambda each: each.order)


def _block(each: Diagnostic, alike: Sequence[Diagnostic], screen: Screen) -> Iterator[str]:
    place = f"{each.file}:{each.span.line}:{each.span.column}:"
    mark = f" {MENDED}" if each.finding.fix else ""
    rule = f"{_colored(tr(each.severity), each, screen)} {each.code}{mark} {each.name}"
    yield f"{bold(_text(place, screen), screen)} {rule}"
    yield from _indented(_text(each.message, screen), screen)
    yield from _excerpt(each, screen)
    for span, label in each.related:
        yield from _indented(f"{tr('line')} {span.line}: {_text(label, screen)}", screen)
    if alike:
        places = [f"{other.file}:{other.span.line}" for other in alike]
        yield from _indented(tr("also at {places}", places=_text(named(places), screen)), screen)
    if each.finding.remedy and not each.reason:
        yield from _indented(f"= {_text(each.finding.remedy, screen)}", screen)


def _indented(text: str, screen: Screen) -> Iterator[str]:
    for line in wrapped(text, screen.width - len(INDENT)):
        yield INDENT + line


def _excerpt(each: Diagnostic, screen: Screen) -> Iterator[str]:
    """Yield the line that a finding is about, or of a long one the part round the place."""
    line, first = each.excerpt, each.span.column - 1
    last = each.span.end_column - 1 if each.span.end_line == each.span.line else len(line)
    if first >= len(line):
        return
    longest = max(FEWEST_SHOWN, min(LONGEST_LINE, screen.width - MARGIN))
    start = max(0, first - longest // 3) if len(line) > longest else 0
    end = min(len(line), start + longest)
    before = _text(("…" if start else "") + line[start:first], screen)
    marked = _text(line[first : min(last, end)], screen)
    after = _text(line[max(first, min(last, end)) : end] + ("…" if end < len(line) else ""), screen)
    number = f"{each.span.line:>5}"
    carets = _colored("^" * max(1, width(marked)), each, screen)
    yield f"{number} | {before}{marked}{after}".rstrip()
    yield f"{' ' * len(number)} | {' ' * width(before)}{carets}"


def _text(value: str, screen: Screen) -> str:
    cut = value if len(value) <= LONGEST_MESSAGE else f"{value[:LONGEST_MESSAGE]}…"
    return encodable(printable(cut), screen.encoding)


def _colored(text: str, each: Diagnostic, screen: Screen) -> str:
    return f"\x1b[{_COLORS[each.severity]}m{text}\x1b[0m" if screen.color else text
