"""The language server: what an editor asks by the protocol, answered by the other modules."""

from __future__ import annotations

import gc
import logging
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from lsprotocol import types as lsp
from pygls.capabilities import get_capability
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter

from iopctl import __version__, language
from iopctl.editor import answers
from iopctl.editor.actions import KINDS
from iopctl.editor.completion import TRIGGERS
from iopctl.editor.desk import Desk
from iopctl.editor.hints import BUDGET, INVOICES
from iopctl.editor.hints import KINDS as HINTS
from iopctl.editor.paths import local
from iopctl.editor.words import Wording, wording

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import date

    from iopctl.editor.manuscript import Manuscript
    from iopctl.editor.shelf import Shelf

ACCEPT: Final = "iopctl.server.accept"
WATCHED: Final = "**/{*.yaml,*.yml,iopctl.toml,pyproject.toml}"


class Protocol(LanguageServerProtocol):
    """The protocol without the library's own copies of open texts.

    They end lines at other characters than the protocol does, and so would soon say something
    else than the editor.
    """

    lsp_text_document__did_open = None  # type: ignore[assignment] # ours is called in its place
    lsp_text_document__did_change = None  # type: ignore[assignment] # likewise
    lsp_text_document__did_close = None  # type: ignore[assignment] # likewise


class Server(LanguageServer):
    """What is agreed with one editor, and what it has open."""

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__(
            "iopctl", __version__, protocol_cls=Protocol, converter_factory=default_converter
        )
        self.say = Wording()
        self.hints: frozenset[str] = frozenset(HINTS)
        self.snippets = False
        self.desk = Desk(
            today,
            self.text_document_publish_diagnostics,
            self._complain,
            self._fail,
        )

    def settle(self, params: lsp.InitializeParams) -> None:
        """Agree on language, positions and folders with the editor that *params* are from."""
        options = params.initialization_options
        asked = options if isinstance(options, dict) else {}
        self.say = wording(asked.get("language") or params.locale)
        language.use(self.say.language)
        self.choose(asked)
        self.snippets = bool(
            get_capability(
                params.capabilities,
                "text_document.completion.completion_item.snippet_support",
                default=False,
            )
        )
        self.desk.encoding = lsp.PositionEncodingKind(self.workspace.position_encoding).value
        roots = [each.uri for each in params.workspace_folders or ()]
        roots = roots or [root for root in (params.root_uri,) if root]
        self.desk.folders = [path for root in roots if (path := local(root))]

    def choose(self, asked: dict[str, Any]) -> None:
        """Switch kinds of hints on or off, as the settings `inlayHints` say."""
        wanted = asked.get("inlayHints")
        if isinstance(wanted, dict):
            self.hints = frozenset(kind for kind in HINTS if wanted.get(kind, True))

    def watch(self) -> None:
        """Ask to be told of changes on the disk, where the editor can tell of them."""
        able = "workspace.did_change_watched_files.dynamic_registration"
        if get_capability(self.client_capabilities, able, default=False):
            watcher = lsp.FileSystemWatcher(WATCHED)
            options = lsp.DidChangeWatchedFilesRegistrationOptions([watcher])
            method = lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
            registration = lsp.Registration("files", method, options)
            self.client_register_capability(lsp.RegistrationParams([registration]))

    def _complain(self, problem: str) -> None:
        text = self.say("iopctl: {problem}", problem=problem)
        self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, text))

    def _fail(self, error: BaseException) -> None:
        text = f"a bug in iopctl, please report it: {error!r}"
        self.window_log_message(lsp.LogMessageParams(lsp.MessageType.Error, text))


def serve(today: Callable[[], date]) -> None:
    """Answer an editor on standard input and output until it leaves; *today* says which day it is.

    A run of a command collects no rubbish; a server lives long, and must.
    """
    # What the library logs is told in the protocol, too; an editor would show it as a trace.
    logging.getLogger("pygls").addHandler(logging.NullHandler())
    logging.getLogger("pygls").propagate = False
    server = made(today)
    gc.freeze()
    gc.enable()
    server.start_io()
    server.desk.stop()  # an editor that died has not asked for it


def made(today: Callable[[], date]) -> Server:
    """Return a server that answers all that it can."""
    server = Server(today)
    for method, handler in _LIFE.items():
        server.feature(method)(partial(handler, server))
    for method, (answer, options) in _ANSWERS.items():
        server.feature(method, options)(_answering(server, answer))
    for name, command in _COMMANDS.items():
        server.command(name)(_commanding(server, command))
    return server


# ------------------------------------------------------------------ what the editor tells
def _initialize(server: Server, params: lsp.InitializeParams) -> None:
    server.settle(params)


def _initialized(server: Server, _: lsp.InitializedParams) -> None:
    server.watch()
    server.desk.begin_anew()


def _opened(server: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    given = params.text_document
    server.desk.receive(given.uri, local(given.uri), given.text, given.version)


def _changed(server: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    given = params.text_document
    server.desk.change(given.uri, params.content_changes, given.version)


def _closed(server: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    server.desk.close(params.text_document.uri)


def _saved(server: Server, _: object) -> None:
    server.desk.save()


def _moved(server: Server, params: lsp.DidChangeWorkspaceFoldersParams) -> None:
    gone = {local(each.uri) for each in params.event.removed}
    new = [path for each in params.event.added if (path := local(each.uri))]
    server.desk.move([*(each for each in server.desk.folders if each not in gone), *new])


def _configured(server: Server, params: lsp.DidChangeConfigurationParams) -> None:
    found = params.settings
    own = found.get("iopctl", found) if isinstance(found, dict) else {}
    if isinstance(own, dict):
        server.choose(own)


def _ended(server: Server, _: object) -> None:
    server.desk.stop()


_LIFE: Final[dict[str, Callable[..., None]]] = {
    lsp.INITIALIZE: _initialize,
    lsp.INITIALIZED: _initialized,
    lsp.TEXT_DOCUMENT_DID_OPEN: _opened,
    lsp.TEXT_DOCUMENT_DID_CHANGE: _changed,
    lsp.TEXT_DOCUMENT_DID_CLOSE: _closed,
    lsp.TEXT_DOCUMENT_DID_SAVE: _saved,
    lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES: _saved,
    lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: _moved,
    lsp.WORKSPACE_DID_CHANGE_CONFIGURATION: _configured,
    lsp.SHUTDOWN: _ended,
}


# ------------------------------------------------------------------ what the editor asks
def _answering(server: Server, answer: answers.Answer) -> Callable[[Any], Awaitable[Any]]:
    async def handler(params: Any) -> Any:  # noqa: ANN401 - each method has its own
        found = await server.desk.settled(params.text_document.uri)
        return found and answer(_asked(server, *found), params)

    return handler


def _asked(server: Server, manuscript: Manuscript, shelf: Shelf) -> answers.OpenQuestion:
    return answers.OpenQuestion(
        manuscript, shelf, server.desk, server.say, server.hints, server.snippets
    )


_ANSWERS: Final[dict[str, tuple[answers.Answer, Any]]] = {
    lsp.TEXT_DOCUMENT_HOVER: (answers.hover, None),
    lsp.TEXT_DOCUMENT_COMPLETION: (
        answers.completion,
        lsp.CompletionOptions(trigger_characters=list(TRIGGERS)),
    ),
    lsp.TEXT_DOCUMENT_INLAY_HINT: (answers.hints, None),
    lsp.TEXT_DOCUMENT_CODE_LENS: (answers.lenses, None),
    lsp.TEXT_DOCUMENT_CODE_ACTION: (answers.actions, lsp.CodeActionOptions(KINDS)),
    lsp.TEXT_DOCUMENT_DEFINITION: (answers.definition, None),
    lsp.TEXT_DOCUMENT_REFERENCES: (answers.references, None),
    lsp.TEXT_DOCUMENT_PREPARE_RENAME: (answers.renamable, None),
    lsp.TEXT_DOCUMENT_RENAME: (answers.renamed, lsp.RenameOptions(prepare_provider=True)),
    lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (answers.symbols, None),
    lsp.TEXT_DOCUMENT_FOLDING_RANGE: (answers.folds, None),
    lsp.TEXT_DOCUMENT_SELECTION_RANGE: (answers.selections, None),
    lsp.TEXT_DOCUMENT_DOCUMENT_LINK: (answers.links, None),
    lsp.TEXT_DOCUMENT_FORMATTING: (answers.formatting, None),
}


# ------------------------------------------------------------------ commands
def _commanding(
    server: Server, command: Callable[..., Awaitable[Any]]
) -> Callable[..., Awaitable[Any]]:
    async def handler(*arguments: Any) -> Any:  # noqa: ANN401 - each command has its own
        words = [each if isinstance(each, str) else "" for each in arguments]
        found = await server.desk.settled(words[0]) if words else None
        return found and await command(server, _asked(server, *found), *words[1:])

    return handler


async def _budget(_: Server, asked: answers.OpenQuestion, *__: str) -> str | None:
    return answers.budget(asked)


async def _invoices(_: Server, asked: answers.OpenQuestion, *__: str) -> str | None:
    return answers.invoices(asked)


async def _accept(server: Server, asked: answers.OpenQuestion, *words: str) -> bool:
    """Silence the finding of a rule on a line, with a reason: uri, rule, line, reason."""
    rule, line, reason = (*words, "", "", "")[:3]
    changes = answers.accepted(asked, rule, line, reason)
    if changes:
        await server.workspace_apply_edit_async(lsp.ApplyWorkspaceEditParams(changes))
    return bool(changes)


_COMMANDS: Final = {BUDGET: _budget, INVOICES: _invoices, ACCEPT: _accept}
