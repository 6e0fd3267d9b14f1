"""The pictures of papers and the dashboard, each with a Swedish text that tells its figures."""

from __future__ import annotations

from iopctl.render.pictures.costs import costs
from iopctl.render.pictures.drawing import Picture, png, svg
from iopctl.render.pictures.outcomes import outcomes
from iopctl.render.pictures.shares import shares
from iopctl.render.pictures.validity import validity

__all__ = ["Picture", "costs", "outcomes", "png", "shares", "svg", "validity"]
