"""The model of an agreement file; it knows no files, no today and no rules."""

from iopctl.model.agreement import Agreement
from iopctl.model.economy import Contribution, Economy
from iopctl.model.invoicing import Invoicing
from iopctl.model.parties import Party
from iopctl.model.terms import Terms, terms
from iopctl.model.validity import Validity

__all__ = [
    "Agreement",
    "Contribution",
    "Economy",
    "Invoicing",
    "Party",
    "Terms",
    "Validity",
    "terms",
]
