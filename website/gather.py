"""Gather the site's pages out of the docs: `python website/gather.py FOLDER`, as `make site` does.

Each language is a site of its own, Swedish at the root and English under `en/`. A link to a page of
the same site is a link between files, which the strict build follows; one to the other language is
one between addresses; what the repository has and the site lacks is named without a link.
"""

from __future__ import annotations

import os.path
import re
import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
LINK: Final = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
CODE: Final = re.compile(r"(?ms)(^ *```.*?^ *```$|`[^`\n]+`)")
ELSEWHERE: Final = ("https:", "http:", "mailto:", "data:", "#")
ENGLISH: Final = PurePosixPath("en")
SAMPLES: Final = "samples"
DAY: Final = "2025-02-01"


class AstrayError(Exception):
    """A page links to what is not there."""


class Site(NamedTuple):
    """The pages of one language: where each file of the repository stands on the site."""

    language: str
    root: PurePosixPath
    pages: dict[PurePosixPath, PurePosixPath]


def sites() -> tuple[Site, Site]:
    """Return the Swedish site and the English one."""
    swedish = {PurePosixPath("README.md"): PurePosixPath("index.md")}
    english = {PurePosixPath("README.en.md"): PurePosixPath("index.md")}
    for name in ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"):
        english[PurePosixPath(name)] = PurePosixPath(name.lower())
    english[PurePosixPath("editors/README.md")] = PurePosixPath("editors.md")
    for path in sorted((ROOT / "docs").rglob("*.md")):
        file = PurePosixPath(path.relative_to(ROOT).as_posix())
        pages, above = (swedish, "docs/sv") if "sv" in file.parts else (english, "docs")
        page = file.relative_to(above)
        pages[file] = page.with_name("index.md") if page.name == "README.md" else page
    for language, pages in (("sv", swedish), ("en", english)):
        pages[PurePosixPath(f"website/{language}/samples.md")] = PurePosixPath("samples.md")
    return Site("sv", PurePosixPath(), swedish), Site("en", ENGLISH, english)


def gathered(file: PurePosixPath, text: str, site: Site, others: Site) -> str:
    """Return a page with its links as they are on the site.

    Raises:
        AstrayError: a link leads to nothing.
    """

    def linked(link: re.Match[str]) -> str:
        mark, label, target = link.groups()
        if target.startswith(ELSEWHERE):
            return link[0]
        path, _, anchor = target.partition("#")
        wanted = PurePosixPath(os.path.normpath(file.parent / path))
        place = f"#{anchor}" if anchor else ""
        for each in (wanted, wanted / "README.md"):
            if each in site.pages:
                return f"{mark}[{label}]({_between(site.pages[file], site.pages[each])}{place})"
            if each in others.pages:
                return f"{mark}[{label}]({_across(site, file, others, each)}{place})"
        if wanted.parts[0] == "website" and wanted.parts[-2] == SAMPLES:
            return link[0]
        if not (ROOT / wanted).exists():
            raise AstrayError(f"{file} links to {target}, which is not there")
        return label

    parts = CODE.split(text)
    return "".join(
        part if number % 2 else LINK.sub(linked, part) for number, part in enumerate(parts)
    )


def _between(page: PurePosixPath, other: PurePosixPath) -> str:
    return os.path.relpath(other, page.parent).replace("\\", "/")


def _across(site: Site, file: PurePosixPath, others: Site, other: PurePosixPath) -> str:
    """Return the way from where a page lies to the address of a page of the other language.

    Zensical makes of it the way from the page's own address.
    """
    here, there = site.root / site.pages[file].parent, _address(others, others.pages[other])
    return os.path.relpath(there, here).replace("\\", "/") + "/"


def _address(site: Site, page: PurePosixPath) -> PurePosixPath:
    """Return the folder whose index a page becomes."""
    return site.root / (page.parent if page.name == "index.md" else page.with_suffix(""))


def gather(folder: Path) -> None:
    """Write the pages of both languages into *folder*, and what they show of iopctl's work."""
    shutil.rmtree(folder, ignore_errors=True)
    swedish, english = sites()
    for site, others in ((swedish, english), (english, swedish)):
        for file, page in site.pages.items():
            written = folder / site.language / page
            written.parent.mkdir(parents=True, exist_ok=True)
            text = gathered(file, (ROOT / file).read_text("utf-8"), site, others)
            written.write_text(text, encoding="utf-8")
        shutil.copytree(ROOT / "website/look", folder / site.language / "look")
    samples(folder / "sv" / SAMPLES)
    shutil.copytree(folder / "sv" / SAMPLES, folder / "en" / SAMPLES)


# ------------------------------------------------------------------ what iopctl makes
def samples(folder: Path) -> None:
    """Make an invoice, a memo and the dashboard of the repository's agreements, with pictures."""
    folder.mkdir()
    work = folder / "avtal"
    shutil.copytree(ROOT / "agreements", work / "agreements")
    shutil.copytree(ROOT / "texts", work / "texts")
    for key, value in (
        ("parties.stadsmissionen.bankgiro", "991-2346"),
        ("invoicing.payment_days", "30"),
    ):
        _iopctl(work, "set", "stadsmissionen-2024", key, value, "--write")
    given = ("--number", "1004", "--date", "2024-12-02", "--format", "pdf", "--output", "..")
    _iopctl(work, "invoice", "stadsmissionen-2024", "--year", "2024", *given)
    (invoice,) = folder.glob("*.pdf")
    invoice.rename(folder / "invoice.pdf")
    _iopctl(work, "report", "overview", "--year", "2020", "--output", "../overview.pdf")
    _iopctl(work, "report", "dashboard", "--output", "../dashboard.html")
    shutil.rmtree(work)
    for name in ("invoice", "overview"):
        picture(folder / f"{name}.pdf")


def _iopctl(folder: Path, *words: str) -> None:
    day = () if words[0] == "set" else ("--as-of", DAY)
    command = [sys.executable, "-m", "iopctl", "-C", str(folder), "--lang", "sv", *words, *day]
    subprocess.run(command, check=True, capture_output=True, text=True)


def picture(file: Path, wide: int = 900) -> None:
    """Draw the first page of a PDF beside it, as a PNG of few colours."""
    import pypdfium2

    page = pypdfium2.PdfDocument(file)[0]
    drawn = page.render(scale=wide / page.get_width()).to_pil()
    drawn.quantize(32).save(file.with_suffix(".png"), optimize=True)


if __name__ == "__main__":
    gather(Path(sys.argv[1]))
