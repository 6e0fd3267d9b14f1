"""`iopctl init`: a new repository for agreements, laid out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Annotated, Final

import typer

from iopctl.cli.options import AsOf
from iopctl.language import marked, tr
from iopctl.output import terminal

LAYOUT: Final = {  # each file, the template that it is made of, and what it is for
    "iopctl.toml": ("configuration.toml", marked("what holds for all agreements")),
    "agreements/exempel-{year}.yaml": ("agreement.yaml", marked("an agreement to begin from")),
    ".github/workflows/iopctl.yml": ("github.yml", marked("checks pull requests on GitHub")),
    ".gitlab-ci.yml": ("gitlab.yml", marked("checks merge requests on GitLab")),
    ".pre-commit-config.yaml": ("pre-commit.yaml", marked("checks before each commit")),
}
EXAMPLE: Final = "agreement.yaml"  # Swedish in every language, as agreements are
NEXT: Final = marked("""\
next: begin with git init in that folder; look at it with iopctl budget and iopctl check,
make the example your own, and delete the checks that you do without; iopctl.toml says
what else can be set
""")

Folder = Annotated[
    str, typer.Argument(metavar="[FOLDER]", help="Where. Default: here.", show_default=False)
]


def init(folder: Folder = ".", as_of: AsOf = None) -> None:
    """Lay out a new repository for agreements.

    That is the configuration, an example to begin from, the schema by which an editor explains
    each key, and the checks for CI. Whatever is there already is left as it is.

    Examples:
        iopctl init avtal
    """
    from iopctl.cli.endings import refuse_file
    from iopctl.cli.reading import day
    from iopctl.files import create
    from iopctl.installation import NAME, origin

    refuse_file(folder, tr("FOLDER"))
    where = "" if folder == "." else f"{folder.rstrip('/')}/"
    for name, text, purpose in _laid_out(day(as_of).year):
        done = tr("wrote" if create(f"{where}{name}", text.encode()) else "left ")
        terminal.write(terminal.printable(f"{done} {where}{name}: {tr(purpose)}") + "\n")
    terminal.write(tr(NEXT))
    place = origin()
    if not place.is_elsewhere:
        terminal.say(
            tr(
                "this iopctl was installed from {url}, which no CI service can reach: write in"
                " {files} where it is to be had, as {example}",
                url=place.url,
                files=f"{where}.github/workflows/iopctl.yml, {where}.gitlab-ci.yml",
                example=f"{NAME} @ git+https://HOST/OWNER/{NAME}@COMMIT",
            )
        )


def _laid_out(year: int) -> Iterator[tuple[str, str, str]]:
    """Yield each file's name, its text, and what it is for."""
    from iopctl.cli.comments import translated
    from iopctl.installation import origin
    from iopctl.model.schema import ID, schema
    from iopctl.output.documents import document

    for name, (template, purpose) in LAYOUT.items():
        text = document(
            f"init/{template}", (), {"year": year, "requirement": origin().requirement()}
        )
        told = text if template == EXAMPLE else translated(text)
        yield name.format(year=year), told, purpose
    text = json.dumps(schema(), ensure_ascii=False, indent=2)
    yield ID, f"{text}\n", marked("explains each key in your editor")
