"""The patterns of references: what they may be, and that none of them takes long."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from iopctl.model.pattern import LONGEST_TEXT, matches, pattern


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("[0-9]{3}Z", "150Z", True),
        ("[0-9]{3}Z", "150Z\n", False),
        ("[0-9]{3}Z", "x150Z", False),
        (r"\d{2,3}\w?", "15Z", True),
        (r"\d{3}", "٣٣٣", False),
        (r"\w+", "å", False),
        (r"[\d\-]+\S\s\D\W", "1-2x y.", True),
        (r"[^\d]", "a", True),
        ("(IOP|PU)-[0-9]{4,}", "PU-12345", True),
        ("^a|b$", "b", True),
        (r"a\.b\<\]", "a.b<]", True),
        ("a.c", "aåc", True),
        ("[A-ZÅÄÖ ]+", "Å Ä", True),
        ("(a+)+", "a" * LONGEST_TEXT, True),
        ("(a+)+", "a" * (LONGEST_TEXT + 1), False),
        ("", "", True),
    ],
)
def test_a_text_is_of_a_form_as_a_whole(form: str, text: str, expected: object) -> None:
    """Its figures and letters are those of identifiers; what is far too long is of none."""
    assert matches(text, pattern(form)) is expected


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("a" * 201, "has 201 characters, and 200 at most are read"),
        (".{99}.{2}", "counts 101 characters, and 100 at most are read"),
        ("a{100}", "'a{100}' is more than characters, classes and groups, and counts of these"),
        ("(a){9}", "'(a){9}' is more than"),
        ("a{9}{9}", "is more than"),
        ("a++", "is more than"),
        ("(?i)a", "is more than"),
        ("(?=a)", "is more than"),
        (r"(a)\1", "is more than"),
        (r"\p{L}", "is more than"),
        ("[[:alpha:]]", "is more than"),
        ("[a--b]", "is more than"),
        ("[a&&b]", "is more than"),
        ("[0-9", "is more than"),
        ("(a", "can't be read: missing ), unterminated subpattern at position 0"),
        ("a)|(b", "can't be read: unbalanced parenthesis at position 1"),
        ("[z-a]", "can't be read: bad character range z-a at position 1"),
        ("a{2,1}", "can't be read: min repeat greater than max repeat at position 2"),
    ],
)
def test_what_is_no_form_is_refused(form: str, told: str) -> None:
    """With what is wrong with it."""
    with pytest.raises(PydanticCustomError) as error:
        pattern(form)

    assert str(error.value).startswith("the pattern ")
    assert told in str(error.value)


# What takes a matcher that goes back for ever, and what makes a large machine.
HOSTILE = (
    "(a|)" * 48 + "b",
    "a*a*a*b",
    "(a+)+b",
    "(a|a)*b",
    "(.*a?.*)*b",
    "(.{99}a?)*b",
    "(a?.*)*" * 20,
)


@pytest.mark.parametrize("form", HOSTILE)
@pytest.mark.parametrize(
    "text", ["a" * LONGEST_TEXT, "ab" * (LONGEST_TEXT // 2), "å" * LONGEST_TEXT]
)
def test_no_form_takes_long(form: str, text: str) -> None:
    """Whatever it is, and whatever it is compared with."""
    began = process_time()
    matches(text, pattern(form))

    assert process_time() - began < 1


PARTS = st.sampled_from(
    [*r"ab0-_. åZ", r"\d", r"\w", r"\s", r"\.", "[ab]", "[^0-9]", "[a-c]", r"[\d_]"]
)
COUNTS = st.sampled_from(["", "?", "*", "+", "{2}", "{1,3}", "{0,}"])
FORMS = st.recursive(
    st.tuples(PARTS, COUNTS).map("".join),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda each: f"({'|'.join(each)})"),
    ),
    max_leaves=6,
)


@given(FORMS, st.text("ab0-_. åZ\n", max_size=6))
def test_a_form_means_what_python_means_by_it(form: str, text: str) -> None:
    """Two machines that know nothing of each other agree."""
    expected = re.compile(form, re.ASCII).fullmatch(text) is not None

    assert matches(text, pattern(form)) is expected


@given(st.text("()[]{}|?*+^$.\\ab09,-&~:<=!PpkdwsBZ", max_size=30))
def test_whatever_is_written_is_read_or_refused(form: str) -> None:
    """In no time, and without a warning."""
    began = process_time()
    try:
        matches("ab09" * 100, pattern(form))
    except PydanticCustomError as error:
        assert "the pattern" in str(error)  # noqa: PT017 - most are refused
    assert process_time() - began < 1
