"""Which files a run reads, and what it will not open."""

from __future__ import annotations

import os
import re
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from iopctl import files
from iopctl.errors import UserError
from iopctl.input import Unreadable

if TYPE_CHECKING:
    from tests.conftest import Run


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of work with three agreements, one of them in a folder of its own."""
    folder = tmp_path / "agreements"
    (folder / "old").mkdir(parents=True)
    for name in ("b.yaml", "a.yml", "old/c.YAML", ".hidden.yaml", "notes.md", "d.yaml~"):
        (folder / name).write_text("id: x\n", "utf-8")
    for name in (".git", "node_modules"):
        (folder / name).mkdir()
        (folder / name / "x.yaml").write_text("[", "utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def names(*arguments: str) -> list[str]:
    """Return the names of the files that arguments stand for."""
    return [each.name for each in files.inputs(arguments, "agreements")]


@pytest.mark.usefixtures("repository")
def test_without_arguments_the_folder_is_read() -> None:
    """Every YAML file below it; hidden files, other tools' folders and editors' rests are not."""
    assert names() == ["agreements/a.yml", "agreements/b.yaml", "agreements/old/c.YAML"]


@pytest.mark.usefixtures("repository")
def test_files_folders_and_ids_may_be_named() -> None:
    """However often it is named, a file is read once."""
    assert names("agreements/old", "b", "agreements/./b.yaml") == [
        "agreements/old/c.YAML",
        "agreements/b.yaml",
    ]


def test_an_absolute_name_is_told_from_the_folder_of_work(repository: Path) -> None:
    """A file elsewhere keeps its whole name."""
    assert names(str(repository / "b.yaml")) == ["agreements/b.yaml"]
    assert names(str(repository / "b.yaml"))[0] == "agreements/b.yaml"


def test_a_file_outside_keeps_its_whole_name(
    repository: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so does every file when the folder of work is gone."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)

    assert names(str(repository / "b.yaml")) == [str(repository / "b.yaml")]
    elsewhere.rmdir()
    assert names(str(repository / "b.yaml")) == [str(repository / "b.yaml")]


def test_a_folder_of_work_that_is_gone_stops_nothing(
    run: Run,
    repository: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Files that are named from the root are found; nothing else is."""
    good = (Path(__file__).parents[1] / "agreements/ikf-2023.yaml").read_bytes()
    (repository / "good.yaml").write_bytes(good)
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    elsewhere.rmdir()

    assert run("check", str(repository / "good.yaml")).code == 0
    assert run("check").code == 2


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ("bb", "no file, folder or agreement is called 'bb': did you mean b?"),
        ("missing.yaml", "no file, folder or agreement is called 'missing.yaml': iopctl list"),
        ("", "no file, folder or agreement is called ''"),
        ("agreements/b.yaml/x", "no file, folder or agreement is called 'agreements/b.yaml/x'"),
        ("a" * 5000, "no file, folder or agreement is called 'aaaa"),
        ("a\0b", "no file, folder or agreement is called 'a\0b'"),
        ("agreements/.git", None),
    ],
)
def test_what_is_not_there_is_said_by_name(argument: str, message: str | None) -> None:
    """With the nearest id that is there, where there is one near."""
    if message is None:
        assert names(argument) == ["agreements/.git/x.yaml"]
        return
    with pytest.raises(UserError) as refused:
        names(argument)

    assert str(refused.value).startswith(message)


def test_no_agreement_at_all_says_where_was_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty folder and a missing one, named or not."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()

    for arguments, looked in (([], "agreements"), (["empty"], "empty")):
        with pytest.raises(UserError, match=f"no agreement found in {looked}: .*iopctl init"):
            files.inputs(arguments, "agreements")
    with pytest.raises(UserError, match="no file, folder or agreement is called 'ikf'"):
        files.inputs(["ikf"], "agreements")


def refused(path: Path) -> str:
    """Return why a file gives no bytes."""
    found = files.content(str(path))

    assert isinstance(found, Unreadable)
    return found.message


def test_links_are_not_followed(repository: Path) -> None:
    """Neither a link to a file nor to nowhere, and a linked folder is passed over."""
    (repository / "link.yaml").symlink_to("b.yaml")
    (repository / "gone.yaml").symlink_to("nowhere.yaml")
    (repository / "loop").symlink_to(".")

    assert refused(repository / "link.yaml").startswith("is a link")
    assert refused(repository / "gone.yaml").startswith("is a link")
    assert [name for name in names() if "lo" in name] == []


def behind_links(repository: Path) -> Path:
    """Return a folder elsewhere, to which links of the folder of work lead."""
    elsewhere = repository.parent.parent / f"{repository.parent.name}-elsewhere"
    (elsewhere / "agreements").mkdir(parents=True)
    for place in (elsewhere, elsewhere / "agreements"):
        (place / "a.yaml").write_text("secret", "utf-8")
    Path("linked").symlink_to(elsewhere / "agreements")
    Path("sub").mkdir()
    Path("sub", "linked").symlink_to(elsewhere)
    return elsewhere


@pytest.mark.parametrize(
    "named",
    ["linked", "linked/", "./linked", "sub/linked", "sub/linked/agreements", "sub/../linked",
     "sub/linked/agreements/a.yaml", "{here}/linked", "{here}/sub/linked/agreements"],
)  # fmt: skip
def test_a_folder_behind_a_link_is_not_read(repository: Path, named: str) -> None:
    """Neither as the folder of the agreements nor by its name: it may have come with them."""
    behind_links(repository)
    named = named.format(here=repository.parent)
    told = "linked, a link, and links are not followed|linked is a link, and links are not followed"

    for arguments, folder in (([named], "agreements"), ([], named), (["a"], named)):
        if not named.endswith(".yaml"):
            with pytest.raises(UserError, match=told):
                files.inputs(arguments, folder)
    if not named.endswith(".yaml"):
        with pytest.raises(UserError, match=told):
            files.present(named)
        with pytest.raises(UserError, match=told):
            files.stamps([], named)
    file = f"{named.removesuffix('/a.yaml')}/a.yaml"
    with pytest.raises(UserError, match=told):
        files.text(file)
    assert re.search(told, refused(Path(file)))


def test_what_leads_to_a_repository_is_the_user_s_own_affair(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Links to the folder of work, and to a repository elsewhere; what lies in it is not."""
    elsewhere = behind_links(repository)
    way = repository.parent.parent / f"{repository.parent.name}-way"
    way.symlink_to(elsewhere)
    (elsewhere / "link").symlink_to("agreements")

    assert files.text(f"{way}/agreements/a.yaml") == "secret"
    assert files.text(f"{way}/link/a.yaml") == "secret"
    with pytest.raises(UserError, match="link, a link, and links are not followed"):
        files.text(f"{way}/link/a.yaml", within=f"{way}/")
    (elsewhere / ".git").mkdir()
    with pytest.raises(UserError, match="link, a link, and links are not followed"):
        files.text(f"{way}/link/a.yaml")
    monkeypatch.chdir(way)

    assert files.text("agreements/a.yaml") == "secret"
    assert files.ours("link/a.yaml") == "secret"
    assert files.ours("link/none") is None


def test_what_is_no_regular_file_is_not_read(repository: Path) -> None:
    """A FIFO would wait for ever, a device never end."""
    os.mkfifo(repository / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("agreements/s.yaml")

    assert refused(repository / "pipe.yaml") == "is no regular file"
    assert refused(repository) == "is no regular file"
    assert refused(Path("/dev/zero")) == "is no regular file"
    assert refused(repository / "s.yaml").startswith("can't be opened")


def test_a_file_is_read_to_one_byte_past_the_limit(repository: Path) -> None:
    """So much tells that it is too large, and no more is needed."""
    large = repository / "large.yaml"
    with large.open("wb") as file:
        file.truncate(20 << 30)
    found = files.content(str(large))

    assert isinstance(found, bytes)
    assert len(found) == files.MOST_BYTES + 1


def test_a_folder_that_cannot_be_listed_is_told(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named like a file that can't be read, and the others still are."""

    def scandir(folder: str) -> list[os.DirEntry[str]]:
        if folder.endswith("old"):
            raise PermissionError(13, "Permission denied")
        return list(real(folder))

    real = os.scandir
    monkeypatch.setattr(os, "scandir", scandir)

    assert str(repository / "old") in [os.path.abspath(name) for name in names()]  # noqa: PTH100 - as given


def test_a_disk_that_fails_is_told(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason is the system's, in lower case."""

    def read(_: int, __: int) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "read", read)

    assert refused(repository / "b.yaml") == "can't be read: input/output error"


# ------------------------------------------------------------------ the configuration
def test_the_configuration_is_found_from_below(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the folder of work or above it; the folder of agreements is named from there."""
    (repository.parent / "iopctl.toml").write_text('folder = "agreements/old"\n', "utf-8")
    below = repository.parent / "drafts"
    below.mkdir()
    monkeypatch.chdir(below)
    place = files.repository()

    assert place.config.folder == "agreements/old"
    assert [each.name for each in files.inputs([], place.agreements)] == [
        "../agreements/old/c.YAML"
    ]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("iopctl.toml", "^iopctl.toml is larger than 65536 bytes$"),
        (
            "pyproject.toml",
            "^pyproject.toml is larger .* bytes: put what is iopctl's into an iopctl",
        ),
    ],
)
def test_a_large_configuration_is_refused(repository: Path, name: str, told: str) -> None:
    """To read it takes long, and to read a part of it would leave out what it says."""
    for text in (f"[tool.iopctl]\n{'#' * 65_536}\n", f"{'#' * files.MOST_BYTES}\n[tool.iopctl]"):
        (repository.parent / name).write_text(text, "utf-8")

        with pytest.raises(UserError, match=told):
            files.repository()


def test_folders_that_bar_the_way_up_are_the_end_of_it(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those of another user, above the one that is worked in."""

    def barred(*_: str) -> bool:
        raise PermissionError(13, "Permission denied")

    (repository.parent / "iopctl.toml").write_text('folder = "here"\n', "utf-8")
    (repository.parent / "below").mkdir()
    monkeypatch.chdir(repository.parent / "below")
    assert files.repository().config.folder == "here"
    monkeypatch.setattr(os.path, "samefile", barred)

    assert files.repository().config.folder == "agreements"


def test_pyproject_serves_where_it_has_the_table(repository: Path) -> None:
    """A pyproject.toml of other tools' is passed over."""
    pyproject = repository.parent / "pyproject.toml"
    pyproject.write_text("[project]\n", "utf-8")

    assert files.repository().config.folder == "agreements"
    pyproject.write_text('[tool.iopctl]\nfolder = "avtal"\n', "utf-8")
    assert files.repository().config.folder == "avtal"


def test_no_configuration_is_the_default_one(repository: Path) -> None:
    """The search ends at the top of the git repository, and where the folder of work is gone."""
    (repository.parent / "iopctl.toml").write_text("folder = 5 5\n", "utf-8")
    inside = repository / "old"
    (inside / ".git").mkdir()
    os.chdir(inside)

    assert files.repository().agreements == "agreements"


@pytest.mark.parametrize("raw", [b"\xff", None])
def test_a_configuration_that_cannot_be_read_stops_the_run(
    repository: Path, raw: bytes | None
) -> None:
    """Going on with the defaults would be a guess."""
    config = repository.parent / "iopctl.toml"
    config.mkdir() if raw is None else config.write_bytes(raw)

    with pytest.raises(UserError, match=r"iopctl\.toml is "):
        files.repository()


def test_where_the_folder_of_work_may_not_be_looked_at_the_default_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """There is nothing to look in, and nothing to look up from."""
    monkeypatch.setattr(os.path, "isdir", lambda _: False)

    assert files.repository().root == ""


def test_a_folder_that_should_be_there_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command that writes says what to do where there is nothing to write in."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(
        UserError, match=r"there is no folder agreements: make it first; or .* lay out"
    ):
        files.present("agreements")
