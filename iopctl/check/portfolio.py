"""All agreements of a run, each read on its own: a bad file never stops the others."""

from __future__ import annotations

from functools import partial
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from pydantic import ValidationError

from iopctl.check.diagnostics import Diagnostic, Finding, RelatedPlace, excerpt
from iopctl.input import Input, Unreadable
from iopctl.language import tr
from iopctl.model import Agreement
from iopctl.model.problems import ModelProblem, problems
from iopctl.model.strangers import strangers
from iopctl.source import Source, read
from iopctl.source.places import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from iopctl.case.case import Case
    from iopctl.check.facts import Facts
    from iopctl.check.rules import Context, Rule
    from iopctl.source import Path, Span

NOTHING = Source("", "\n", None, ())


class Document(NamedTuple):
    """One file: its text, its agreement, and what is wrong with it."""

    name: str
    source: Source | None
    agreement: Agreement | None
    diagnostics: tuple[Diagnostic, ...]


class Head(NamedTuple):
    """What other agreements may ask of one that is not at hand."""

    id: str
    status: str | None
    succeeds: str | None


Each = TypeVar("Each")
Kept = TypeVar("Kept")


class Entry(NamedTuple, Generic[Each]):
    """One file of a run: what is wrong with it, else its head, and the *part* of it that is kept.

    Nothing is kept of an agreement that is left out.
    """

    diagnostics: tuple[Diagnostic, ...]
    head: Head | None = None
    part: Each | None = None


class Portfolio(NamedTuple, Generic[Kept]):
    """The agreements of a run that could be read, in the order of their files' names.

    Of those that have one id it is the first. *readable* has all that is kept of them, *files*
    the name of each one's file by its id, *diagnostics* everything that was found, by file and
    place.
    """

    readable: Kept
    heads: tuple[Head, ...]
    files: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def load(
    inputs: Iterable[Input],
    watched: Callable[[list[Input]], Iterable[Input]] = iter,
    texts: Callable[[list[Input]], Iterable[Source]] = lambda given: map(text, given),
) -> Portfolio[tuple[Agreement, ...]]:
    """Read every input, and keep all agreements; see `gathered`.

    *watched* gives them one after the other, and so can tell how far the reading has come;
    *texts* gives the text of each, and may have others read them.
    """

    def entries(given: list[Input]) -> Iterator[Entry[Agreement]]:
        for each, source in zip(watched(given), texts(given), strict=True):
            found = document(each, source)  # but for the text: of thousands it takes much room
            yield entry(found, found.agreement)

    return gathered(inputs, entries, tuple)


def entry(of: Document, part: Each | None) -> Entry[Each]:
    """Return what a run keeps of a document."""
    each = of.agreement
    head = None if each is None else Head(each.id, each.status, each.succeeds)
    return Entry(of.diagnostics, head, part)


def gathered(
    inputs: Iterable[Input],
    entries: Callable[[list[Input]], Iterable[Entry[Each]]],
    kept: Callable[[Iterable[Each]], Kept],
) -> Portfolio[Kept]:
    """Go through every input; what can't be read is told in the diagnostics, never raised.

    *entries* reads each in turn, or has others read them; *kept* keeps what it gives of the
    agreements, and may take little room for it.
    """
    given = sorted(inputs)
    told: list[Diagnostic] = []
    ids: list[tuple[str, str]] = []
    heads: list[Head] = []
    files: dict[str, str] = {}

    def parts() -> Iterator[Each]:
        for each, (diagnostics, head, part) in zip(given, entries(given), strict=True):
            told.extend(diagnostics)
            if head is None:
                continue
            ids.append((each.name, head.id))
            if files.setdefault(head.id, each.name) == each.name:
                heads.append(head)
                if part is not None:
                    yield part

    readable = kept(parts())
    told.extend(_same_ids(ids, dict(given)))
    told.sort(key=lambda each: each.order)
    return Portfolio(readable, tuple(heads), files, tuple(told))


def text(given: Input) -> Source:
    """Read the text of a file, without a look at what it means."""
    return NOTHING if isinstance(given.content, Unreadable) else read(given.content)


def document(given: Input, source: Source | None = None) -> Document:
    """Read one file as an agreement; *source* is its text where that has been read."""
    if isinstance(given.content, Unreadable):
        finding = Finding((), "{reason}", remedy=given.content.remedy, reason=given.content.message)
        unread = _diagnostic(given.name, NOTHING, _rule("not-readable"), finding)
        return Document(given.name, None, None, (unread,))
    source = source or read(given.content)
    told = [
        _diagnostic(
            given.name,
            source,
            _rule(each.name),
            Finding((), "{reason}", remedy=each.remedy, reason=each.message),
            each.span,
        )
        for each in source.problems
    ]
    agreement = None
    if source.data is not None:
        try:
            agreement = _agreement(source.text, source.data)
        except ValidationError as error:
            told += [_of_model(given.name, source, each) for each in problems(error, Agreement)]
        else:
            told += [_of_model(given.name, source, each) for each in strangers(agreement)]
    if told:
        agreement = None
    return Document(given.name, source, agreement, tuple(sorted(told, key=lambda each: each.order)))


def check(document: Document, case: Case) -> Iterator[tuple[Diagnostic, ...]]:
    """Yield what each rule in turn finds in one agreement: who waits may leave between two."""
    from iopctl.check.rules import ALL

    name, source = document.name, document.source or NOTHING
    for rule in ALL:
        if rule.check:
            told: list[Diagnostic] = []
            with FailuresTold(partial(_named, rule), name, source, told):
                told += (_diagnostic(name, source, rule, each) for each in rule.check(case))
            yield tuple(told)


def check_across(
    facts: Sequence[Facts], context: Context, source: Callable[[str], Source]
) -> tuple[Diagnostic, ...]:
    """Return what the rules find between files, whose texts *source* gives by name."""
    from iopctl.check.rules import ALL

    told: list[Diagnostic] = []
    for rule in ALL:
        if rule.across and facts:
            files = tuple(each.file for each in facts)
            with FailuresTold(partial(_named, rule), files[0], NOTHING, told, others=files):
                told += (
                    _diagnostic(each.file, source(each.file), rule, finding)
                    for each, finding in rule.across(facts, context)
                )
    return tuple(told)


def _named(rule: Rule) -> str:
    return tr("rule {rule}", rule=f"{rule.code} {rule.name}")


class FailuresTold:
    """Add to *told* a finding about *file* of whatever *subject* raises: a bug ends no run.

    *subject* is worked out where there is a failure to tell of.
    *others* are the files that were looked at together with it.
    """

    __slots__ = ("file", "others", "source", "subject", "told")

    def __init__(
        self,
        subject: Callable[[], str],
        file: str,
        source: Source,
        told: list[Diagnostic],
        others: tuple[str, ...] = (),
    ) -> None:
        self.subject, self.file, self.source, self.told = subject, file, source, told
        self.others = others

    def __enter__(self) -> None:
        """Begin to watch."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> bool:
        """Tell of what was raised, and let the run go on."""
        if not isinstance(error, Exception):
            return False
        frame, line = list(walk_tb(error.__traceback__))[-1]
        finding = Finding(
            (),
            "{subject} could not be worked out: {error} in {module}, line {line}",
            remedy="report it as a bug in iopctl, with this file or as much of it as you may show",
            subject=self.subject(),
            error=type(error).__name__,
            module=frame.f_globals["__name__"],
            line=line,
            others=self.others,
        )
        self.told.append(_diagnostic(self.file, self.source, _rule("rule-failed"), finding))
        return True


def _agreement(text: str, data: dict[str, Any]) -> Agreement:
    given: Any = data
    if "x-" in text or "\\" in text:  # an escape may write them, too
        given = _without_own_keys(data)
    return Agreement.model_validate(given, context={"handles": _handles(given)})


def _without_own_keys(value: object) -> object:
    """Leave out the keys that begin with x-: they are the user's own."""
    match value:
        case dict():
            return {
                key: _without_own_keys(each)
                for key, each in value.items()
                if not key.startswith("x-")
            }
        case list():
            return [_without_own_keys(each) for each in value]
        case _:
            return value


def _handles(data: dict[str, Any]) -> tuple[str, ...]:
    """Return the handles that rows may name: the parties', and those that amendments bring."""
    log = data.get("log")
    events = [event for event in log if isinstance(event, dict)] if isinstance(log, list) else []
    terms = [event.get("terms") for event in events]
    blocks = [
        data.get("parties"),
        *(each.get("parties") for each in terms if isinstance(each, dict)),
    ]
    return tuple(dict.fromkeys(key for block in blocks if isinstance(block, dict) for key in block))


def _of_model(name: str, source: Source, problem: ModelProblem) -> Diagnostic:
    fix = _fix(source, problem)
    finding = Finding(
        problem.path, "{reason}", remedy=problem.remedy, fix=fix, reason=problem.message
    )
    span = source.key(problem.path) if problem.rule == "key-unknown" else None
    return _diagnostic(name, source, _rule(problem.rule), finding, span)


def _fix(source: Source, problem: ModelProblem) -> Edit | None:
    """Return the correction, where the meaning is clear; a key that is there is no name for one."""
    if problem.write is None:
        return None
    path = _written(source.data, problem.path)
    if problem.rule != "key-unknown":
        return Edit(path, problem.write)
    beside = (*path[:-1], problem.write)
    return None if source.key(beside) else Edit(path, problem.write, of_key=True)


def _written(data: object, path: Path) -> Path:
    """Return *path* as the file has it: a block that stands alone is no list of one."""
    found: list[str | int] = []
    here: Any = data
    for part in path:
        match here, part:
            case (list(), int()) | (dict(), str()):
                found.append(part)
                here = here[part]
            case _:  # put there by the model
                continue
    return tuple(found)


def _rule(name: str) -> Rule:
    from iopctl.check.rules import BY_NAME

    return BY_NAME[name]


def _diagnostic(
    file: str, source: Source, rule: Rule, finding: Finding, span: Span | None = None
) -> Diagnostic:
    """Return *finding* at *span*, or else where its path stands in *source*."""
    place = span or source.locate(finding.path)
    return Diagnostic(
        file=file,
        span=place,
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        finding=finding,
        excerpt=excerpt(source.text, place),
        related=tuple(
            RelatedPlace(source.locate(each.path), tr(each.label)) for each in finding.related
        ),
    )


def _same_ids(
    ids: Sequence[tuple[str, str]], contents: Mapping[str, bytes | Unreadable]
) -> Iterator[Diagnostic]:
    """Yield a finding for each file whose agreement has the id of another's."""
    if len({each for _, each in ids}) == len(ids):
        return
    from iopctl.check.facts import Facts
    from iopctl.check.rules import across

    known = [Facts(name, each) for name, each in ids]
    for each, finding in across.same_ids(known):
        content = contents[each.file]
        source = read(content) if isinstance(content, bytes) else NOTHING
        yield _diagnostic(each.file, source, across.id_twice, finding)
