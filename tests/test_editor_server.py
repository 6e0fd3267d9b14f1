"""The language server as an editor meets it: over pipes, with a real client, in whole sessions."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator  # noqa: TC003 - pytest-lsp reads a fixture's annotations
from datetime import date
from pathlib import Path  # noqa: TC003 - likewise
from typing import TYPE_CHECKING, Any

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities
from pytest_lsp.client import register_lsp_features

from iopctl.editor.server import made as server_for
from tests.conftest import AGREEMENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conftest import Golden, Run

SERVER = [sys.executable, "-m", "iopctl", "lsp", "--stdio", "--as-of", "2025-02-01"]
OFF = AGREEMENT.replace("  contributions:", "  stated: {total: 910000}\n  contributions:").replace(
    "economy:",
    "follow_up: {meetings_per_year: 1}\ninvoicing: {seller: foreningen, buyer: kommunen}\neconomy:",
)
OTHER = AGREEMENT.replace("id: exempel-2024", "id: annat-2024") + (
    "\ninvoicing: {seller: foreningen, buyer: kommunen, reference: 150Z}\n"
)
asynchronous = pytest.mark.asyncio(loop_scope="module")


class Client(LanguageClient):
    """A client that makes the edits it is asked for, and waits for what it is told."""

    applied: list[lsp.WorkspaceEdit]
    registered: list[str]
    root: Path

    def uri(self, name: str) -> str:
        """Return the address of an agreement."""
        return (self.root / "agreements" / name).as_uri()

    async def opened(self, name: str, text: str) -> Document:
        """Open a file, and wait until something is told of it."""
        document = Document(self, name, text)
        item = lsp.TextDocumentItem(document.uri, "yaml", 1, text)
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        await document.told()
        return document


class Document:
    """An open text, changed step by step as a person does."""

    def __init__(self, client: Client, name: str, text: str) -> None:
        self.client = client
        self.uri = client.uri(name)
        self.text = text
        self.version = 1

    @property
    def identifier(self) -> lsp.TextDocumentIdentifier:
        """What requests call it."""
        return lsp.TextDocumentIdentifier(self.uri)

    async def told(self) -> Sequence[lsp.Diagnostic]:
        """Return what is told of this very version."""
        while TOLD.get(self.uri) != self.version:
            await asyncio.sleep(0.001)
        return self.client.diagnostics[self.uri]

    async def change(self, edit: lsp.TextEdit) -> None:
        """Make one change, here and in the server."""
        lines = self.text.split("\n")
        start, end = edit.range.start, edit.range.end
        before = "\n".join([*lines[: start.line], lines[start.line][: start.character]])
        after = "\n".join([lines[end.line][end.character :], *lines[end.line + 1 :]])
        self.text = before + edit.new_text + after
        self.version += 1
        identifier = lsp.VersionedTextDocumentIdentifier(version=self.version, uri=self.uri)
        change = lsp.TextDocumentContentChangePartial(edit.range, edit.new_text)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(identifier, [change]))

    async def type(self, line: int, text: str) -> None:
        """Type a line, character by character, above line number *line*."""
        await self.change(
            lsp.TextEdit(lsp.Range(lsp.Position(line, 0), lsp.Position(line, 0)), "\n")
        )
        for column, char in enumerate(text):
            at = lsp.Position(line, column)
            await self.change(lsp.TextEdit(lsp.Range(at, at), char))

    def at(self, words: str) -> lsp.Position:
        """Return the position behind the first of *words*."""
        before = self.text.partition(words)[0] + words
        return lsp.Position(before.count("\n"), len(before.rpartition("\n")[2]))


TOLD: dict[str, int | None] = {}


def made() -> Client:
    """Return a client that keeps what it was told, and asked to do."""
    client = Client(converter_factory=default_converter)
    register_lsp_features(client)
    client.applied, client.registered = [], []
    show = client.protocol.fm.features.pop(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)

    def publish(params: lsp.PublishDiagnosticsParams) -> None:
        show(params)
        TOLD[params.uri] = params.version

    def apply(params: lsp.ApplyWorkspaceEditParams) -> lsp.ApplyWorkspaceEditResult:
        client.applied.append(params.edit)
        return lsp.ApplyWorkspaceEditResult(applied=True)

    def register(params: lsp.RegistrationParams) -> None:
        client.registered += [each.method for each in params.registrations]

    client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(publish)
    client.feature(lsp.WORKSPACE_APPLY_EDIT)(apply)
    client.feature(lsp.CLIENT_REGISTER_CAPABILITY)(register)
    return client


@pytest_lsp.fixture(  # type: ignore[untyped-decorator] # the library has no types there
    scope="module", config=ClientServerConfig(server_command=SERVER, client_factory=made)
)
async def client(
    lsp_client: Client, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[None]:
    """Start a server in a repository of two agreements, for a Swedish VS Code."""
    lsp_client.root = tmp_path_factory.mktemp("repository")
    (lsp_client.root / "agreements").mkdir()
    (lsp_client.root / "agreements" / "annat-2024.yaml").write_text(OTHER, "utf-8")
    uri = lsp_client.root.as_uri()
    params = lsp.InitializeParams(
        capabilities=client_capabilities("visual-studio-code"),
        workspace_folders=[lsp.WorkspaceFolder(uri, "avtal")],
        locale="sv",
    )
    await lsp_client.initialize_session(params)
    yield
    await lsp_client.shutdown_session()


# ------------------------------------------------------------------ sessions
@asynchronous
async def test_a_days_work(client: Client, golden: Golden) -> None:
    """Find why the sum is off, write a row, log a meeting, look at the invoices: all recorded."""
    record: list[str] = []
    document = await client.opened("exempel-2024.yaml", OFF)

    async def tell(what: str) -> None:
        found = await document.told()
        record.append(f"======== {what}")
        record.extend(f"{each.range.start} {each.code}: {each.message}" for each in found)

    async def show() -> None:
        everything = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
        hints = await client.text_document_inlay_hint_async(
            lsp.InlayHintParams(document.identifier, everything)
        )
        lenses = await client.text_document_code_lens_async(lsp.CodeLensParams(document.identifier))
        record.extend(f"  hint {each.position}: {each.label}" for each in hints or ())
        record.extend(
            f"  lens {each.range.start}: {each.command.title}"
            for each in lenses or ()
            if each.command
        )

    await tell("the stated sum is off")
    await show()
    row = "    - {party: kommunen, item: Bil, amount: 10 000}"
    for column in range(len(row) + 1):
        if column in {1, 8, 20, 40}:
            place = lsp.Position(document.text.count("\n") + 1, column)
            found = (
                await client.text_document_completion_async(
                    lsp.CompletionParams(document.identifier, place)
                )
                if column > 1
                else None
            )
            record.append(
                f"  completion at {column}: {[each.label for each in found.items][:5] if isinstance(found, lsp.CompletionList) else None}"
            )
        if column == 0:
            end = lsp.Position(document.text.count("\n"), len(document.text.rpartition("\n")[2]))
            await document.change(lsp.TextEdit(lsp.Range(end, end), "\n"))
        else:
            at = lsp.Position(document.text.count("\n"), column - 1)
            await document.change(lsp.TextEdit(lsp.Range(at, at), row[column - 1]))
        if column in {25, len(row)}:
            await tell(f"a row is typed: {row[:column]}")
    await act(client, document, "Bil, amount: 10", "skriv 10000", record)
    await tell("the amount is mended")
    await show()
    await act(client, document, "follow_up", "logga avstämningen för 2024", record)
    await tell("a meeting is logged")
    hover = await client.text_document_hover_async(
        lsp.HoverParams(document.identifier, document.at("item: Bil"))
    )
    record.append(f"======== hover\n{hover.contents.value if hover else None}")  # type: ignore[union-attr] # markup
    for command in ("budget", "invoices"):
        text = await client.workspace_execute_command_async(
            lsp.ExecuteCommandParams(f"iopctl.server.{command}", [document.uri])
        )
        record.append(f"======== {command}\n{text}")
    client.text_document_did_close(lsp.DidCloseTextDocumentParams(document.identifier))

    golden("editor/session.txt", "\n".join(record) + "\n")


async def act(
    client: Client, document: Document, words: str, title: str, record: list[str]
) -> None:
    """Take the offer of a *title* at *words*."""
    at = document.at(words)
    params = lsp.CodeActionParams(document.identifier, lsp.Range(at, at), lsp.CodeActionContext([]))
    found = await client.text_document_code_action_async(params) or []
    record.append(f"  offers: {[each.title for each in found]}")
    [chosen] = [each for each in found if each.title == title]
    assert isinstance(chosen, lsp.CodeAction)
    assert chosen.edit
    assert chosen.edit.changes
    for edit in chosen.edit.changes[document.uri]:
        assert isinstance(edit, lsp.TextEdit)
        await document.change(edit)


@asynchronous
async def test_a_finding_is_accepted_by_command(client: Client) -> None:
    """With the reason that a person gave; what is not found can't be accepted."""
    document = await client.opened("godtas-2024.yaml", OFF.replace("exempel-2024", "godtas-2024"))
    found = await document.told()
    [line] = [each.range.start.line for each in found if each.code == "IOP201"]
    before = len(client.applied)
    answers = [
        await client.workspace_execute_command_async(
            lsp.ExecuteCommandParams("iopctl.server.accept", [document.uri, *words])
        )
        for words in (["stated-total-differs", str(line), "Enligt bilaga."], ["finns-inte"], [7])
    ]

    assert answers == [True, False, False]
    assert len(client.applied) == before + 1
    assert "Enligt bilaga." in str(client.applied[-1])
    client.text_document_did_close(lsp.DidCloseTextDocumentParams(document.identifier))


@asynchronous
async def test_what_can_not_be_is_told_and_nothing_stops(client: Client) -> None:
    """Texts that are not open, names that can't be, commands that there are not."""
    document = await client.opened("fel-2024.yaml", AGREEMENT.replace("exempel", "fel"))
    nowhere = lsp.TextDocumentIdentifier("file:///finns/inte.yaml")
    start = lsp.Position(0, 0)

    identifier = lsp.VersionedTextDocumentIdentifier(version=1, uri=nowhere.uri)
    client.text_document_did_change(lsp.DidChangeTextDocumentParams(identifier, []))
    client.text_document_did_close(lsp.DidCloseTextDocumentParams(nowhere))
    assert await client.text_document_hover_async(lsp.HoverParams(nowhere, start)) is None
    assert client.messages == []
    for params in ([], [nowhere.uri], [{"a": 1}]):
        command = lsp.ExecuteCommandParams("iopctl.server.budget", params)
        assert await client.workspace_execute_command_async(command) is None
    with pytest.raises(JsonRpcException, match="skriv små bokstäver"):
        await client.text_document_rename_async(
            lsp.RenameParams(document.identifier, document.at("id: fel"), "Å")
        )
    with pytest.raises(JsonRpcException):
        await client.workspace_execute_command_async(lsp.ExecuteCommandParams("finns.inte"))
    assert await client.text_document_hover_async(
        lsp.HoverParams(document.identifier, document.at("titl"))
    )
    client.text_document_did_close(lsp.DidCloseTextDocumentParams(document.identifier))


@asynchronous
async def test_every_question_has_an_answer(client: Client) -> None:
    """Each thing that the server says it can do, it does."""
    document = await client.opened("allt-2024.yaml", AGREEMENT.replace("exempel", "allt"))
    doc, at = document.identifier, document.at("{party: komm")
    option = lsp.FormattingOptions(2, insert_spaces=True)
    context = lsp.ReferenceContext(include_declaration=True)

    assert await client.text_document_definition_async(lsp.DefinitionParams(doc, at))
    assert await client.text_document_references_async(lsp.ReferenceParams(context, doc, at))
    assert await client.text_document_prepare_rename_async(lsp.PrepareRenameParams(doc, at))
    assert await client.text_document_rename_async(lsp.RenameParams(doc, at, "staden"))
    assert await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(doc))
    assert await client.text_document_folding_range_async(lsp.FoldingRangeParams(doc))
    assert await client.text_document_selection_range_async(lsp.SelectionRangeParams(doc, [at]))
    assert await client.text_document_document_link_async(lsp.DocumentLinkParams(doc)) == ()
    assert (
        await client.text_document_formatting_async(lsp.DocumentFormattingParams(doc, option)) == ()
    )
    client.text_document_did_close(lsp.DidCloseTextDocumentParams(doc))


@asynchronous
async def test_settings_and_folders_may_change(client: Client, tmp_path: Path) -> None:
    """Hints are switched off and on, a folder of work comes and goes, a file is saved."""
    (tmp_path / "agreements").mkdir()
    (tmp_path / "agreements" / "nytt.yaml").write_text("id: [", "utf-8")
    document = await client.opened("byter-2024.yaml", AGREEMENT.replace("exempel", "byter"))
    everything = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
    asked = lsp.InlayHintParams(document.identifier, everything)

    def choose(settings: Any) -> None:  # noqa: ANN401 - whatever an editor has
        client.workspace_did_change_configuration(lsp.DidChangeConfigurationParams(settings))

    choose({"iopctl": {"inlayHints": {"kronor": False, "share": False}}})
    assert await client.text_document_inlay_hint_async(asked) == ()
    choose({"iopctl": 7})
    choose({"inlayHints": {}})
    assert await client.text_document_inlay_hint_async(asked) != ()

    folder = lsp.WorkspaceFolder(tmp_path.as_uri(), "ny")
    new = (tmp_path / "agreements" / "nytt.yaml").as_uri()
    for added, removed, told in (([folder], [], 1), ([], [folder], 0)):
        event = lsp.WorkspaceFoldersChangeEvent(added, removed)
        client.workspace_did_change_workspace_folders(lsp.DidChangeWorkspaceFoldersParams(event))
        while len(client.diagnostics.get(new, ())) != told:
            await asyncio.sleep(0.005)
    client.text_document_did_save(lsp.DidSaveTextDocumentParams(document.identifier))
    client.text_document_did_close(lsp.DidCloseTextDocumentParams(document.identifier))


# ------------------------------------------------------------------ other editors, and none
@pytest.mark.asyncio
async def test_an_editor_that_counts_in_bytes_and_has_one_root(tmp_path: Path) -> None:
    """In English, without snippets, with the line ends of Windows: the same findings."""
    (tmp_path / "agreements").mkdir()
    (tmp_path / "iopctl.toml").write_text("folder = '..'", "utf-8")
    client = made()
    client.root = tmp_path
    await client.start_io(*SERVER)
    await client.initialize_session(
        lsp.InitializeParams(
            capabilities=lsp.ClientCapabilities(
                general=lsp.GeneralClientCapabilities(
                    position_encodings=[lsp.PositionEncodingKind.Utf8]
                ),
                workspace=lsp.WorkspaceClientCapabilities(
                    did_change_watched_files=lsp.DidChangeWatchedFilesClientCapabilities(
                        dynamic_registration=True
                    )
                ),
            ),
            root_uri=tmp_path.as_uri(),
            initialization_options={"language": "en", "inlayHints": {"sum": False}},
        )
    )
    text = (
        OFF.replace("title: IOP Exemplet", "title: ÅÄÖ # 𝄞").replace("\n", "\r\n")
        + "\r\nåäö: 1\r\n"
    )
    document = await client.opened("exempel-2024.yaml", text)
    [found] = [each for each in await document.told() if "key-unknown" in each.message]

    assert found.range == lsp.Range(lsp.Position(14, 0), lsp.Position(14, 6))
    assert client.registered == [lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES]
    assert [each.message for each in client.messages] != []
    assert client.messages[0].message.startswith("iopctl: ")
    await client.shutdown_session()
    await client.stop()  # type: ignore[no-untyped-call] # the library has no types there


class Pipe:
    """What a server writes to."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, data: bytes) -> None:
        """Keep it."""
        self.text += data.decode()

    def close(self) -> None:
        """Do nothing more."""


def test_a_bug_is_told_in_the_editors_log() -> None:
    """With what it was, so that it can be reported; the server stays."""
    server, pipe = server_for(lambda: date(2025, 2, 1)), Pipe()
    server.protocol.set_writer(pipe)
    server.desk.fail(ZeroDivisionError("noll"))

    assert "window/logMessage" in pipe.text
    assert "a bug in iopctl, please report it: ZeroDivisionError('noll')" in pipe.text


def test_an_editor_that_can_not_watch_files_is_not_asked_to() -> None:
    """It tells of what it saves, all the same."""
    server, pipe = server_for(lambda: date(2025, 2, 1)), Pipe()
    server.protocol.set_writer(pipe)
    server.protocol.client_capabilities = lsp.ClientCapabilities()
    server.watch()

    assert pipe.text == ""


def test_a_day_that_is_none_is_told_before_anything_starts(run: Run) -> None:
    """In a line, as of every command."""
    assert run("lsp", "--as-of", "i dag") == (
        2,
        "",
        "iopctl: --as-of i dag: write a day as 2024-06-30\n",
    )


def test_what_to_install_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that only this command needs may be missing."""
    monkeypatch.setitem(sys.modules, "iopctl.editor.server", None)
    code, out, err = run("lsp")

    assert (code, out) == (2, "")
    assert err == (
        "iopctl: the language server needs more: install it with: pip install 'iopctl[editor]'\n"
    )
