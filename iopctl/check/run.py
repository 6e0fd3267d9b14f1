"""One run: the files that it tells of, those around them, and what the rules find in them."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from iopctl import workers
from iopctl.check import FileCheck, again, beside, checked, company, findings, kept
from iopctl.files import cache
from iopctl.source import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from iopctl.case.case import Case
    from iopctl.check.diagnostics import Diagnostic
    from iopctl.check.rules import Context
    from iopctl.check.selection import RuleSelection
    from iopctl.input import Input
    from iopctl.source import Source

PAYS: Final = 50
"""Files that take longer to check than to look up what was found in them."""


class Run(NamedTuple):
    """The files to tell of by name, those around that they are compared with, and the rules.

    *known* has what is known of those around already: a run before this one may have read them,
    and where they are many, it is kept for another day's runs.
    *cases* has what those to tell of come to, by name, where they have been read, too.
    """

    named: dict[str, Input]
    around: dict[str, Input]
    context: Context
    selection: RuleSelection
    use_cache: bool = False
    known: dict[Input, FileCheck] | None = None
    cases: Mapping[str, Case] = MappingProxyType({})

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
        given = dict(sorted((self.around | self.named).items()))
        known = {} if self.known is None else self.known
        lasting = self.known is not None and len(self.around) >= PAYS
        if lasting and not known:
            known |= self._company()
        asked = [each for name, each in given.items() if name in self.named or each not in known]
        each_in_turn = watched(asked)
        cases = self.cases if workers.COPIES else {}  # elsewhere, all of them would be sent
        check = partial(_checked, named=frozenset(self.named), context=self.context, cases=cases)
        done = workers.done(check, asked, workers.paying(len(asked)))
        found = dict(zip(each_in_turn, done, strict=True))
        fresh = {each: result for each, result in found.items() if each.name not in self.named}
        known |= fresh
        if lasting and fresh:
            said = {each: (result.silences, result.facts) for each, result in known.items()}
            cache.keep(cache.key(company.asked(self.context)), company.written(said))
        results = [found.get(each) or known[each] for each in given.values()]
        told = findings(results, self.context, partial(text_of, given))
        return [each for each in self.selection.shown(told) if _concerns(each, self.named)]

    def _company(self) -> dict[Input, FileCheck]:
        """Return what is kept of those around that are as they were."""
        entry = cache.entry(cache.key(company.asked(self.context))) or b""
        said = company.read(entry, self.around.values())
        return {
            each: FileCheck(each.name, (), silences, facts)
            for each, (silences, facts) in said.items()
        }


def _checked(
    given: Input, named: frozenset[str], context: Context, cases: Mapping[str, Case]
) -> FileCheck:
    """Check a file that is *named*, and read one that is only compared with those."""
    if given.name in cases:
        return again(given, cases[given.name])
    return (checked if given.name in named else beside)(given, context)


def text_of(given: Mapping[str, Input], name: str) -> Source:
    """Return the text of the file called *name* among those *given*."""
    content = given[name].content
    return read(content if isinstance(content, bytes) else b"")


def _concerns(each: Diagnostic, named: dict[str, Input]) -> bool:
    others = each.finding.values.get("others")
    return each.file in named or (isinstance(others, tuple) and not named.keys().isdisjoint(others))
