"""Where the name under the cursor is given and used, and what changes it everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from iopctl.check.selection import rule_called
from iopctl.editor import names
from iopctl.editor.diagnostics import START, page
from iopctl.editor.ruler import Ruler

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iopctl.editor.manuscript import LastAgreement, Manuscript, TextReading
    from iopctl.editor.names import NameMention
    from iopctl.editor.shelf import Shelf
    from iopctl.editor.words import Wording
    from iopctl.source import Source


class Occurrence(NamedTuple):
    """A name in a file: where it is, and whether it is given there."""

    name: str
    location: lsp.Location
    is_own: bool


class NameScope(NamedTuple):
    """The names of one open text, and those of the files around it."""

    manuscript: Manuscript
    known: LastAgreement | None
    reading: TextReading
    shelf: Shelf
    uri: Callable[[Shelf, str], str]

    # -------------------------------------------------------------- what is asked
    def definitions(self, offset: int) -> list[lsp.Location]:
        """Return where the name at *offset* is given: by a party, an agreement or a rule."""
        found = [each.location for each in self._alike(offset) if each.is_own]
        rule = rule_called(str(self.reading.at(self.reading.path_at(offset))))
        address = page(rule.code) if rule else None
        return found or ([lsp.Location(address, START)] if address else [])

    def references(self, offset: int, *, own: bool) -> list[lsp.Location]:
        """Return where the name at *offset* is used, with *own* also where it is given."""
        return [each.location for each in self._alike(offset) if own or not each.is_own]

    def renamable(self, offset: int) -> lsp.PrepareRenamePlaceholder | None:
        """Return the name at *offset* with its stretch; None where there is none to be changed."""
        party, agreement = self._at(self._handles(), offset), self._at(self._own_ids(), offset)
        found = party or (agreement if agreement and agreement.is_own else None)
        return found and lsp.PrepareRenamePlaceholder(found.location.range, found.name)

    def renamed(self, offset: int, new: str, say: Wording) -> lsp.WorkspaceEdit | None:
        """Return what gives the party or agreement at *offset* the name *new* everywhere.

        Raises:
            JsonRpcInvalidParams: *new* can't be a name, or is one already.
        """
        found = self.renamable(offset)
        if found is None:
            return None
        if not names.is_name(new):
            wanted = say("lower-case letters a-z, digits and single hyphens")
            raise JsonRpcInvalidParams(say("write {wanted}", wanted=wanted))
        is_party = self._at(self._handles(), offset) is not None
        taken = {each.name for each in self._handles()}
        if not is_party:
            taken = {each.id for each in self.shelf.facts}
        if new in taken:
            raise JsonRpcInvalidParams(say("'{name}' is taken", name=new))
        by_uri: dict[str, list[lsp.TextEdit]] = {}
        for each in self._alike(offset):
            change = lsp.TextEdit(each.location.range, new)
            by_uri.setdefault(each.location.uri, []).append(change)
        return self._workspace_edit(by_uri, None if is_party else found.placeholder, new)

    def _workspace_edit(
        self, by_uri: dict[str, list[lsp.TextEdit]], old: str | None, new: str
    ) -> lsp.WorkspaceEdit:
        """Return the edits; with the id goes the name of the file that is called by it."""
        path = self.manuscript.path
        if old is None or path is None or path.stem != old:
            return lsp.WorkspaceEdit(by_uri)
        documents: list[lsp.TextDocumentEdit | lsp.RenameFile] = [
            lsp.TextDocumentEdit(lsp.OptionalVersionedTextDocumentIdentifier(uri), edits)
            for uri, edits in by_uri.items()
        ]
        target = path.with_stem(new).as_uri()
        renaming = lsp.RenameFile(
            old_uri=self.manuscript.uri,
            new_uri=target,
            options=lsp.RenameFileOptions(overwrite=False),
        )
        return lsp.WorkspaceEdit(document_changes=[*documents, renaming])

    # -------------------------------------------------------------- what there is
    def _alike(self, offset: int) -> list[Occurrence]:
        party = self._at(self._handles(), offset)
        if party:
            return [each for each in self._handles() if each.name == party.name]
        agreement = self._at(self._own_ids(), offset)
        if agreement:
            everywhere = [*self._own_ids(), *self._other_ids(agreement.name)]
            return [each for each in everywhere if each.name == agreement.name]
        return []

    def _handles(self) -> list[Occurrence]:
        return [self._place(each) for each in names.mentions(self._text)]

    def _own_ids(self) -> list[Occurrence]:
        return [self._place(each) for each in names.id_mentions(self._text)]

    def _other_ids(self, name: str) -> Iterator[Occurrence]:
        for each in self.shelf.facts:
            named = name in {each.id, each.succeeds, each.part_of}
            if named and each.file != self.manuscript.name:
                source = self.shelf.source(each.file)
                ruler = Ruler(source.text, self.manuscript.encoding)
                uri = self.uri(self.shelf, each.file)
                for mention in names.id_mentions(source):
                    place = ruler.range(mention.span.start, mention.span.end)
                    yield Occurrence(mention.name, lsp.Location(uri, place), mention.is_own)

    @property
    def _text(self) -> Source:
        if self.reading.source.data is None and self.known:
            return self.known.reading.source
        return self.reading.source

    def _place(self, each: NameMention) -> Occurrence:
        known = self.known if self.reading.source.data is None else None
        place = known.place(each.span) if known else self.reading.place(each.span)
        return Occurrence(each.name, lsp.Location(self.manuscript.uri, place), each.is_own)

    def _at(self, places: list[Occurrence], offset: int) -> Occurrence | None:
        at = self.manuscript.ruler.position(offset)
        return next(
            (each for each in places if each.location.range.start <= at <= each.location.range.end),
            None,
        )
