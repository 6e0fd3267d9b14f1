"""The answer to each question about an open text, in the protocol's own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from lsprotocol import types as lsp

from iopctl.check.fixes import fixes
from iopctl.editor import actions as acting
from iopctl.editor import changes, papers, renaming, structure
from iopctl.editor import completion as completing
from iopctl.editor import hints as hinting
from iopctl.editor import hover as hovering
from iopctl.editor.words import Wording
from iopctl.errors import Refused
from iopctl.source import edit

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from iopctl.editor.desk import Desk
    from iopctl.editor.manuscript import LastAgreement, Manuscript, TextReading
    from iopctl.editor.shelf import Shelf

    Kind = lsp.CodeActionKind | str

MOST_LINES: Final = 2**31 - 1


class OpenQuestion(NamedTuple):
    """An open text that is asked about, where it belongs, and who asks."""

    manuscript: Manuscript
    shelf: Shelf
    desk: Desk
    say: Wording = Wording()
    hints: Collection[str] = hinting.KINDS
    snippets: bool = False

    @property
    def reading(self) -> TextReading:
        """What the text says now."""
        return self.manuscript.read(self.shelf.context)

    @property
    def known(self) -> LastAgreement | None:
        """What it said when it could last be read, which may be now."""
        _ = self.reading
        return self.manuscript.known()

    def offset(self, position: lsp.Position) -> int:
        """Return the offset of a position in the text of now."""
        return self.manuscript.ruler.offset(position)


Answer = Callable[[OpenQuestion, Any], Any]


# ------------------------------------------------------------------ what it means
def hover(asked: OpenQuestion, params: lsp.HoverParams) -> lsp.Hover | None:
    """Return what is to be said of a place."""
    offset = asked.offset(params.position)
    return hovering.hover(asked.manuscript, asked.reading, offset, asked.shelf.facts, asked.say)


def completion(asked: OpenQuestion, params: lsp.CompletionParams) -> lsp.CompletionList:
    """Return what may be written at a place."""
    around = completing.Around(
        asked.shelf.facts, asked.shelf.precedents, asked.shelf.context, asked.snippets
    )
    offset = asked.offset(params.position)
    return completing.completion(asked.manuscript, offset, around, asked.say)


def hints(asked: OpenQuestion, params: lsp.InlayHintParams) -> list[lsp.InlayHint]:
    """Return the hints that are in sight."""
    known = asked.known
    if known is None:
        return []
    start, end = asked.offset(params.range.start), asked.offset(params.range.end)
    return hinting.hints(known, start, end, asked.hints, asked.say)


def lenses(asked: OpenQuestion, _: lsp.CodeLensParams) -> list[lsp.CodeLens]:
    """Return the lines above the blocks."""
    known = asked.known
    return hinting.lenses(known, asked.manuscript.uri, asked.say) if known else []


# ------------------------------------------------------------------ what may be done
def actions(asked: OpenQuestion, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    """Return what may be done about a stretch of the text."""
    start, end = asked.offset(params.range.start), asked.offset(params.range.end)
    found = acting.actions(asked.manuscript, asked.reading, start, end, asked.say)
    only = params.context.only
    return [each for each in found if not only or _is_among(each.kind, only)]


def _is_among(kind: Kind | None, only: Sequence[Kind]) -> bool:
    """Whether a kind of action is one that is asked for, or a special case of it."""
    return any(f"{_word(kind)}.".startswith(f"{_word(wanted)}.") for wanted in only)


def _word(kind: Kind | None) -> str | None:
    return kind.value if isinstance(kind, lsp.CodeActionKind) else kind


def accepted(asked: OpenQuestion, rule: str, line: str, reason: str) -> lsp.WorkspaceEdit | None:
    """Return what silences the finding of a *rule* on a *line*, counted from 0; None without."""
    reading = asked.reading
    for each in asked.manuscript.findings:
        if each.name == rule and str(reading.place(each.span).start.line) == line:
            text = acting.accepted(reading, rule, each.finding.path, reason, each.span.start)
            return text if text is None else _change(asked, text)
    return None


def formatting(asked: OpenQuestion, _: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
    """Return what rewrites all that is misspelt, as `check --fix` does; never what is meant."""
    found = fixes(asked.reading.document.diagnostics)
    source = asked.reading.source
    try:
        text = edit.replaced(source, found) if found else source.text
    except Refused:
        return []
    return changes.edits(source.text, text, asked.reading.ruler)


def _change(asked: OpenQuestion, text: str) -> lsp.WorkspaceEdit:
    reading = asked.reading
    made = changes.edits(reading.source.text, text, reading.ruler)
    return lsp.WorkspaceEdit({asked.manuscript.uri: made})


# ------------------------------------------------------------------ where names lead
def _names(asked: OpenQuestion) -> renaming.NameScope:
    return renaming.NameScope(
        asked.manuscript, asked.known, asked.reading, asked.shelf, asked.desk.uri
    )


def definition(asked: OpenQuestion, params: lsp.DefinitionParams) -> list[lsp.Location]:
    """Return where the name at a place is given."""
    return _names(asked).definitions(asked.offset(params.position))


def references(asked: OpenQuestion, params: lsp.ReferenceParams) -> list[lsp.Location]:
    """Return where the name at a place is used."""
    own = params.context.include_declaration
    return _names(asked).references(asked.offset(params.position), own=own)


def renamable(
    asked: OpenQuestion, params: lsp.PrepareRenameParams
) -> lsp.PrepareRenamePlaceholder | None:
    """Return the stretch of the name at a place; None where there is none to be changed."""
    return _names(asked).renamable(asked.offset(params.position))


def renamed(asked: OpenQuestion, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    """Return what changes the name at a place, in all files that have it."""
    offset = asked.offset(params.position)
    return _names(asked).renamed(offset, params.new_name, asked.say)


# ------------------------------------------------------------------ the shape of the text
def symbols(asked: OpenQuestion, _: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    """Return the blocks, parties, rows and events."""
    known = asked.known
    return structure.symbols(known) if known else []


def folds(asked: OpenQuestion, _: lsp.FoldingRangeParams) -> list[lsp.FoldingRange]:
    """Return what can be folded."""
    known = asked.known
    return structure.folds(known) if known else []


def selections(asked: OpenQuestion, params: lsp.SelectionRangeParams) -> list[lsp.SelectionRange]:
    """Return what selections grow to."""
    return structure.selections(asked.reading, params.positions)


def links(asked: OpenQuestion, _: lsp.DocumentLinkParams) -> list[lsp.DocumentLink]:
    """Return where the text leads to."""
    known, shelf = asked.known, asked.shelf
    if known is None:
        return []
    path = asked.manuscript.path
    folders = [path.parent, shelf.root] if path else []
    ids = {each.id: asked.desk.uri(shelf, each.file) for each in shelf.facts}
    return structure.links(known, folders, ids)


# ------------------------------------------------------------------ beside the text
def budget(asked: OpenQuestion) -> str | None:
    """Return the budget of the agreement; None where it could never be read."""
    known = asked.known
    return papers.budget(known.case) if known else None


def invoices(asked: OpenQuestion) -> str | None:
    """Return what is to be invoiced; None where the agreement could never be read."""
    known = asked.known
    return papers.invoices(known.case) if known else None
