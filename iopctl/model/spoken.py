"""The words of the format that listings and messages show: each has a word in every language.

In files, JSON and CSV they stay as the format has them. Tables translate them where they are drawn;
the catalogue takes from here which words there are.
"""

from __future__ import annotations

from typing import Final

from iopctl.language import marked

SPOKEN: Final = (
    # what an agreement is, and in which state
    marked("draft"),
    marked("upcoming"),
    marked("active"),
    marked("expiring"),
    marked("expired"),
    marked("terminated"),
    marked("unknown"),
    # parties
    marked("public"),
    marked("civil"),
    marked("funder"),
    marked("seller"),
    marked("buyer"),
    # figures
    marked("decided"),
    marked("option"),
    marked("below"),
    marked("within"),
    marked("above"),
    marked("mixed"),
    marked("cash"),
    marked("in_kind"),
    marked("staff"),
    marked("premises"),
    marked("material"),
    marked("administration"),
    marked("other"),
    marked("repay"),
    marked("carry_over"),
    marked("keep"),
    # the law
    marked("joint"),
    marked("yes"),
    marked("no"),
    marked("de_minimis"),
    marked("sgei"),
    # extensions
    marked("mutual"),
    marked("automatic"),
    marked("none"),
    marked("unspecified"),
    # bills
    marked("ready"),
    marked("not ready"),
    marked("to pay"),
    marked("paid"),
    marked("settled"),
    marked("yearly"),
    marked("half_yearly"),
    marked("tertial"),
    marked("quarterly"),
    marked("monthly"),
    marked("payout"),
    marked("advance"),
    marked("arrears"),
    marked("required"),
    marked("possible"),
    marked("invoices"),
    marked("meetings"),
    marked("reports"),
    # what an agreement is
    marked("iop"),
    marked("samverkansavtal"),
    marked("foreningsavtal"),
    marked("bidrag"),
    # volumes
    marked("places"),
    marked("per_year"),
    # what changed between two versions
    marked("added"),
    marked("removed"),
    marked("changed"),
    marked("by configuration"),
    marked("form only"),
    marked("can't be read"),
    # findings
    marked("error"),
    marked("warning"),
)
