"""What holds of every edit: the data changes as meant, and nothing else of the text does."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.errors import Refused, UserError
from iopctl.source import edit, read
from iopctl.source.edit import together
from iopctl.source.places import Edit
from iopctl.source.reader import LARGEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from iopctl.source import Path, Source
    from iopctl.source.events import Value
    from tests.conftest import Golden

EVENT: Value = {"date": "2024-05-14", "event": "meeting", "text": "Alla med: 12 – #3"}
LONG: Value = {
    "date": "2024-05-14",
    "event": "report",
    "outcome": {"deltagare": "66"},
    "text": "Alla grupper är igång, " * 8 + "som planerat",
}

# The same agreement in odd but legal styles; `log` stands last, first, or nowhere.
STYLES = {
    "empty-list": "id: a\nlog: []                # what has happened\n",
    "nothing": "id: a\nlog:   # nothing yet\narea: x\n",
    "tilde": "log: ~\nid: a\n",
    "missing": "id: a\narea: x\n# the end\n",
    "missing-in-brackets": "{id: a, area: x}\n",
    "rows": "id: a\nlog:\n  - {date: 2023, event: meeting}   # first\n                                       # of two lines\n  # none since\n\narea: x\n",
    "blocks": "id: a\nlog:\n  - date: 2023\n    event: report\n    text: >-\n      Alla\n      med\n\narea: x\n",
    "not-indented": "id: a\nlog:\n- {date: 2023, event: meeting}\narea: x\n",
    "four-spaces": "id: a\nparties:\n    kommunen: {role: public}\nlog:\n    -   date: 2023\n        event: meeting\n",
    "brackets": "id: a\nlog: [{date: 2023, event: meeting}]  # all\n",
    "brackets-on-lines": "id: a\nlog: [\n  {date: 2022, event: meeting},   # first\n  {date: 2023, event: meeting}    # second\n  # none since\n]\n",
    "comma-last": "id: a\nlog: [\n  {date: 2023, event: meeting},   # first\n]\n",
    "comma-last-on-the-line": "id: a\nlog: [{date: 2023, event: meeting}, ]\n",
    "quoted-keys": '"id": a\n\'log\':\n  - "date": 2023\n    \'event\': meeting\n',
    "marks": "---\nid: a\nlog:\n  - {date: 2023, event: meeting}\n...\n",
    "explicit-key": "id: a\n? log\n: - {date: 2023, event: meeting}\n",
    "no-final-newline": "id: a\nlog:\n  - {date: 2023, event: meeting}",
    "no-final-newline-in-a-text": "id: a\nlog:\n  - date: 2023\n    text: |\n      Alla\n      med",
    "text-with-its-breaks": "id: a\nlog:\n  - date: 2023\n    text: |+\n      Alla\n\n\narea: x\n",
    "windows": "id: a\r\nlog:\r\n  - {date: 2023, event: meeting}\r\narea: x\r\n",
    "all-indented": "  id: a\n  log:\n    - {date: 2023, event: meeting}\n",
    "list-in-a-list": "log:\n  - - a\n    - b\n  - - c\n",
}  # fmt: skip


def logged(text: str, event: Value) -> str:
    """Return *text* with an event at the end of its log."""
    source = read(text.encode())
    data: dict[str, Any] = source.data or {}
    if "log" not in data:
        return edit.insert(source, ("log",), [event], ("id", "area", "log"))
    return edit.insert(source, ("log", len(data["log"] or ())), event)


@pytest.mark.parametrize("style", STYLES)
def test_an_event_is_added_in_the_file_s_own_style(golden: Golden, style: str) -> None:
    """Beside its like, indented as they are, and with no other line changed."""
    golden(f"edit/{style}.yaml", logged(STYLES[style], EVENT))


@pytest.mark.parametrize("style", ["empty-list", "four-spaces", "brackets", "missing"])
def test_a_long_event_stands_on_lines_of_its_own(golden: Golden, style: str) -> None:
    """Its text is folded; in brackets it can't be."""
    golden(f"edit/long-{style}.yaml", logged(STYLES[style], LONG))


# ------------------------------------------------------------------ odd but legal styles, drawn
words = st.text("abc åäö:#-'\"[]{},&*!|>%@`?~0123", max_size=12) | st.sampled_from(
    ["", "null", "~", "a: b", "a #b", "- a", "---", "...", "1 710 000", "å\nb", "å\nb\n\n", "å\n\n  b\n", "ord " * 30 + "å", "\tx", "x ", "<<", "=", "\u00a0", "😀"]
)  # fmt: skip
names = st.sampled_from(["id", "log", "a-b", "å", "a: b", "#", "[x", "'", '"', " y"])
values = st.recursive(
    st.none() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
nested = st.lists(values, min_size=1, max_size=3) | st.dictionaries(
    names, values, min_size=1, max_size=3
)
mappings = st.dictionaries(names, nested | values, min_size=1, max_size=4)


BLOCK = re.compile(r"[^\s#].*\n[^\t\x85]*")


class Scribe:
    """Writes a value in a manner drawn anew for each of its parts."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.step = draw(st.integers(1, 4))
        self.list_step = draw(st.sampled_from([0, self.step]))
        self.comments = draw(st.booleans())

    def chance(self, in_: int = 2) -> bool:
        """Return yes once in so many times."""
        return self.draw(st.integers(1, in_)) == in_

    def text(self, value: str | None) -> str:
        """Return a scalar in quotes, or plain where that is safe beyond doubt."""
        if value is None:
            return self.draw(st.sampled_from(["null", "~"]))
        if value.isalnum() and value != "null" and self.chance():
            return value
        if "\n" not in value and "\t" not in value and self.chance():
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=False)

    def comment(self) -> str:
        """Return a comment to stand at the end of a line, or nothing."""
        return "   # here" if self.comments and self.chance() else ""

    def brackets(self, value: Value, pad: str) -> str:
        """Return a value in brackets, on one line or on several."""
        if isinstance(value, dict):
            parts = [f"{self.text(k)}: {self.brackets(v, pad)}" for k, v in value.items()]
            opening, closing = "{", "}"
        elif isinstance(value, list):
            parts, opening, closing = [self.brackets(each, pad) for each in value], "[", "]"
        else:
            return self.text(value)
        if not parts or self.chance():
            return opening + ", ".join(parts) + closing
        own = [f"{pad}{each},{self.comment()}\n" for each in parts]
        if self.chance():
            own[-1] = f"{pad}{parts[-1]}{self.comment()}\n"
        return f"{opening}{self.comment()}\n{''.join(own)}{pad}{closing}"

    def block(self, value: str, inner: str) -> list[str]:
        """Return the lines of a text in a block, the first to stand beside a head."""
        kept = value.rstrip("\n")
        breaks = len(value) - len(kept)
        sign = {0: "-", 1: ""}.get(breaks, "+")
        lines = [f"{inner}{line}" if line else "" for line in kept.split("\n")]
        return [f"|{sign}", *lines, *[""] * (breaks - 1)]

    def lines(self, value: Value, indent: int) -> Iterator[str]:
        """Yield a collection's lines in a block, with comments among them."""
        pad, inner = " " * indent, " " * (indent + self.step)
        dict_ = isinstance(value, dict)
        for number, (key, each) in enumerate(pairs(value)):
            head = f"{self.text(str(key))}:" if dict_ else "-"
            if self.comments and self.chance():
                yield f"{pad if number or self.chance() else inner}# above"
            if isinstance(each, str) and BLOCK.fullmatch(each) and self.chance():
                first, *rest = self.block(each, inner)
                yield f"{pad}{head} {first}{self.comment()}"
                yield from rest
                if self.comments and self.chance():
                    yield f"{pad}# below"
                continue
            if not each or isinstance(each, str) or self.chance(4):
                yield f"{pad}{head} {self.brackets(each, inner)}{self.comment()}"
                if self.comments and self.chance(4):
                    yield from [""] * self.chance()
                    yield f"{inner}# below"
                continue
            step = self.list_step if dict_ and isinstance(each, list) else self.step
            below = list(self.lines(each, indent + step))
            if not dict_ and not below[0].lstrip().startswith("#") and self.step > 1:
                below[0] = pad + "-" + below[0][indent + 1 :]
            else:
                yield f"{pad}{head}{self.comment()}"
            yield from below
            if self.comments and self.chance():
                yield f"{inner}  # below"


@st.composite
def odd(draw: st.DrawFn) -> tuple[dict[str, Value], str]:
    """Draw a mapping, and a text that holds it."""
    value, scribe = draw(mappings), Scribe(draw)
    if scribe.chance(4):
        text = scribe.brackets(value, "  ") + "\n"
    else:
        text = "".join(f"{line}\n" for line in scribe.lines(value, draw(st.sampled_from([0, 2]))))
    text = draw(st.sampled_from(["", "---\n", "# first\n\n"])) + text
    text = (
        text.removesuffix("\n") if scribe.chance() else text + draw(st.sampled_from(["", "...\n"]))
    )
    return value, text.replace("\n", "\r\n") if scribe.chance() else text


def pairs(value: Value) -> list[tuple[str | int, Value]]:
    """Return the parts of a value by key or number; a scalar has none."""
    if isinstance(value, dict):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def paths(value: Value, path: Path = ()) -> Iterator[Path]:
    """Yield the paths of all that stands in a value."""
    for part, each in pairs(value):
        yield (*path, part)
        yield from paths(each, (*path, part))


def within(value: Any, path: Path) -> Any:  # noqa: ANN401 - any part of a value
    """Return what stands at a path."""
    for part in path:
        value = value[part]
    return value


def without_pads(text: str) -> str:
    """Return a text whose lines of comment have lost their blanks: a block of text moves them."""
    return re.sub(r"(?m)^ +(?=#)", "", text)


def assert_only_added(before: str, after: str) -> None:
    """Check that no comment is lost, and no line break of another kind has come."""
    comments = [[each.text for each in read(text.encode()).comments] for text in (before, after)]

    assert comments[0] == comments[1]
    assert ("\r\n" in before) or ("\r\n" not in after)
    assert "\r\n" not in before or "\n" not in after.replace("\r\n", "")


@given(odd())
def test_the_scribe_writes_what_it_is_given(drawn: tuple[dict[str, Value], str]) -> None:
    """Or the properties below would hold of something else."""
    value, text = drawn
    source = read(text.encode())

    assert (source.data, source.problems) == (value, ())


@given(odd(), words | st.none(), st.data())
def test_a_scalar_is_replaced_in_its_place(
    drawn: tuple[dict[str, Value], str], new: str | None, data: st.DataObject
) -> None:
    """The bytes before and after it are as they were."""
    value, text = drawn
    source = read(text.encode())
    path = data.draw(st.sampled_from(list(paths(value))))
    if isinstance(within(value, path), list | dict):
        return
    after = edit.replace(source, path, new)
    wanted: Any = deepcopy(value)
    within(wanted, path[:-1])[path[-1]] = new
    span = source.value(path)

    assert span
    assert read(after.encode()).data == wanted
    assert after.startswith(text[: span.start].rstrip())
    assert without_pads(after).endswith(without_pads(text[span.end :]))
    assert_only_added(text, after)


@given(odd(), values, st.data())
def test_what_is_inserted_moves_nothing_else(
    drawn: tuple[dict[str, Value], str], new: Value, data: st.DataObject
) -> None:
    """An item at any place of a list, a key at any place of a mapping."""
    value, text = drawn
    collections = [
        path for path in [(), *paths(value)] if isinstance(within(value, path), list | dict)
    ]
    parent = data.draw(st.sampled_from(collections))
    here = within(value, parent)
    wanted: Any = deepcopy(value)
    if isinstance(here, list):
        last: str | int = data.draw(st.integers(0, len(here)))
        within(wanted, parent).insert(last, new)
        order: list[str] = []
    else:
        last = "new"
        within(wanted, parent)[last] = new
        order = data.draw(st.permutations([*here, "new"]))
    after = edit.insert(read(text.encode()), (*parent, last), new, order)

    assert read(after.encode()).data == wanted
    assert_only_added(text, after)


@given(odd(), st.data())
def test_what_is_removed_leaves_the_rest(
    drawn: tuple[dict[str, Value], str], data: st.DataObject
) -> None:
    """Whatever it was, and wherever it stood."""
    value, text = drawn
    path = data.draw(st.sampled_from(list(paths(value))))
    if path[:-1] == () and len(value) == 1:
        return
    after = edit.remove(read(text.encode()), path)
    wanted: Any = deepcopy(value)
    del within(wanted, path[:-1])[path[-1]]

    assert read(after.encode()).data == wanted


@given(odd(), values, st.data())
def test_any_value_takes_the_place_of_any_other(
    drawn: tuple[dict[str, Value], str], new: Value, data: st.DataObject
) -> None:
    """A list becomes a text, a text a mapping."""
    value, text = drawn
    path = data.draw(st.sampled_from(list(paths(value))))
    after = edit.replace(read(text.encode()), path, new)
    wanted: Any = deepcopy(value)
    within(wanted, path[:-1])[path[-1]] = new

    assert read(after.encode()).data == wanted


@given(odd(), odd())
def test_any_text_becomes_any_other(
    first: tuple[dict[str, Value], str], second: tuple[dict[str, Value], str]
) -> None:
    """However far apart they are."""
    after = edit.become(read(first[1].encode()), second[0])

    assert read(after.encode()).data == second[0]


# ------------------------------------------------------------------ blocks of text, and what follows
TWO_LINES = "k\nl"


@pytest.mark.parametrize(
    ("text", "change", "after"),
    [
        (
            "a:\n  b: x\n    # below\nc: 1\n",
            lambda source: edit.replace(source, ("a", "b"), TWO_LINES),
            "a:\n  b: |-\n    k\n    l\n  # below\nc: 1\n",
        ),
        (
            "a: |\r\n      x\r\n   # below\r\n\r\n     # and more\r\n# c\r\nc: 1\r\n",
            lambda source: edit.replace(source, ("a",), TWO_LINES),
            "a: |-\r\n  k\r\n  l\r\n# below\r\n\r\n# and more\r\n# c\r\nc: 1\r\n",
        ),
        (
            "a: |\n  x\n # below\nc: 1\n",
            lambda source: edit.replace(source, ("a",), TWO_LINES),
            "a: |-\n  k\n  l\n # below\nc: 1\n",
        ),
        (
            "a:\n      # above\n  b: x\nc: 1\n",
            lambda source: edit.insert(source, ("a", "a"), TWO_LINES, "ab"),
            "a:\n  a: |-\n    k\n    l\n  # above\n  b: x\nc: 1\n",
        ),
        (
            "a:\n      # above\n  - x\n",
            lambda source: edit.insert(source, ("a", 0), TWO_LINES),
            "a:\n  - |-\n    k\n    l\n  # above\n  - x\n",
        ),
        (
            "a: |\n  x\nb: 1\n\n  # of c",
            lambda source: edit.remove(source, ("b",)),
            "a: |\n  x\n\n# of c",
        ),
        (
            "a: |+\n  x\nb: 1\n\n  # of c\nc: 1\n",
            lambda source: edit.remove(source, ("b",)),
            "a: |+\n  x\n# of c\nc: 1\n",
        ),
    ],
)
def test_a_block_of_text_takes_in_no_comment_that_follows(
    text: str, change: Callable[[Source], str], after: str
) -> None:
    """One indented as the text is comes to stand as its key does, so that it stays a comment."""
    assert change(read(text.encode())) == after


# ------------------------------------------------------------------ places, words, refusals
def test_quotes_stay_as_they_are() -> None:
    """A new text stands in the quotes of the old one, if it can."""
    source = read(b"a: 'x'\nb: \"y\"   # here\nc: z\nd:\ne: 'x'\n")
    for path, new in (("a", "it's"), ("b", "2"), ("c", "a: b"), ("d", "e"), ("e", None)):
        source = read(edit.replace(source, (path,), new).encode())

    assert source.text == "a: 'it''s'\nb: \"2\"   # here\nc: \"a: b\"\nd: e\ne: null\n"


def test_a_number_in_quotes_becomes_another_in_them() -> None:
    """It is a text, and no number's place is taken at once."""
    source = read(b"a: '1'\nb: [2, 3]\n")

    assert edit.become(source, {"a": "7", "b": ["2", "4"]}) == "a: '7'\nb: [2, 4]\n"


def test_several_scalars_are_written_at_once() -> None:
    """In any order; in brackets, a key without a value gets one."""
    source = read(b"a: 1 710 000\nb: [x, 2 000]\nc: {d, e: }\n")
    edits = [
        Edit(("b", 1), "2000"),
        Edit(("a",), "1710000"),
        Edit(("c", "d"), "x"),
        Edit(("c", "e"), "y"),
    ]

    assert edit.replaced(source, edits) == "a: 1710000\nb: [x, 2000]\nc: {d: x, e: y}\n"
    assert edit.replaced(source, []) == source.text


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: 1\nc: 3\n", "a: 1\nb: 2\nc: 3\n"),
        ("c: 3\n", "b: 2\nc: 3\n"),
        ("x: 0\n", "b: 2\nx: 0\n"),
        ("# first\nc: 3\n", "# first\nb: 2\nc: 3\n"),
        ("c: 3   # third\n# last\n", "b: 2\nc: 3   # third\n# last\n"),
        ("{a: 1, c: 3}", "{a: 1, b: 2, c: 3}"),
    ],
)
def test_a_key_goes_to_its_natural_place(text: str, after: str) -> None:
    """After the last of those that precede it; before all, if none does."""
    assert edit.insert(read(text.encode()), ("b",), "2", ["a", "b", "c"]) == after


def test_a_block_is_set_apart_as_its_neighbours_are() -> None:
    """By an empty line, where one follows the block before."""
    source = read(b"a:\n  x: 1\n\nc:\n  y: 2\n")

    assert edit.insert(source, ("b",), {"z": "3"}, "abc") == (
        "a:\n  x: 1\n\nb: {z: 3}\n\nc:\n  y: 2\n"
    )


def test_what_is_taken_out_takes_its_comments_along() -> None:
    """Those beside it and deeper than it; of an item of a list, also those above."""
    text = "a: 1   # one\n     # still\n# two\nb:\n  - x   # x\n  # of y\n  - y\nc: [p,   # p\n  q,   # q\n  r]\n"
    source = read(text.encode())

    assert edit.remove(source, ("a",)) == text[text.index("# two") :]
    assert edit.remove(source, ("b", 1)) == text.replace("  # of y\n  - y\n", "")
    assert edit.remove(source, ("b", 0)) == text.replace("  - x   # x\n", "")
    assert edit.remove(source, ("c", 1)) == text.replace("  q,   # q\n", "")
    assert edit.remove(source, ("c", 2)) == text.replace(",   # q\n  r]", "]")


def test_what_is_not_there_cannot_be_changed() -> None:
    """It is told by its path."""
    source = read(b"a: [b]\n")

    with pytest.raises(Refused, match="there is no x to change"):
        edit.replace(source, ("x",), "1")
    with pytest.raises(Refused, match="there is no x to change"):
        edit.insert(source, ("x", 0), "1")
    with pytest.raises(Refused, match=r"there is no a\.b to change"):
        edit.remove(source, ("a", "b", 0))


def test_the_first_key_of_an_item_leaves_its_dash_to_the_next() -> None:
    """So does the first item of a list in a list."""
    source = read(b"a:\n  - b: 1   # one\n    c: 2\n  - - d\n    - e\n")

    assert edit.remove(source, ("a", 0, "b")) == "a:\n  - c: 2\n  - - d\n    - e\n"
    assert edit.remove(source, ("a", 1, 0)) == "a:\n  - b: 1   # one\n    c: 2\n  - - e\n"


@pytest.mark.parametrize("text", ["a: &x 1\n", "a: !t 1\n"])
def test_what_would_read_otherwise_is_refused(text: str) -> None:
    """A text that is faulty in other ways than before is never returned."""
    with pytest.raises(Refused, match=r"^a can't be written here without changing more"):
        edit.replace(read(text.encode()), ("a",), "2")


def test_what_makes_a_file_too_large_is_told_so() -> None:
    """With what it would have: as bytes, as values, or one text."""
    values = read(f"a: [{'1, ' * 99_996}1]\nb: {{c: 1}}\n".encode())
    size = read(f"a: 1\n# {'x' * (LARGEST - 20)}\n".encode())

    with pytest.raises(edit.NoRoomError, match=r"^the file would have 100001 values, more than"):
        edit.insert(values, ("b", "d"), "1")
    with pytest.raises(edit.NoRoomError, match=r"^the file would have 1048580 bytes, more than"):
        edit.replace(size, ("a",), "1" * 17)
    with pytest.raises(edit.NoRoomError, match=r"^the text has 100001 characters, .*; shorten it$"):
        edit.replace(read(b"a: 1\nb: 2\n"), ("b",), "1" * 100_001)


def test_a_key_without_a_colon_is_refused() -> None:
    """Nobody writes so, and nothing is guessed."""
    with pytest.raises(Refused, match="'a' has no colon: write one"):
        edit.replace(read(b"? a\n"), ("a",), "2")


def test_a_file_is_not_begun_anew() -> None:
    """Nor is its last key taken out: nothing would be left to read."""
    with pytest.raises(Refused):
        edit.remove(read(b"a: 1\n"), ("a",))
    with pytest.raises(Refused, match="the whole of a file is not written anew"):
        edit.insert(read(b"{}"), ("a",), "1")


def test_a_character_that_nobody_sees_is_refused() -> None:
    """In any quotes."""
    for text in (b"a: x\n", b"a: 'x'\n", b"{a: x}"):
        with pytest.raises(UserError, match="can't be seen"):
            edit.replace(read(text), ("a",), "y\u200b")


def test_a_key_that_no_order_knows_comes_last() -> None:
    """Where nothing says between which keys it belongs."""
    assert edit.insert(read(b"a: 1\nb: 2\n"), ("x-own",), "3") == "a: 1\nb: 2\nx-own: 3\n"


def test_what_can_t_be_taken_out_at_once_goes_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a list the first item goes in which it differs, and the comments of the others stay."""
    monkeypatch.setattr(together, "changes", lambda *_: ())
    text = "id: a\nrows:\n  - one # 1\n  - two # 2\n  - three # 3\n  - four # 4\n"
    shorter = edit.become(read(text.encode()), {"id": "a", "rows": ["one", "three"]})

    assert shorter == "id: a\nrows:\n  - one # 1\n  - three # 3\n"
