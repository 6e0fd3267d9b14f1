"""What the server says of a text, asked for in this process: whole answers as golden files."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcInvalidParams

from iopctl.editor import answers, diagnostics
from iopctl.editor.answers import OpenQuestion
from iopctl.editor.desk import Desk
from iopctl.editor.manuscript import Manuscript
from iopctl.editor.shelf import Shelf, located, order, survey
from iopctl.editor.words import wording
from iopctl.language import use
from tests.conftest import AGREEMENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from iopctl.language import Language
    from tests.conftest import Golden

    Ask = Callable[..., OpenQuestion]

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)
DOC = lsp.TextDocumentIdentifier("")
EVERYTHING = lsp.Range(lsp.Position(0, 0), lsp.Position(999, 0))
CONFIG = """\
[index.PKV]
unit = "percent"
values = {2024 = 3.5, 2025 = 2.0}
"""
RICH = """\
id: rik-2023
title: IOP Rik
source: avtal.pdf
succeeds: exempel-2024
part_of: finns-inte
activities: [Café, Språk]
parties:
  kommunen:
    role: public
    name: Exempels kommun
    short_name: Kommunen
    board: Socialnämnden
  foreningen: {role: civil, name: Föreningen Exemplet}
  andra: {role: civil, count: 8}
validity: {start: 2024-01-01, end: 2025-12-31, notice_months: 6, extension: {kind: mutual, times: 2, years: 1}}
economy:
  base_year: 2023
  index: {series: PKV}
  stated: {total: 900000, by_party: {kommunen: 450000}}
  contributions:
    - {party: kommunen, item: Handledning, amount: 450000}
    - {party: [foreningen, andra], item: Lokaler, amount: 400000.50, end: 2025-06-30}
    - {party: foreningen, item: Tid, indexed: false}
    - {party: kommunen, item: Start, total: 20000}
invoicing:
  - {seller: foreningen, buyer: kommunen, reference: 150Z, recipient: {lines: [Box 1], postal_code: 123 45, city: ORTEN}}
follow_up: {meetings_per_year: 1, reports_per_year: 1}
volume: [{unit: deltagare, target: 40}]
exceptions:
  - {rule: share-off-benchmark, reason: Enligt beslut.}
# två rader
# kommentar
log:
  - {date: 2024-05-14, event: meeting}
  - {date: 2025-02-20, event: report, year: 2024, outcome: {deltagare: 40}}
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a repository of three agreements, one of them rich, and a configuration."""
    folder = tmp_path / "agreements"
    folder.mkdir()
    (tmp_path / "iopctl.toml").write_text(CONFIG, "utf-8")
    (tmp_path / "avtal.pdf").write_bytes(b"%PDF")
    (folder / "exempel-2024.yaml").write_text(AGREEMENT + "\n", "utf-8")
    (folder / "rik-2023.yaml").write_text(RICH, "utf-8")
    other = RICH.replace("rik-2023", "annan-2024").replace(
        "succeeds: exempel-2024", "succeeds: rik-2023"
    )
    (folder / "annan-2024.yaml").write_text(other, "utf-8")
    (folder / "trasig.yaml").write_text("id: [", "utf-8")
    return tmp_path


@pytest.fixture
def today() -> date:
    """Return the day that the editor knows."""
    return TODAY


@pytest.fixture
def ask(repository: Path, today: date) -> Ask:
    """Return what asks about a text as if it were that of rik-2023.yaml, the cursor at §."""
    path = PurePath(repository / "agreements" / "rik-2023.yaml")
    place, problem = located(path, [])
    shelf = Shelf(place, today)
    found = survey(order(shelf), lambda: False)
    assert found
    assert (problem, shelf.holds(path)) == ("", True)
    shelf.take(found)

    def asked(text: str = RICH, language: str = "sv", known: str = "", **more: Any) -> OpenQuestion:  # noqa: ANN401 - as Asked has it
        manuscript = Manuscript(path.as_uri(), known, 1, path, shelf.name(path))
        if known:
            manuscript.read(shelf.context)
        manuscript.text = text.replace("§", "")
        result = shelf.findings()
        manuscript.findings = result[manuscript.name]
        desk = Desk(lambda: today, print, print, print)
        return OpenQuestion(manuscript, shelf, desk, wording(language), snippets=True, **more)

    return asked


def at(text: str) -> lsp.Position:
    """Return the position of the sign §."""
    before = text[: text.index("§")]
    return lsp.Position(before.count("\n"), len(before.rpartition("\n")[2]))


def put(sign_before: str, text: str = RICH) -> str:
    """Return *text* with the sign § behind the first *sign_before*."""
    head, found, tail = text.partition(sign_before)
    assert found
    return f"{head}{found}§{tail}"


def plain(text: str, repository: Path | str = "") -> str:
    """Return a text without what differs from machine to machine."""
    return text.replace(str(repository), "«root»").replace(ROOT.as_uri(), "«iopctl»")


# ------------------------------------------------------------------ hover
PLACES = {
    "a key": "id",
    "a row": "Handl",
    "a row in part": "Lokal",
    "a row without price": "Tid",
    "a total": "Start",
    "the index": "index",
    "validity": "end",
    "a party": "kommun",
    "a party in a row": "{party: komm",
    "a party in a list": "[foren",
    "a party by its sum": "by_party: {komm",
    "parties without a name": "andr",
    "a rule": "{rule: share",
    "a rule's reason": "Enligt",
    "another agreement": "succeeds: exem",
    "an agreement that is not there": "part_of: finns",
    "an event": "event: meet",
    "an outcome": "outc",
    "a choice": "kind: mut",
    "seller": "seller: foren",
}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_hovers(ask: Ask, golden: Golden, language: str) -> None:
    """What a key means and what its value comes to, at every kind of place."""
    told = []
    for what, before in PLACES.items():
        text = put(before)
        found = answers.hover(ask(text, language), lsp.HoverParams(DOC, at(text)))
        told.append(f"======== {what}\n{found.contents.value if found else None}\n")  # type: ignore[union-attr] # markup

    golden(f"editor/hover.{language}.md", "\n".join(told))


def test_a_hover_on_a_row_s_own_index_is_about_that(ask: Ask) -> None:
    """The row's factors, not those of the economy's index."""
    own = RICH.replace("amount: 450000}", "amount: 450000, index: {percent: 4}}")
    text = put("index: {per", own)
    found = answers.hover(ask(text), lsp.HoverParams(DOC, at(text)))

    assert found
    assert "| 2025 | 4⍽% | 1,0816 |".replace("⍽", "\u00a0") in found.contents.value  # type: ignore[union-attr] # markup


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("x: [\nvalidity:\n  end: 20§26", "Sista dag för uppsägning"),
        ("x: [\nlog:\n  - date: 2024\n    event: report\n    ye§ar", "Året som rapporten avser"),
        ("x: [\nparties:\n  okand:\n    ro§le", "Vilken sida parten hör till"),
        ("x: [\neconomy:\n  index: {per§cent: 2", "Fast uppräkning"),
        ("x: [\neconomy:\n  contributions:\n    - {party: okan§d", "Nyckeln för parten"),
        ("# iopctl: ignore[IOP6§02] skäl\n" + RICH, "# IOP602 file-name-differs"),
    ],
)
def test_hovers_while_something_is_broken(ask: Ask, text: str, word: str) -> None:
    """The key under the cursor still has its meaning, and its value what it last came to."""
    found = answers.hover(ask(text, known=RICH), lsp.HoverParams(DOC, at(text)))

    assert found
    assert word in found.contents.value  # type: ignore[union-attr] # markup


@pytest.mark.parametrize(
    "text", ["# en §kommentar\nx: [", "x-egen: §a\n" + RICH, "x-egen: 1  # h§ej\n" + RICH]
)
def test_no_hover_where_there_is_nothing_to_say(ask: Ask, text: str) -> None:
    """A comment and a key of the user's own are left alone."""
    assert answers.hover(ask(text), lsp.HoverParams(DOC, at(text))) is None


SHORT = """\
id: rik-2023
title: Kort
parties:
  k: {role: public, name: K}
  f: {role: civil, name: F}
validity: {start: 2024-01-01, end: 2024-12-31}
economy:
  base_year: 2024
  index: {percent: 2}
  contributions: [{party: k, amount: 1}, {party: f, amount: 1}]
"""
TIMELESS = SHORT.replace("validity: {start: 2024-01-01, end: 2024-12-31}\n", "").replace(
    "base_year: 2024", "label: bidrag"
)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        (put("index", SHORT), "till exempel {percent: 2}. Skriv unspecified om avtalet säger att de räknas upp men inte hur"),
        (put("index", TIMELESS), "Utelämnas när inget räknas upp"),
        (put("  k", TIMELESS), "**K, offentlig**"),
        (put("start", SHORT), "- Slut: 2024-12-31"),
    ],
)  # fmt: skip
def test_hovers_where_little_is_known(ask: Ask, text: str, end: str) -> None:
    """Nothing is made up: no raise of a single year, no option, no notice, no figures."""
    found = answers.hover(ask(text), lsp.HoverParams(DOC, at(text)))

    assert found
    assert end in found.contents.value  # type: ignore[union-attr] # markup
    assert "Faktor" not in found.contents.value  # type: ignore[union-attr] # likewise
    assert "Optioner" not in found.contents.value  # type: ignore[union-attr] # likewise


# ------------------------------------------------------------------ hints and lenses
OPEN = RICH.replace(
    "end: 2025-12-31, notice_months: 6, extension: {kind: mutual, times: 2, years: 1}", "end: open"
)
UNLIMITED = RICH.replace("times: 2, ", "")
UNKNOWN = RICH.replace("validity: {start: 2024-01-01, end: 2025-12-31,", "validity: {").replace(
    "index: {series: PKV}", "index: unspecified"
)
BARE = "id: rik-2023\ntitle: x\nparties: {k: {role: public, name: K}, f: {role: civil, name: F}}\neconomy: {contributions: [{party: k, total: 5000}]}\n"
EMPTY = BARE.replace("[{party: k, total: 5000}]", "[]")
INVOICED = (
    RICH
    + "  - {date: 2025-06-01, event: invoice, number: '1', period: 2024-01-01/2025-12-31, amount: 1}\n"
)
AHEAD = (
    RICH.replace("end: 2025-12-31", "end: 2027-12-31")
    .replace("log:", "  - {rule: IOP427, reason: x}\nlog:")
    .replace("reports_per_year: 1}", "settled_until: 2026-11-01}")
)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_hints_and_lenses(ask: Ask, golden: Golden, language: str) -> None:
    """Sums, shares, kronor and dates beside the text, and the figures above its blocks."""
    told = []
    texts = {
        "rich": RICH,
        "open": OPEN,
        "unlimited": UNLIMITED,
        "unknown": UNKNOWN,
        "bare": BARE,
        "empty": EMPTY,
        "invoiced": INVOICED,
        "ahead": AHEAD,
    }
    for name, text in texts.items():
        asked = ask(text, language)
        assert asked.reading.case, name
        told.append(f"======== {name}")
        hints = answers.hints(asked, lsp.InlayHintParams(DOC, EVERYTHING))
        lenses = answers.lenses(asked, lsp.CodeLensParams(DOC))
        told.extend(f"{each.position}: {each.label}" for each in hints)
        told.extend(f"{each.range.start}: {each.command and each.command.title}" for each in lenses)

    golden(f"editor/hints.{language}.txt", "\n".join(told) + "\n")


@pytest.mark.parametrize("today", [date(2025, 6, 1)])
def test_hints_can_be_switched_off(ask: Ask) -> None:
    """Each kind by itself, and only those in sight are made."""
    params = lsp.InlayHintParams(DOC, EVERYTHING)
    first_line = lsp.InlayHintParams(DOC, lsp.Range(lsp.Position(0, 0), lsp.Position(1, 0)))

    assert [each.label for each in answers.hints(ask(hints=("dates",)), params)] == [
        "som längst till 2027-12-31"
    ]
    assert answers.hints(ask(hints=()), params) == []
    assert answers.hints(ask(), first_line) == []


def test_nothing_is_shown_of_what_was_never_read(ask: Ask) -> None:
    """A text that no reading knows has no hints, lenses, symbols, folds, links or papers."""
    asked = ask("id: [")

    assert answers.hints(asked, lsp.InlayHintParams(DOC, EVERYTHING)) == []
    assert answers.lenses(asked, lsp.CodeLensParams(DOC)) == []
    assert answers.symbols(asked, lsp.DocumentSymbolParams(DOC)) == []
    assert answers.folds(asked, lsp.FoldingRangeParams(DOC)) == []
    assert answers.links(asked, lsp.DocumentLinkParams(DOC)) == []
    assert (answers.budget(asked), answers.invoices(asked)) == (None, None)


AMONG_OWN = RICH.replace("title: IOP Rik", "title: IOP Rik\nx-eget: {amount: tusen kronor}")


def test_only_amounts_are_grouped(ask: Ask) -> None:
    """A key of the user's own may be called as one of the format's."""
    labels = [
        each.label for each in answers.hints(ask(AMONG_OWN), lsp.InlayHintParams(DOC, EVERYTHING))
    ]

    assert labels == [
        each.label for each in answers.hints(ask(), lsp.InlayHintParams(DOC, EVERYTHING))
    ]


# ------------------------------------------------------------------ structure
def test_structure(ask: Ask, golden: Golden, repository: Path) -> None:
    """Symbols, folds, and the links of a text."""
    asked = ask()
    told = ["======== symbols"]

    def tell(symbols: list[lsp.DocumentSymbol], depth: int) -> None:
        for each in symbols:
            told.append(f"{'  ' * depth}{each.name}: {each.detail} {each.range}")
            tell(list(each.children or ()), depth + 1)

    tell(answers.symbols(asked, lsp.DocumentSymbolParams(DOC)), 0)
    told += ["======== folds", *map(str, answers.folds(asked, lsp.FoldingRangeParams(DOC)))]
    links = answers.links(asked, lsp.DocumentLinkParams(DOC))
    told += ["======== links", *(f"{each.range} {each.target}" for each in links)]

    golden("editor/structure.txt", plain("\n".join(told) + "\n", repository))


@pytest.mark.parametrize(("chosen", "folder"), [("en", "rules"), ("sv", "sv/regler")])
@pytest.mark.usefixtures("swedish")
def test_a_rule_leads_to_its_page_in_the_editors_language(chosen: Language, folder: str) -> None:
    """Both are installed, and each has its own address."""
    use(chosen)

    assert str(diagnostics.page("IOP210")).endswith(f"/docs/{folder}/IOP210.md")


def test_selections_grow(ask: Ask) -> None:
    """From a word to its pair, its row, the rows, and the whole text."""
    text = put("item: Handl")
    [found] = answers.selections(ask(text), lsp.SelectionRangeParams(DOC, [at(text)]))
    grown = []
    each: lsp.SelectionRange | None = found
    while each:
        grown.append(each.range)
        each = each.parent

    assert [str(each) for each in grown][:3] == ["20:30-20:41", "20:24-20:41", "20:6-20:58"]
    assert all(
        outer.start <= inner.start and inner.end <= outer.end for inner, outer in pairwise(grown)
    )
    assert (
        answers.selections(ask("x: ["), lsp.SelectionRangeParams(DOC, [lsp.Position(0, 1)]))[
            0
        ].parent
        is None
    )


# ------------------------------------------------------------------ completion
CURSORS = {
    "keys at the top": "§\n" + RICH,
    "keys of a row": put("{party: kommunen, ").replace("item: Handledning, amount: 450000", ""),
    "keys of a block": "id: a\nvalidity:\n  st§",
    "keys of a list's item": "economy:\n  contributions:\n    - §",
    "a key before its colon": "id: a\nti§ : b",
    "keys of an event": "log:\n  - date: 2024\n    event: report\n    §",
    "a choice": put("kind: "),
    "a flag": put("indexed: "),
    "a party": put("{party: "),
    "a party in a list": put("[foreningen, "),
    "parties by sum": put("by_party: {"),
    "parties of others": "parties:\n  ny§",
    "an id": put("succeeds: "),
    "a rule": put("{rule: share-off-"),
    "a series": put("series: "),
    "a date": put("{date: "),
    "a unit": put("unit: "),
    "an outcome": put("outcome: {"),
    "an item": put("item: "),
    "what a buyer wants": "id: ny-2026\ninvoicing:\n  buyer: kommunen\n  §",
    "what a buyer wants, in brackets": "id: ny-2026\ninvoicing: {buyer: kommunen, §}",
    "a reference": "id: ny-2026\ninvoicing:\n  buyer: kommunen\n  reference: §",
    "a word of a list": put("activities: ["),
    "a comment": "id: a  # iopctl: ignore[file-§",
    "a comment that is closed": "id: a  # iopctl: ignore[IOP602] §",
    "what a buyer wants, when it is there": "id: ny-2026\ninvoicing:\n  buyer: kommunen\n  reference: 1\n  §",
    "parties of others, some there": "parties:\n  kommunen: {}\n  §",
    "parties of others, in brackets": "parties: {§}",
    "words of a list": "activities: §",
    "free keys": put("  kommunen:\n"),
}


def test_completions(ask: Ask, golden: Golden) -> None:
    """What may be written at every kind of place, with what it inserts."""
    told = []
    for what, text in CURSORS.items():
        found = answers.completion(
            ask(text, known=RICH.replace("rik-2023", "ny-2026")),
            lsp.CompletionParams(DOC, at(text)),
        )
        told.append(f"======== {what}")
        for item in found.items[: 3 if what == "a rule" else None]:  # there are more every month
            edit = item.text_edit
            assert isinstance(edit, lsp.TextEdit)
            told.append(f"{item.label} | {item.detail} | {edit.range} {edit.new_text!r}")

    golden("editor/completion.txt", "\n".join(told) + "\n")


def test_completions_without_snippets(ask: Ask) -> None:
    """An editor that has none gets the text alone."""
    text = "id: a\nvalidity:\n  st§"
    asked = ask(text)._replace(snippets=False)
    found = answers.completion(asked, lsp.CompletionParams(DOC, at(text)))

    assert {each.insert_text_format for each in found.items} == {lsp.InsertTextFormat.PlainText}
    assert found.items[1].text_edit == lsp.TextEdit(
        lsp.Range(lsp.Position(2, 2), lsp.Position(2, 4)), "start: "
    )


def test_completions_of_a_text_that_was_never_read(ask: Ask) -> None:
    """Without a reading, there are the format's keys and other agreements all the same."""
    labels = [
        [
            each.label
            for each in answers.completion(ask(text), lsp.CompletionParams(DOC, at(text))).items
        ]
        for text in (
            "succeeds: §",
            "economy: {contributions: [{party: §",
            "invoicing: {buyer: k, reference: §",
            "volume: [{unit: §",
        )
    ]

    assert labels == [
        ["annan-2024", "exempel-2024", "rik-2023", "exempel-2021"],
        ["kommunen"],
        ["150Z"],
        ["deltagare", "platser"],
    ]


def test_an_agreement_does_not_follow_itself(ask: Ask) -> None:
    """All ids are proposed but the text's own."""
    text = put("succeeds: ")
    found = answers.completion(ask(text, known=RICH), lsp.CompletionParams(DOC, at(text)))

    assert [each.label for each in found.items] == ["annan-2024", "exempel-2024", "exempel-2021"]


# ------------------------------------------------------------------ names
@pytest.mark.parametrize(
    ("before", "definitions", "uses"),
    [
        ("{party: kom", 1, 4),
        ("  forenin", 1, 3),
        ("id: rik", 1, 1),
        ("succeeds: exem", 1, 1),
        ("{rule: share", 1, 0),
        ("title: IO", 0, 0),
        ("Enligt", 0, 0),
    ],
)
def test_names_lead_to_where_they_are_given(
    ask: Ask, before: str, definitions: int, uses: int
) -> None:
    """Parties within the file, agreements between files, rules to their pages."""
    text = put(before)
    asked = ask(text)
    given = answers.definition(asked, lsp.DefinitionParams(DOC, at(text)))
    used = answers.references(
        asked, lsp.ReferenceParams(lsp.ReferenceContext(include_declaration=False), DOC, at(text))
    )
    both = answers.references(
        asked, lsp.ReferenceParams(lsp.ReferenceContext(include_declaration=True), DOC, at(text))
    )

    assert (len(given), len(used)) == (definitions, uses)
    assert len(both) == len(used) + (definitions if uses else 0)


AMENDED = (
    RICH
    + "  - {date: 2025-03-01, event: amendment, effective: 2025-03-01, terms: {parties: {'kommunen': {role: public, name: K, x-y: {party: kommunen}}, x-z: {}}}}\n"
)


def test_a_party_is_renamed_everywhere(ask: Ask) -> None:
    """In rows, lists, sums, amendments and quotes; what reads as before is all that is left."""
    text = put("  kommunen", AMENDED)
    asked = ask(text)
    placeholder = answers.renamable(asked, lsp.PrepareRenameParams(DOC, at(text)))
    found = answers.renamed(asked, lsp.RenameParams(DOC, at(text), "staden"))

    assert placeholder
    assert placeholder.placeholder == "kommunen"
    assert found
    assert found.changes
    [edits] = found.changes.values()
    lines = AMENDED.split("\n")
    for edit in sorted(edits, key=lambda each: each.range.start, reverse=True):
        line, start, end = (
            edit.range.start.line,
            edit.range.start.character,
            edit.range.end.character,
        )
        lines[line] = lines[line][:start] + edit.new_text + lines[line][end:]
    assert "\n".join(lines) == AMENDED.replace("kommunen", "staden").replace(
        "x-y: {party: staden}", "x-y: {party: kommunen}"
    )


def test_an_id_is_renamed_with_its_file(ask: Ask, repository: Path) -> None:
    """In every file that names it, and the file itself."""
    text = put("id: rik")
    found = answers.renamed(ask(text), lsp.RenameParams(DOC, at(text), "rikare-2023"))

    assert found
    assert [plain(str(each), repository) for each in found.document_changes or ()] == [
        "TextDocumentEdit(text_document=OptionalVersionedTextDocumentIdentifier(uri='file://«root»/agreements/rik-2023.yaml', version=None), edits=[TextEdit(range=0:4-0:12, new_text='rikare-2023')])",
        "TextDocumentEdit(text_document=OptionalVersionedTextDocumentIdentifier(uri='file://«root»/agreements/annan-2024.yaml', version=None), edits=[TextEdit(range=3:10-3:18, new_text='rikare-2023')])",
        "RenameFile(old_uri='file://«root»/agreements/rik-2023.yaml', new_uri='file://«root»/agreements/rikare-2023.yaml', kind='rename', options=RenameFileOptions(overwrite=False, ignore_if_exists=None), annotation_id=None)",
    ]


def test_an_id_that_is_no_files_name(ask: Ask) -> None:
    """Then the file keeps its own."""
    text = put("id: an", RICH.replace("rik-2023", "annat-2023"))
    found = answers.renamed(ask(text), lsp.RenameParams(DOC, at(text), "tredje-2023"))

    assert found
    assert found.changes


@pytest.mark.parametrize(
    ("before", "new", "problem"),
    [
        ("{party: kom", "Staden!", "skriv små bokstäver a-z"),
        ("{party: kom", "foreningen", "'foreningen' är upptaget"),
        ("{party: kom", "x-a", "skriv små"),
        ("id: rik", "exempel-2024", "'exempel-2024' är upptaget"),
    ],
)
def test_names_that_can_not_be(ask: Ask, before: str, new: str, problem: str) -> None:
    """A name that the format refuses, or that is another's, is told, and nothing changes."""
    text = put(before)

    with pytest.raises(JsonRpcInvalidParams, match=problem):
        answers.renamed(ask(text), lsp.RenameParams(DOC, at(text), new))


@pytest.mark.parametrize("before", ["title: IO", "succeeds: exem", "Enligt"])
def test_what_is_no_name_of_the_file_is_not_renamed(ask: Ask, before: str) -> None:
    """The name of another agreement is changed in that one."""
    text = put(before)

    assert answers.renamed(ask(text), lsp.RenameParams(DOC, at(text), "ny")) is None


def test_names_that_are_not_written_yet(ask: Ask) -> None:
    """A row whose party is still missing leads nowhere."""
    text = "parties: {k: 1}\neconomy: {contributions: [{party: }, {party: [[a], k§]}]}"
    found = answers.definition(ask(text), lsp.DefinitionParams(DOC, at(text)))

    assert [str(each.range) for each in found] == ["0:10-0:11"]


def test_names_while_something_is_broken(ask: Ask) -> None:
    """The places are where they have come to stand."""
    text = put("{party: kom", "x: [\n" + RICH)
    found = answers.definition(ask(text, known=RICH), lsp.DefinitionParams(DOC, at(text)))

    assert [str(each.range) for each in found] == ["8:2-8:10"]


# ------------------------------------------------------------------ actions
MISSPELT = RICH.replace("450000}\n", "450 000 kr}\n").replace("2024-05-14", "2024/05/14")


def acted(asked: OpenQuestion, text: str, only: list[str] | None = None) -> dict[str, str]:
    """Return the titles of what may be done at §, each with the text that it leaves."""
    context = lsp.CodeActionContext([], only=only)
    found = answers.actions(
        asked, lsp.CodeActionParams(DOC, lsp.Range(at(text), at(text)), context)
    )
    return {each.title: applied(asked, each.edit) for each in found}


def applied(asked: OpenQuestion, edit: lsp.WorkspaceEdit | None) -> str:
    """Return the text that an edit leaves."""
    assert edit
    assert edit.changes
    [edits] = edit.changes.values()
    copy = Manuscript("", asked.manuscript.text)
    for each in edits:
        copy.change([lsp.TextDocumentContentChangePartial(each.range, each.new_text)], 1)
    return copy.text


def looked_at(ask: Ask, text: str) -> OpenQuestion:
    """Return a text that was just examined."""
    from iopctl import check
    from iopctl.input import Input

    asked = ask(text)
    given = Input(asked.manuscript.name, asked.manuscript.content)
    found = check.checked(given, asked.shelf.context, asked.reading.document)
    asked.shelf.put(given, found, asked.reading.document)
    asked.manuscript.findings = asked.shelf.findings()[asked.manuscript.name]
    return asked


def test_what_is_misspelt_is_rewritten(ask: Ask) -> None:
    """One value, or all of them; formatting does the same."""
    text = put("amount: 450", MISSPELT)
    asked = looked_at(ask, text)
    found = acted(asked, text)
    [edit] = answers.formatting(
        asked, lsp.DocumentFormattingParams(DOC, lsp.FormattingOptions(2, insert_spaces=True))
    )

    assert list(found) == ["skriv 450000", "skriv om allt som är felstavat"]
    assert found["skriv om allt som är felstavat"] == RICH
    assert found["skriv 450000"] == RICH.replace("2024-05-14", "2024/05/14")
    assert applied(asked, lsp.WorkspaceEdit({"": [edit]})) == RICH
    assert list(acted(asked, text, ["source.fixAll"])) == ["skriv om allt som är felstavat"]
    assert list(acted(asked, text, ["refactor"])) == []


def test_nothing_is_formatted_that_can_not_safely_be(ask: Ask) -> None:
    """A text that would come to say something else is left alone; so is one that is well."""
    params = lsp.DocumentFormattingParams(DOC, lsp.FormattingOptions(2, insert_spaces=True))
    tagged = MISSPELT.replace("450 000 kr", "!!str 450 000 kr")

    assert answers.formatting(ask(), params) == []
    assert answers.formatting(ask("id: ["), params) == []
    cursor = put("amount: !!str", tagged)
    assert answers.formatting(ask(tagged), params) == []
    assert acted(looked_at(ask, cursor), cursor) == {}


LEGAL = 'rule: legal-assessment-missing, path: title, reason: ""'
STOOD_BY = "exceptions:\n  - {rule: share-off-benchmark, reason: Enligt beslut.}\n"
RENAMED = RICH.replace("rik-2023", "annat-2023")


@pytest.mark.parametrize(
    ("before", "text", "rule", "old", "new"),
    [
        ("title: IO", RICH, "legal-assessment-missing", STOOD_BY, f"{STOOD_BY}  - {{{LEGAL}}}\n"),
        ("title: IO", RICH.replace(STOOD_BY, ""), "legal-assessment-missing", "# två", f"exceptions:\n  - {{{LEGAL}}}\n# två"),
        ("id: annat", RENAMED, "file-name-differs", "id: annat-2023", "id: annat-2023  # iopctl: ignore[file-name-differs]"),
        ("id: annat", RENAMED.replace("\n", "\r\n"), "file-name-differs", "id: annat-2023", "id: annat-2023  # iopctl: ignore[file-name-differs]"),
    ],
)  # fmt: skip
def test_what_is_found_can_be_accepted(
    ask: Ask, before: str, text: str, rule: str, old: str, new: str
) -> None:
    """An exception at the path, or a comment, whose reason a person is yet to write."""
    cursor = put(before, text)
    found = acted(looked_at(ask, cursor), cursor)

    assert found[f"godta {rule}, med skäl"] == text.replace(old, new)


def test_a_comment_at_the_end_of_the_text(ask: Ask) -> None:
    """It needs no line after it; a reason that is known is written at once."""
    text = f"{BARE}id: annat-2023".replace("id: rik-2023\n", "")
    asked = looked_at(ask, text)
    line = str(text.count("\n"))

    found = answers.accepted(asked, "file-name-differs", line, "så heter den")
    assert applied(asked, found) == f"{text}  # iopctl: ignore[file-name-differs] så heter den"
    assert answers.accepted(asked, "file-name-differs", "0", "") is None


def test_an_exception_that_can_not_be_written(ask: Ask) -> None:
    """Where the text can't be changed without changing more, nothing is offered."""
    text = put("title: IO", RICH.replace(STOOD_BY, "exceptions:   # inga\n"))
    asked = looked_at(ask, text)

    assert [title for title in acted(asked, text) if "legal" in title] == []
    assert answers.accepted(asked, "legal-assessment-missing", "1", "x") is None


def test_related_places_are_shown(ask: Ask) -> None:
    """In the same text with what stands there, in other files by their names."""
    twice = "  foreningen: {role: civil, name: Föreningen Exemplet}\n"
    asked = looked_at(ask, RICH.replace(twice, twice + twice.replace("foreningen:", "igen:")))
    shown = [
        diagnostics.shown(each, asked.reading.ruler, lambda name: f"file:///{name}")
        for each in asked.manuscript.findings
    ]

    assert {
        (each.code, str(related.location), related.message)
        for each in shown
        for related in each.related_information or ()
    } >= {("IOP105", "file:///agreements/rik-2023.yaml:12:2-12:12", "the other one")}


LATE = RICH.replace("times: 2, years: 1}", "times: 1, years: 1}").replace(
    "  - {date: 2024-05-14, event: meeting}\n", ""
)


PAID_OUT = RICH.replace(
    "  - {seller: foreningen, buyer: kommunen, reference: 150Z",
    "  - {seller: andra, buyer: kommunen, method: payout, start: 2025-01-01}\n"
    "  - {seller: foreningen, buyer: kommunen, end: 2024-12-31, reference: 150Z",
)


def test_who_is_billed_is_logged_where_several_may_be(ask: Ask) -> None:
    """By the party that sends the invoice, or that gets the money without one."""
    text = put("\ninvoic", PAID_OUT)
    found = acted(looked_at(ask, text), text)
    new = {title: left.split("log:")[1].split("\n")[-2] for title, left in found.items()}

    assert new["logga fakturan för 2024"] == (
        '  - {date: 2026-11-22, event: invoice, number: "", period: 2024, amount: 465750, seller: foreningen}'
    )
    assert new["logga utbetalningen för 2025"] == (
        "  - {date: 2026-11-22, event: payment, period: 2025, amount: 475065, receiver: andra}"
    )


def test_what_is_late_can_be_logged(ask: Ask, golden: Golden) -> None:
    """At the block that asks for it, and at the log; what only a person knows is left empty."""
    told = []
    for before in ("follow_", "invoic", "validi", "lo", "econ"):
        text = put(f"\n{before}", LATE)
        told.append(f"======== {before}")
        for title, left in acted(looked_at(ask, text), text).items():
            new = [line for line in left.split("\n") if line not in LATE.split("\n")]
            told.append(f"{title}: {' / '.join(new)}")

    golden("editor/actions.txt", "\n".join(told) + "\n")
