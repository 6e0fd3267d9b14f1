"""One run of all rules: the files that it tells of, those around them, and what it finds."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl import workers
from iopctl.check import checked, findings, kept
from iopctl.files import cache
from iopctl.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.rules import Context
    from iopctl.check.selection import Selection
    from iopctl.source import Source
    from iopctl.source.input import Input

PAYS: Final = 50
"""Files that take longer to check than to look up what was found in them."""


class Run(NamedTuple):
    """The files to tell of by name, those around that they are compared with, and the rules."""

    named: dict[str, Input]
    around: dict[str, Input]
    context: Context
    selection: Selection
    use_cache: bool = False

    def findings(
        self, watched: Callable[[Sequence[Input]], Iterable[Input]] = iter
    ) -> list[Diagnostic]:
        """Return all that is found in the named files, and between them and others.

        *watched* gives the files one after the other, and so can tell how far the run has come.
        """
        if not self.use_cache or len(self.named) + len(self.around) < PAYS:
            return self._findings(watched)
        key = cache.key(kept.asked(self.named, self.around, self.context, self.selection))
        known = kept.read(cache.entry(key) or b"")
        if known is not None:
            return known
        found = self._findings(watched)
        cache.keep(key, kept.written(found))
        return found

    def _findings(self, watched: Callable[[Sequence[Input]], Iterable[Input]]) -> list[Diagnostic]:
        given = dict(sorted((self.named | self.around).items()))
        each_in_turn = watched([*given.values()])
        check = partial(checked, context=self.context)
        done = workers.done(check, [*given.values()], workers.paying(len(given)))
        results = [each for _, each in zip(each_in_turn, done, strict=True)]
        told = findings(results, self.context, partial(text_of, given))
        return [each for each in self.selection.shown(told) if _concerns(each, self.named)]


def text_of(given: Mapping[str, Input], name: str) -> Source:
    """Return the text of the file called *name* among those *given*."""
    content = given[name].content
    return read(content if isinstance(content, bytes) else b"")


def _concerns(each: Diagnostic, named: dict[str, Input]) -> bool:
    others = each.finding.values.get("others")
    return each.file in named or (isinstance(others, tuple) and not named.keys().isdisjoint(others))
