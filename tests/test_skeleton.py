"""A new agreement's text: whole, valid as it stands, and valid with all that it proposes."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iopctl.check import checked
from iopctl.check.diagnostics import Severity
from iopctl.check.portfolio import document
from iopctl.check.rules import Context
from iopctl.config import DEFAULT
from iopctl.drafting.skeleton import Answers, skeleton, slug
from iopctl.input import Input
from iopctl.model.scalars import slug as read_slug

if TYPE_CHECKING:
    from iopctl.drafting.repricing import Data
    from tests.conftest import Golden

SCHEMA = "../iopctl.schema.json"
LEAST = Answers("motesplats-norr", "Mötesplats Norr", "Ekeby kommun", ("Röda korset",))
WHOLE = LEAST._replace(
    civil=("Röda korset", "Röda korset Ekeby"),
    amounts=("450000", "400000.50"),
    start="2027-01-01",
    end="2028-12-31",
    percent="2",
    area="Integration: språk",
    board="Socialnämnden",
    draft=False,
)
KNOWN: dict[str, Data] = {
    "Ekeby kommun": {
        "role": "public",
        "name": "Ekeby kommun",
        "org_number": "219900-0007",
        "board": "Barnnämnden",
        "address": {"lines": ["Box 1"], "postal_code": "123 45", "city": "EKEBY"},
        "start": "2020",
    }
}
seen = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
words = st.text(seen | st.sampled_from(":#-'\"[]{},&*!|>%@`\\~?"), min_size=1, max_size=40)


def faults(text: str) -> list[str]:
    """Return what keeps a text from being an agreement, and what is an error in it."""
    found = checked(Input("a.yaml", text.encode()), Context(DEFAULT, date(2026, 11, 22)))
    return [each.line for each in found.diagnostics if each.severity is Severity.ERROR]


def filled_in(text: str) -> str:
    """Return a text with all that it proposes, out of the comments."""
    return re.sub(r"(?m)^( *)# (\w+: )", r"\1\2", text)


@pytest.mark.parametrize(("name", "answers"), [("least", LEAST), ("whole", WHOLE)])
def test_a_skeleton(golden: Golden, name: str, answers: Answers) -> None:
    """What is known stands in it, what is not in comments."""
    golden(f"skeleton/{name}.yaml", skeleton(answers, {}, SCHEMA))


def test_what_is_known_of_a_party_is_taken_over(golden: Golden) -> None:
    """From other agreements, but for its own days there; what is told here goes before."""
    golden("skeleton/known.yaml", skeleton(WHOLE, KNOWN, SCHEMA))


@pytest.mark.parametrize("answers", [LEAST, WHOLE])
@pytest.mark.parametrize("known", [{}, KNOWN])
def test_what_is_proposed_is_valid(answers: Answers, known: dict[str, Data]) -> None:
    """As it stands, and with every comment filled in as it is."""
    text = skeleton(answers, known, SCHEMA)

    assert faults(text) == []
    assert faults(filled_in(text)) == []
    assert filled_in(text).count("\n  # ") == 0


HOSTILE = "1}\nstatus: draft\nx: {y"


@pytest.mark.parametrize(
    "answers",
    [
        WHOLE._replace(amounts=(HOSTILE,)),
        WHOLE._replace(start=HOSTILE),
        WHOLE._replace(end=HOSTILE),
        WHOLE._replace(percent=HOSTILE),
    ],
    ids=["amounts", "start", "end", "percent"],
)
def test_a_value_can_bring_no_key(answers: Answers) -> None:
    """It is refused by the model, as what it is."""
    read = document(Input("a.yaml", skeleton(answers, {}, SCHEMA).encode()))

    assert read.source
    assert read.source.data
    assert "status" not in read.source.data
    assert read.diagnostics != ()


@given(words, words, st.lists(words, min_size=1, max_size=3, unique=True))
def test_any_names_give_an_agreement(title: str, public: str, civil: list[str]) -> None:
    """They stand in it as they were told."""
    answers = LEAST._replace(title=title, public=public, civil=tuple(civil))
    read = document(Input("a.yaml", skeleton(answers, {}, SCHEMA).encode()))

    assert read.diagnostics == ()
    assert read.agreement
    assert read.agreement.title == title
    assert [each.name for each in read.agreement.parties.values()] == [public, *civil]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Röda korset", "roda-korset"),
        ("Östergötlands Stadsmission", "ostergotlands-stadsmission"),
        ("IOP Mötesplats: Norr 2027", "iop-motesplats-norr-2027"),
        ("Førde Ålesund & Çelik", "forde-alesund-celik"),
        ("1:a huset", "part-1-a-huset"),
        ("X Arena", "part-x-arena"),
        ("日本", "part"),
        ("Con", "part-con"),
        ("ord " * 30, "ord-ord-ord-ord-ord-ord-ord-ord-ord-ord-ord-ord-ord-ord-ord"),
    ],
)
def test_a_name_gives_an_id(name: str, id_: str) -> None:
    """Of a to z and digits; none that would be a key of the user's own."""
    assert slug(name) == id_


def test_an_id_is_not_given_twice() -> None:
    """A number tells the second from the first."""
    assert slug("Lions", ["lions"]) == "lions-2"
    assert slug("Lions", ["lions", "lions-2", "rotary"]) == "lions-3"


@given(st.text(max_size=100))
def test_any_name_gives_an_id_that_can_be_read(name: str) -> None:
    """Whatever it is made of."""
    made = slug(name)

    assert read_slug(made) == made
    assert not made.startswith("x-")


@pytest.mark.parametrize("length", range(1, 61))
def test_a_comment_never_touches_what_stands_before_it(length: int) -> None:
    """PyYAML would take it for one all the same; the parsers of editors do not."""
    name = "F" * length
    answers = Answers("x-1", name, "K" * length, (name,), start="2027-01-01", area=name)
    text = skeleton(answers, {}, "schema.json")

    assert [line for line in text.splitlines() if re.search(r"[^\s#]#", line)] == []
