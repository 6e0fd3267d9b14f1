"""The kinds of clauses, each a module whose `facts` yields what a document says of its matter."""

from typing import Final

from iopctl.reading.clauses import (
    heading,
    identity,
    indexing,
    law,
    meetings,
    payment,
    term,
    texts,
    volumes,
)
from iopctl.reading.facts import Clause

CLAUSES: Final[tuple[Clause, ...]] = (
    heading.facts,
    texts.facts,
    identity.facts,
    term.facts,
    indexing.facts,
    payment.facts,
    meetings.facts,
    volumes.facts,
    law.facts,
)
