"""A real browser for what iopctl writes for one."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

PROGRAM: Final = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDTHS: Final = (360, 768, 1280, 1920)
PATIENCE: Final = 120_000  # milliseconds: a busy machine is no fault of a page


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser, whose profile is new and gone afterwards; in CI there must be one."""
    if PROGRAM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("no Chromium is installed, and CI must not pass without")
        pytest.skip("no Chromium is installed")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as started:
        running = started.chromium.launch(executable_path=PROGRAM, args=FLAGS, timeout=0)
        yield running
        running.close()
