"""HTML: one page, with its style in it, that asks the network for nothing."""

from __future__ import annotations

from iopctl.render.paper.pandoc import HERE, converted


def html(markdown: str) -> bytes:
    """Return *markdown* as a page.

    Raises:
        MissingExtra: pandoc is not installed.
    """
    return converted(markdown, "html5", (f"--template={HERE / 'page.html'}", "--wrap=none"))
