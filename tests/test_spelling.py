"""Whatever is written reads back as it was, and in the plainest way that does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.errors import UserError
from iopctl.source import read
from iopctl.source.spelling import WIDTH, Indentation, below, flow, lines, quoted, scalar

if TYPE_CHECKING:
    from iopctl.source.events import Value

seen = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
signs = st.sampled_from(" \t\n#:-'\"[]{}|>%@`&*!?,~\\.=")
texts = st.text(seen | signs, max_size=30) | st.lists(
    st.text("abå-#:", min_size=1, max_size=9), max_size=40
).map(" ".join)
keys = st.text(seen | signs, min_size=1, max_size=12).filter(lambda key: key != "<<")
values: st.SearchStrategy[Value] = st.recursive(
    st.none() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)
manners = st.builds(Indentation, st.integers(1, 6), st.integers(0, 6))


def reread(text: str) -> Value:
    """Return what stands under `key` in a text, which must be read without a fault."""
    source = read(text.encode())

    assert source.problems == ()
    assert source.data is not None
    return source.data["key"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Kommunens arbetsmarknadsenhet", "Kommunens arbetsmarknadsenhet"),
        ("2024-01-01", "2024-01-01"),
        ("-5 grader", "-5 grader"),
        ("3 st á 100 %", "3 st á 100 %"),
        ("a:b #c", '"a:b #c"'),
        ("ID 150010, AKTIVITET: 450211", '"ID 150010, AKTIVITET: 450211"'),
        ("slut:", '"slut:"'),
        ("- punkt", '"- punkt"'),
        ("@alla", '"@alla"'),
        ("50 %", "50 %"),
        ("%50", '"%50"'),
        ('"Hemma"', "'\"Hemma\"'"),
        ('O\'Hara: "x"', "'O''Hara: \"x\"'"),
        ('C:\\ "x"\n', '"C:\\\\ \\"x\\"\\n"'),
        ("a\tb", '"a\\tb"'),
        ("", '""'),
        ("null", '"null"'),
        ("nullt", "nullt"),
        ("~", '"~"'),
        ("...", '"..."'),
        (None, "null"),
    ],
)
def test_quotes_are_put_where_they_are_needed(text: str | None, written: str) -> None:
    """And nowhere else; single ones where they save escapes."""
    assert scalar(text) == written
    assert reread(f"key: {written}\n") == text


@pytest.mark.parametrize("text", ["a, b", "x}", "12:30"])
def test_brackets_need_more_quotes(text: str) -> None:
    """A comma or bracket would end the text, and a colon is not worth the doubt."""
    assert scalar(text) == text
    assert scalar(text, brackets=True) == f'"{text}"'


def test_single_quotes_are_kept_where_they_can_be() -> None:
    """They have no room for line breaks."""
    assert quoted("it's", "'") == "'it''s'"
    assert quoted("a\nb", "'") == '"a\\nb"'
    assert quoted("it's", '"') == '"it\'s"'


@pytest.mark.parametrize("text", ["a\u202eb", "a\x00b", "a\rb", "a\u200bb", "\ufeff"])
def test_what_no_reader_can_see_is_not_written(text: str) -> None:
    """The file could not be read afterwards."""
    with pytest.raises(UserError, match=r"^U\+[0-9A-F]{4} \(.+\) can't be seen by a reader"):
        scalar(text)


@given(texts)
def test_a_text_on_a_line_reads_back(text: str) -> None:
    """In a block and in brackets."""
    assert reread(f"key: {scalar(text)}\n") == text
    assert reread(f"key: [{scalar(text, brackets=True)}]\n") == [text]


@given(values)
def test_a_value_on_a_line_reads_back(value: Value) -> None:
    """However deep, and with any keys."""
    written = flow(value)

    assert "\n" not in written
    assert reread(f"key: {written}\n") == value


@given(values, manners)
def test_a_value_on_lines_reads_back(value: Value, manner: Indentation) -> None:
    """At any indentation; a list may stand as far out as its key."""
    text = "".join(f"{line}\n" for line in lines("key:", value, 0, manner))

    assert reread(text) == value


@given(st.lists(values.filter(bool), min_size=1, max_size=3), manners)
def test_a_list_below_its_key_reads_back(items: list[Value], manner: Indentation) -> None:
    """With a dash for each item, whose first line stands beside it."""
    text = "".join(f"{line}\n" for line in below("key:", items, 0, manner))

    assert reread(text) == items


def test_what_fits_stands_on_a_line() -> None:
    """What does not, or holds rows, stands below; a long text is folded, several lines stay."""
    value: Value = {
        "index": {"percent": "2"},
        "note": "Alla grupper är igång, " * 6 + "som planerat",
        "text": "Först\n\nsedan\n",
        "rows": [{"party": "kommunen", "amount": "1"}, {"party": "x" * 60, "item": "y" * 40}],
        "tags": ["a", "b, c"],
        "empty": [],
    }

    assert list(lines("economy:", value, 0, Indentation())) == [
        "economy:",
        "  index: {percent: 2}",
        "  note: >-",
        "    Alla grupper är igång, Alla grupper är igång, Alla grupper är igång, Alla grupper är igång, Alla",
        "    grupper är igång, Alla grupper är igång, som planerat",
        "  text: |",
        "    Först",
        "",
        "    sedan",
        "  rows:",
        "    - {party: kommunen, amount: 1}",
        f"    - party: {'x' * 60}",
        f"      item: {'y' * 40}",
        '  tags: [a, "b, c"]',
        "  empty: []",
    ]


@given(texts)
def test_no_line_is_wider_than_it_must_be(text: str) -> None:
    """A text is folded between its words."""
    found = list(lines("key:", text, 0, Indentation()))

    assert all(len(line) <= WIDTH for line in found) or len(found) == 1
