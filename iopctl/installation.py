"""Where this iopctl was installed from: what installs more of it, or it on another machine."""

from __future__ import annotations

import json
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any, Final, NamedTuple

from iopctl import __version__
from iopctl.errors import UserError
from iopctl.language import tr

NAME: Final = "iopctl"
# What installers leave in an environment that they keep for one program.
_KEPT_BY: Final = {
    "pipx_metadata.json": "pipx install --force",
    "uv-receipt.toml": "uv tool install --force",
}


class Origin(NamedTuple):
    """Where it came from: a *url* as of PEP 508, "" where that is a registry of packages."""

    url: str = ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether other machines can install it from there, too."""
        return not self.url.startswith("file:")

    def requirement(self, extra: str = "") -> str:
        """Return what an installer is asked for, as of PEP 508."""
        name = f"{NAME}[{extra}]" if extra else NAME
        if self.url:
            return f"{name} @ {self.url}"
        return name if extra else f"{name}=={__version__}"


def origin() -> Origin:
    """Return where this iopctl came from, as its installer noted it (PEP 610)."""
    told: Any = json.loads(_noted() or "{}")
    url = str(told.get("url", ""))
    if version := told.get("vcs_info"):
        return Origin(f"{version['vcs']}+{url}@{version['commit_id']}")
    return Origin(url)


def _noted() -> str | None:
    try:
        return distribution(NAME).read_text("direct_url.json")
    except PackageNotFoundError:  # its files are there, and nobody installed them
        return None


def command(extra: str) -> str:
    """Return the command that installs the libraries of *extra*, too."""
    kept = (words for name, words in _KEPT_BY.items() if (Path(sys.prefix) / name).exists())
    return f"{next(kept, 'pip install')} '{origin().requirement(extra)}'"


class MissingExtra(UserError):  # noqa: N818 - likewise
    """A library that only some commands need is not installed."""

    def __init__(self, extra: str, need: str) -> None:
        super().__init__(extra, need)  # what it is made anew of in another process

    def __str__(self) -> str:
        extra, need = self.args
        return tr(
            "{need} needs more: install it with: {command}", need=tr(need), command=command(extra)
        )
