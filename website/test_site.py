"""The site as it was built: nothing leads astray, and everybody can read it at every width."""

from __future__ import annotations

import threading
import tomllib
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import html

from tests.browser import PATIENCE, WIDTHS, chromium
from website.gather import AstrayError, gathered, sites

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from website.gather import Site

SITE = Path(__file__).parent / "site"
PAGES = ("", "format/", "samples/", "felmeddelanden/", "en/invoicing/")
OF_EVERY_KIND = ("", "samples/", "en/export/")  # axe takes its time
ATTRIBUTES = ("href", "src")


# ------------------------------------------------------------------ gathering
@pytest.mark.parametrize(
    ("file", "text", "written"),
    [
        ("docs/sv/format.md", "[a](fakturering.md#ä)", "[a](fakturering.md#ä)"),
        ("docs/sv/format.md", "[a](../../README.md)", "[a](index.md)"),
        ("docs/sv/regler/IOP201.md", "[a](../format.md)", "[a](../format.md)"),
        ("docs/sv/format.md", "[a](regler/README.md)", "[a](regler/index.md)"),
        ("docs/sv/format.md", "[a](../format.md#b)", "[a](en/format/#b)"),
        ("README.md", "[a](docs/decisions.md)", "[a](en/decisions/)"),
        ("docs/sv/regler/IOP201.md", "[a](../../ci.md)", "[a](../en/ci/)"),
        ("docs/sv/format.md", "[a](../../agreements), ![b](https://c)", "a, ![b](https://c)"),
        ("docs/sv/format.md", "`[a](b.md)` [a](#b)", "`[a](b.md)` [a](#b)"),
    ],
)
def test_links_lead_where_the_page_stands_on_the_site(file: str, text: str, written: str) -> None:
    """Within a language to files, to the other to addresses, elsewhere to nothing."""
    swedish, english = sites()

    assert gathered(PurePosixPath(file), text, swedish, english) == written


def test_a_link_to_nothing_is_refused() -> None:
    """The repository must have what a page links to."""
    with pytest.raises(AstrayError, match="links to nix"):
        gathered(PurePosixPath("README.md"), "[a](nix.md)", *sites())


@pytest.mark.parametrize("site", sites(), ids=lambda site: site.language)
def test_every_page_has_its_place_in_the_menu(site: Site) -> None:
    """But for those of the rules, which their index leads to."""
    settings = tomllib.loads((SITE.parent / f"{site.language}.toml").read_text("utf-8"))
    named = [page for entry in settings["project"]["nav"] for page in entry.values()]
    wanted = [
        page.as_posix()
        for page in site.pages.values()
        if page.name == "index.md" or len(page.parts) == 1
    ]

    assert sorted(named) == sorted(wanted)


# ------------------------------------------------------------------ what was built
def test_every_link_leads_to_a_page_and_a_place_in_it() -> None:
    """In both languages and between them; the pictures and samples are there, too."""
    ids, links = {}, {}
    for path in SITE.rglob("*.html"):
        tree = html.parse(path).getroot()
        address = f"/{path.relative_to(SITE).as_posix()}"
        ids[address] = {each for node in tree.iter() for each in (node.get("id"), node.get("name"))}
        links[address] = {node.get(name) for node in tree.iter() for name in ATTRIBUTES} - {None}

    astray = [
        f"{address}: {link}"
        for address in links
        for link in links[address]
        if not leads(address, link, ids)
    ]
    assert len(links) > 300
    assert astray == []


def leads(address: str, link: str, ids: dict[str, set[str | None]]) -> bool:
    """Whether a link of a page leads out of the site, or to what is there."""
    if urlsplit(link).scheme or address.endswith("404.html"):
        return True
    target, anchor = urldefrag(urljoin(address, link))
    target = unquote(target)
    if not target.startswith("/"):  # it leads above the root
        return False
    page = f"{target}index.html" if target.endswith("/") else target
    if page in ids:
        return not anchor or unquote(anchor) in ids[page]
    return not anchor and (SITE / page.lstrip("/")).is_file()


# ------------------------------------------------------------------ in a browser
@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the site on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and tells nobody."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all of these tests."""
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Open a page that may ask for nothing outside the site, and must be told no error."""
    opened = browser.new_page()
    opened.set_default_timeout(PATIENCE)
    asked: list[str] = []
    said: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    opened.close()

    assert [each for each in asked if not each.startswith((address, "data:", "blob:"))] == []
    assert said == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_the_screen(page: Page, address: str, name: str) -> None:
    """Code and tables scroll in frames of their own, from a phone to a wide screen."""
    page.goto(address + name)
    wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide[width] = page.evaluate("document.documentElement.scrollWidth")

    assert [width for width in WIDTHS if wide[width] > width] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accessibility_checker_finds_nothing(
    page: Page, address: str, scheme: Literal["light", "dark"]
) -> None:
    """Contrast, headings, labels and languages are as axe wants them."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page.emulate_media(color_scheme=scheme)
    told = []
    for name in OF_EVERY_KIND:
        page.goto(address + name)
        found = axe.run(page)
        told += [found.generate_report()] if found.violations_count else []

    assert told == []


@pytest.mark.parametrize(
    ("words", "found"),
    [("sista uppsägningsdag", "format"), ("märkning", "fakturering"), ("IOP201", "regler/IOP201")],
)
def test_search_finds_swedish_words(page: Page, address: str, words: str, found: str) -> None:
    """With the letters that Swedish has; what is found is a page in Swedish."""
    page.goto(address)
    asked = page.locator("dialog input[type=text]")
    asked.wait_for(state="attached")  # before the script has made it, nobody listens to keys
    page.keyboard.press("Control+k")
    asked.fill(words)
    page.locator(f'a[href*="{found}"]:has(mark)').first.wait_for()

    assert page.evaluate("document.documentElement.lang") == "sv"
