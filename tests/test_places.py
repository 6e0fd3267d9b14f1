"""Where one stands does not matter: the configuration is that of the files that are named."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from iopctl import files, language
from iopctl.errors import UserError
from iopctl.files import configuration

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import AgreementText, Run

WIDE = "[benchmark]\ntolerance = 20\n"


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreement_text: AgreementText) -> Path:
    """Work beside two repositories, of which the first has a configuration of its own."""
    for name in ("cf", "other"):
        folder = tmp_path / name / "agreements"
        folder.mkdir(parents=True)
        text = agreement_text().replace("Lokaler, amount: 450000", "Lokaler, amount: 250000")
        (folder / "exempel-2024.yaml").write_text(text, "utf-8")
    (tmp_path / "cf/iopctl.toml").write_text(WIDE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_configuration_nearest_to_a_file_holds_for_it(
    run: Run, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A share of 64.3 % is within 50 ± 20 and above 50 ± 10, from wherever one asks."""
    for file, verdict in (("cf", "within"), ("other", "above")):
        monkeypatch.chdir(two)
        from_above = run("split", f"{file}/agreements/exempel-2024.yaml", "--as-of", "2024-06-01")
        monkeypatch.chdir(two / file / "agreements")
        beside = run("split", "exempel-2024.yaml", "--as-of", "2024-06-01")

        assert verdict in from_above.out
        assert from_above == beside


@pytest.mark.usefixtures("two")
def test_files_of_two_configurations_make_no_table(run: Run) -> None:
    """One of them would be judged by the other's."""
    told = run("split", "cf/agreements/exempel-2024.yaml", "other")

    assert (told.code, told.out) == (2, "")
    assert "cf/agreements and other have configurations that differ" in told.err


@pytest.mark.usefixtures("two")
def test_a_folder_to_work_in_may_be_named(run: Run) -> None:
    """As for git and make: several of them, one from the other."""
    apart = run("-C", "cf", "list")

    assert apart.code == 0
    assert "exempel-2024" in apart.out
    assert run("-C.", "-C", "../other", "list").code == 0
    assert run("-C", "gone", "list").err == "iopctl: -C gone: there is no such folder\n"
    assert run("-C").err == "iopctl: -C : there is no such folder\n"


def test_a_repository_that_is_named_means_its_agreements(two: Path) -> None:
    """Not what else is written in YAML there; a folder of it means what lies in it."""
    (two / "cf/compose.yaml").write_text("services: {}\n", "utf-8")
    (two / "other/compose.yaml").write_text("services: {}\n", "utf-8")

    def names(argument: str) -> list[str]:
        return [each.name for each in files.inputs([argument], "agreements")]

    assert names("cf") == ["cf/agreements/exempel-2024.yaml"]
    assert names("other") == ["other/agreements/exempel-2024.yaml", "other/compose.yaml"]
    (two / "other/.git").mkdir()
    assert names("other") == ["other/agreements/exempel-2024.yaml"]
    (two / "cf/agreements/.git").mkdir()
    assert names("cf/agreements") == ["cf/agreements/exempel-2024.yaml"]


def test_without_a_configuration_the_top_of_the_git_repository_counts(
    run: Run, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From each folder in it; the folder of agreements itself, too."""
    (two / "other/.git").mkdir()
    (two / "other/docs").mkdir()
    for folder in ("other/docs", "other/agreements"):
        monkeypatch.chdir(two / folder)

        assert run("show", "exempel-2024", "--as-of", "2024-06-01").code == 0


def test_without_git_too_the_agreements_are_found_from_among_them(
    run: Run, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From their folder, and from one in it; beside it nobody knows where they are."""
    (two / "other/agreements/bilagor").mkdir()
    (two / "other/docs").mkdir()
    found = {}
    for folder in ("agreements", "agreements/bilagor", "docs"):
        monkeypatch.chdir(two / "other" / folder)
        found[folder] = run("show", "exempel-2024", "--as-of", "2024-06-01").code

    assert found == {"agreements": 0, "agreements/bilagor": 0, "docs": 2}


def test_nobody_is_told_to_lay_out_what_is_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, agreement_text: AgreementText
) -> None:
    """Where a git repository has agreements elsewhere, they are pointed at."""
    monkeypatch.chdir(tmp_path)
    assert "lay out a new one with: iopctl init" in run("list").err
    (tmp_path / ".git").mkdir()
    (tmp_path / "other.yaml").write_text("services: {}\n", "utf-8")
    assert "lay out a new one with: iopctl init" in run("list").err
    (tmp_path / "avtal").mkdir()
    (tmp_path / "avtal/exempel-2024.yaml").write_text(agreement_text(), "utf-8")

    assert "no agreement found in agreements: there are some in avtal: name" in run("list").err
    (tmp_path / "iopctl.toml").write_text("", "utf-8")
    assert "write one in it with: iopctl new" in run("list").err


@pytest.mark.usefixtures("two")
def test_wildcards_are_put_in_their_place(two: Path) -> None:
    """As by a shell, for those that do not; a pattern that nothing fits is told as it is."""
    (two / "cf/agreements/b.yaml").write_text("id: b\n", "utf-8")
    found = files.inputs(["cf/*/*.yaml"], "agreements")

    assert [each.name for each in found] == [
        "cf/agreements/b.yaml",
        "cf/agreements/exempel-2024.yaml",
    ]
    assert files.place(["cf/*/*.yaml"]).root == "cf"
    with pytest.raises(UserError, match=r"is called 'cf/\*\.yml'"):
        files.inputs(["cf/*.yml"], "agreements")


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("ik", "'ik' fits 10 agreements, ikf-0, ikf-1, ikf-2, ikf-3, ikf-4, .*ikf-7, …: write"),
        ("F-3", "ikf-3.yaml"),
        ("exe", "exempel-2024.yaml"),
        ("2024", "exempel-2024.yaml"),
        ("zz", "no file, folder or agreement is called 'zz': iopctl list shows"),
    ],
)
def test_a_part_of_an_id_will_do_where_one_alone_has_it(two: Path, word: str, told: str) -> None:
    """Its beginning rather than another part; in capitals or not."""
    for number in range(10):
        (two / f"cf/agreements/ikf-{number}.yaml").write_text("id: x\n", "utf-8")
    try:
        found = files.inputs([word], "cf/agreements")[0].name
    except UserError as error:
        found = str(error)

    assert re.search(told, found)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("iopctl.toml", 'language = "sv"', "sv"),
        ("pyproject.toml", '[tool.iopctl]\nlanguage = "en"', "en"),
        ("iopctl.toml", 'language = "de"', None),
        ("iopctl.toml", "language = ", None),
        ("pyproject.toml", "tool = 1\n[tool.iopctl]", None),
        ("pyproject.toml", "[tool.black]", None),
    ],
)
def test_the_configuration_may_choose_the_language(
    name: str, text: str, expected: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What can't be read chooses none: the command that reads it says so."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_text(f"{text}\n", "utf-8")

    assert configuration.language() == expected


def test_an_option_and_the_environment_go_before_the_configuration(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In that order; the system comes last."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "iopctl.toml").write_text('language = "sv"\n', "utf-8")

    def told(*words: str) -> str:
        run(*words, "--version")
        return language.current()

    assert told() == "en"
    monkeypatch.delenv("IOPCTL_LANG")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert told() == "sv"
    assert told("--lang", "en") == "en"
    (tmp_path / "iopctl.toml").unlink()
    assert told() == "en"


def test_services_are_told_names_from_the_top_of_the_repository(
    run: Run, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the run takes place in it; without git, and beyond it, the name stays."""
    monkeypatch.chdir(two / "cf")
    assert '"path": "agreements/exempel-2024.yaml"' in run("check", "-f", "gitlab").out
    (two / ".git").mkdir()

    assert '"path": "cf/agreements/exempel-2024.yaml"' in run("check", "-f", "gitlab").out
    assert "::notice file=cf/agreements/exempel-2024.yaml," in run("check", "-f", "github").out
    assert '"uri": "cf/agreements/exempel-2024.yaml"' in run("check", "-f", "sarif").out
    assert files.from_top("../../x.yaml") == "../../x.yaml"
    assert files.from_top("/x.yaml") == "/x.yaml"
