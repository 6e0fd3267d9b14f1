"""A new repository is whole from the start, and nothing that is there is touched."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from check_jsonschema.builtin_schemas import (
    get_builtin_schema,
)
from jsonschema import Draft7Validator, validate

from iopctl import __version__, config, installation
from iopctl.cli.init import LAYOUT
from iopctl.model.schema import ID

if TYPE_CHECKING:
    from tests.conftest import Golden, Run

ROOT = Path(__file__).parents[1]
AS_OF = ("--as-of", "2026-03-01")
DAYS = ("2026-01-01", "2026-06-30", "2026-12-31", "2027-06-30")


@pytest.fixture
def laid_out(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a new repository, which is the folder of work."""
    assert run("init", tmp_path / "avtal", *AS_OF).code == 0
    monkeypatch.chdir(tmp_path / "avtal")
    return tmp_path / "avtal"


def written_in(folder: Path) -> dict[str, bytes]:
    """Return all files below a folder, and their bytes."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_what_is_written_is_told(
    run: Run, golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what it is for, and what to do next."""
    monkeypatch.chdir(tmp_path)
    code, out, err = run("init", *AS_OF)

    assert (code, err) == (0, "")
    golden("init/told.txt", out)
    names = {name.format(year=2026) for name in LAYOUT} | {ID}
    assert written_in(tmp_path).keys() == names


@pytest.mark.usefixtures("laid_out")
@pytest.mark.parametrize("day", DAYS)
def test_example_passes_every_check(run: Run, day: str) -> None:
    """Nothing is found in it in its first year; what is later due is no error."""
    code, out, _ = run("check", "--as-of", day, *(["--strict"] if day < "2026-07" else []))

    assert (code, out if day < "2026-07" else "") == (0, "")


@pytest.mark.usefixtures("laid_out")
def test_example_has_a_budget(run: Run) -> None:
    """It shows what the commands are for."""
    assert "459\u00a0000" in run("budget", "--by", "party", *AS_OF).out


def test_editor_explains_the_example(laid_out: Path) -> None:
    """Its first line leads to the schema, by which it is valid."""
    example = laid_out / "agreements" / "exempel-2026.yaml"
    text = example.read_text("utf-8")
    path = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert path
    schema = json.loads((example.parent / path[1]).read_text("utf-8"))

    validate(yaml.load(text, yaml.BaseLoader), schema)  # noqa: S506 - all scalars stay text


def test_configuration_changes_nothing_until_it_is_changed(laid_out: Path) -> None:
    """Every key is a comment; taken out of it, each is one that there is."""
    text = (laid_out / "iopctl.toml").read_text("utf-8")
    keys = re.sub(r"(?m)^# (?=[a-z_-]+ = |\[)", "", text)

    assert config.config(text, "iopctl.toml") == config.Config()
    assert config.config(
        keys, "iopctl.toml"
    ).model_fields_set == config.Config.model_fields.keys() - {"select"}


@pytest.mark.usefixtures("swedish")
def test_comments_are_in_the_language_that_is_used(run: Run, tmp_path: Path) -> None:
    """Those of configuration and checks; what is set is the same in every language."""
    for language in ("sv", "en"):
        assert run("init", tmp_path / language, *AS_OF, "--lang", language).code == 0
    swedish, english = (written_in(tmp_path / language) for language in ("sv", "en"))
    configuration = swedish["iopctl.toml"].decode()

    assert swedish.keys() == english.keys()
    assert "# Regler som inte visas: en kod, ett namn eller en serie som 2xx.\n" in configuration
    assert '# unit = "percent"                   # ändringen från året före; eller "level"' in (
        configuration
    )
    assert max(map(len, configuration.splitlines())) <= 96
    for name in (".github/workflows/iopctl.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml"):
        assert swedish[name] != english[name]
        assert yaml.safe_load(swedish[name]) == yaml.safe_load(english[name])
    assert config.config(configuration, "iopctl.toml") == config.DEFAULT


def test_what_is_there_is_left_as_it_is(run: Run, laid_out: Path) -> None:
    """Also by a second run, which tells so."""
    (laid_out / "iopctl.toml").write_text("# own\n", "utf-8")
    before = written_in(laid_out)
    out = run("init", *AS_OF).out

    assert before == written_in(laid_out)
    assert out.count("\nleft ") + out.startswith("left ") == len(before)


def test_a_link_is_not_followed(run: Run, tmp_path: Path) -> None:
    """Not even one that leads nowhere yet."""
    (tmp_path / "avtal").mkdir()
    (tmp_path / "avtal" / "iopctl.toml").symlink_to(tmp_path / "elsewhere")

    assert run("init", tmp_path / "avtal", *AS_OF).out.startswith("left ")
    assert not (tmp_path / "elsewhere").exists()


def test_a_folder_that_can_not_be_made_is_told(run: Run, tmp_path: Path) -> None:
    """As where a file has its name."""
    (tmp_path / "avtal").write_text("", "utf-8")
    code, _, err = run("init", tmp_path / "avtal" / "iop")

    assert code == 2
    assert re.search(r"avtal/iop/iopctl.toml can't be written: not a directory", err)


# ------------------------------------------------------------------ what CI services read
def valid(text: str, schema: str) -> Any:  # noqa: ANN401 - whatever YAML can be
    """Return what *text* is, by the published schema of a CI service's files."""
    data = yaml.load(text, yaml.CSafeLoader)
    Draft7Validator(get_builtin_schema(f"vendor.{schema}")).validate(
        {"on" if key is True else key: value for key, value in data.items()}
    )
    return data


def test_github_workflow_has_few_rights(laid_out: Path) -> None:
    """It reads, runs for pull requests without secrets, and names its actions by commit."""
    text = (laid_out / ".github" / "workflows" / "iopctl.yml").read_text("utf-8")
    workflow = valid(text, "github-workflows")

    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in text
    assert all(
        re.search(r"@[0-9a-f]{40} # v", line) for line in text.splitlines() if "uses:" in line
    )
    assert f'pip install "iopctl=={__version__}"\n' in text


@pytest.mark.parametrize(
    ("noted", "requirement"),
    [
        (None, f"iopctl=={__version__}"),
        (
            {"url": "https://host/o/iopctl", "vcs_info": {"vcs": "git", "commit_id": "ab12"}},
            "iopctl @ git+https://host/o/iopctl@ab12",
        ),
        ({"url": "file:///a%20b/iopctl", "dir_info": {}}, "iopctl @ file:///a%20b/iopctl"),
    ],
)
def test_ci_installs_what_was_installed_here(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    noted: dict[str, object] | None,
    requirement: str,
) -> None:
    """From where it came; that a folder is nowhere else is told."""
    told = None if noted is None else json.dumps(noted)
    monkeypatch.setattr(installation, "_noted", lambda: told)
    err = run("init", tmp_path, *AS_OF).err

    for file, schema in (
        (".github/workflows/iopctl.yml", "github-workflows"),
        (".gitlab-ci.yml", "gitlab-ci"),
        (".pre-commit-config.yaml", ""),
    ):
        text = (tmp_path / file).read_text("utf-8")
        if schema:
            valid(text, schema)
        assert f'"{requirement}"' in text
    assert ("no CI service can reach" in err) == requirement.endswith("a%20b/iopctl")


def test_more_is_installed_as_the_program_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By pip, or by what keeps an environment for it; as no package where nobody installed it."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert installation.command("pdf") == "pip install 'iopctl[pdf]'"
    (tmp_path / "uv-receipt.toml").touch()
    assert installation.command("pdf") == "uv tool install --force 'iopctl[pdf]'"
    monkeypatch.undo()
    monkeypatch.setattr(installation, "NAME", "no-such-package")

    assert installation.origin() == installation.Origin()


def test_gitlab_pipeline_keeps_the_report(laid_out: Path) -> None:
    """And the last command decides."""
    job = valid((laid_out / ".gitlab-ci.yml").read_text("utf-8"), "gitlab-ci")["iopctl"]

    assert job["artifacts"]["reports"]["codequality"] in job["script"][1]
    assert job["script"][-1] == "iopctl check --format text"


def test_action_is_valid_and_takes_no_word_for_code() -> None:
    """What comes from outside is in no script's text."""
    action = valid((ROOT / "action.yml").read_text("utf-8"), "github-actions")

    assert not any("${{" in step.get("run", "") for step in action["runs"]["steps"])


@pytest.mark.parametrize(
    ("command", "path"),
    [
        ("validate-manifest", ROOT / ".pre-commit-hooks.yaml"),
        ("validate-config", Path(".pre-commit-config.yaml")),
    ],
)
@pytest.mark.usefixtures("laid_out")
def test_pre_commit_takes_its_files(command: str, path: Path) -> None:
    """The hooks that we offer, and those of a new repository."""
    words = [sys.executable, "-m", "pre_commit", command, str(path)]

    assert subprocess.run(words, check=False, capture_output=True).returncode == 0
