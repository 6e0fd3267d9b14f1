"""The dashboard in a real browser: it works by mouse and keys, at every width, for everybody."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.browser import PATIENCE, WIDTHS, chromium
from tests.test_dashboard import DAY, FILES
from tests.test_pictures import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytest.importorskip("vl_convert")

BAD = f"""
id: bad-2024
title: '{HOSTILE} <img src=x onerror=alert(2)> {"Samverkansöverenskommelse" * 8}'
parties:
  kommunen: {{role: public, name: '{HOSTILE}', board: '{"Arbetsmarknadsnämnden" * 6}'}}
  foreningen: {{role: civil, name: '{"Idrottsföreningen" * 12}'}}
validity: {{start: 2024-01-01, end: 2025-12-31}}
economy:
  contributions: [{{party: kommunen, amount: 99999999999}}, {{party: foreningen, amount: 1}}]
volume: [{{unit: '{HOSTILE}', target: 60}}]
"""
ROWS = len(FILES) + 1


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all of these tests."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the dashboard of agreements of many kinds, one of which is up to no good."""
    from iopctl.cli.dashboard import dashboard

    folder = tmp_path_factory.mktemp("page")
    bad = folder / "bad.yaml"
    bad.write_text(BAD)
    written = folder / "dashboard.html"
    dashboard([*map(str, FILES), str(bad)], output=str(written), as_of=DAY)
    return written


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    """Open the dashboard, and demand that nothing went wrong in it and nothing was asked for."""
    opened = browser.new_page()
    opened.set_default_timeout(PATIENCE)
    said: list[str] = []
    opened.on("dialog", lambda dialog: said.append(dialog.message))
    asked: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(file.as_uri())
    yield opened
    opened.close()

    assert said == []
    assert asked == [file.as_uri()]


def column(page: Page, number: int, table: str = "agreements") -> list[str]:
    """Return the cells of a column of the rows that are shown, as they are sorted."""
    found: list[str] = page.evaluate(
        """([number, table]) => [...document.querySelectorAll(`#${table} tbody tr`)]
            .filter(row => !row.hidden)
            .map(row => row.cells[number].dataset.order ?? row.cells[number].innerText)""",
        [number, table],
    )
    return found


@pytest.mark.parametrize(("heading", "number"), [("Totalt, kr", 8), ("Andel", 9)])
def test_sorting_by_figures(page: Page, heading: str, number: int) -> None:
    """Figures are sorted as numbers, both ways, with what is unknown last."""
    button = page.get_by_role("button", name=heading)

    button.click()
    rising = column(page, number)
    button.click()
    falling = column(page, number)

    known = sorted(filter(None, rising), key=Decimal)
    unknown = [""] * (ROWS - len(known))
    assert rising == known + unknown
    assert falling == known[::-1] + unknown


def test_sorting_by_days(page: Page) -> None:
    """What is late has days below zero, and comes before what is to come."""
    page.get_by_role("button", name="Dagar kvar").click()

    days = [int(each) for each in column(page, 1, "duties")]
    assert days == sorted(days)
    assert days[0] < 0 < days[-1]


def test_sorting_by_title(page: Page) -> None:
    """Swedish letters come where Swedish has them, and a reader is told the order."""
    page.get_by_role("button", name="Överenskommelse", exact=True).first.click()

    titles = [each.split("\n")[0] for each in column(page, 0)]
    heading = page.locator("#agreements th").first
    assert titles == sorted(titles, key=lambda each: each.casefold().replace("ö", "~"))
    assert heading.get_attribute("aria-sort") == "ascending"


def test_sorting_by_keys(page: Page) -> None:
    """A heading is reached and pressed without a mouse."""
    page.locator("#agreements th button").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.locator("#agreements th").nth(1).get_attribute("aria-sort") == "ascending"


def test_filtering_by_text(page: Page) -> None:
    """Every word must be found, in any case, and the number of rows is told."""
    page.get_by_label("Sök").first.fill("KVINNO linköping")

    assert column(page, 0) == ["IOP Internationella Kvinnoföreningen i Linköping"]
    assert page.get_by_role("status").first.inner_text() == f"1 av {ROWS} visas"


def test_filtering_by_state_and_board(page: Page) -> None:
    """What is chosen in each list holds together with the rest."""
    page.locator("[data-filter=state]").select_option("gällande")
    page.locator("[data-filter=board]").select_option("Arbetsmarknadsnämnden")

    assert set(column(page, 3)) == {"gällande"}
    assert {"Arbetsmarknadsnämnden"} == set(column(page, 2))
    page.locator("[data-filter=state]").select_option("")
    page.locator("[data-filter=board]").select_option("")
    assert len(column(page, 0)) == ROWS


@pytest.mark.parametrize(
    ("table", "key", "value"), [("duties", "when", "sent"), ("findings", "severity", "varning")]
)
def test_filtering_deadlines_and_findings(page: Page, table: str, key: str, value: str) -> None:
    """Each table has a filter of its own, which leaves the others as they are."""
    rows = page.locator(f"#{table} tbody tr")
    whole = rows.count()

    page.locator(f"[data-table={table}] select").select_option(value)

    shown = page.locator(f"#{table} tbody tr:visible")
    assert 0 < shown.count() < whole
    assert shown.count() == page.locator(f"#{table} tbody tr[data-{key}={value}]").count()
    assert len(column(page, 0)) == ROWS
    page.locator(f"[data-table={table}] input").fill("stadsmissionen-2024")
    assert all("stadsmissionen-2024" in each for each in shown.all_inner_texts())


def test_a_long_table_scrolls_under_its_heading(page: Page) -> None:
    """The page stays short, and the heading in sight."""
    frame = page.locator(".scroll", has=page.locator("#findings"))
    frame.evaluate("each => { each.scrollTop = 400; }")

    heading = page.locator("#findings thead th").first
    tops = [each.evaluate("each => each.getBoundingClientRect().top") for each in (frame, heading)]
    assert frame.evaluate("each => each.scrollTop") == 400
    assert abs(tops[1] - tops[0]) <= 1


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(page: Page, width: int) -> None:
    """Only tables scroll sideways, in frames of their own."""
    page.set_viewport_size({"width": width, "height": 900})

    wider = page.evaluate(
        """width => [...document.body.querySelectorAll("*")]
            .filter(each => !each.parentElement.closest(".scroll, svg, .skip"))
            .filter(each => !each.matches(".skip"))
            .filter(each => each.getBoundingClientRect().right > width
                || each.closest(".figures > div") && each.scrollWidth > each.clientWidth)
            .map(each => each.outerHTML.slice(0, 80))""",
        width,
    )
    assert wider == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("width", WIDTHS)
def test_text_in_pictures_can_be_read(page: Page, width: int) -> None:
    """No picture is shrunk so far that its text is below ten pixels, and none is cut."""
    page.set_viewport_size({"width": width, "height": 900})

    drawn = page.evaluate(
        """() => [...document.querySelectorAll("figure svg")]
            .filter(each => each.getBoundingClientRect().width)
            .map(each => 13 * each.getBoundingClientRect().width / each.viewBox.baseVal.width)"""
    )
    assert len(drawn) == 4
    assert min(drawn) >= 10


@pytest.mark.parametrize("width", WIDTHS)
def test_the_accessibility_checker_finds_nothing(page: Page, width: int) -> None:
    """Labels, contrast, headings and tables are as axe wants them, with all texts unfolded."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")

    found = axe.Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


def test_all_is_there_without_the_script(browser: Browser, file: Path) -> None:
    """Where no script runs the tables are whole, and no control is shown that would do nothing."""
    opened = browser.new_page(java_script_enabled=False)
    opened.goto(file.as_uri())

    assert opened.locator("#agreements tbody tr").count() == ROWS
    assert not opened.locator(".filter:visible").count()
    assert opened.get_by_role("button").count() == 0


def test_on_paper(page: Page) -> None:
    """Printed, the tables are whole and the controls are gone."""
    page.emulate_media(media="print")

    assert not page.locator(".filter:visible").count()
    assert not page.locator("nav").is_visible()
    assert page.locator("#agreements tbody tr").first.is_visible()
