"""Positions, outlines and versions of a text in an editor: nothing typed there is ever misplaced."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lsprotocol.types import (
    Position,
    Range,
    TextDocumentContentChangePartial,
    TextDocumentContentChangeWholeDocument,
)

from iopctl.check.rules import Context
from iopctl.config import DEFAULT
from iopctl.editor import words
from iopctl.editor.manuscript import Manuscript, stretch
from iopctl.editor.outline import Spot, spot
from iopctl.editor.paths import local
from iopctl.editor.ruler import Ruler
from iopctl.tables import UNKNOWN
from tests.conftest import AGREEMENT

EDITOR = Path(__file__).parents[1] / "iopctl" / "editor"
CONTEXT = Context(DEFAULT, date(2024, 6, 1))
# Line ends of all systems, those that only libraries take for some, and letters of all lengths.
typed = st.lists(
    st.sampled_from([*"ab å𝄞\n\r:", "\r\n", "\x85", "\u2028", "\x0c", "\ufeff"]), max_size=12
).map("".join)
encodings = st.sampled_from(["utf-8", "utf-16", "utf-32"])


# ------------------------------------------------------------------ positions
@given(typed, encodings, st.data())
def test_positions_lead_back(text: str, encoding: str, data: st.DataObject) -> None:
    """A place in a text is the same whether it is counted in code points or as an editor does."""
    ruler = Ruler(text, encoding)
    mark = int(text.startswith("\ufeff"))
    offset = data.draw(st.integers(0, max(len(text) - mark, 0)))
    inside_line_end = text[offset + mark - 1 : offset + mark + 1] == "\r\n"

    if not inside_line_end:
        assert ruler.offset(ruler.position(offset)) == max(offset, 0)


@given(typed, encodings, st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), typed)))
@example("a\u2028b\nc", "utf-16", [(4, 5, "x")])
def test_changes_are_made_where_the_editor_makes_them(
    text: str, encoding: str, edits: list[tuple[int, int, str]]
) -> None:
    """A text that is changed stretch by stretch is what the editor has, in every encoding."""
    manuscript = Manuscript("untitled:a", text, encoding=encoding)
    for version, (one, other, new) in enumerate(edits):
        ruler = Ruler(text, encoding)
        start, end = (ruler.position(each) for each in sorted((one, other)))
        at = [ruler.offset(each) + text.startswith("\ufeff") for each in (start, end)]
        text = text[: at[0]] + new + text[at[1] :]
        manuscript.change([TextDocumentContentChangePartial(Range(start, end), new)], version)

        assert (manuscript.text, manuscript.version) == (text, version)


def test_a_whole_text_takes_the_place_of_another() -> None:
    """An editor may send all of it."""
    manuscript = Manuscript("untitled:a", "a")
    manuscript.change([TextDocumentContentChangeWholeDocument("b")], 2)

    assert manuscript.text == "b"


def test_what_lies_outside_is_the_nearest_end() -> None:
    """A client that counts wrongly makes no server fall."""
    ruler = Ruler("ab\ncd")

    assert ruler.offset(Position(9, 9)) == 5
    assert ruler.offset(Position(0, 9)) == 2
    assert ruler.position(-4) == Position(0, 0)
    assert ruler.position(99) == Position(1, 2)


@given(typed, typed)
def test_a_stretch_is_what_differs(before: str, after: str) -> None:
    """Put between what both have in common, the new makes the one text of the other."""
    head, tail = stretch(before, after)
    new = after[head : len(after) - tail]

    assert before[:head] + new + before[len(before) - tail :] == after


@pytest.mark.parametrize(
    ("uri", "kind", "path"),
    [
        ("file:///c%3A/avtal/a.yaml", PureWindowsPath, "C:/avtal/a.yaml"),
        ("file:///avtal/%C3%A5.yaml", PurePosixPath, "/avtal/å.yaml"),
        ("file:///avtal/a.yaml", PureWindowsPath, "/avtal/a.yaml"),
    ],
)
def test_paths_of_all_systems(uri: str, kind: type, path: str) -> None:
    """An address that an editor writes in its own way leads to the file."""
    found = local(uri, kind)

    assert found
    assert found.as_posix() == path


def test_no_file_has_no_path() -> None:
    """A text that was never saved lies nowhere."""
    assert local("untitled:Untitled-1") is None


# ------------------------------------------------------------------ outlines
def at(text: str) -> Spot:
    """Return the spot at the sign §."""
    return spot(text.replace("§", ""), text.index("§"))


ROWS = "economy:\n  contributions:\n    - {party: kommunen}\n    - party: foreningen\n"


@pytest.mark.parametrize(
    ("text", "path", "key", "typed_so_far"),
    [
        ("§", (), None, ""),
        ("id: a\nti§", (), None, "ti"),
        ("id: §a", (), "id", ""),
        ("i§d: a", (), None, "i"),
        ("parties:\n  §", ("parties",), None, ""),
        ("parties:\n  k:\n    §", ("parties", "k"), None, ""),
        ("parties:\n  k:\n    role: civil\n  §", ("parties",), None, ""),
        ("parties:\n  k: {role: ci§, name: x}", ("parties", "k"), "role", "ci"),
        ("parties:\n  k: {role: civil, na§", ("parties", "k"), None, "na"),
        ("parties:\n  k: §{role: civil}", ("parties",), "k", ""),
        ("parties:\n  k: {role: 'ci§vil'}", ("parties", "k"), "role", "'ci"),
        ("parties:\n  k: {role: civil,\n    na§", ("parties", "k"), None, "na"),
        ("parties:\n  k: {role: civil\n  l: {ro§", ("parties", "l"), None, "ro"),
        (f"{ROWS}      it§", ("economy", "contributions", 1), None, "it"),
        (f"{ROWS}    - §", ("economy", "contributions", 2), None, ""),
        (f"{ROWS}    - {{party: [kommunen, f§", ("economy", "contributions", 2, "party", 1), None, "f"),
        (f"{ROWS}  §", ("economy",), None, ""),
        (f"{ROWS}  index: {{§}}", ("economy", "index"), None, ""),
        ("log:\n- date: 2024\n  eve§", ("log", 0), None, "eve"),
        ("log:\n- date: 2024\n- §", ("log", 1), None, ""),
        ("log:\n- date: 2024\nid: a\n§", (), None, ""),
        ("log:\n- a\n§", (), None, ""),
        ("log:\n- a\nid: b\nti§", (), None, "ti"),
        ("log:\n- - a\n  - §", ("log", 0, 1), None, ""),
        ("notes: |\n  en §rad: x\n  till\nid: a", (), "notes", ""),
        ("notes: |\n  en rad\n\nid: §", (), "id", ""),
        ("a:\n  b: 1\n     §", ("a",), None, ""),
        ("a: 1\n  b§", (), None, "b"),
        ("x: {y: {z: §}}", ("x", "y"), "z", ""),
        ("x: [{a: 1}, {§}]", ("x", 1), None, ""),
        ("x: [a, b]§", (), "x", ""),
        ("x: {a: 1} §", (), "x", ""),
        ("x: {a: 1\n}\ny: §", (), "y", ""),
    ],
)  # fmt: skip
def test_spots(text: str, path: tuple[str | int, ...], key: str | None, typed_so_far: str) -> None:
    """Whatever is half typed, it is known under which keys."""
    found = at(text)

    assert (found.path, found.key, found.typed) == (path, key, typed_so_far)


@pytest.mark.parametrize(
    "text", ["# en §kommentar", "id: a  # e§n", "  # §", "- a # §", "id: {a: 1} # iopctl: §"]
)
def test_spots_in_comments(text: str) -> None:
    """A comment is no place for keys."""
    assert at(text).comment


def test_the_keys_beside_it_are_known() -> None:
    """Those above and below, each with its scalar."""
    block = at("log:\n  - date: 2024  # då\n    §\n    event: 'report'\n  - event: meeting\n")
    brackets = at('log:\n  - {event: report, §, date: "2024"}\n')

    assert block.keys == {"date": "2024", "event": "report"}
    assert brackets.keys == {"event": "report", "date": "2024"}
    assert (block.word(("log", 0)), block.word(("log", 1))) == ("report", None)


@given(st.text(alphabet="ab:-#'\"{}[],|> \n\r", max_size=80), st.integers(0, 80))
@example("{]", 0)
@example("a: {}}\n", 3)
def test_an_outline_never_fails(text: str, cursor: int) -> None:
    """Every text has one, and what is typed ends at the cursor."""
    cursor = min(cursor, len(text))
    found = spot(text, cursor)

    assert text[found.start : cursor] == found.typed


# ------------------------------------------------------------------ what was known
def test_what_was_known_moves_with_the_text() -> None:
    """While a text is broken, its last reading is where it has come to stand."""
    manuscript = Manuscript("untitled:a", AGREEMENT)
    manuscript.read(CONTEXT)
    manuscript.change([TextDocumentContentChangeWholeDocument(f"x: [\n{AGREEMENT}")], 2)
    known = manuscript.known()

    assert manuscript.read(CONTEXT).case is None
    assert known
    assert [known.moved(0), known.moved(AGREEMENT.index("economy"))] == [
        5,
        AGREEMENT.index("economy") + 5,
    ]


def test_what_is_gone_is_where_it_was() -> None:
    """A stretch that was taken out is the place where it stood."""
    manuscript = Manuscript("untitled:a", AGREEMENT)
    manuscript.read(CONTEXT)
    start, end = AGREEMENT.index("parties"), AGREEMENT.index("validity")
    manuscript.text = AGREEMENT[:start] + AGREEMENT[end:]
    known = manuscript.known()

    assert known
    assert [known.moved(each) for each in (start - 2, start + 9, end)] == [start - 2, start, start]


def test_nothing_is_known_of_what_was_never_read() -> None:
    """There is nothing to keep."""
    assert Manuscript("untitled:a", "x: [").known() is None


# ------------------------------------------------------------------ words
def test_sums_are_written_for_their_reader() -> None:
    """With the decimal sign of the language; what is unknown is never 0."""
    swedish, english = words.wording("sv-SE"), words.wording(None)

    assert swedish.kronor(Decimal(1234567)) == "1\u00a0234\u00a0567\u00a0kr"
    assert [say.sum(UNKNOWN) for say in (swedish, english)] == ["okänt", "unknown"]
