"""The pictures of papers and the dashboard, each with a Swedish text that tells its figures."""

from __future__ import annotations

from iopctl.papers.pictures.costs import costs
from iopctl.papers.pictures.drawing import Picture, drawn, png, svg
from iopctl.papers.pictures.outcomes import outcomes
from iopctl.papers.pictures.shares import shares
from iopctl.papers.pictures.validity import validity

__all__ = ["Picture", "costs", "drawn", "outcomes", "png", "shares", "svg", "validity"]
