"""Pictures in papers: where a template asks for them, with their words, and as nothing else."""

from __future__ import annotations

import re
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl.config import DEFAULT
from iopctl.errors import UserError
from iopctl.output.paper import paper
from iopctl.papers import annual, memo, overview
from iopctl.papers.annual import annual as of_annual
from iopctl.papers.memo import memo as of_memo
from iopctl.papers.overview import overview as of_overview
from iopctl.papers.partnership import Partnership
from iopctl.papers.texts import none
from tests.test_budget import case_of, text
from tests.test_render_paper import Tags
from tests.test_render_reports import HOSTILE, ROOT, filled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from iopctl.papers.pictures.drawing import PictureFormat
    from tests.conftest import AgreementText

pytest.importorskip("vl_convert")

DAY = date(2024, 6, 1)
NONE = none("texts/none.md")
COSTS, SHARES = "Insatser per år och part", "Offentlig andel av varje partnerskap"
VALIDITY, OUTCOMES = "Giltighet och optioner", "Utfall mot mål"


def of_all(given: list[str], form: PictureFormat | None, year: int = 2024) -> str:
    """Return the overview of some agreements."""
    found = of_overview([case_of(each, DAY) for each in given], year, None, DAY, DEFAULT)
    return overview.markdown(found, NONE, form=form)


def of_one(given: str, form: PictureFormat | None) -> str:
    """Return the memo on an agreement."""
    return memo.markdown(of_memo(case_of(given, DAY), None), NONE, form=form)


def of_year(given: str, year: int, form: PictureFormat | None) -> str:
    """Return the report on an agreement's year."""
    found = of_annual(Partnership(case_of(given, DAY), year))
    return annual.markdown(found, NONE, form=form)


def fixture(name: str) -> str:
    """Return the text of an agreement that tests share."""
    return (ROOT / f"tests/fixtures/{name}.yaml").read_text("utf-8")


def captions(markdown: str) -> list[str]:
    """Return the captions of the pictures in a paper."""
    return re.findall(
        r'^!\[.*\]\(data:image/(?:png|svg\+xml);base64,\S+ "(.*)"\)$', markdown, re.MULTILINE
    )


# ------------------------------------------------------------------ the papers
def test_the_overview_has_all_pictures() -> None:
    """Outcomes, shares, costs and how long each holds."""
    given = [fixture("volumes-and-outcomes"), text("ikf-2023")]

    assert captions(of_all(given, "png", 2023)) == [SHARES, COSTS, VALIDITY]
    assert captions(of_all(given[:1], "png", 2022)) == [OUTCOMES, SHARES, COSTS, VALIDITY]


def test_the_papers_on_one_agreement_have_those_that_tell_of_one() -> None:
    """A memo looks ahead, a yearly report looks back."""
    given = fixture("volumes-and-outcomes")

    assert captions(of_one(given, "svg")) == [COSTS, VALIDITY]
    assert captions(of_year(given, 2022, "svg")) == [OUTCOMES, COSTS]


def test_what_is_not_known_is_not_drawn() -> None:
    """An agreement without dates has no bar of days."""
    assert captions(of_one(text("bilda-2020"), "png")) == [COSTS]


def test_a_paper_without_pictures_is_the_rest_of_it() -> None:
    """The same words in the same order."""
    given = fixture("volumes-and-outcomes")
    drawn, plain = (of_one(given, form) for form in ("png", None))

    assert captions(plain) == []
    assert re.sub(r"\n!\[.*\n", "", drawn) == plain


def test_the_form_is_that_of_the_data() -> None:
    """A browser gets lines, other programs dots."""
    given = text("ikf-2023")

    assert "(data:image/svg+xml;base64,PHN2Zy" in of_one(given, "svg")
    assert "(data:image/png;base64,iVBORw0KGgo" in of_one(given, "png")


# ------------------------------------------------------------------ templates
def test_a_picture_that_is_not_there_is_told(tmp_path: Path) -> None:
    """With the line that asks for it, and what there is."""
    (tmp_path / "memo.md").write_text('\n{{ picture("andelar") }}', encoding="utf-8")
    found = of_memo(case_of(text("ikf-2023"), DAY), None)
    told = r"memo\.md:2: there is no picture andelar: the paper has kostnader, giltighet"

    with pytest.raises(UserError, match=told):
        memo.markdown(found, NONE, [str(tmp_path)])


def test_pictures_are_drawn_only_where_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library a paper without pictures can be written."""
    monkeypatch.setitem(sys.modules, "vl_convert", None)

    assert captions(of_one(text("ikf-2023"), None)) == []


# ------------------------------------------------------------------ what people write is no code
def named(agreement_text: AgreementText, words: list[str]) -> Iterator[str]:
    """Yield an agreement for each of *words*, which stands wherever people write."""
    for number, word in enumerate(words):
        yield filled(agreement_text, word).replace("exempel-2024", f"exempel-{number}")


def test_no_text_of_a_file_is_markup_in_a_picture(agreement_text: AgreementText) -> None:
    """A page has the same elements as with plain words; the words are in the description."""
    pytest.importorskip("pypandoc")
    plain, attacked = (
        Tags(paper(of_all(list(named(agreement_text, words)), "svg"), ".html", DAY).content)
        for words in ([f"x{number}" for number in range(len(HOSTILE))], HOSTILE)
    )
    told = " ".join(str(each["alt"]) for each in attacked.having("img"))

    assert [tag for tag, _ in attacked.found] == [tag for tag, _ in plain.found]
    assert len(attacked.having("img")) == 4
    assert [each for each in HOSTILE if each not in told] == []
