"""What holds of every edit: the data changes as meant, and nothing else of the text does."""

from __future__ import annotations

import json
from copy import deepcopy
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl import edit
from iopctl.errors import Refused, UserError
from iopctl.source import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from iopctl.source import Path
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
    ["", "null", "~", "a: b", "a #b", "- a", "---", "...", "1 710 000", "å\nb", "å\n\n  b\n", "\tx", "x ", "<<", "=", "\u00a0", "😀"]
)  # fmt: skip
names = st.sampled_from(["id", "log", "a-b", "å", "a: b", "#", "[x", "'", '"', " y"])
values = st.recursive(
    st.none() | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)
mappings = st.dictionaries(names, values, min_size=1, max_size=4)


class Scribe:
    """Writes a value in a manner drawn anew for each of its parts."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.step = draw(st.integers(1, 4))
        self.list_step = draw(st.sampled_from([0, self.step]))
        self.comments = draw(st.booleans())

    def chance(self) -> bool:
        """Return yes or no."""
        return self.draw(st.booleans())

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

    def lines(self, value: Value, indent: int) -> Iterator[str]:
        """Yield a collection's lines in a block, with comments among them."""
        pad, inner = " " * indent, " " * (indent + self.step)
        dict_ = isinstance(value, dict)
        for key, each in value.items() if isinstance(value, dict) else enumerate(value or ()):
            head = f"{self.text(key)}:" if dict_ else "-"
            if self.comments and self.chance():
                yield f"{pad}# above"
            if not each or isinstance(each, str) or self.chance():
                yield f"{pad}{head} {self.brackets(each, inner)}{self.comment()}"
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
    if scribe.chance():
        text = "".join(f"{line}\n" for line in scribe.lines(value, draw(st.sampled_from([0, 2]))))
    else:
        text = scribe.brackets(value, "  ") + "\n"
    text = draw(st.sampled_from(["", "---\n", "# first\n\n"])) + text
    text = text.removesuffix("\n") if scribe.chance() else text + draw(st.sampled_from(["", "...\n"]))
    return value, text.replace("\n", "\r\n") if scribe.chance() else text


def paths(value: Value, path: Path = ()) -> Iterator[Path]:
    """Yield the paths of all that stands in a value."""
    for part in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield (*path, part)
        yield from paths(value[part], (*path, part))


def within(value: Any, path: Path) -> Any:  # noqa: ANN401 - any part of a value
    """Return what stands at a path."""
    for part in path:
        value = value[part]
    return value


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
    assert after.endswith(text[span.end :])
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
