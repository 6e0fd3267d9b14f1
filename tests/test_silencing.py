"""A finding is silenced for a reason that can be read, and never for longer than it holds."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from iopctl.check import checked, findings
from iopctl.check.diagnostics import Severity
from iopctl.check.rules import BY_NAME, Context
from iopctl.check.silences import BY_COMMENT
from iopctl.config import DEFAULT
from iopctl.input import Input
from iopctl.source import read

if TYPE_CHECKING:
    from iopctl.check.diagnostics import Diagnostic
    from tests.conftest import AgreementText

DEVIATING = """\
economy:
  stated: {total: 910000}
  contributions:
    - {party: kommunen, item: Handledning, amount: 300000}
    - {party: foreningen, item: Lokaler, amount: 600000}
"""
Told = tuple[str, int, str]


def told(text: str, name: str = "exempel-2024.yaml", day: str = "2024-06-01") -> list[Diagnostic]:
    """Return what is found in a file, of the rules on sums, shares, names and silences alone."""
    context = Context(DEFAULT, date.fromisoformat(day))
    results = [checked(Input(name, text.encode()), context)]
    found = findings(results, context, lambda _: read(text.encode()))
    codes = ("IOP201", "IOP210", "IOP602", "IOP9")
    return [each for each in found if each.code.startswith(codes)]


def places(found: list[Diagnostic]) -> list[Told]:
    """Return the code, line and severity of each finding."""
    return [(each.code, each.span.line, each.severity) for each in found]


def codes(text: str, name: str = "exempel-2024.yaml") -> list[str]:
    """Return the codes of what is found in a file."""
    return [each.code for each in told(text, name)]


def with_id(text: str, line: str) -> str:
    """Return an agreement's text with *line* in place of its id's."""
    return text.replace("id: exempel-2024", line, 1)


# ------------------------------------------------------------------ exceptions
@pytest.mark.parametrize("rule", ["IOP201", "stated-total-differs"])
def test_exception_makes_a_note_of_it(agreement_text: AgreementText, rule: str) -> None:
    """The finding is still told, with the parties' reason instead of what to do."""
    text = agreement_text(DEVIATING + f"exceptions: [{{rule: {rule}, reason: Avtalets summa.}}]")
    found = next(each for each in told(text) if each.code == "IOP201")

    assert (found.severity, found.reason) == (Severity.NOTE, "Avtalets summa.")
    assert found.advice == (
        "the stated total 910\u00a0000 kr differs from the rows' 900\u00a0000 kr;"
        " the parties stand by it: Avtalets summa."
    )


@pytest.mark.parametrize(
    ("path", "silenced"),
    [
        ("economy", True),
        ("economy.stated", True),
        ("economy.stated.total", True),
        ("economy.stat", False),
        ("economy.contributions", False),
        ("validity", False),
    ],
)
def test_exception_may_be_for_a_place_alone(
    agreement_text: AgreementText, path: str, *, silenced: bool
) -> None:
    """It covers what stands at its path and below."""
    exception = f"exceptions: [{{rule: IOP201, path: {path}, reason: Avtalets summa.}}]"
    found = told(agreement_text(DEVIATING + exception))

    assert ("IOP902" in [each.code for each in found]) is not silenced
    assert [bool(each.reason) for each in found if each.code == "IOP201"] == [silenced]


@pytest.mark.parametrize(
    "path", ["economy.stated", "log.0.terms.economy.stated", "log.terms.economy"]
)
def test_exception_covers_what_an_amendment_changed(
    agreement_text: AgreementText, path: str
) -> None:
    """Named as it is written, without the numbers of list items, or as if it stood at the top."""
    amendment = """\
exceptions: [{rule: IOP201, path: %s, reason: Avtalets summa.}]
log:
  - date: 2024-02-01
    event: amendment
    effective: 2024-03-01
    terms:
      economy:
        stated: {total: 910000}
        contributions:
          - {party: kommunen, item: Handledning, amount: 450000}
          - {party: foreningen, item: Lokaler, amount: 450000}
"""
    found = told(agreement_text(amendment % path))

    assert [(each.code, each.reason) for each in found] == [("IOP201", "Avtalets summa.")]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2024-03-31", [("IOP201", 8, "note")]),
        ("2024-04-01", [("IOP201", 8, "warning"), ("IOP904", 12, "warning")]),
    ],
)
def test_exception_holds_to_its_last_day(
    agreement_text: AgreementText, day: str, expected: list[Told]
) -> None:
    """The day itself is included; after it the finding is back, and so is a word about it."""
    exception = "exceptions: [{rule: IOP201, reason: Ett år., until: 2024-03-31}]\n"
    found = told(agreement_text(DEVIATING + exception), day=day)

    assert expected == [each for each in places(found) if each[0] != "IOP210"]


@pytest.mark.parametrize(
    ("exception", "code", "words"),
    [
        ("{rule: IOP203, reason: Nej.}", "IOP902", "nothing is found here of IOP203; take it out"),
        ("{rule: IOP299, reason: Nej.}", "IOP903", "'IOP299' is no rule; iopctl rule --all lists"),
        ("{rule: bob, reason: Nej.}", "IOP903", "'bob' is no rule; iopctl rule --all lists"),
        (
            "{rule: IOP011, reason: Nej.}",
            "IOP905",
            "the suppression names IOP011 key-missing, which can't be silenced; take it out",
        ),
        ("{rule: id-twice, reason: Nej.}", "IOP905", "names IOP601 id-twice, which can't be"),
        ("{rule: IOP902, reason: Nej.}", "IOP905", "names IOP902 suppression-unused, which can't"),
    ],
)
def test_exception_without_effect_is_told(
    agreement_text: AgreementText, exception: str, code: str, words: str
) -> None:
    """At its own line, with what to do."""
    (found,) = told(agreement_text(f"exceptions:\n  - {exception}"))

    assert (found.code, found.span.line, found.excerpt) == (code, 13, f"  - {exception}")
    assert words in found.line


# ------------------------------------------------------------------ comments
@pytest.mark.parametrize(
    "comment",
    [
        "# iopctl: ignore[IOP602] det gamla namnet står i brev\nid: exempel-2024",
        "# iopctl: ignore[file-name-differs] brev\n# En rad till.\nid: exempel-2024",
        "id: exempel-2024  # iopctl: ignore[IOP602] brev",
        "id: exempel-2024  # iopctl: ignore[IOP107, IOP602]: brev, until 2024-06-01",
    ],
)
def test_comment_takes_a_finding_away(agreement_text: AgreementText, comment: str) -> None:
    """On its line, or on the line below a comment that stands alone; the day is included."""
    found = codes(with_id(agreement_text(), comment), "annat.yaml")

    assert found == (["IOP902"] if "IOP107" in comment else [])


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("id: exempel-2024  # iopctl: ignore[IOP602]", ["IOP602", "IOP901"]),
        ("id: exempel-2024  # iopctl: ignore[IOP602] until 2030-01-01", ["IOP602", "IOP901"]),
        ("id: exempel-2024  # iopctl: ignore[IOP602] brev until 2024-05-31", ["IOP602", "IOP904"]),
        ("id: exempel-2024  # iopctl: ignore[IOP602] brev until 2024-02-30", ["IOP602", "IOP905"]),
        ("id: exempel-2024  # iopctl: ignore[IOP602] brev until 2024", ["IOP602", "IOP905"]),
        ("id: exempel-2024  # iopctl: ignore[IOP6022] brev", ["IOP602", "IOP903"]),
        ("id: exempel-2024  # iopctl: ignore[] brev", ["IOP602", "IOP905"]),
        ("id: exempel-2024  # iopctl: ignore IOP602, brev", ["IOP602", "IOP905"]),
        ("id: exempel-2024  # iopctl: ignore[IOP201] brev", ["IOP602", "IOP905"]),
        ("id: exempel-2024  # iopctl: ignore[IOP017] brev", ["IOP602", "IOP905"]),
        ("id: exempel-2024\n# iopctl: ignore[IOP602] brev", ["IOP602", "IOP902"]),
    ],
)
def test_comment_without_effect_is_told(
    agreement_text: AgreementText, comment: str, expected: list[str]
) -> None:
    """And the finding that it was about, too."""
    assert sorted(codes(with_id(agreement_text(), comment), "annat.yaml")) == expected


def test_comment_is_no_place_for_what_the_parties_stand_by(agreement_text: AgreementText) -> None:
    """The message says where that is written."""
    text = agreement_text("title: IOP  # iopctl: ignore[IOP210] de vet")
    (found,) = told(text)

    assert found.advice == (
        "the suppression names IOP210 share-off-benchmark, which no comment silences;"
        " write it under exceptions, with the parties' reason"
    )


def test_a_text_is_no_comment(agreement_text: AgreementText) -> None:
    """What stands in quotes silences nothing, and nothing is said of it."""
    text = agreement_text('title: "# iopctl: ignore[IOP602] brev"')

    assert codes(text, "annat.yaml") == ["IOP602"]


def test_a_file_that_is_not_read_has_no_silences() -> None:
    """Its other findings may be gone once it can be read, or not."""
    assert told("id: x  # iopctl: ignore[IOP602]\n") == []


def test_what_comments_silence_are_rules() -> None:
    """A rule that is renamed is renamed there, too."""
    assert BY_NAME.keys() >= BY_COMMENT
