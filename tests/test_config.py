"""What iopctl.toml may say, and how it is refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from iopctl.config import DEFAULT, config
from iopctl.errors import UserError

WHOLE = """
folder = "avtal"
report_due = "04-30"
sek_per_eur = 11.30
select = ["2xx"]
ignore = ["IOP210"]

[benchmark]
share = 50
tolerance = 12.5

[lead]
expiry_months = 9

[index.AKI-2008-prel]
unit = "level"
values = {2007 = 100, 2008 = 104.5}
source = "SCB"

[buyers."212000-0449"]
reference = "[0-9]{3}Z"
example = "150Z"

[severity]
IOP210 = "note"
"""


def test_every_part_of_the_configuration_is_read() -> None:
    """Figures are decimals from the text of the file."""
    found = config(WHOLE, "iopctl.toml")

    assert (found.folder, found.report_due, found.sek_per_eur) == (
        "avtal",
        (4, 30),
        Decimal("11.30"),
    )
    assert (found.benchmark.low, found.benchmark.high) == (Decimal("37.5"), Decimal("62.5"))
    assert found.index["AKI-2008-prel"].values == {"2007": 100, "2008": Decimal("104.5")}
    assert found.buyers["212000-0449"].accepts("150Z")
    assert found.severity == {"IOP210": "note"}


def test_an_empty_file_is_the_default() -> None:
    """Linköping's own benchmark, half within ten, and half a year's lead."""
    found = config("", "iopctl.toml")

    assert found == DEFAULT
    assert [int(found.benchmark.low), int(found.benchmark.high)] == [40, 60]
    assert found.lead.expiry_months == 6


def test_pyproject_holds_it_in_a_table_of_its_own() -> None:
    """The rest of a pyproject.toml is other tools'."""
    text = '[project]\nname = "x"\n[tool.iopctl]\nfolder = "avtal"\n'

    assert config(text, "pyproject.toml").folder == "avtal"
    assert config("[project]\n", "sub/pyproject.toml").folder == "agreements"
    assert config("tool = 3 # [tool.iopctl]", "pyproject.toml") == DEFAULT
    with pytest.raises(UserError, match=r"pyproject\.toml: .*found '3'"):
        config("tool.iopctl = 3 # [tool.iopctl]", "pyproject.toml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("folder = ", "iopctl.toml: Invalid value"),
        ("sek_per_eur = 0", "sek_per_eur: a euro can't cost 0 kronor"),
        ("fodler = 'x'", "fodler: the key 'fodler' is unknown here: write folder"),
        ("folder = '../x'", "folder: found '../x': write a folder inside the repository"),
        ("folder = '/x'", "folder: found '/x'"),
        ("folder = 'C:x'", "folder: found 'C:x'"),
        ("folder = 5.5", None),
        ("report_due = 2024-03-31", "report_due: found '2024-03-31': write month and day"),
        ("[benchmark]\nshare = 101", "benchmark.share: found '101': write a percentage"),
        ("[benchmark]\nshare = true", "benchmark.share: found 'true'"),
        ("[lead]\nexpiry_months = [1]", "lead.expiry_months: found a list"),
        ("[index.AKI]\nunit = 'level'", "index.AKI.values: values is missing"),
        ("[index.AKI]\nunit = 'x'\nvalues = {}", "index.AKI.unit: found 'x': write one of: level"),
        ("[index.A]\nunit = 'level'\nvalues = {2020 = -1}", "index.A.values.2020: the level of 2020 is -1"),
        ("[buyers.x]\nreference = '(a+)+'", None),
        ("[buyers.x]\nreference = '[0-9'", "buyers.x.reference: the pattern '[0-9' is more than"),
        ("sek_per_eur = 1e999999999", "sek_per_eur: found '1e999999999': write a number"),
        ("sek_per_eur = 1e9999999999999999999999", "sek_per_eur: found '1e9999999999999999999999'"),
        ("sek_per_eur = 0." + "1" * 60, "sek_per_eur: found '0.11111"),
        ("sek_per_eur = inf", "sek_per_eur: found 'inf': write a number"),
        ("sek_per_eur = 1_1.3e0", None),
        (f"sek_per_eur = {'9' * 5000}", "iopctl.toml: a number in it has thousands of digits"),
        (f"sek_per_eur = 0x{'f' * 5000}", "sek_per_eur: found '0xffff"),
        (".".join("a" * 900) + " = 1", "iopctl.toml: more than 10 lists or tables lie in one another"),
        (".".join("a" * 1100) + " = 1", "iopctl.toml: a line has more than 1000 dots"),
        ("folder = 'a\\u202eb'", None),
        ('folder = "a\\u202eb"', "folder: found 'a\u202eb': write a folder inside the repository"),
        ('"a\\nb" = 1', "iopctl.toml: a\\nb: the key 'a\\nb' is unknown here"),
        ('report_due = "a\\r\\nb"', "report_due: found 'a\\r\\nb': write month and day"),
        (f"lead = {'[' * 900}{']' * 900}", "iopctl.toml: more than 10 lists or tables lie in one another"),
        (f"lead = {'[' * 20000}", "iopctl.toml: more than 10 lists or tables lie in one another"),
        (f"{'a' * 5000} = 1", f"iopctl.toml: {'a' * 40}…: the key '{'a' * 40}…' is unknown here"),
        ("\n".join(f"a{n} = 1" for n in range(25)), "take it out, or begin it with x- to keep it as your own; and 5 more"),
        ("[severity]\nIOP210 = 'fatal'", "severity.IOP210: found 'fatal': write one of: error"),
        ("lead = 07:32:00", "lead: found '07:32:00' where a mapping is wanted"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_key(text: str, message: str | None) -> None:
    """The message names the file, the key, what was found and what to write."""
    if message is None:
        config(text, "iopctl.toml")
        return
    with pytest.raises(UserError) as refused:
        config(text, "iopctl.toml")

    assert message in str(refused.value)
